using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>Requests held in memory that can be sent at any multiple of their rate, in several versions: other draws of a mixture, or a trace begun at other places.</summary>
public sealed class ScalableWorkload
{
    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private readonly (Request[] Requests, PrefixPiece[] Pieces)[] _versions;

    private ScalableWorkload(
        (Request[] Requests, PrefixPiece[] Pieces)[] versions,
        double requestsPerSecond
    )
    {
        _versions = versions;
        RequestsPerSecond = requestsPerSecond;
    }

    /// <summary>Mean rate at scale 1.</summary>
    public double RequestsPerSecond { get; }

    /// <summary>Requests of one version.</summary>
    public int Requests => _versions[0].Requests.Length;

    /// <summary>Versions.</summary>
    public int Versions => _versions.Length;

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
        return new ScalableWorkload(loaded, rate);
    }

    /// <summary>One version at a multiple of its rate.</summary>
    public IRequestSource At(double scale, int version)
    {
        var (requests, pieces) = _versions[version];
        var list = new RequestList(requests, pieces);
        return scale == 1 ? list : new ShapedRequests(list, new WorkloadShape(RateScale: scale));
    }

    /// <summary>The first requests of every version only.</summary>
    public ScalableWorkload First(int requests) =>
        requests >= Requests
            ? this
            : new(
                Array.ConvertAll(_versions, v => (v.Requests[..requests], v.Pieces)),
                _versions.Average(v => Rate(v.Requests[..requests]))
            );

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

    private static (Request[] Requests, PrefixPiece[] Pieces) Read(WorkloadPlan plan, int most)
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
