using Plimsoll.Performance;

namespace Plimsoll.Tests.Serving;

/// <summary>The larger of two lines in KV tokens, both growing with decodes, prefill tokens and their context.</summary>
public sealed record BentLaw(
    double BaseA,
    double SlopeA,
    double BaseB,
    double SlopeB,
    double PerDecode,
    double PerPrefill,
    double PerContext,
    long KvCapacityTokens,
    double RequestOverheadSeconds = 0,
    int Accelerators = 1,
    double TokensPerMixedStep = 1,
    SequenceCache Sequence = default
) : IStepLaw
{
    public StepSegment Segment(in BatchShape batch)
    {
        var extra =
            (PerDecode * batch.DecodeSequences)
            + (PerPrefill * batch.PrefillTokens)
            + (PerContext * batch.PrefillContextTokens);
        // B is the steeper one: A holds up to the last KV count at which it is not below.
        var crossing =
            SlopeB > SlopeA && BaseA > BaseB
                ? (long)Math.Floor((BaseA - BaseB) / (SlopeB - SlopeA))
                : -1;
        return batch.KvTokens <= crossing
            ? new StepSegment(BaseA + extra, SlopeA, crossing)
            : new StepSegment(BaseB + extra, SlopeB, long.MaxValue);
    }
}
