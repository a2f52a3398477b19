using Plimsoll.Quantities;

namespace Plimsoll.Performance.Training;

/// <summary>What fills the memory of the fullest accelerator of a training run.</summary>
/// <param name="Usable">Memory that training may use.</param>
/// <param name="Weights">Weights, with the narrow copy when matrices are multiplied in FP8.</param>
/// <param name="Gradients">Gradients.</param>
/// <param name="Optimizer">Master weights and two moments.</param>
/// <param name="Activations">What the backward pass needs, all micro-batches in flight.</param>
/// <param name="Workspace">Logits, the layer being computed, the runtime.</param>
/// <remarks>Mixed precision with Adam: 2 bytes a weight, 4 a gradient, 12 of optimiser (Rajbhandari et al. 2020). The first stage holds as many micro-batches as there are stages; interleaving holds 1 + (p - 1) / (p v) times that (Korthikanti et al. 2022).</remarks>
public sealed record TrainingMemory(
    Bytes Usable,
    Bytes Weights,
    Bytes Gradients,
    Bytes Optimizer,
    Bytes Activations,
    Bytes Workspace
)
{
    // CUDA context, collective buffers, allocator slack; 2-5 GB on common stacks, grade D.
    private const double _runtimeBytes = 3e9;
    private const double _optimizerBytes = 12;

    /// <summary>All parts together.</summary>
    public Bytes Needed =>
        new(
            Weights.Count + Gradients.Count + Optimizer.Count + Activations.Count + Workspace.Count
        );

    /// <summary>What is missing; 0 when it fits.</summary>
    public Bytes Shortfall => new(Math.Max(0, Needed.Count - Usable.Count));

    /// <summary>True when it fits.</summary>
    public bool Fits => Needed.Count <= Usable.Count;

    /// <summary>Plans a run.</summary>
    public static TrainingMemory Of(TrainingRun run)
    {
        var (job, fleet, layout) = run;
        var sizes = ModelSizes.Of(job.Model);
        double tp = layout.TensorParallel;
        double pp = layout.PipelineParallel;
        double dp = Math.Max(1, run.DataParallel * layout.ContextParallel);
        double ep = layout.ExpertParallel;
        var ends = (sizes.OutputWeights + (pp > 1 ? 0 : sizes.EmbeddingWeights)) / tp;
        var dense = ((sizes.AttentionWeights + sizes.DenseWeights) / tp / pp) + ends;
        // Experts are whole on their accelerator, so a tensor group holds different ones.
        var experts = sizes.ExpertWeights / Math.Max(ep, tp) / pp;
        var all = dense + experts;
        var learning = all * job.TrainableShare;
        var full = layout.Sharding == StateSharding.Full;
        // Experts are held by fewer ranks alike than the rest.
        var alike = Math.Max(1, dp * tp / Math.Max(ep, tp));
        var share = (dense / dp) + (experts / alike);
        var sharded = full ? share : all;
        var optimizerShare = layout.Sharding == StateSharding.None ? all : share;
        var gradients = layout.Sharding >= StateSharding.Gradients ? share : all;
        // DualPipe keeps two stages' weights on each accelerator (DeepSeek-V3 report, table 2).
        var weightBytes =
            (job.Precision == "fp8" ? 3 : 2)
            * (layout.Schedule == PipelineSchedule.DualPipe ? 2 : 1);
        var tokens = (double)layout.MicroBatch * job.SequenceLength / layout.ContextParallel;
        var layers = Math.Ceiling(job.Model.Layers / pp);
        var (inFlight, layer, working) = Kept(run, tokens);
        var logits = 6 * tokens * job.Model.Vocabulary / tp;
        // Fully sharded weights are gathered for the layer at work and the next one.
        var gathered = full
            ? 2
                * 2
                * (sizes.AttentionWeights + sizes.DenseWeights + sizes.ExpertWeights)
                / job.Model.Layers
            : 0;
        return new TrainingMemory(
            new(fleet.Accelerator.MemoryBytes * fleet.MemoryUtilisation),
            new(weightBytes * sharded),
            new(layout.GradientBytes * gradients * job.TrainableShare),
            new(_optimizerBytes * optimizerShare * (learning / all)),
            new(layer * layers * inFlight),
            new(_runtimeBytes + logits + working + gathered)
        );
    }

    // Micro-batches in flight on the first stage, bytes each keeps in a layer, and bytes of the layer that is being computed again.
    private static (double InFlight, double Layer, double Working) Kept(
        TrainingRun run,
        double tokens
    )
    {
        var layout = run.Layout;
        double pp = layout.PipelineParallel;
        var a = LayerActivations.Of(run.Job.Model, run.Job.SequenceLength);
        double tp = layout.TensorParallel;
        var whole = layout.SequenceParallel ? a.Whole / tp : a.Whole;
        var scores = layout.FusedAttention ? 0 : a.Scores / layout.ContextParallel / tp;
        var everything = tokens * (whole + (a.Cut / tp) + scores);
        var needed = layout.SequenceParallel ? a.NeededWhole / tp : a.NeededWhole;
        // Inputs of FP8 matrices are kept in one byte.
        var narrow = run.Job.Precision == "fp8" ? 0.5 : 1;
        var kept = layout.Recomputation switch
        {
            Recomputation.Full => tokens
                * 2
                * run.Job.Model.Hidden
                / (layout.SequenceParallel ? tp : 1),
            Recomputation.Selective when layout.FusedAttention => tokens
                * (needed + (a.NeededCut / tp))
                * narrow,
            Recomputation.Selective => tokens * (whole + (a.Cut / tp)),
            _ => everything,
        };
        var inFlight = Math.Min(
            run.MicroBatches,
            layout.Schedule == PipelineSchedule.DualPipe ? pp + 1 : pp
        );
        if (pp > 1 && layout.VirtualStages > 1)
        {
            inFlight *= 1 + ((pp - 1) / (pp * layout.VirtualStages));
        }
        return (
            Math.Max(1, inFlight),
            kept,
            layout.Recomputation == Recomputation.None ? 0 : everything
        );
    }
}
