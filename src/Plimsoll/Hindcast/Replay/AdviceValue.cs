using Plimsoll.Catalog;
using Plimsoll.Market.Hedonics;
using Plimsoll.Market.Motion;
using Plimsoll.Market.SecondHand;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Hindcast.Replay;

/// <summary>What following the law would have earned over the year after a decision, an H100 let by contract: dollars an accelerator.</summary>
/// <param name="Decision">Month of the decision.</param>
/// <param name="Hold">True when the law's mean says that keeping is worth more than an orderly sale.</param>
/// <param name="Build">True when its mean says that a new one earns its price.</param>
/// <param name="HoldEarned">What keeping a two-year-old one earned over selling it.</param>
/// <param name="BuildEarned">What buying a new one earned over not buying.</param>
public sealed record AdviceOutcome(
    Month Decision,
    bool Hold,
    bool Build,
    double HoldEarned,
    double BuildEarned
);

/// <summary>The value of the advice: what holding, selling and building as advised would have earned against always one of them and a coin.</summary>
/// <remarks>
/// A year of rent at a fill of <see cref="ReplacementCost.Fill"/> less running cost, and the second-hand value at its end by
/// <see cref="ResaleLaw"/> with the rents that came: no used price a year on was printed, so that end is derived, grade D.
/// </remarks>
public static class AdviceValue
{
    private const int Year = 12;
    private const double HoursPerMonth = 730;
    private const double UsedAge = 24;

    /// <summary>The advice at each decision whose year has been printed.</summary>
    /// <param name="scores">The replayed cases of a market.</param>
    /// <param name="view">The catalogue of a decision.</param>
    /// <param name="levels">Rents of a decision.</param>
    public static IReadOnlyList<AdviceOutcome> Of(
        IReadOnlyList<ReplayScore> scores,
        Func<Month, CatalogView> view,
        Func<Month, RentLevels> levels
    )
    {
        var outcomes = new List<AdviceOutcome>();
        var decisions = scores
            .Select(s => s.Question)
            .Where(q =>
                q.Outcome.Quote.Basis == QuoteBasis.Contract
                && q.Outcome.Quote.Accelerator == ChipNeeds.Reference
            )
            .GroupBy(q => q.Decision)
            .Where(g => g.Any(q => q.Quarters == 4))
            .OrderBy(g => g.Key);
        foreach (var day in decisions)
        {
            if (Outcome(view(day.Key), levels(day.Key), [.. day]) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        }
        return outcomes;
    }

    private static AdviceOutcome? Outcome(
        CatalogView view,
        RentLevels levels,
        IReadOnlyList<ReplayCase> questions
    )
    {
        var law = ResaleLaw.Of(view, levels.Market);
        var chip = ChipNeeds.Reference;
        if (
            NewPrice.Dollars(view, levels.Market, chip) is not { } price
            || law.Value(chip, UsedAge, 1, 1e9, 0) is not { } used
            || law.Value(chip, 0, 1, 1e9, 0) is not { } fresh
        )
        {
            return null;
        }
        var rate = ExchangeRate.PerDollar(view, levels.Currency, levels.Start);
        var now = questions[0].Latest.Quote.PerGpuHour / rate;
        var printed = questions.ToDictionary(
            q => q.MonthsAhead,
            q => Math.Log(q.Outcome.Quote.PerGpuHour / rate)
        );
        var came = Path(Math.Log(now), printed);
        double Worth(double[] logs, double value) =>
            Rent(logs)
            + value
                * Math.Exp(
                    -law.YearlyFall.Mean
                        + (SecondHandPriors.RentElasticity * (logs[Year] - logs[0]))
                );
        // The law's mean, over draws, of what a year brings.
        var draws = Enumerable
            .Range(0, levels.Draws)
            .Select(d =>
            {
                var path = levels.LogPath(d, chip, QuoteBasis.Contract);
                return path.Select(x => Math.Log(now) + x - path[0]).ToArray();
            })
            .ToList();
        var cost = price * ReplacementCost.AllIn;
        var holds = draws.Average(p => Worth(p, used.Fair)) - used.Orderly;
        var builds = draws.Average(p => Worth(p, fresh.Fair)) - cost;
        return new AdviceOutcome(
            levels.Start,
            holds > 0,
            builds > 0,
            Worth(came, used.Fair) - used.Orderly,
            Worth(came, fresh.Fair) - cost
        );
    }

    private static double Rent(double[] logs) =>
        Enumerable
            .Range(1, Year)
            .Sum(m =>
                HoursPerMonth
                * (
                    (Math.Exp(logs[m]) * ReplacementCost.Fill)
                    - (ReplacementCost.RunningPerWattHour * 700)
                )
            );

    // What was printed, straight in logs between prints.
    private static double[] Path(double start, Dictionary<int, double> printed)
    {
        var path = new double[Year + 1];
        var marks = printed.OrderBy(p => p.Key).ToList();
        for (var m = 0; m <= Year; m++)
        {
            var before = marks
                .Where(p => p.Key <= m)
                .Select(p => (p.Key, p.Value))
                .LastOrDefault((0, start));
            var after = marks
                .Where(p => p.Key > m)
                .Select(p => (p.Key, p.Value))
                .FirstOrDefault(before);
            var share =
                after.Item1 == before.Item1
                    ? 0
                    : (m - before.Item1) / (double)(after.Item1 - before.Item1);
            path[m] = before.Item2 + (share * (after.Item2 - before.Item2));
        }
        return path;
    }
}
