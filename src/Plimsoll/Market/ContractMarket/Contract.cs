using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <summary>A running contract of the centre under study.</summary>
/// <param name="Tier">Tier of the fleet that serves it.</param>
/// <param name="Cell">Segment it was signed in.</param>
/// <param name="Tenant">Who rents.</param>
/// <param name="Product">What is rented.</param>
/// <param name="Begin">Month it began, from the start of the outlook.</param>
/// <param name="End">Month after its last.</param>
/// <param name="Accelerators">Accelerators rented.</param>
/// <param name="Price">Money per accelerator-hour.</param>
/// <param name="TakeOrPay">Share paid whether used or not.</param>
/// <param name="Prepaid">Months paid at signing.</param>
/// <param name="Hazard">Chance a month that it is broken while the market is at its price.</param>
/// <param name="Signed">True when it was signed before the decision.</param>
/// <param name="Displaces">True when the tenant would else have signed elsewhere.</param>
/// <param name="Key">Key of its luck.</param>
internal readonly record struct Contract(
    int Tier,
    int Cell,
    string Tenant,
    Product Product,
    int Begin,
    int End,
    double Accelerators,
    double Price,
    double TakeOrPay,
    double Prepaid,
    double Hazard,
    bool Signed,
    bool Displaces,
    ulong Key
)
{
    /// <summary>The contract as a record for finance.</summary>
    public Lease Close(int month, bool breached) =>
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
            breached
        );
}
