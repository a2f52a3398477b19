namespace Plimsoll.Performance;

/// <summary>What is new about a deployment, compared with what the calibration has seen: the kind that sets the stated error.</summary>
public enum Novelty
{
    /// <summary>Model, chip, engine, precision and layout were measured.</summary>
    KnownDeployment,

    /// <summary>Model, chip and engine were measured, this layout or precision was not.</summary>
    NewDeployment,

    /// <summary>The chip was measured, no model of this architecture on this engine was, be it of a family that was.</summary>
    NewModel,

    /// <summary>The chip was not measured, another chip of its family was.</summary>
    NewChip,

    /// <summary>Nothing of the chip's family was measured, or no calibration is visible on the day.</summary>
    ChipWithoutData,
}
