namespace Plimsoll.Performance;

/// <summary>A step law given by four measured coefficients: for a user's own measurements and for tests with closed forms.</summary>
/// <param name="StepSeconds">Fixed seconds a step, 0 or more.</param>
/// <param name="SecondsPerDecode">Seconds per decoding sequence.</param>
/// <param name="SecondsPerPrefillToken">Seconds per prompt token.</param>
/// <param name="SecondsPerKvToken">Seconds per KV token read.</param>
/// <param name="KvCapacityTokens">Tokens of KV cache the replica holds.</param>
/// <param name="Accelerators">Accelerators of the replica.</param>
/// <param name="RequestOverheadSeconds">Seconds before the first step, per request.</param>
public sealed record AffineStepLaw(
    double StepSeconds,
    double SecondsPerDecode,
    double SecondsPerPrefillToken,
    double SecondsPerKvToken,
    long KvCapacityTokens,
    int Accelerators = 1,
    double RequestOverheadSeconds = 0
) : IStepLaw
{
    /// <inheritdoc/>
    public SequenceCache Sequence { get; init; }

    /// <inheritdoc/>
    public StepSegment Segment(in BatchShape batch) =>
        new(
            StepSeconds
                + (SecondsPerDecode * batch.DecodeSequences)
                + (SecondsPerPrefillToken * batch.PrefillTokens),
            SecondsPerKvToken,
            long.MaxValue
        );
}
