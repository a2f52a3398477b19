using Plimsoll.Jobs;

namespace Plimsoll.Sweeps.Reports;

/// <summary>What the reports of a sweep are made from, gathered run by run.</summary>
/// <param name="sweep">The sweep.</param>
public sealed class SweepFigures(Sweep sweep)
{
    private readonly SortedDictionary<string, long> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Runs, long First)> _failures = new(
        StringComparer.Ordinal
    );

    /// <summary>Runs of the sweep.</summary>
    public long Runs { get; private set; }

    /// <summary>Runs with a result.</summary>
    public long Done { get; private set; }

    /// <summary>Runs that ended with a reason in place of a result.</summary>
    public long Failed { get; private set; }

    /// <summary>Runs that have not ended.</summary>
    public long Open => Runs - Done - Failed;

    /// <summary>Verdicts with their number of runs, by name.</summary>
    public IReadOnlyDictionary<string, long> Verdicts => _verdicts;

    /// <summary>Map of verdicts; null when the sweep has fewer than two axes.</summary>
    public VerdictMap? Map { get; } =
        sweep is { MapAcross: { } across, MapUp: { } up } && across != up
            ? new VerdictMap(sweep, across, up)
            : null;

    /// <summary>What each option costs against the best of its run.</summary>
    public RegretTable Regret { get; } = new();

    /// <summary>Runs that no other beats in both gain and risk.</summary>
    public Frontier Frontier { get; } = new();

    /// <summary>Reasons of failure, the most frequent first.</summary>
    public IReadOnlyList<(string Reason, long Runs, long First)> Failures =>
        [
            .. _failures
                .Select(f => (f.Key, f.Value.Runs, f.Value.First))
                .OrderByDescending(f => f.Runs)
                .ThenBy(f => f.First),
        ];

    /// <summary>Adds a run.</summary>
    public void Add(SweepRow row)
    {
        Runs++;
        switch (row.Record.State)
        {
            case RunState.Done:
                Done++;
                var verdict = row.Words("verdict.kind") ?? "";
                _verdicts[verdict] = _verdicts.GetValueOrDefault(verdict) + 1;
                Map?.Add(row, verdict);
                Regret.Add(row);
                Frontier.Add(row);
                break;
            case RunState.Failed:
                Failed++;
                var before = _failures.GetValueOrDefault(row.Record.Reason, (0, row.Point.Number));
                _failures[row.Record.Reason] = (before.Runs + 1, before.First);
                break;
            case RunState.Waiting or RunState.Leased or RunState.Stopped:
                break;
        }
    }
}
