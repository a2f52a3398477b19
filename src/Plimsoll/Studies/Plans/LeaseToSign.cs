using Plimsoll.Quantities;

namespace Plimsoll.Studies.Plans;

/// <summary>A lease that the course itself signs: the first step of its plan, since nobody has signed it today.</summary>
/// <param name="Fleet">The fleet that serves it.</param>
/// <param name="Title"><paramref name="Fleet"/> in the words of any language.</param>
/// <param name="Tenant">Who should sign, in words.</param>
/// <param name="Servers">Whole servers.</param>
/// <param name="Accelerators">Accelerators of them.</param>
/// <param name="TenorMonths">Months, take-or-pay.</param>
/// <param name="Ask">Price at which the course is valued, money per accelerator-hour.</param>
/// <param name="Floor">Price below which the next course is worth more in the mean, at most the ask; the ask where the course is worth no more at it.</param>
/// <param name="By">Last month in which it is signed.</param>
public sealed record LeaseToSign(
    string Fleet,
    Phrase Title,
    Phrase Tenant,
    double Servers,
    double Accelerators,
    int TenorMonths,
    double Ask,
    double Floor,
    Month By
)
{
    /// <summary>The course to turn to where nobody signs; null for none.</summary>
    public Phrase? Else { get; init; }

    /// <summary>What that course is worth before finance, mean with the outermost draws drawn in, money.</summary>
    public double ElseWorth { get; init; } = double.NaN;

    /// <summary>What to sign, in words.</summary>
    public Phrase Said =>
        Phrase.Of("plan.sign", Title, Tenant, Servers, Accelerators, TenorMonths, Ask, Floor, By);

    /// <summary>What to do where nobody signs, in words.</summary>
    public Phrase Missed =>
        Else is { } turn
            ? Phrase.Of("plan.sign.missed", turn, ElseWorth, By)
            : Phrase.Of("plan.sign.missed.none", By);
}
