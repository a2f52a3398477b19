namespace Plimsoll.Workloads.Traces;

/// <summary>A row of a trace that could not be used.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Reason">What was found and what was expected.</param>
public readonly record struct BrokenRow(long Line, string Reason);

/// <summary>What was wrong with a trace so far.</summary>
public sealed class TraceFaults
{
    /// <summary>Rows kept in <see cref="First"/> at most.</summary>
    public const int Listed = 20;
    private readonly List<BrokenRow> _first = [];

    /// <summary>Rows read, the broken ones included.</summary>
    public long Rows { get; internal set; }

    /// <summary>Broken rows, which are left out too.</summary>
    public long Broken { get; private set; }

    /// <summary>Sound rows that were no served requests, left out and not counted as broken.</summary>
    public long LeftOut { get; internal set; }

    /// <summary>What those are; empty when there are none.</summary>
    public string LeftOutReason { get; internal set; } = "";

    /// <summary>The first broken rows with their lines.</summary>
    public IReadOnlyList<BrokenRow> First => _first;

    internal void Add(long line, string reason)
    {
        Broken++;
        if (_first.Count < Listed)
        {
            _first.Add(new BrokenRow(line, reason));
        }
    }
}
