using Plimsoll.Outlooks;

namespace Plimsoll.Market;

/// <summary>A running contract of the centre.</summary>
/// <param name="Pool">Pool that serves it.</param>
/// <param name="Tenant">Who rents.</param>
/// <param name="Product">What is rented.</param>
/// <param name="Begin">Month it began.</param>
/// <param name="End">Month after its last.</param>
/// <param name="Accelerators">Accelerators rented.</param>
/// <param name="Price">Money per accelerator-hour.</param>
/// <param name="TakeOrPay">Share paid whether used or not.</param>
/// <param name="Prepaid">Months paid at signing.</param>
/// <param name="Hazard">Chance a month that it is broken while the quote is at its price.</param>
/// <param name="Signed">True when it was signed before the decision.</param>
internal readonly record struct Contract(
    int Pool,
    string Tenant,
    Product Product,
    int Begin,
    int End,
    double Accelerators,
    double Price,
    double TakeOrPay,
    double Prepaid,
    double Hazard,
    bool Signed
)
{
    /// <summary>Months agreed.</summary>
    public int Tenor => End - Begin;

    /// <summary>The contract as a record for finance.</summary>
    public Lease Close(int month, bool breached) =>
        new(
            Tenant,
            Product,
            Begin,
            Tenor,
            Accelerators,
            Price,
            TakeOrPay,
            Prepaid,
            month,
            breached
        );
}
