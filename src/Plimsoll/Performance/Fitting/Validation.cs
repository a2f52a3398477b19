using Plimsoll.Performance.Points;

namespace Plimsoll.Performance.Fitting;

/// <summary>Scores a calibration on a file of measured points.</summary>
/// <remarks>
/// A point that the calibration was fitted on says nothing about its error. Where the file holds enough of them, they are predicted by fits on them that
/// left their deployment out, and scored against the interval of new deployments; where it does not, they are scored as they are and counted as in-sample.
/// All others are predicted by the calibration itself, whatever is new about them.
/// </remarks>
public sealed class Validation
{
    /// <summary>Fewest usable points for which fits with parts left out are worth making.</summary>
    public const int LeastForRefit = 300;

    private Validation(
        IReadOnlyList<ScoredPoint> points,
        IReadOnlyDictionary<Novelty, IReadOnlyList<HeldOut>> splits,
        IReadOnlyList<(string Reason, int Count)> unresolved
    )
    {
        Points = points;
        Splits = splits;
        Unresolved = unresolved;
    }

    /// <summary>All scored points.</summary>
    public IReadOnlyList<ScoredPoint> Points { get; }

    /// <summary>Predictions by fits that left something out, by the kind of novelty; empty unless asked for.</summary>
    public IReadOnlyDictionary<Novelty, IReadOnlyList<HeldOut>> Splits { get; }

    /// <summary>Reasons for which rows were left out.</summary>
    public IReadOnlyList<(string Reason, int Count)> Unresolved { get; }

    /// <summary>Scores audited points.</summary>
    /// <param name="audited">From <see cref="PointAudit"/>.</param>
    /// <param name="calibration">The calibration to score.</param>
    /// <param name="predict">How a point is predicted by a calibration; null for its row.</param>
    /// <param name="allSplits">True to measure every kind of novelty by refitting on this file.</param>
    public static Validation Run(
        IReadOnlyList<MeasuredPoint> audited,
        Calibration calibration,
        bool allSplits,
        PointPrediction? predict = null
    )
    {
        predict ??= FitPoint.ByRow;
        var points = audited.Where(p => p.IsResolved).Select(p => new FitPoint(p)).ToList();
        var fitted = points
            .Where(p => calibration.Seen.ContainsKey(CalibrationLevels.SeenPoint(p.Point.Row)))
            .ToList();
        var splits = new Dictionary<Novelty, IReadOnlyList<HeldOut>>();
        if (allSplits && points.Count >= LeastForRefit)
        {
            foreach (var kind in NoveltySplits.Kinds)
            {
                splits[kind] = NoveltySplits.Run(points, kind, predict);
            }
        }
        var held =
            fitted.Count < LeastForRefit ? []
            : fitted.Count == points.Count
            && splits.TryGetValue(Novelty.NewDeployment, out var same)
                ? same
            : NoveltySplits.Run(fitted, Novelty.NewDeployment, predict);
        // Whether a held-out prediction lies in its interval is told by an interval that its own deployment did not set.
        var inside = ErrorInterval.Inside(Novelty.NewDeployment, held);
        var outOfFold = held.Select((h, i) => (Held: h, Inside: inside[i]))
            .ToDictionary(h => h.Held.Point);
        var inSample = fitted.Where(p => !outOfFold.ContainsKey(p)).ToHashSet();
        return new Validation(
            [.. points.Select(p => Score(p, calibration, predict, outOfFold, inSample))],
            splits,
            PointAudit.Reasons(audited)
        );
    }

    /// <summary>Errors over all points; null when none was usable.</summary>
    public ErrorSummary? Overall =>
        Points.Count == 0 ? null : ErrorSummary.Of("all", "all", [.. Points]);

    /// <summary>Errors by model, chip, engine, mode and novelty.</summary>
    public IReadOnlyList<ErrorSummary> Groups() =>
        [
            .. Group("model", p => p.Point.Served.Model.Name),
            .. Group("family", p => p.Point.Served.Model.Family),
            .. Group("chip", p => p.Point.Served.Accelerator.Name),
            .. Group("engine", p => p.Point.Served.Engine.Word()),
            .. Group("mode", p => p.Point.Point.Disaggregated is null ? "agg" : "disagg"),
            .. Group("novelty", p => p.Error.Novelty.ToString()),
        ];

    private IEnumerable<ErrorSummary> Group(string by, Func<ScoredPoint, string> key) =>
        Points
            .GroupBy(key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => ErrorSummary.Of(by, g.Key, [.. g]));

    private static ScoredPoint Score(
        FitPoint point,
        Calibration calibration,
        PointPrediction predict,
        Dictionary<FitPoint, (HeldOut Held, (bool PerToken, bool FirstToken) Inside)> outOfFold,
        HashSet<FitPoint> inSample
    )
    {
        if (outOfFold.TryGetValue(point, out var known))
        {
            return new ScoredPoint(
                point,
                calibration.ErrorOf(Novelty.NewDeployment),
                known.Held.LogPerTokenError,
                known.Held.LogFirstTokenError,
                true,
                false
            )
            {
                PerTokenInside = known.Inside.PerToken,
                FirstTokenInside = known.Inside.FirstToken,
            };
        }
        var (perToken, firstToken) = predict(point, calibration);
        return new ScoredPoint(
            point,
            calibration
                .ErrorOf(point.Served, point.IsDisaggregated)
                .At(
                    point.Point.Load.Concurrency / (point.Point.Disaggregated?.DecodeWorkers ?? 1),
                    point.Point.Load.InputTokens + point.Point.Load.OutputTokens
                ),
            point.LogPerToken - perToken,
            point.LogFirstToken - firstToken,
            false,
            inSample.Contains(point)
        );
    }
}
