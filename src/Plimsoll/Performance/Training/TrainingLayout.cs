namespace Plimsoll.Performance.Training;

/// <summary>How a job is laid out on a fleet, and how its software runs it.</summary>
/// <remarks>Ranks are dealt out tensor first, then context, data, pipeline, as Megatron does: a tensor group sits in one node where it can.</remarks>
public sealed record TrainingLayout
{
    /// <summary>Accelerators that share each layer; 1 or more.</summary>
    public int TensorParallel { get; init; } = 1;

    /// <summary>Pipeline stages; 1 or more.</summary>
    public int PipelineParallel { get; init; } = 1;

    /// <summary>Accelerators that share one sequence by its length; 1 or more.</summary>
    public int ContextParallel { get; init; } = 1;

    /// <summary>Accelerators among which the experts of a layer are dealt out; they are also data-parallel ranks for the rest.</summary>
    public int ExpertParallel { get; init; } = 1;

    /// <summary>Sequences of one micro-batch on one data-parallel rank; 1 or more.</summary>
    public int MicroBatch { get; init; } = 1;

    /// <summary>Virtual stages on each accelerator; 1 without interleaving.</summary>
    public int VirtualStages { get; init; } = 1;

    /// <summary>Order of micro-batches.</summary>
    public PipelineSchedule Schedule { get; init; }

    /// <summary>What is computed twice.</summary>
    public Recomputation Recomputation { get; init; }

    /// <summary>What data-parallel ranks share out.</summary>
    public StateSharding Sharding { get; init; } = StateSharding.Optimizer;

    /// <summary>True when norms and residuals are cut along the sequence within a tensor group (Korthikanti et al. 2022).</summary>
    public bool SequenceParallel { get; init; } = true;

    /// <summary>True when attention is one fused kernel that never writes its scores (Dao et al. 2022).</summary>
    public bool FusedAttention { get; init; } = true;

    /// <summary>True when gradients are summed while the backward pass still runs.</summary>
    public bool OverlapsGradients { get; init; } = true;

    /// <summary>True when what a tensor group or experts exchange hides behind computing.</summary>
    public bool OverlapsExchange { get; init; }

    /// <summary>Bytes of one gradient on the wire: 4 summed in FP32, 2 in BF16.</summary>
    public double GradientBytes { get; init; } = 4;

    /// <summary>The software, a level of the calibration: <c>megatron</c>, <c>fsdp</c>, or any other word for one that was not measured.</summary>
    public string Software { get; init; } = "megatron-core";

    /// <summary>Data-parallel ranks on a fleet: what is left when tensor, context and pipeline groups are formed.</summary>
    public int DataParallel(TrainingFleet fleet) =>
        fleet.Accelerators / (TensorParallel * PipelineParallel * ContextParallel);

    /// <summary>Micro-batches that each rank computes in an iteration.</summary>
    public int MicroBatches(TrainingJob job, TrainingFleet fleet) =>
        job.GlobalBatch / Math.Max(1, DataParallel(fleet) * MicroBatch);
}
