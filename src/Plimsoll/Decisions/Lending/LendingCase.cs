using Plimsoll.Quantities;

namespace Plimsoll.Decisions.Lending;

/// <summary>A loan judged: what it must earn, what carries it, what may befall it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Loan">The loan.</param>
/// <param name="Tests">The tests of the rule.</param>
/// <param name="Margin">Margin required beside the one offered.</param>
/// <param name="Losses">Expected loss, tail and loss given default, shares of the loan.</param>
/// <param name="Events">Odds of the four events.</param>
/// <param name="YearlyDefault">Chance of default a year that, survived year by year, gives the odds over the term of the loan.</param>
/// <param name="Rating">The class whose companies fail as often.</param>
/// <param name="LifeYears">Mean years that a unit lent is outstanding on the schedule; where none is known, in the mean over draws.</param>
/// <param name="GrossYield">Yearly yield of the mean cash over all draws had nothing been lost at default, fees included; NaN where it has none.</param>
/// <param name="LossAdjustedYield">Yearly yield of the mean cash over all draws; NaN where it has none.</param>
/// <param name="Multiple">Mean cash received over cash lent.</param>
public sealed record LendingCase(
    LendingRule Rule,
    LoanTerms Loan,
    IReadOnlyList<RuleTest> Tests,
    RequiredMargin Margin,
    LossTail Losses,
    CreditEvents Events,
    double YearlyDefault,
    string Rating,
    double LifeYears,
    double GrossYield,
    double LossAdjustedYield,
    double Multiple
)
{
    /// <summary>All tests together.</summary>
    public RuleOutcome Outcome => DecisionRule.Overall(Tests);

    /// <summary>Judges a loan; null when no draw was computed or nothing was lent in any.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="draws">The loan in every draw.</param>
    /// <param name="groupings">Ways of grouping the draws, for each the group of every draw: <see cref="DrawFigures.Groupings"/>.</param>
    /// <param name="worlds">Number of the world of every draw: <see cref="DrawFigures.World"/>.</param>
    public static LendingCase? Judge(
        LendingRule rule,
        LenderDraws draws,
        IReadOnlyList<string[]> groupings,
        IReadOnlyList<int> worlds
    )
    {
        var sound = draws.Sound;
        var lent = sound.Where(i => draws.LifeYears[i] > 0).ToArray();
        if (lent.Length == 0)
        {
            return null;
        }
        var loan = draws.Loan;
        var life = double.IsNaN(loan.WeightedLifeYears)
            ? lent.Average(i => draws.LifeYears[i])
            : loan.WeightedLifeYears;
        var tail = LossTail.Of(
            [.. lent.Select(i => draws.Loss[i])],
            [.. lent.Select(i => draws.Default[i])],
            rule.TailShare
        );
        var margin = RequiredMargin.Of(tail, life, rule, loan);
        var events = CreditEvents.Of(draws, worlds);
        var yearly = RatingClass.Yearly(events.Default.Value, loan.TermYears);
        var mean = MeanFlow(draws, lent);
        // Not from the months' balances: what is repaid in the month in which it is counted as lent would count as neither.
        var paid = lent.Average(i => draws.Drawn[i]);
        var received = mean.Sum() + paid;
        var (standing, owed) = (
            lent.Average(i => draws.Standing[i]),
            lent.Average(i => draws.Owed[i])
        );
        return new LendingCase(
            rule,
            loan,
            TestsOf(rule, draws, lent, tail, life, margin, groupings, worlds),
            margin,
            tail,
            events,
            yearly,
            RatingClass.Of(yearly),
            life,
            LenderYield.Of(FromStart(Gross(draws, lent, mean), standing, owed)),
            LenderYield.Of(FromStart(mean, standing, owed)),
            paid > 0 ? received / (paid + owed) : double.NaN
        );
    }

    /// <summary>Share of a loan that counts as all of it.</summary>
    private const double WholeShare = 0.99;

    private static List<RuleTest> TestsOf(
        LendingRule rule,
        LenderDraws draws,
        int[] lent,
        LossTail tail,
        double life,
        RequiredMargin margin,
        IReadOnlyList<string[]> groupings,
        IReadOnlyList<int> worlds
    )
    {
        IReadOnlyList<string[]> groups =
        [
            .. groupings.Select(g => lent.Select(i => g[i]).ToArray()),
        ];
        int[] of = [.. lent.Select(i => worlds[i])];
        RuleTest Odds(Phrase name, Func<int, bool> happens, double limit) =>
            RuleTest.OfOdds(name, [.. lent.Select(happens)], groups, of, limit);
        // The mean of these costs is expected loss plus charge on the tail: expected shortfall as a mean (Rockafellar and Uryasev 2000).
        double Cost(int i) =>
            (draws.Loss[i] / life)
            + (
                rule.TailCharge
                * (tail.AtRisk + (Math.Max(0, draws.Loss[i] - tail.AtRisk) / rule.TailShare))
            );
        var tests = new List<RuleTest>
        {
            RuleTest.OfMean(
                Phrase.Of("test.margin"),
                [.. lent.Select(Cost)],
                groups,
                of,
                margin.Offered + margin.Fees
            ),
            Odds(
                Phrase.Of("test.target", rule.TargetCover),
                i => Below(draws, i, rule.TargetCover),
                0.5
            ),
            Odds(
                Phrase.Of("test.downside", rule.DownsideCover),
                i => Below(draws, i, rule.DownsideCover),
                0.1
            ),
        };
        if (rule.MarginFloor > 0)
        {
            tests.Add(
                RuleTest.OfMean(
                    Phrase.Of("test.margin.floor"),
                    [.. lent.Select(_ => rule.MarginFloor)],
                    groups,
                    of,
                    margin.Offered * (1 + 1e-12)
                )
            );
        }
        if (draws.Loan.Based)
        {
            // Money that nobody can draw is no loan: what is offered is drawn whole in half of the draws.
            tests.Add(
                Odds(
                    Phrase.Of("test.drawn"),
                    i => draws.Drawn[i] < WholeShare * draws.Loan.Amount,
                    0.5
                )
            );
        }
        if (lent.Any(i => draws.Balloon[i] > 0))
        {
            tests.Add(
                Odds(
                    Phrase.Of("test.balloon", rule.BalloonShare, rule.TargetCover),
                    i => !rule.Repays(draws, i),
                    0.1
                )
            );
        }
        if (rule.MaxDefault is { } defaults)
        {
            tests.Add(Odds(Phrase.Of("test.default"), i => draws.Default[i], defaults));
        }
        if (rule.MaxBreach is { } breaches)
        {
            tests.Add(Odds(Phrase.Of("test.covenant"), i => draws.Breach[i], breaches));
        }
        return tests;
    }

    /// <summary>A loan that defaults, or one without a figure of cover, falls below any cover.</summary>
    private static bool Below(LenderDraws draws, int i, double cover) =>
        draws.Default[i] || !(draws.JudgedCover(i) >= cover);

    private static double[] MeanFlow(LenderDraws draws, int[] lent)
    {
        var mean = new double[lent.Max(i => draws.Flow[i].Length)];
        foreach (var i in lent)
        {
            for (var m = 0; m < draws.Flow[i].Length; m++)
            {
                mean[m] += draws.Flow[i][m] / lent.Length;
            }
        }
        return mean;
    }

    /// <summary>The same draws with what was lost paid at default: so that the yield after losses is never above the one before.</summary>
    private static double[] Gross(LenderDraws draws, int[] lent, double[] mean)
    {
        double[] gross = [.. mean];
        foreach (var i in lent.Where(i => draws.Lost[i] > 0))
        {
            gross[draws.DefaultMonth[i]] += draws.Lost[i] / lent.Length;
        }
        return gross;
    }

    /// <summary>Cash with what stood when the outlook began, arrears in it, put out at the end of the month before: its first month's interest is earned over a month.</summary>
    private static double[] FromStart(double[] flow, double standing, double owed)
    {
        if (standing + owed <= 0)
        {
            return flow;
        }
        double[] all = [-(standing + owed), .. flow];
        all[1] += standing;
        return all;
    }
}
