using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>Requests held in memory that can be sent at any multiple of their rate, in several versions: other draws of a mixture, or a trace begun at other places.</summary>
public sealed class ScalableWorkload
{
    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private readonly RequestTapes _tapes;
    private readonly DrawnRequests[] _versions;

    private ScalableWorkload(RequestTapes tapes, DrawnRequests[] versions)
    {
        _tapes = tapes;
        _versions = versions;
        RequestsPerSecond = versions.Average(v => Rate(v.Requests.Span));
    }

    /// <summary>Mean rate at scale 1.</summary>
    public double RequestsPerSecond { get; }

    /// <summary>Requests of one version.</summary>
    public int Requests => _versions[0].Requests.Length;

    /// <summary>Versions.</summary>
    public int Versions => _versions.Length;

    /// <summary>Whether more requests can be drawn; a trace ends where it ends.</summary>
    public bool Grows =>
        _tapes.Plan.Mixture is not null
        && _tapes.Plan.Shape.UntilSeconds == double.PositiveInfinity;

    /// <summary>Mean tokens of prompt and answer together, of the first version.</summary>
    public double MeanTokens => Mean(r => (double)r.InputTokens + r.OutputTokens);

    /// <summary>Mean tokens of an answer, of the first version.</summary>
    public double MeanOutputTokens => Mean(r => r.OutputTokens);

    /// <summary>Loads a workload.</summary>
    /// <param name="plan">Where the requests come from; its own count bounds them too.</param>
    /// <param name="requests">Requests of one version at most.</param>
    /// <param name="versions">Versions, 1 or more.</param>
    /// <exception cref="InvalidDataException">The workload holds fewer than two requests, or the trace cannot be read.</exception>
    public static ScalableWorkload Load(WorkloadPlan plan, int requests, int versions) =>
        Load(new RequestTapes(plan), requests, versions);

    /// <summary>The same of what was drawn already, or will be.</summary>
    /// <inheritdoc cref="Load(WorkloadPlan, int, int)"/>
    internal static ScalableWorkload Load(RequestTapes tapes, int requests, int versions)
    {
        var loaded = new DrawnRequests[versions];
        if (tapes.Plan.Mixture is null)
        {
            var trace = DrawnRequests.Of(tapes.Plan, requests);
            for (var i = 0; i < versions; i++)
            {
                var place = (int)((long)i * trace.Requests.Length / versions);
                loaded[i] = trace with { Requests = Begun(trace.Requests, place) };
            }
        }
        else
        {
            Parallel.For(0, versions, i => loaded[i] = tapes.First(i, requests));
        }
        return new ScalableWorkload(tapes, loaded);
    }

    /// <summary>The same workload with at least so many requests a version, when it grows; else itself.</summary>
    /// <param name="requests">Requests of one version.</param>
    /// <param name="versions">Versions.</param>
    public ScalableWorkload Grown(int requests, int versions) =>
        versions <= Versions && (requests <= Requests || !Grows)
            ? this
            : Load(_tapes, Math.Max(requests, Requests), versions);

    /// <summary>The requests of a version, at scale 1.</summary>
    internal ReadOnlySpan<Request> Of(int version) => _versions[version].Requests.Span;

    /// <summary>One version at a multiple of its rate.</summary>
    /// <param name="scale">Times are divided by it; greater than 0.</param>
    /// <param name="version">Which.</param>
    /// <param name="requests">Requests from its start on.</param>
    public IRequestSource At(double scale, int version, int requests = int.MaxValue)
    {
        var (all, pieces) = _versions[version];
        var list = new RequestList(all[..Math.Min(requests, all.Length)], pieces);
        return scale == 1 ? list : new ShapedRequests(list, new WorkloadShape(RateScale: scale));
    }

    private double Mean(Func<Request, double> of)
    {
        var sum = 0.0;
        foreach (var request in _versions[0].Requests.Span)
        {
            sum += of(request);
        }
        return sum / Requests;
    }

    private static double Rate(ReadOnlySpan<Request> requests)
    {
        var seconds =
            (double)(requests[^1].ArrivalPicoseconds - requests[0].ArrivalPicoseconds)
            / PicosecondsPerSecond;
        return seconds > 0
            ? (requests.Length - 1) / seconds
            : throw new InvalidDataException(
                "All requests of the workload arrive at once: it has no rate that could be scaled."
            );
    }

    /// <summary>The requests from a place on, with those before it after them.</summary>
    private static ReadOnlyMemory<Request> Begun(ReadOnlyMemory<Request> all, int place)
    {
        if (place == 0)
        {
            return all;
        }
        var requests = all.Span;
        var start = requests[place].ArrivalPicoseconds;
        var mean =
            (requests[^1].ArrivalPicoseconds - requests[0].ArrivalPicoseconds)
            / (requests.Length - 1);
        var round = requests[^1].ArrivalPicoseconds - requests[0].ArrivalPicoseconds + mean;
        var result = new Request[requests.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var from = (place + i) % requests.Length;
            var late = place + i >= requests.Length ? round : 0;
            result[i] = requests[from] with
            {
                ArrivalPicoseconds = requests[from].ArrivalPicoseconds - start + late,
            };
        }
        return result;
    }
}
