using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>Requests held in memory that can be sent at any multiple of their rate, in several versions: other draws of a mixture, or a trace begun at other places.</summary>
public sealed class ScalableWorkload
{
    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private readonly WorkloadPlan _plan;
    private readonly (Request[] Requests, PrefixPiece[] Pieces)[] _versions;

    private ScalableWorkload(
        WorkloadPlan plan,
        (Request[] Requests, PrefixPiece[] Pieces)[] versions,
        double requestsPerSecond
    )
    {
        _plan = plan;
        _versions = versions;
        RequestsPerSecond = requestsPerSecond;
    }

    /// <summary>Mean rate at scale 1.</summary>
    public double RequestsPerSecond { get; }

    /// <summary>Requests of one version.</summary>
    public int Requests => _versions[0].Requests.Length;

    /// <summary>Versions.</summary>
    public int Versions => _versions.Length;

    /// <summary>Whether more requests can be drawn; a trace ends where it ends.</summary>
    public bool Grows =>
        _plan.Mixture is not null && _plan.Shape.UntilSeconds == double.PositiveInfinity;

    /// <summary>Mean tokens of prompt and answer together, of the first version.</summary>
    public double MeanTokens =>
        _versions[0].Requests.Average(r => (double)r.InputTokens + r.OutputTokens);

    /// <summary>Mean tokens of an answer, of the first version.</summary>
    public double MeanOutputTokens => _versions[0].Requests.Average(r => (double)r.OutputTokens);

    /// <summary>Loads a workload.</summary>
    /// <param name="plan">Where the requests come from; its own count bounds them too.</param>
    /// <param name="requests">Requests of one version at most.</param>
    /// <param name="versions">Versions, 1 or more.</param>
    /// <exception cref="InvalidDataException">The workload holds fewer than two requests, or the trace cannot be read.</exception>
    public static ScalableWorkload Load(WorkloadPlan plan, int requests, int versions)
    {
        var loaded = new (Request[], PrefixPiece[])[versions];
        if (plan.Mixture is null)
        {
            var (trace, pieces) = Read(plan, requests);
            for (var i = 0; i < versions; i++)
            {
                loaded[i] = (Begun(trace, (int)((long)i * trace.Length / versions)), pieces);
            }
        }
        else
        {
            Parallel.For(
                0,
                versions,
                i => loaded[i] = Read(plan with { Seed = plan.Seed + (ulong)i }, requests)
            );
        }
        var rate = loaded.Average(v => Rate(v.Item1));
        return new ScalableWorkload(plan, loaded, rate);
    }

    /// <summary>The same workload with at least so many requests a version, when it grows; else itself.</summary>
    /// <param name="requests">Requests of one version.</param>
    /// <param name="versions">Versions.</param>
    public ScalableWorkload Grown(int requests, int versions) =>
        versions <= Versions && (requests <= Requests || !Grows)
            ? this
            : Load(_plan, Math.Max(requests, Requests), versions);

    /// <summary>The requests of a version, at scale 1.</summary>
    internal ReadOnlySpan<Request> Of(int version) => _versions[version].Requests;

    /// <summary>One version at a multiple of its rate.</summary>
    /// <param name="scale">Times are divided by it; greater than 0.</param>
    /// <param name="version">Which.</param>
    /// <param name="requests">Requests from its start on.</param>
    public IRequestSource At(double scale, int version, int requests = int.MaxValue)
    {
        var (all, pieces) = _versions[version];
        var list = new RequestList(all.AsMemory(0, Math.Min(requests, all.Length)), pieces);
        return scale == 1 ? list : new ShapedRequests(list, new WorkloadShape(RateScale: scale));
    }

    private static double Rate(Request[] requests)
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

    /// <summary>Reads a plan into memory, up to so many requests.</summary>
    internal static (Request[] Requests, PrefixPiece[] Pieces) Read(WorkloadPlan plan, int most)
    {
        using var open = plan.Open();
        var requests = new List<Request>();
        var pieces = new List<PrefixPiece>();
        var buffer = new Request[4096];
        while (
            requests.Count < most
            && open.Source.Read(buffer.AsSpan(0, Math.Min(buffer.Length, most - requests.Count)))
                is > 0
                    and var read
            && open.Source.EpochSeconds == 0
        )
        {
            foreach (var request in buffer.AsSpan(0, read))
            {
                requests.Add(request with { PrefixStart = pieces.Count });
                pieces.AddRange(
                    open.Source.Prefixes.Slice(request.PrefixStart, request.PrefixCount)
                );
            }
        }
        return requests.Count >= 2
            ? ([.. requests], [.. pieces])
            : throw new InvalidDataException(
                $"The workload holds {requests.Count} requests; a rate needs two or more."
            );
    }

    /// <summary>The requests from a place on, with those before it after them.</summary>
    private static Request[] Begun(Request[] requests, int place)
    {
        if (place == 0)
        {
            return requests;
        }
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
