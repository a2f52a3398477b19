using Plimsoll.Performance;

namespace Plimsoll.Serving.Validation;

/// <summary>One equal part of a unit whose parts are evenly loaded and step together: its batch times the parts is the unit's.</summary>
/// <param name="unit">Law of the whole unit.</param>
/// <param name="parts">Parts, 1 or more; they divide the unit's accelerators.</param>
public sealed class UnitShare(IStepLaw unit, int parts) : IStepLaw
{
    /// <inheritdoc/>
    public long KvCapacityTokens => unit.KvCapacityTokens / parts;

    /// <inheritdoc/>
    public SequenceCache Sequence => unit.Sequence;

    /// <inheritdoc/>
    public int Accelerators => unit.Accelerators / parts;

    /// <inheritdoc/>
    public double RequestOverheadSeconds => unit.RequestOverheadSeconds;

    /// <inheritdoc/>
    public double TokensPerMixedStep => unit.TokensPerMixedStep;

    /// <inheritdoc/>
    public StepSegment Segment(in BatchShape batch)
    {
        var segment = unit.Segment(
            new BatchShape(
                batch.DecodeSequences * parts,
                batch.KvTokens * parts,
                batch.PrefillTokens * parts,
                batch.PrefillContextTokens * parts
            )
        );
        return new StepSegment(
            segment.BaseSeconds,
            segment.SecondsPerKvToken * parts,
            segment.ValidToKvTokens == long.MaxValue
                ? long.MaxValue
                : segment.ValidToKvTokens / parts
        );
    }
}
