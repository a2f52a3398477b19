namespace Plimsoll.Performance.Training;

/// <summary>The order in which micro-batches pass through the stages.</summary>
public enum PipelineSchedule
{
    /// <summary>One forward, one backward; with more than one virtual stage, interleaved (Narayanan et al. 2021): the bubble shrinks by their number.</summary>
    OneForwardOneBackward,

    /// <summary>DualPipe: forward and backward of opposite micro-batches overlap; a third of the bubble, and exchanges among experts hide (DeepSeek-V3 report, 2024).</summary>
    DualPipe,
}
