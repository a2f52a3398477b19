using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>Work of one part of a model, as if in BF16, and how it is really stored and multiplied.</summary>
/// <param name="ComputePerToken">Seconds of matrix work per token at the BF16 peak.</param>
/// <param name="ReadSeconds">Seconds to read its weights at 2 bytes each.</param>
/// <param name="Format">How it is stored and multiplied.</param>
public readonly record struct WorkPart(
    double ComputePerToken,
    double ReadSeconds,
    PartFormat Format
);

/// <summary>What a step of a deployment costs, reduced to a few numbers: FLOP, bytes and latencies per token, per cached token and per step, before any efficiency.</summary>
/// <remarks>Built once per deployment; a step is then a handful of multiplications. All seconds are at peak rates, of the slowest accelerator of the replica.</remarks>
public readonly record struct StepTerms
{
    /// <summary>Layers that follow each other, times half-batches.</summary>
    public required double Layers { get; init; }

    /// <summary>Layers of latent attention, times half-batches.</summary>
    public required double LatentLayers { get; init; }

    /// <summary>Layers of linear attention, times half-batches.</summary>
    public required double LinearLayers { get; init; }

    /// <summary>Natural logarithm of the model's width over 6,144.</summary>
    public required double LogWidth { get; init; }

    /// <summary>Collectives of a step in units of one among 8 accelerators.</summary>
    public required double Collectives { get; init; }

    /// <summary>Layers of sparse attention, times half-batches.</summary>
    public required double SparseLayers { get; init; }

    /// <summary>Rates and widths of the weights.</summary>
    public required WeightFormat Format { get; init; }

    /// <summary>Attention projections.</summary>
    public required WorkPart Attention { get; init; }

    /// <summary>Dense feed-forward layers and shared experts.</summary>
    public required WorkPart Dense { get; init; }

    /// <summary>Routed experts, evenly used; all are counted as read.</summary>
    public required WorkPart Routed { get; init; }

    /// <summary>Width of an accelerator's part of one expert; 1 for a dense model.</summary>
    public required double ExpertWidth { get; init; }

    /// <summary>Mixture layers that follow each other, times half-batches.</summary>
    public required double MixtureLayers { get; init; }

    /// <summary>Accelerators among which whole experts are dealt out; 1 when each expert is cut across all.</summary>
    public required double Dealt { get; init; }

    /// <summary>Routed experts of a layer.</summary>
    public required double Experts { get; init; }

    /// <summary>Routed experts a token visits in a layer.</summary>
    public required double ActiveExperts { get; init; }

    /// <summary>Seconds of matrix work per sampled token (output projection) at peak rate.</summary>
    public required double ComputePerSample { get; init; }

    /// <summary>Seconds to read the output projection.</summary>
    public required double OutputReadSeconds { get; init; }

    /// <summary>Natural logarithm of the chance that a token passes an expert by; 0 for a dense model.</summary>
    public required double LogMiss { get; init; }

    /// <summary>Seconds for one hidden vector per token and layer at memory bandwidth.</summary>
    public required double VectorPerToken { get; init; }

    /// <summary>Seconds to read and write the recurrent state of one sequence.</summary>
    public required double StatePerSequence { get; init; }

    /// <summary>Bytes of a cached element over 2: what the times to read the cache would save at most.</summary>
    public required double CacheWidth { get; init; }

    /// <summary>Seconds to read one cached token in all layers that read every token, at 2 bytes an element.</summary>
    public required double FullReadPerKv { get; init; }

    /// <summary>Seconds to read one cached token in the layers that read a window, at 2 bytes an element.</summary>
    public required double WindowReadPerKv { get; init; }

    /// <summary>Seconds of score work per cached token in full layers.</summary>
    public required double FullScorePerKv { get; init; }

    /// <summary>Seconds of score work per cached token in window layers.</summary>
    public required double WindowScorePerKv { get; init; }

    /// <summary>Tokens a window layer sees; <see cref="NoWindow"/> without one.</summary>
    public required double Window { get; init; }

    /// <summary>Seconds of score work per prompt token and attended token, full layers.</summary>
    public required double FullPromptScore { get; init; }

    /// <summary>The same, window layers.</summary>
    public required double WindowPromptScore { get; init; }

    /// <summary>Seconds on the link per token at link bandwidth.</summary>
    public required double LinkPerToken { get; init; }

    /// <summary>Seconds on the network per token, at what libraries made for it reach.</summary>
    public required double FabricPerToken { get; init; }

    /// <summary>Attention ranks; sequences of the replica are dealt out over them.</summary>
    public required double Ranks { get; init; }

    /// <summary>Micro-batches of a step.</summary>
    public required double MicroBatches { get; init; }

    /// <summary>Tokens gained per step.</summary>
    public required double Accepted { get; init; }

    /// <summary>Tokens computed per decoding sequence and step.</summary>
    public required double Verified { get; init; }

    /// <summary>Time of drafting over that of the step; 0 without speculative decoding.</summary>
    public required double Drafting { get; init; }

    /// <summary>Seconds of scoring for the choice of a sparse layer's tokens, per decoding or prompt token and cached token, all layers.</summary>
    public required double IndexScore { get; init; }

    /// <summary>Seconds to read what the choice of a sparse layer's tokens reads per cached token, all layers.</summary>
    public required double IndexReadPerKv { get; init; }

    /// <summary>True when communication hides behind computing.</summary>
    public required bool Overlaps { get; init; }

    /// <summary>A window that no cache reaches: large, and finite so that no sequence times no window is nothing.</summary>
    public const double NoWindow = 1e15;

    // Residual and norms are whole on each accelerator of a TP group; projections' outputs are cut. Counted on a gated layer: 6 of 18 vectors.
    private const double _wholeVectors = 1.0 / 3;

    // Without a scale-up link accelerators speak over PCIe 4 x16: 32 GB/s one way (PCI-SIG).
    private const double _pcieBytes = 32e9;

    // Exchange libraries reach 43 of 50 GB/s between nodes of H800 (DeepEP, measured by its makers, 2025-02).
    private const double _fabricEfficiency = 43.0 / 50;

    /// <summary><see cref="LogWidth"/> of a model.</summary>
    internal static double LogWidthOf(LanguageModel model) => Math.Log(model.Hidden / 6144.0);

    /// <summary>Reduces a deployment.</summary>
    public static StepTerms Of(Deployment d)
    {
        var sizes = ModelSizes.Of(d.Model);
        var format = WeightFormat.Of(d);
        double tp = d.TensorParallel;
        double ranks = d.AttentionDataParallel;
        double pp = d.PipelineParallel;
        var stage = tp * ranks;
        var bandwidth = d.Accelerator.MemoryBandwidth.Value * 1e9;
        // Spread over ranks and stages, one token costs the busiest chip this part of its work.
        var share = 1 / (stage * pp);
        var denseFormat = d.Model.Experts > 0 ? format.Attention : format.FeedForward;
        var read = MemoryPlan.CacheShare(d) * 2 * sizes.CacheElements / (ranks * pp);
        var sparse = d.Model.SparseTokens > 0;
        var score = share / format.WideFlops;
        var link = LinkSeconds(d, sizes);
        // Two half-batches that take turns launch every layer twice and read its weights twice.
        var halves = d.OverlapsCommunication ? 2 : 1;
        WorkPart Part(double weights, double visited, double among, PartFormat stored) =>
            new(
                2 * visited / format.WideFlops * share,
                halves * 2 * weights / among / bandwidth,
                stored
            );
        return new StepTerms
        {
            Layers = d.Model.Layers * halves,
            LatentLayers = d.Model.Attention == AttentionKind.Latent ? d.Model.Layers * halves : 0,
            LinearLayers = d.Model.LinearLayers * halves,
            LogWidth = LogWidthOf(d.Model),
            Collectives = CollectiveUnits(d, sizes),
            SparseLayers = sparse ? sizes.WindowLayers * halves : 0,
            Format = format,
            Attention = Part(sizes.AttentionWeights, sizes.AttentionWeights, tp, format.Attention),
            Dense = Part(sizes.DenseWeights, sizes.DenseWeights, tp, denseFormat),
            Routed = Part(
                sizes.ExpertWeights,
                sizes.ActiveExpertWeights,
                stage,
                format.FeedForward
            ),
            ExpertWidth = Math.Max(1, (double)d.Model.ExpertFeedForward * d.ExpertParallel / stage),
            MixtureLayers = sizes.MixtureLayers * halves,
            Dealt = d.ExpertParallel,
            Experts = d.Model.Experts,
            ActiveExperts = d.Model.ActiveExperts,
            ComputePerSample = 2 * sizes.OutputWeights / format.WideFlops / stage,
            OutputReadSeconds = halves * 2 * sizes.OutputWeights / tp / bandwidth,
            LogMiss =
                d.Model.Experts > 0
                    ? Math.Log(1 - ((double)d.Model.ActiveExperts / d.Model.Experts))
                    : 0,
            VectorPerToken =
                2.0
                * d.Model.Hidden
                * d.Model.Layers
                * (_wholeVectors + ((1 - _wholeVectors) / tp))
                / (ranks * pp)
                / bandwidth,
            StatePerSequence = sizes.StateBytes * share / bandwidth,
            CacheWidth = d.KvElementBytes / 2,
            FullReadPerKv = sizes.FullLayers * read / bandwidth,
            WindowReadPerKv = sizes.WindowLayers * read / bandwidth,
            FullScorePerKv = sizes.FullLayers * sizes.DecodeScoreFlops * score,
            WindowScorePerKv = sizes.WindowLayers * sizes.DecodeScoreFlops * score,
            Window = sizes.Window > 0 ? sizes.Window : NoWindow,
            FullPromptScore = sizes.FullLayers * sizes.PrefillScoreFlops * score,
            WindowPromptScore = sizes.WindowLayers * sizes.PrefillScoreFlops * score,
            LinkPerToken = link.Near,
            FabricPerToken = link.Far,
            Ranks = ranks,
            MicroBatches = pp,
            Accepted = d.AcceptedTokensPerStep,
            Verified = d.VerifiedTokensPerStep,
            Drafting = d.DraftCost * (d.VerifiedTokensPerStep - 1),
            IndexScore = sparse
                ? sizes.IndexFlops
                    * sizes.WindowLayers
                    * share
                    / (format.WideFlops * (1 + format.EightBitGain))
                : 0,
            IndexReadPerKv = sizes.IndexBytes * sizes.WindowLayers / (ranks * pp) / bandwidth,
            Overlaps = d.OverlapsCommunication,
        };
    }

    // TP joins the ranks of a group twice a layer; attention-DP sends tokens to their experts and back; PP hands over between stages.
    private static double CollectiveUnits(Deployment d, ModelSizes sizes)
    {
        static double Unit(double group) => group > 1 ? (1 + Math.Log2(group)) / 4 : 0;
        var tensor = 2 * d.Model.Layers * Unit(d.TensorParallel);
        var exchange =
            d.AttentionDataParallel > 1
                ? 2 * sizes.MixtureLayers * Unit(d.TensorParallel * d.AttentionDataParallel)
                : 0;
        var stages = (d.PipelineParallel - 1) * Unit(2);
        return tensor + exchange + stages;
    }

    private static (double Near, double Far) LinkSeconds(Deployment d, ModelSizes sizes)
    {
        double tp = d.TensorParallel;
        var stage = tp * d.AttentionDataParallel;
        var pp = d.PipelineParallel;
        // The catalogue gives both directions together.
        var scaleUp = d.Accelerator.ScaleUpBandwidth is { } link
            ? link.Value * 1e9 / 2
            : _pcieBytes;
        var fabric = d.FabricGigabytesPerSecond * 1e9;
        double domain = Math.Min(d.EffectiveScaleUpDomain, stage);
        var perRank = 2.0 * d.Model.Hidden / (d.AttentionDataParallel * pp);
        // Ring all-reduce: 2(n-1)/n of the data, twice a layer.
        var tensor =
            2
            * d.Model.Layers
            * perRank
            * 2
            * (tp - 1)
            / tp
            / (tp > d.EffectiveScaleUpDomain ? fabric : scaleUp);
        if (d.AttentionDataParallel == 1 || sizes.MixtureLayers == 0)
        {
            return (tensor, 0);
        }
        // Dispatch in one byte, combine in two; a token goes to each accelerator that holds one of its experts, at most once.
        var exchange = sizes.MixtureLayers * perRank * 1.5 / tp;
        var copies = Math.Min(d.Model.ActiveExperts, stage);
        var near = exchange * copies * (domain - 1) / stage / scaleUp;
        var nodes = stage / domain;
        if (nodes <= 1)
        {
            return (tensor + near, 0);
        }
        // Beyond the domain a token crosses once to each node that holds one of its experts, and spreads there.
        var reached = nodes * (1 - Math.Pow(1 - (1 / nodes), copies));
        var far = exchange * reached * (nodes - 1) / nodes / (fabric * _fabricEfficiency);
        return (tensor + near, far);
    }
}
