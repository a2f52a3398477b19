using Plimsoll.Inputs;

namespace Plimsoll.Decisions.Lending;

/// <summary>The inputs of the lender's rule: keys of the section <c>decision</c>.</summary>
public static class LendingInputs
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>Rows that stand within the section <c>decision</c>.</summary>
    public static IEnumerable<InputRow> Rows() =>
        [
            Row(
                "target_cover",
                "Lowest cover that half of the draws must keep: the lender's base case.",
                "1.3",
                0.5,
                5,
                "1",
                "common sizing cover of contracted digital infrastructure"
            ),
            Row(
                "downside_cover",
                "Lowest cover that nine draws in ten must keep: the lender's downside.",
                "1.1",
                0,
                5,
                "1",
                "common downside cover of contracted digital infrastructure"
            ),
            Row(
                "balloon_share",
                "Largest balloon over the orderly liquidation value at maturity.",
                "0.7",
                0,
                5,
                "fraction",
                "advances on accelerators were 50 to 70 % of fair market value, credit note of June 2025"
            ),
            Row(
                "tail_charge",
                "Return a year that the lender asks on capital held against the mean loss of the worst 5 % of draws.",
                "0.1",
                0,
                1,
                "fraction/yr",
                OwnPrior
            ),
            Row(
                "margin_floor",
                "Lowest margin a year that pays for a lender's own funding, liquidity and capital, whatever the risk; no loan is priced below it. 0 to price risk alone.",
                "0",
                0,
                1,
                "fraction/yr",
                "none"
            ),
            Row(
                "orderly_share",
                "Orderly liquidation value over fair market value of the fleet.",
                "0.85",
                0,
                1,
                "fraction",
                OwnPrior
            ),
        ];

    /// <summary>The rule of a checked file.</summary>
    /// <param name="file">The whole file; its table must have <see cref="Rows"/> and the limits of <c>decision</c>.</param>
    public static LendingRule Read(InputValues file)
    {
        var d = file.Section("decision");
        return new LendingRule
        {
            TargetCover = d.Number("target_cover"),
            DownsideCover = d.Number("downside_cover"),
            BalloonShare = d.Number("balloon_share"),
            TailCharge = d.Number("tail_charge"),
            OrderlyShare = d.Number("orderly_share"),
            MarginFloor = d.Number("margin_floor"),
            MaxDefault = Stated(d, "max_default_probability"),
            MaxBreach = Stated(d, "max_breach_probability"),
        };
    }

    private static double? Stated(InputValues decision, string key) =>
        decision.Has(key) ? decision.Number(key) : null;

    private static InputRow Row(
        string key,
        string what,
        string value,
        double min,
        double max,
        string unit,
        string source
    ) =>
        new($"decision.{key}", InputType.Number, what)
        {
            Default = value,
            Min = min,
            Max = max,
            Unit = unit,
            Source = source,
        };
}
