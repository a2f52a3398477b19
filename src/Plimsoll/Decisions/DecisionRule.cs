using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>The rule by which a verdict is given; an input, printed with every answer.</summary>
/// <param name="CovenantCover">Trailing cover below which the covenant is broken.</param>
/// <param name="MaxBreach">Largest acceptable chance that it is ever broken, 0 to 1.</param>
/// <param name="MaxDefault">Largest acceptable chance of a payment default, 0 to 1.</param>
/// <param name="RiskMargin">Yearly margin for bearing risk; the expected loss a year must not exceed it.</param>
/// <param name="EquityHurdle">Yearly return that equity demands.</param>
/// <param name="MaxEquityLoss">Largest acceptable chance that equity's NPV is negative, 0 to 1.</param>
public sealed record DecisionRule(
    double CovenantCover,
    double MaxBreach,
    double MaxDefault,
    double RiskMargin,
    double EquityHurdle,
    double MaxEquityLoss
)
{
    /// <summary>The lender's tests on an option's draws; none when it carries no debt.</summary>
    /// <param name="figures">The draws.</param>
    /// <param name="meanLifeYears">Mean life of the debt, years, for the expected loss a year.</param>
    public IReadOnlyList<RuleTest> Credit(DrawFigures figures, double meanLifeYears)
    {
        var sound = figures.Sound;
        if (sound.Length == 0 || sound.All(i => double.IsNaN(figures.LossGivenDefault[i])))
        {
            return [];
        }
        IReadOnlyList<string[]> groups =
        [
            .. figures.Groupings.Select(g => sound.Select(i => g[i]).ToArray()),
        ];
        int[] worlds = [.. sound.Select(i => figures.World[i])];
        return
        [
            Tested(
                figures,
                sound,
                RuleTest.OfOdds(
                    Phrase.Of("test.breach", CovenantCover),
                    [.. sound.Select(i => figures.Breach[i])],
                    groups,
                    worlds,
                    MaxBreach
                )
            ),
            RuleTest.OfOdds(
                Phrase.Of("test.default"),
                [.. sound.Select(i => figures.Default[i])],
                groups,
                worlds,
                MaxDefault
            ),
            RuleTest.OfMean(
                Phrase.Of("test.loss"),
                [.. sound.Select(i => Zero(figures.LossGivenDefault[i]) / meanLifeYears)],
                groups,
                worlds,
                RiskMargin
            ),
        ];
    }

    /// <summary>A covenant that no surviving draw ever tests is not kept but unknown, unless defaults alone fail it.</summary>
    private static RuleTest Tested(DrawFigures figures, int[] sound, RuleTest test)
    {
        var surviving = sound
            .Where(i => !double.IsNaN(figures.LossGivenDefault[i]) && !figures.Default[i])
            .ToList();
        return
            test.Outcome != RuleOutcome.Fails
            && surviving.Count > 0
            && surviving.All(i => double.IsNaN(figures.MinimumCover[i]) && !figures.RepaidEarly[i])
            ? test.As(RuleOutcome.Straddles, Phrase.Of("reason.untested"))
            : test;
    }

    /// <summary>The sponsor's tests on an option's draws.</summary>
    public IReadOnlyList<RuleTest> Equity(DrawFigures figures)
    {
        var sound = figures.Sound;
        if (sound.Length == 0)
        {
            return [];
        }
        IReadOnlyList<string[]> groups =
        [
            .. figures.Groupings.Select(g => sound.Select(i => g[i]).ToArray()),
        ];
        int[] worlds = [.. sound.Select(i => figures.World[i])];
        return
        [
            RuleTest.OfOdds(
                Phrase.Of("test.equity", EquityHurdle),
                [.. sound.Select(i => figures.EquityNpv[i] < 0)],
                groups,
                worlds,
                MaxEquityLoss
            ),
        ];
    }

    /// <summary>All tests together: fails when one fails, passes when all pass; without any test nothing is known.</summary>
    public static RuleOutcome Overall(IReadOnlyList<RuleTest> tests) =>
        tests.Any(t => t.Outcome == RuleOutcome.Fails) ? RuleOutcome.Fails
        : tests.Count > 0 && tests.All(t => t.Outcome == RuleOutcome.Passes) ? RuleOutcome.Passes
        : RuleOutcome.Straddles;

    private static double Zero(double value) => double.IsNaN(value) ? 0 : value;
}
