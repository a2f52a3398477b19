namespace Plimsoll.Sweeps;

/// <summary>A figure kept of every run: a column.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Path">Where it stands in the result document.</param>
/// <param name="IsWords">True for words, false for numbers.</param>
public sealed record SweepOutput(string Name, string Path, bool IsWords)
{
    /// <summary>Kept of every run: the verdict, and the plan (or holding), which is the first option of every study.</summary>
    public static IReadOnlyList<SweepOutput> Standard { get; } =
    [
        new("verdict", "verdict.kind", true),
        new("option", "verdict.option", true),
        new("headline", "verdict.headline", true),
        new("currency", "currency", true),
        new("fill", "options[0].fill.p50", false),
        new("rent", "options[0].rent.p50", false),
        new("minimum_cover_p90", "options[0].minimumCover.p90", false),
        new("minimum_cover", "options[0].minimumCover.p50", false),
        new("breach", "options[0].breach.value", false),
        new("default", "options[0].default.value", false),
        new("equity_npv_p90", "options[0].equityNpv.p90", false),
        new("equity_npv", "options[0].equityNpv.p50", false),
        new("equity_npv_mean", "options[0].meanEquityNpv", false),
        new("equity_irr", "options[0].equityIrr.p50", false),
        new("debt_capacity", "debtCapacity", false),
    ];

    /// <summary>Kept of every option of every run, one row an option in a table of their own.</summary>
    public static IReadOnlyList<SweepOutput> OfOptions { get; } =
    [
        new("option", "options[*].name", true),
        new("kind", "options[*].kind", true),
        new("equity_npv_mean", "options[*].meanEquityNpv", false),
        new("equity_npv_p90", "options[*].equityNpv.p90", false),
        new("equity_npv", "options[*].equityNpv.p50", false),
        new("fill", "options[*].fill.p50", false),
        new("breach", "options[*].breach.value", false),
        new("default", "options[*].default.value", false),
    ];
}
