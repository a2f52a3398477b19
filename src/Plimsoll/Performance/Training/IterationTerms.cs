using Plimsoll.Catalog;

namespace Plimsoll.Performance.Training;

/// <summary>What an iteration of a run costs, reduced to a few numbers before any efficiency: seconds at peak rates, per layer and micro-batch unless said otherwise.</summary>
/// <remarks>Built once per run; the law is then a handful of multiplications, so that fits and searches are quick. "Near" is the scale-up link, "far" the network.</remarks>
public readonly record struct IterationTerms
{
    /// <summary>Micro-batches a rank computes.</summary>
    public required double MicroBatches { get; init; }

    /// <summary>Stages.</summary>
    public required double Stages { get; init; }

    /// <summary>Layers of the fullest stage.</summary>
    public required double StageLayers { get; init; }

    /// <summary>All layers.</summary>
    public required double Layers { get; init; }

    /// <summary>By how much the bubble is shorter than that of one forward, one backward.</summary>
    public required double BubbleDivisor { get; init; }

    /// <summary>Matrix work, routed experts left out, all passes.</summary>
    public required double Matrix { get; init; }

    /// <summary>Routed-expert work, all passes.</summary>
    public required double Expert { get; init; }

    /// <summary>True when matrices are multiplied in FP8.</summary>
    public required bool Narrow { get; init; }

    /// <summary>Width of an accelerator's share of a layer.</summary>
    public required double Width { get; init; }

    /// <summary>Tokens of a micro-batch on one accelerator.</summary>
    public required double Tokens { get; init; }

    /// <summary>Width of an expert.</summary>
    public required double ExpertWidth { get; init; }

    /// <summary>Tokens one expert receives.</summary>
    public required double ExpertTokens { get; init; }

    /// <summary>True when attention is one fused kernel.</summary>
    public required bool Fused { get; init; }

    /// <summary>Score work, all passes.</summary>
    public required double Score { get; init; }

    /// <summary>Kept activations once over the memory bus, with the part that recomputation adds.</summary>
    public required double Activations { get; init; }

    /// <summary>Unfused scores once over the memory bus.</summary>
    public required double ScoreTraffic { get; init; }

    /// <summary>Weights read and gradients added.</summary>
    public required double WeightTraffic { get; init; }

    /// <summary>Passes that the host launches: forward, backward, and a forward again with full recomputation.</summary>
    public required double Passes { get; init; }

    /// <summary>Collectives of a tensor group.</summary>
    public required double Collectives { get; init; }

    /// <summary>Tensor, context and expert exchange on the scale-up link.</summary>
    public required double ExchangeNear { get; init; }

    /// <summary>The same on the network.</summary>
    public required double ExchangeFar { get; init; }

    /// <summary>True when the exchange hides behind computing.</summary>
    public required bool Hides { get; init; }

    /// <summary>Part by which computing slows down because some multiprocessors drive the exchange.</summary>
    public required double ExchangeShare { get; init; }

    /// <summary>Fully sharded weights gathered and gradients scattered, on the scale-up link.</summary>
    public required double GatherNear { get; init; }

    /// <summary>The same on the network.</summary>
    public required double GatherFar { get; init; }

    /// <summary>Matrix work of the output projection, per micro-batch.</summary>
    public required double Head { get; init; }

    /// <summary>Logits once over the memory bus, per micro-batch.</summary>
    public required double HeadTraffic { get; init; }

    /// <summary>Handing a micro-batch to the next stage and its gradient back, scale-up link.</summary>
    public required double HandoverNear { get; init; }

    /// <summary>The same on the network.</summary>
    public required double HandoverFar { get; init; }

    /// <summary>Gradients summed over data-parallel ranks, per iteration, scale-up link.</summary>
    public required double GradientNear { get; init; }

    /// <summary>The same on the network.</summary>
    public required double GradientFar { get; init; }

    /// <summary>True when gradients are summed while the last micro-batch is still in its backward pass.</summary>
    public required bool HidesGradients { get; init; }

    /// <summary>The optimiser's bytes once over the memory bus, per iteration.</summary>
    public required double Optimizer { get; init; }

    // Backward costs two forwards in matrices; fused attention recomputes scores, five matrices against two (Dao 2023).
    private const double _fusedBackward = 2.5;
    private const double _backward = 2;

    // Weights are read in two passes (2 bytes each); a gradient of 4 bytes is read, added to and written.
    private const double _weightBytes = 12;

    // Gradient, moments and master weights read, moments and weights written.
    private const double _optimizerBytes = 30;

    // 20 of an H800's 132 multiprocessors move tokens between experts (DeepSeek-V3 report, section 3.2).
    private const double _movers = 20.0 / 132;

    /// <summary>Reduces a run.</summary>
    public static IterationTerms Of(TrainingRun run)
    {
        var (job, fleet, layout) = run;
        var model = job.Model;
        var sizes = ModelSizes.Of(model);
        double tp = layout.TensorParallel;
        double pp = layout.PipelineParallel;
        double cp = layout.ContextParallel;
        double layers = model.Layers;
        var bandwidth = fleet.Accelerator.MemoryBandwidth.Value * 1e9;
        var wide = fleet.Accelerator.Bf16.Value * 1e12;
        var narrow = job.Precision == "fp8" && fleet.Accelerator.Fp8 is not null;
        var peak = narrow ? fleet.Accelerator.Fp8!.Value * 1e12 : wide;
        var tokens = (double)layout.MicroBatch * job.SequenceLength / cp;
        var again = layout.Recomputation == Recomputation.Full ? 1 : 0;
        // Forward, gradient by inputs, gradient by those weights that learn.
        var passes = 2 + job.TrainableShare + again;
        var dense = (sizes.AttentionWeights + sizes.DenseWeights) / layers;
        var attended = Attended(model, job.SequenceLength);
        var scorePasses = layout.FusedAttention
            ? 1 + _fusedBackward + again
            : 1 + _backward + (layout.Recomputation == Recomputation.None ? 0 : 1);
        // Only fused kernels skip what a causal mask hides.
        var causal = layout.FusedAttention ? 0.5 : 1;
        var activations = LayerActivations.Of(model, job.SequenceLength);
        var whole = layout.SequenceParallel ? activations.Whole / tp : activations.Whole;
        var local = Local(run, sizes);
        var visible = layout.FusedAttention ? 0 : activations.Scores / cp;
        var exchange = TrainingExchange.Of(run, sizes, tokens, again == 1);
        var gradient = TrainingExchange.Gradients(run, local.Dense, local.Experts);
        var gather = TrainingExchange.Gathers(run, sizes);
        var handover = TrainingExchange.Handover(run, tokens);
        return new IterationTerms
        {
            MicroBatches = Math.Max(1, run.MicroBatches),
            Stages = pp,
            StageLayers = Math.Ceiling(layers / pp),
            Layers = layers,
            BubbleDivisor = layout.Schedule == PipelineSchedule.DualPipe ? 3 : layout.VirtualStages,
            Matrix = 2 * passes * dense * tokens / tp / peak,
            Expert = 2 * passes * sizes.ActiveExpertWeights / layers * tokens / tp / peak,
            Narrow = narrow,
            Width = model.Hidden / tp,
            Tokens = tokens,
            ExpertWidth = Math.Max(1, model.ExpertFeedForward),
            ExpertTokens =
                model.Experts > 0
                    ? tokens
                        * model.ActiveExperts
                        * Math.Max(1, layout.ExpertParallel / tp)
                        / model.Experts
                    : 1,
            Fused = layout.FusedAttention,
            Score = scorePasses * sizes.PrefillScoreFlops * attended * causal * tokens / tp / wide,
            Activations =
                (1 + (layout.Recomputation == Recomputation.None ? 0 : 1 / 3.0))
                * tokens
                * (whole + (activations.Cut / tp))
                / bandwidth,
            ScoreTraffic =
                (layout.Recomputation == Recomputation.None ? 1 : 4.0 / 3)
                * tokens
                * visible
                / tp
                / bandwidth,
            WeightTraffic =
                _weightBytes
                * (local.Dense + local.Experts)
                / Math.Ceiling(layers / pp)
                / bandwidth,
            Passes = 2 + again,
            Collectives = tp > 1 ? 4 + (2 * again) : 0,
            ExchangeNear = exchange.Near,
            ExchangeFar = exchange.Far,
            Hides = layout.OverlapsExchange || layout.Schedule == PipelineSchedule.DualPipe,
            ExchangeShare =
                layout.Schedule == PipelineSchedule.DualPipe && layout.ExpertParallel > 1
                    ? _movers / (1 - _movers)
                    : 0,
            GatherNear = gather.Near,
            GatherFar = gather.Far,
            Head = 6 * sizes.OutputWeights * tokens / tp / wide,
            // Logits in 2 bytes, their FP32 copy and their gradient.
            HeadTraffic = 10 * tokens * model.Vocabulary / tp / bandwidth,
            HandoverNear = handover.Near,
            HandoverFar = handover.Far,
            GradientNear = gradient.Near,
            GradientFar = gradient.Far,
            HidesGradients = layout.OverlapsGradients,
            Optimizer =
                _optimizerBytes
                * job.TrainableShare
                * (
                    layout.Sharding == StateSharding.None
                        ? local.Dense + local.Experts
                        : (local.Dense / Math.Max(1, run.DataParallel * cp))
                            + (
                                local.Experts
                                / Math.Max(
                                    1,
                                    run.DataParallel * cp * tp / Math.Max(layout.ExpertParallel, tp)
                                )
                            )
                )
                / bandwidth,
        };
    }

    // Mean over the layers of the tokens a token may attend to.
    private static double Attended(LanguageModel model, int sequence)
    {
        var window = model.SlidingWindow > 0 ? Math.Min(model.SlidingWindow, sequence) : sequence;
        var full = model.Layers - model.SlidingLayers - model.LinearLayers;
        return (
                (full * (double)sequence)
                + (model.SlidingLayers * 2.0 * Math.Min(window, sequence / 2.0))
            ) / model.Layers;
    }

    // Weights on one accelerator of the last stage, embedding and output included.
    private static (double Dense, double Experts) Local(TrainingRun run, ModelSizes sizes)
    {
        double tp = run.Layout.TensorParallel;
        double pp = run.Layout.PipelineParallel;
        return (
            ((sizes.AttentionWeights + sizes.DenseWeights) / tp / pp) + (sizes.OutputWeights / tp),
            sizes.ExpertWeights / Math.Max(run.Layout.ExpertParallel, tp) / pp
        );
    }
}
