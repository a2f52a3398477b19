namespace Plimsoll.Performance.Points;

/// <summary>Finds rows that contradict others of their own run: fewer clients cannot make each token slower.</summary>
/// <remarks>A test of the data against itself; no model enters. A run is one deployment, engine version and pair of lengths.</remarks>
public static class ContradictoryRuns
{
    // Repeats of one configuration differ by 1.04 at the 90th percentile with one version and 1.30 across versions.
    private const double _excess = 1.35;

    // Where this part of a deployment's rows contradict each other, none of it can be trusted.
    private const double _common = 0.25;

    /// <summary>Marks such rows.</summary>
    public static void Mark(MeasuredPoint[] points)
    {
        var usable = Enumerable
            .Range(0, points.Length)
            .Where(i => points[i].IsResolved && points[i].Deployment is not null)
            .ToList();
        var flagged = new HashSet<int>();
        foreach (var run in usable.GroupBy(i => Run(points[i]) + Lengths(points[i])))
        {
            foreach (var i in run)
            {
                if (
                    run.Any(j =>
                        points[j].Load.Concurrency > points[i].Load.Concurrency
                        && points[i].Row.TimePerOutputToken
                            > _excess * points[j].Row.TimePerOutputToken
                    )
                )
                {
                    flagged.Add(i);
                }
            }
        }
        foreach (var run in usable.GroupBy(i => Run(points[i])))
        {
            var all = run.Count(flagged.Contains) > _common * run.Count();
            foreach (var i in run.Where(i => all || flagged.Contains(i)))
            {
                points[i] = points[i] with { Unresolved = PointAudit.Contradictory };
            }
        }
    }

    private static string Run(MeasuredPoint p) =>
        CalibrationLevels.Deployment(p.Deployment!) + "|" + p.Row.EngineVersion;

    private static string Lengths(MeasuredPoint p) => $"|{p.Row.InputTokens}|{p.Row.OutputTokens}";
}
