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
    /// <summary>The lender's tests on the draws in which an option is built; none when it carries no debt.</summary>
    /// <param name="figures">The draws.</param>
    /// <param name="meanLifeYears">Mean life of the debt, years, for the expected loss a year.</param>
    public IReadOnlyList<RuleTest> Credit(DrawFigures figures, double meanLifeYears)
    {
        var sound = figures.Tested;
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

    /// <summary>The sponsor's tests on the draws in which an option is built.</summary>
    /// <param name="figures">The draws.</param>
    /// <param name="sunk">True when what was spent before the decision counts in none of them: where no draw then has a return, there is nothing to test.</param>
    public IReadOnlyList<RuleTest> Equity(DrawFigures figures, bool sunk = false)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var sound = figures.Tested;
        if (sound.Length == 0)
        {
            return [];
        }
        IReadOnlyList<string[]> groups =
        [
            .. figures.Groupings.Select(g => sound.Select(i => g[i]).ToArray()),
        ];
        int[] worlds = [.. sound.Select(i => figures.World[i])];
        var test = RuleTest.OfOdds(
            Phrase.Of("test.equity", EquityHurdle),
            [.. sound.Select(i => figures.EquityNpv[i] < 0)],
            groups,
            worlds,
            MaxEquityLoss
        );
        return
        [
            sunk
            && test.Outcome == RuleOutcome.Passes
            && sound.All(i => double.IsNaN(figures.EquityIrr[i]))
                ? test.As(RuleOutcome.Straddles, Phrase.Of("reason.noreturn"))
                : test,
        ];
    }

    /// <summary>True when the draws run so far fail a test whatever the rest may bring: the values found over all draws then lie outside a limit.</summary>
    /// <param name="figures">With room for all draws.</param>
    /// <param name="done">Draws run so far: the first.</param>
    /// <param name="meanLifeYears">Mean life of the debt, years.</param>
    /// <param name="equity">True when the sponsor's test counts as well.</param>
    /// <remarks>Curtailed sampling: no chance is taken, since a count never falls. Draws that could not be computed, or in which nothing is built, only raise the shares.</remarks>
    public bool FailsWhateverComes(DrawFigures figures, int done, double meanLifeYears, bool equity)
    {
        ArgumentNullException.ThrowIfNull(figures);
        int breaches = 0,
            defaults = 0,
            poor = 0;
        var loss = 0.0;
        for (var i = 0; i < done; i++)
        {
            if (figures.Failure[i] is not null)
            {
                continue;
            }
            breaches += figures.Breach[i] ? 1 : 0;
            defaults += figures.Default[i] ? 1 : 0;
            poor += figures.EquityNpv[i] < 0 ? 1 : 0;
            loss += Zero(figures.LossGivenDefault[i]) / meanLifeYears;
        }
        // More than rounding beyond the limit.
        var all = figures.Draws * (1 + 1e-9);
        return breaches > MaxBreach * all
            || defaults > MaxDefault * all
            || loss > RiskMargin * all
            || (equity && poor > MaxEquityLoss * all);
    }

    /// <summary>All tests together: fails when one fails, passes when all pass; without any test nothing is known.</summary>
    public static RuleOutcome Overall(IReadOnlyList<RuleTest> tests) =>
        tests.Any(t => t.Outcome == RuleOutcome.Fails) ? RuleOutcome.Fails
        : tests.Count > 0 && tests.All(t => t.Outcome == RuleOutcome.Passes) ? RuleOutcome.Passes
        : RuleOutcome.Straddles;

    private static double Zero(double value) => double.IsNaN(value) ? 0 : value;
}
