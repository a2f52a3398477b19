using System.Collections.Concurrent;
using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>What a mixture sends, drawn once and read on as far as it is asked for: searches over many installations and lengths share it. Safe for several threads.</summary>
/// <param name="plan">A mixture; version v is drawn with its seed plus v.</param>
internal sealed class RequestTapes(WorkloadPlan plan)
{
    private readonly ConcurrentDictionary<int, Tape> _tapes = new();

    /// <summary>Where the requests come from.</summary>
    public WorkloadPlan Plan => plan;

    /// <summary>The first requests of a version, fewer where the workload ends.</summary>
    /// <param name="version">From 0.</param>
    /// <param name="most">Requests at most.</param>
    /// <exception cref="InvalidDataException">There are fewer than two.</exception>
    public DrawnRequests First(int version, int most) =>
        _tapes
            .GetOrAdd(version, v => new Tape(plan with { Seed = plan.Seed + (ulong)v }))
            .First(most);

    private sealed class Tape(WorkloadPlan plan)
    {
        private readonly Lock _lock = new();
        private readonly Request[] _buffer = new Request[4096];
        private IRequestSource? _source;
        private bool _ended;

        // Arrays already handed out are never written again below what was handed out: they only grow.
        private Request[] _requests = new Request[4096];
        private PrefixPiece[] _pieces = [];
        private int _count;
        private int _pieceCount;

        public DrawnRequests First(int most)
        {
            lock (_lock)
            {
                _source ??= plan.Open().Source;
                while (_count < most && !_ended)
                {
                    Read(Math.Min(_buffer.Length, most - _count));
                }
                var count = Math.Min(most, _count);
                return count >= 2
                    ? new DrawnRequests(
                        _requests.AsMemory(0, count),
                        _pieces.AsMemory(0, _pieceCount)
                    )
                    : throw DrawnRequests.TooFew(count);
            }
        }

        private void Read(int most)
        {
            var read = _source!.Read(_buffer.AsSpan(0, most));
            if (read == 0 || _source.EpochSeconds != 0)
            {
                _ended = true;
                return;
            }
            Grow(ref _requests, _count + read);
            foreach (var request in _buffer.AsSpan(0, read))
            {
                var pieces = _source.Prefixes.Slice(request.PrefixStart, request.PrefixCount);
                Grow(ref _pieces, _pieceCount + pieces.Length);
                _requests[_count++] = request with { PrefixStart = _pieceCount };
                pieces.CopyTo(_pieces.AsSpan(_pieceCount));
                _pieceCount += pieces.Length;
            }
        }

        private static void Grow<T>(ref T[] array, int length)
        {
            if (length > array.Length)
            {
                Array.Resize(ref array, Math.Max(length, 2 * array.Length));
            }
        }
    }
}

/// <summary>Requests in memory, in order of arrival.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="Pieces">The shared pieces they point to.</param>
internal readonly record struct DrawnRequests(
    ReadOnlyMemory<Request> Requests,
    ReadOnlyMemory<PrefixPiece> Pieces
)
{
    /// <summary>Reads a whole plan, up to so many requests.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two.</exception>
    public static DrawnRequests Of(WorkloadPlan plan, int most)
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
            ? new DrawnRequests(requests.ToArray(), pieces.ToArray())
            : throw TooFew(requests.Count);
    }

    /// <summary>What is said of a workload too short to have a rate.</summary>
    public static InvalidDataException TooFew(int count) =>
        new($"The workload holds {count} requests; a rate needs two or more.");
}
