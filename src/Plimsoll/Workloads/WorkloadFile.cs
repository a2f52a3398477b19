using Plimsoll.Workloads.Mixtures;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Workloads;

/// <summary>A file that holds a workload: a trace to replay, or a client mixture to draw from.</summary>
public sealed class WorkloadFile : IDisposable
{
    private readonly TraceSource? _trace;

    private WorkloadFile(string format, IRequestSource source, IReadOnlyList<string> clients)
    {
        Format = format;
        Source = source;
        _trace = source as TraceSource;
        Clients = clients;
    }

    /// <summary>The format of a trace (<see cref="TraceSource.Format"/>), or servegen for a mixture.</summary>
    public string Format { get; }

    /// <summary>The requests, to be read once.</summary>
    public IRequestSource Source { get; }

    /// <summary>Names of the clients by number; empty when they are not told apart. Of a trace, complete after the last read.</summary>
    public IReadOnlyList<string> Clients { get; }

    /// <summary>What was wrong with the rows of a trace; null for a mixture.</summary>
    public TraceFaults? Faults => _trace?.Faults;

    /// <summary>What the reader had to assume; empty when nothing.</summary>
    public IReadOnlyList<string> Notes => _trace?.Notes ?? [];

    /// <summary>Whether the rows are training jobs, whose accelerators and seconds stand for tokens.</summary>
    public bool IsJobs => _trace?.IsJobs ?? false;

    /// <summary>What was measured when these requests were served; null when the file does not tell.</summary>
    public MeasuredLatency? Measured => _trace?.Measured;

    /// <summary>Opens a file.</summary>
    /// <param name="path">A trace, or an archive or folder of a mixture.</param>
    /// <param name="service">Service inside a mixture's archive; empty when it holds only one.</param>
    /// <param name="mixtureRequests">Requests to draw from a mixture.</param>
    /// <param name="seed">Seed of a mixture.</param>
    /// <param name="brokenShare">Share of broken rows beyond which reading a trace stops.</param>
    /// <param name="dates">Order of day and month in a trace's dates.</param>
    /// <exception cref="InvalidDataException">Unknown format, or too many rows are broken.</exception>
    public static WorkloadFile Open(
        string path,
        string service = "",
        long mixtureRequests = long.MaxValue,
        ulong seed = 1,
        double brokenShare = 0.01,
        DateOrder dates = DateOrder.YearFirst
    )
    {
        if (
            Directory.Exists(path)
            || path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)
        )
        {
            var mixture = ServeGenFiles.Read(path, service);
            return new WorkloadFile(
                "servegen",
                mixture.ToSource(seed, mixtureRequests),
                [.. mixture.Clients.Select(c => c.Name)]
            );
        }
        var trace = TraceSource.Open(path, brokenShare, dates);
        return new WorkloadFile(trace.Format, trace, trace.Clients);
    }

    /// <inheritdoc/>
    public void Dispose() => _trace?.Dispose();
}
