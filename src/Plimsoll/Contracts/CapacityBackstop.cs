namespace Plimsoll.Contracts;

/// <summary>A promise to buy hours that stay unsold.</summary>
/// <param name="Buyer">Who.</param>
/// <param name="PricePerGpuHour">Money for one accelerator-hour, tax excluded, 0 or more.</param>
/// <param name="Accelerators">Most accelerators bought at a time.</param>
/// <param name="FromMonth">First month of the outlook.</param>
/// <param name="UntilMonth">First month of the outlook in which nothing is bought any more.</param>
/// <remarks>Of this kind is the chip maker's promise to a specialised cloud of September 2025: unsold hours until April 2032.</remarks>
public sealed record CapacityBackstop(
    Counterparty Buyer,
    double PricePerGpuHour,
    double Accelerators,
    int FromMonth,
    int UntilMonth
)
{
    /// <summary>Accelerator-hours bought in a month.</summary>
    /// <param name="month">Month of the outlook, from 0.</param>
    /// <param name="unsold">Accelerators lit or ready and not sold, mean of the month.</param>
    /// <param name="hours">Hours of the month.</param>
    /// <param name="buyer">What becomes of the buyer in the draw.</param>
    public double HoursBought(int month, double unsold, double hours, CounterpartyPath buyer) =>
        month >= FromMonth && month < UntilMonth && buyer.Pays(month)
            ? Math.Max(0, Math.Min(unsold, Accelerators)) * hours
            : 0;
}
