using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>A course with its debt restructured, beside the same course with the debt as it stands.</summary>
/// <param name="Course">Restructured.</param>
/// <param name="Of">As it stands.</param>
public sealed record RestructuredCourse(OptionResult Course, OptionResult Of)
{
    /// <summary>What to ask the bank for, in figures; null where the debt as it stands passes the rule.</summary>
    public RestructureAsk? Ask { get; init; }

    /// <summary>True when the debt as it stands defaults more often than the rule bears, restructured it clearly defaults less, and the lender clearly gains: without that no lender agrees.</summary>
    /// <param name="rule">The rule.</param>
    public bool LenderAgrees(DecisionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var (gain, error) = Course.Against(Of, f => f.LenderValue);
        return Of.Default.Low > rule.MaxDefault
            && gain > 1.96 * error
            && Course.Default.High < Of.Default.Low;
    }

    /// <summary>What it changes, in words.</summary>
    internal Phrase Said =>
        Phrase.Of(
            "ground.restructure",
            Of.Default.Value,
            Course.Default.Value,
            Course.Against(Of, f => f.LenderValue).Mean
        );
}
