using Plimsoll.Market.Motion;
using Plimsoll.Sampling;

namespace Plimsoll.Hindcast.Replay;

/// <summary>What the law costs where there is nothing to find: markets simulated without drift, at the dates, widths and anchors of the real one.</summary>
/// <remarks>
/// Each world is one common walk and one of each panel's own, as the law has them; the anchor stays where the real one was, so that draws
/// which revert pull towards a level that means nothing. The true law is the driftless part alone.
/// </remarks>
public static class DriftlessMarkets
{
    private const double CommonShare = 0.7;

    /// <summary>Score of the law over that of the true law, by quarters ahead, pooled over worlds.</summary>
    /// <param name="scores">The cases of the real market.</param>
    /// <param name="levels">Rents at each decision of the real market.</param>
    /// <param name="worlds">Markets simulated.</param>
    /// <param name="seed">Seed.</param>
    public static IReadOnlyDictionary<int, double> Cost(
        IReadOnlyList<ReplayScore> scores,
        Func<Quantities.Month, RentLevels> levels,
        int worlds,
        ulong seed
    )
    {
        var law = new Dictionary<int, double>();
        var truth = new Dictionary<int, double>();
        var shapes = scores.Select(s => Shape(s.Question, levels(s.Question.Decision))).ToList();
        for (var world = 0; world < worlds; world++)
        {
            foreach (var shape in shapes)
            {
                var question = shape.Question;
                // The level at the decision: away from where it really stood by as much as a driftless market may have gone.
                var before = question.Decision - ReplayCase.First;
                var start = Walk(seed, world, question, before) * shape.Width;
                var end =
                    start
                    + (
                        (
                            Walk(seed, world, question, before + question.MonthsAhead)
                            - Walk(seed, world, question, before)
                        ) * shape.Width
                    );
                var outcome = Math.Exp(end);
                var error = question.Outcome.Quote.LogError;
                var mixed = shape
                    .Changes.Select(c => Math.Exp(start + c.Change - (c.Pull * start)))
                    .ToArray();
                var walked = shape
                    .Changes.Where(c => c.Kind == MotionKind.RandomWalk)
                    .Select(c => Math.Exp(start + c.Change))
                    .ToArray();
                Add(law, question.Quarters, LogScore.Of(mixed, outcome, error));
                Add(truth, question.Quarters, LogScore.Of(walked, outcome, error));
            }
        }
        return law.ToDictionary(l => l.Key, l => l.Value / truth[l.Key]);
    }

    private static void Add(Dictionary<int, double> sums, int key, double value) =>
        sums[key] = sums.GetValueOrDefault(key) + value;

    private static CaseShape Shape(ReplayCase question, RentLevels levels)
    {
        var quote = question.Latest.Quote;
        var pull = 1 - Math.Pow(0.5, question.MonthsAhead / (12 * MotionPriors.HalfLife));
        return new CaseShape(
            question,
            levels.Widths[quote.Basis].Value,
            [
                .. Enumerable
                    .Range(0, levels.Draws)
                    .Select(d =>
                    {
                        var path = levels.LogPath(d, quote.Accelerator, quote.Basis);
                        var kind = levels.Kind(d);
                        return new PathChange(
                            kind,
                            path[question.MonthsAhead] - path[0],
                            kind == MotionKind.Reverting ? pull : 0
                        );
                    }),
            ]
        );
    }

    // A walk in units of a year's deviation, common to the market and the panel's own.
    private static double Walk(ulong seed, int world, ReplayCase question, int month)
    {
        var common = Sum(seed, world, "driftless " + question.Market, month);
        var own = Sum(seed, world, "driftless " + question.Series, month);
        return (Math.Sqrt(CommonShare) * common) + (Math.Sqrt(1 - CommonShare) * own);
    }

    private static double Sum(ulong seed, int world, string name, int month)
    {
        var stream = RandomStream.Keyed(seed, world, EntityId.Of(name), Purpose.Shocks);
        double sum = 0;
        for (var i = 0; i < month; i++)
        {
            sum += MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, stream.NextOpenUniform());
        }
        return sum / Math.Sqrt(12);
    }

    private sealed record CaseShape(
        ReplayCase Question,
        double Width,
        IReadOnlyList<PathChange> Changes
    );

    private sealed record PathChange(MotionKind Kind, double Change, double Pull);
}
