using Plimsoll.Workloads;
using Plimsoll.Workloads.Mixtures;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Serving.Cases;

/// <summary>Where requests come from and how they are shaped; opened as often as it is run.</summary>
public sealed record WorkloadPlan
{
    /// <summary>Path of a trace, without links; null for none.</summary>
    public string? Trace { get; init; }

    /// <summary>Name of the trace for messages, as the file wrote it; the path when null.</summary>
    public string? TraceName { get; init; }

    /// <summary>Share of broken rows beyond which reading the trace stops.</summary>
    public double BrokenShare { get; init; } = 0.01;

    /// <summary>Order of day and month in a trace's dates.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>A mixture of clients; null for none.</summary>
    public ClientMixture? Mixture { get; init; }

    /// <summary>Independent copies of every client of the mixture.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Cut and scales.</summary>
    public WorkloadShape Shape { get; init; } = new();

    /// <summary>Seed of a mixture.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Requests that will be read, as far as it is known; null for a whole trace.</summary>
    public long? Expected => Shape.Requests == long.MaxValue ? null : Shape.Requests;

    /// <summary>The same where requests that are drawn end at a model's window, as no user of it can ask for more; a trace stays as recorded, and what is too long for the model is refused.</summary>
    /// <param name="window">Longest prompt and answer together, tokens; 0 when not known.</param>
    public WorkloadPlan Within(int window) =>
        Mixture is null || window < 2
            ? this
            : this with
            {
                Shape = Shape with { MostTokens = Math.Min(Shape.MostTokens, window) },
            };

    /// <summary>Opens the requests.</summary>
    /// <exception cref="InvalidDataException">The trace cannot be read.</exception>
    public OpenWorkload Open()
    {
        if (Mixture is not null)
        {
            // The mixture draws at the scaled rate itself, which keeps its windows where they are on the clock.
            var source = Mixture.ToSource(Seed, long.MaxValue, Shape.RateScale, Copies);
            return new OpenWorkload(
                new ShapedRequests(source, Shape with { RateScale = 1 }),
                null,
                [.. Mixture.Clients.Select(c => c.Name)]
            );
        }
        var trace = TraceSource.Open(Trace!, BrokenShare, Dates, TraceName);
        if (trace.IsJobs)
        {
            trace.Dispose();
            throw new InvalidDataException(
                $"{TraceName ?? Trace}:1: found the format {trace.Format}, which describes training jobs; expected a trace of inference requests."
            );
        }
        return new OpenWorkload(
            Shape.IsPlain ? trace : new ShapedRequests(trace, Shape),
            trace,
            trace.Clients
        );
    }
}

/// <summary>An open stream of requests, and what is known about it.</summary>
/// <param name="Source">The requests, to be read once.</param>
/// <param name="Trace">The trace behind it, whose faults are complete after the last read; null for a mixture.</param>
/// <param name="Clients">Names by number; empty when clients are not told apart.</param>
public sealed record OpenWorkload(
    IRequestSource Source,
    TraceSource? Trace,
    IReadOnlyList<string> Clients
) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Trace?.Dispose();
}
