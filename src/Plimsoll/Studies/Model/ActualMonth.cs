using Plimsoll.Quantities;

namespace Plimsoll.Studies.Model;

/// <summary>A month of a standing centre as it was.</summary>
/// <param name="Month">Which.</param>
/// <param name="Cash">Cash available for debt service, after income tax, in the study's currency; may be negative.</param>
/// <param name="Due">Interest and principal due, 0 or more.</param>
/// <param name="Paid">Paid of it, arrears made good among it, 0 or more.</param>
public sealed record ActualMonth(Month Month, double Cash, double Due, double Paid)
{
    /// <summary>Revenue, tax excluded; null when not told.</summary>
    public double? Revenue { get; init; }

    /// <summary>Running cost; null when not told.</summary>
    public double? RunningCost { get; init; }

    /// <summary>Share of installed accelerator-hours sold, 0 to 1; null when not told.</summary>
    public double? Fill { get; init; }

    /// <summary>Paid out to equity, 0 or more; 0 when not told.</summary>
    public double Distributed { get; init; }
}
