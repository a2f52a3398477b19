using MathNet.Numerics.Distributions;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;

namespace Plimsoll.Hindcast.Replay;

/// <summary>Puts every question of a market's past to the law and to the baselines, each day with what was known on it.</summary>
/// <remarks>The rules stand in docs/validation/market-replay-rules.md.</remarks>
public sealed class MarketReplay
{
    private const int Horizon = 14;

    private MarketReplay(string market, IReadOnlyList<ReplayScore> scores) =>
        (Market, Scores) = (market, scores);

    /// <summary>Market replayed.</summary>
    public string Market { get; }

    /// <summary>Every case with its scores.</summary>
    public IReadOnlyList<ReplayScore> Scores { get; }

    /// <summary>Replays a market.</summary>
    /// <param name="views">The catalogue as known on a day.</param>
    /// <param name="market">china, us.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="draws">Draws, at least 8.</param>
    public static MarketReplay Run(
        Func<DateOnly, CatalogView> views,
        string market,
        ulong seed,
        int draws
    )
    {
        var all = QuoteBook.Of(views(ReplayCase.KnownTo), market).Quotes;
        var scores = new List<ReplayScore>();
        foreach (var day in ReplayCase.Of(all, market).GroupBy(c => c.Decision).OrderBy(g => g.Key))
        {
            var view = views(day.Key.LastDay);
            var levels = RentLevels.Condition(view, market, [], seed, draws, Horizon);
            var low = levels.WithAnchor(Math.Log(0.75));
            var high = levels.WithAnchor(Math.Log(1.25));
            // A chip whose launch lies ahead has no law yet.
            foreach (var question in day.Where(c => Known(view, c)))
            {
                scores.Add(Score(question, view, levels, low, high));
            }
        }
        return new MarketReplay(market, scores);
    }

    private static bool Known(CatalogView view, ReplayCase question) =>
        view.Find(Accelerator.Kind, question.Outcome.Quote.Accelerator) is not null;

    private static ReplayScore Score(
        ReplayCase question,
        CatalogView view,
        RentLevels levels,
        RentLevels low,
        RentLevels high
    )
    {
        var outcome = question.Outcome.Quote;
        double Of(double[]? sample) =>
            sample is null ? double.NaN : LogScore.Of(sample, outcome.PerGpuHour, outcome.LogError);
        var law = ReplayForecast.Of(question, levels, _ => true);
        return new ReplayScore(
            question,
            Of(law),
            Of(ReplayForecast.Of(question, levels, k => k == MotionKind.RandomWalk)),
            Of(ReplayForecast.Of(question, low, _ => true)),
            Of(ReplayForecast.Of(question, high, _ => true)),
            [.. ReplayBaselines.All(question, view, levels).Select(Of)],
            Place(law, outcome.PerGpuHour, outcome.LogError)
        );
    }

    // Mean over draws of the chance that the observed lies above a draw seen with the outcome's error.
    private static double Place(double[] sample, double value, double error) =>
        sample.Average(x => Normal.CDF(0, 1, Math.Log(value / x) / error));
}
