namespace Plimsoll.Workloads;

/// <summary>A source over requests held in memory: for tests, short traces and repeated runs of one workload.</summary>
public sealed class RequestList : IRequestSource
{
    private readonly ReadOnlyMemory<Request> _requests;
    private readonly ReadOnlyMemory<PrefixPiece> _prefixes;
    private int _next;

    /// <summary>A source that starts at the first request.</summary>
    /// <param name="requests">In order of arrival.</param>
    /// <param name="prefixes">The pieces they point to.</param>
    /// <exception cref="ArgumentException">A request is out of order, has a length below 1, a negative client, or points outside the pieces.</exception>
    public RequestList(
        ReadOnlyMemory<Request> requests,
        ReadOnlyMemory<PrefixPiece> prefixes = default
    )
    {
        var last = long.MinValue;
        foreach (var request in requests.Span)
        {
            if (request.ArrivalPicoseconds < last)
            {
                throw new ArgumentException($"A request arrives before the one ahead: {request}.");
            }
            if (
                request.InputTokens < 1
                || request.OutputTokens < 1
                || request.Client < 0
                || request.StoredTokens < 0
            )
            {
                throw new ArgumentException($"A request has an impossible field: {request}.");
            }
            if (
                request.PrefixCount < 0
                || request.PrefixStart < 0
                || request.PrefixStart + request.PrefixCount > prefixes.Length
            )
            {
                throw new ArgumentException($"A request points outside the pieces: {request}.");
            }
            last = request.ArrivalPicoseconds;
        }
        _requests = requests;
        _prefixes = prefixes;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<PrefixPiece> Prefixes => _prefixes.Span;

    /// <inheritdoc/>
    public long EpochSeconds => 0;

    /// <inheritdoc/>
    public int Read(Span<Request> buffer)
    {
        var count = Math.Min(buffer.Length, _requests.Length - _next);
        _requests.Span.Slice(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }
}
