namespace Plimsoll.Performance.Training;

/// <summary>What accelerators send each other, in seconds at full bandwidth: within a node and beyond it.</summary>
/// <param name="Near">Seconds on the scale-up link.</param>
/// <param name="Far">Seconds on the network.</param>
/// <remarks>A ring all-reduce among n moves 2 (n - 1) / n of the data, a gather or scatter half of that (Thakur et al. 2005). A ring over nodes crosses each node's cards once per member.</remarks>
internal readonly record struct TrainingExchange(double Near, double Far)
{
    // A token's experts are chosen within at most this many nodes where experts span nodes (DeepSeek-V3 report, section 2.1).
    private const double _nodesOfToken = 4;

    /// <summary>Per layer and micro-batch: tensor collectives, keys and values around a context ring, tokens to their experts and back.</summary>
    public static TrainingExchange Of(
        TrainingRun run,
        ModelSizes sizes,
        double tokens,
        bool recomputed
    )
    {
        var (job, fleet, layout) = run;
        double tp = layout.TensorParallel;
        double cp = layout.ContextParallel;
        var vector = 2.0 * job.Model.Hidden * tokens;
        double near = 0;
        double far = 0;
        // Two all-reduces forward and two backward, two more when the layer is computed again.
        Add(fleet, tp, 1, (recomputed ? 6 : 4) * vector * 2 * (tp - 1) / tp, ref near, ref far);
        // Keys and values travel the ring forward; with their gradients backward.
        var keys = 2.0 * sizes.CacheElements * tokens / tp;
        Add(fleet, cp, tp, 3 * keys * (cp - 1), ref near, ref far);
        if (layout.ExpertParallel > 1 && sizes.MixtureLayers > 0)
        {
            var (inside, outside) = Experts(run, vector);
            var share = (double)sizes.MixtureLayers / job.Model.Layers;
            near += share * inside;
            far += share * outside;
        }
        return new(near, far);
    }

    /// <summary>Per iteration: gradients summed over the data-parallel ranks.</summary>
    public static TrainingExchange Gradients(TrainingRun run, double dense, double experts)
    {
        var (job, fleet, layout) = run;
        double near = 0;
        double far = 0;
        if (layout.Sharding == StateSharding.Full)
        {
            return new(0, 0);
        }
        double tp = layout.TensorParallel;
        double ranks = run.DataParallel * layout.ContextParallel;
        var bytes =
            job.TrainableShare
            * (
                layout.GradientBytes
                + (layout.Sharding == StateSharding.None ? layout.GradientBytes : 2)
            );
        Add(fleet, ranks, tp, dense * bytes * (ranks - 1) / ranks, ref near, ref far);
        var copies = Math.Max(1, ranks * tp / Math.Max(layout.ExpertParallel, tp));
        Add(
            fleet,
            copies,
            Math.Max(layout.ExpertParallel, tp),
            experts * bytes * (copies - 1) / copies,
            ref near,
            ref far
        );
        return new(near, far);
    }

    /// <summary>Per layer and micro-batch: fully sharded weights gathered forward and backward, gradients scattered.</summary>
    public static TrainingExchange Gathers(TrainingRun run, ModelSizes sizes)
    {
        var (job, fleet, layout) = run;
        double near = 0;
        double far = 0;
        double ranks = run.DataParallel * layout.ContextParallel;
        if (layout.Sharding == StateSharding.Full && ranks > 1)
        {
            var weights =
                (sizes.AttentionWeights + sizes.DenseWeights + sizes.ExpertWeights)
                / job.Model.Layers
                / layout.TensorParallel;
            var bytes = weights * (2 + 2 + layout.GradientBytes) * (ranks - 1) / ranks;
            Add(fleet, ranks, layout.TensorParallel, bytes, ref near, ref far);
        }
        return new(near, far);
    }

    /// <summary>Per micro-batch and virtual stage: activations to the next stage and their gradients back.</summary>
    public static TrainingExchange Handover(TrainingRun run, double tokens)
    {
        var (job, fleet, layout) = run;
        if (layout.PipelineParallel == 1)
        {
            return new(0, 0);
        }
        // Each accelerator of a tensor group sends its part.
        var bytes =
            2 * 2.0 * job.Model.Hidden * tokens / layout.TensorParallel * layout.VirtualStages;
        return fleet.Accelerators <= fleet.PerNode
            ? new(bytes / fleet.ScaleUpBytesPerSecond, 0)
            : new(0, bytes / fleet.FabricBytesPerSecond(1));
    }

    // A group of so many, its members so far apart in rank.
    private static void Add(
        TrainingFleet fleet,
        double members,
        double stride,
        double bytes,
        ref double near,
        ref double far
    )
    {
        if (members <= 1)
        {
            return;
        }
        var inNode = Math.Max(1, Math.Floor(fleet.PerNode / stride));
        if (members <= inNode)
        {
            near += bytes / fleet.ScaleUpBytesPerSecond;
            return;
        }
        far += bytes / fleet.FabricBytesPerSecond(Math.Min(inNode, members));
    }

    // Dispatch and combine, forward and backward: two ways in 2 bytes, or 1 where matrices are FP8, two in 2 bytes.
    private static (double Near, double Far) Experts(TrainingRun run, double vector)
    {
        var (job, fleet, layout) = run;
        double ep = layout.ExpertParallel;
        var ways = job.Precision == "fp8" ? 3.0 : 4.0;
        var inNode = Math.Min(ep, fleet.PerNode);
        var nodes = Math.Max(1, ep / fleet.PerNode);
        var active = Math.Min(job.Model.ActiveExperts, ep);
        // A token crosses to a node once, then spreads on the scale-up link.
        var reached = Math.Min(Math.Min(active, nodes), _nodesOfToken);
        return (
            ways * vector * active * (inNode - 1) / inNode / fleet.ScaleUpBytesPerSecond,
            nodes > 1
                ? ways * vector * reached * (nodes - 1) / nodes / fleet.FabricBytesPerSecond(1)
                : 0
        );
    }
}
