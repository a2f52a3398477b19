using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <summary>A running contract of the centre under study, or the part of one that a pool of its fleets serves.</summary>
/// <param name="Pool">Pool that serves it.</param>
/// <param name="Cell">Segment it was signed in.</param>
/// <param name="Id">Stable name within a draw.</param>
/// <param name="Tenant">Who rents.</param>
/// <param name="Product">What is rented.</param>
/// <param name="Begin">Month it began, from the start of the outlook.</param>
/// <param name="End">Month after its last.</param>
/// <param name="Accelerators">Accelerators rented.</param>
/// <param name="Price">Money per accelerator-hour.</param>
/// <param name="TakeOrPay">Share paid whether used or not.</param>
/// <param name="Prepaid">Months paid at signing.</param>
/// <param name="Hazard">Chance a month that it is broken while the market is at its price.</param>
/// <param name="Pressure">What a fall of the market adds to that.</param>
/// <param name="Signed">True when it was signed before the decision.</param>
/// <param name="Displaces">True when the tenant would else have signed elsewhere.</param>
/// <param name="Key">Key of its luck.</param>
internal readonly record struct Contract(
    int Pool,
    int Cell,
    string Id,
    string Tenant,
    Product Product,
    int Begin,
    int End,
    double Accelerators,
    double Price,
    double TakeOrPay,
    double Prepaid,
    double Hazard,
    MarketPressure Pressure,
    bool Signed,
    bool Displaces,
    ulong Key
)
{
    /// <summary>The contract as a record for finance.</summary>
    public Lease Close(int month, LeaseEnd reason, string fleet) =>
        new(
            Tenant,
            Product,
            Begin,
            End - Begin,
            Accelerators,
            Price,
            TakeOrPay,
            Prepaid,
            month,
            reason is LeaseEnd.Breached or LeaseEnd.Defaulted
        )
        {
            Id = Id,
            Signed = Signed,
            Reason = reason,
            Fleet = fleet,
        };
}
