using Plimsoll.Workloads;

namespace Plimsoll.Serving.Validation;

/// <summary>A source in which the same share of every prompt comes from an outside store of KV.</summary>
internal sealed class StoredShare(
    IRequestSource inner,
    double share,
    long expected,
    Action<double>? progress
) : IRequestSource
{
    private long _read;

    /// <inheritdoc/>
    public ReadOnlySpan<PrefixPiece> Prefixes => inner.Prefixes;

    /// <inheritdoc/>
    public long EpochSeconds => inner.EpochSeconds;

    /// <inheritdoc/>
    public int Read(Span<Request> buffer)
    {
        var count = inner.Read(buffer);
        foreach (ref var request in buffer[..count])
        {
            request = request with { StoredTokens = (int)Math.Round(request.InputTokens * share) };
        }
        _read += count;
        progress?.Invoke((double)_read / expected);
        return count;
    }
}
