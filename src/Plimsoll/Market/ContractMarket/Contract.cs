using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <summary>A running contract that the market brought to the centre under study.</summary>
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
            0,
            month,
            reason is LeaseEnd.Breached or LeaseEnd.Defaulted
        )
        {
            Id = Id,
            Reason = reason,
            Fleet = fleet,
        };
}
