namespace Plimsoll.Finance;

/// <summary>A figure, or the reason why it has no meaning.</summary>
/// <param name="Value">The figure; NaN when refused.</param>
/// <param name="Refusal">Why there is none; empty when there is one.</param>
/// <param name="Note">What must be known beside the figure, for example that others fit as well; empty for nothing.</param>
public readonly record struct Figure(double Value, string Refusal, string Note = "")
{
    /// <summary>True when there is a figure.</summary>
    public bool HasValue => Refusal.Length == 0;

    /// <summary>A figure.</summary>
    public static Figure Of(double value) => new(value, "");

    /// <summary>No figure.</summary>
    /// <param name="reason">Why, in words that can stand after "no figure: ".</param>
    public static Figure Refused(string reason) => new(double.NaN, reason);
}

/// <summary>A figure as it is reported: its name, its unit and the convention behind it in words.</summary>
/// <param name="Key">Stable name in JSON, for example <c>equity_irr</c>.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Figure">The figure or its refusal.</param>
/// <param name="Unit">Unit in words: a share, months, the currency code.</param>
/// <param name="Convention">How it is measured: what flows, what timing, nominal or real, what base.</param>
public sealed record StatedFigure(
    string Key,
    string Name,
    Figure Figure,
    string Unit,
    string Convention
);
