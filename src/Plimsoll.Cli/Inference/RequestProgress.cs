using Plimsoll.Workloads;

namespace Plimsoll.Cli.Inference;

/// <summary>Hands a source's requests on and tells how far it has come.</summary>
/// <param name="inner">The source.</param>
/// <param name="expected">Requests it will give; null when not known.</param>
/// <param name="report">Given words and the share done.</param>
internal sealed class RequestProgress(
    IRequestSource inner,
    long? expected,
    Action<string, double> report
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
        _read += count;
        report(
            "Serving",
            expected is { } all && all > 0 ? Math.Min(1, (double)_read / all)
                : count == 0 ? 1
                : 0.5
        );
        return count;
    }
}
