namespace Plimsoll.Performance;

/// <summary>The fitted numbers of the step law and of the closed loop; everything else in them is physics.</summary>
/// <remarks>
/// Those that are parts of a peak, of a bandwidth or of a gain lie between 0 and 1 and enter as ln(p / (1 - p)); the others are above 0 and enter as logarithms.
/// So no fit can leave physics, whatever is added up.
/// </remarks>
public readonly record struct LawCoefficients
{
    /// <summary>Seconds of host work per step: scheduling, sampling, copying tokens out.</summary>
    public required double HostSeconds { get; init; }

    /// <summary>Seconds per layer that no roof explains, in a model 6,144 wide: launches, small kernels, waiting.</summary>
    public required double LayerSeconds { get; init; }

    /// <summary>Seconds of latency of one collective among 8 accelerators; others scale with 1 + log2.</summary>
    public required double CollectiveSeconds { get; init; }

    /// <summary>Part of the BF16 peak that projections and experts reach; 0 to 1.</summary>
    public required double ComputeEfficiency { get; init; }

    /// <summary>Part of the peak rate that prompt attention and latent decode attention reach; 0 to 1.</summary>
    public required double ScoreEfficiency { get; init; }

    /// <summary>Part of the memory bandwidth reached when weights are read; 0 to 1.</summary>
    public required double WeightEfficiency { get; init; }

    /// <summary>Part of the memory bandwidth reached when cache is read; 0 to 1.</summary>
    public required double CacheEfficiency { get; init; }

    /// <summary>Part of the link bandwidth that collectives reach; 0 to 1.</summary>
    public required double LinkEfficiency { get; init; }

    /// <summary>Seconds per decoding sequence of an attention rank: sampling, detokenising, block tables.</summary>
    public required double SequenceSeconds { get; init; }

    /// <summary>Hidden-size vectors of 2 bytes that a token moves through memory per layer, outside the matrices.</summary>
    public required double ActivationVectors { get; init; }

    /// <summary>Part of the others' prompt time that lengthens the time between tokens in a closed loop.</summary>
    public required double PromptInterference { get; init; }

    /// <summary>Seconds of work per request outside the steps: tokenising, scheduling, network in the server.</summary>
    public required double RequestSeconds { get; init; }

    /// <summary>Part of half the others' prompt time that a first token waits for when requests come in bursts.</summary>
    public required double BurstShare { get; init; }

    /// <summary>Steps a new request waits before its prompt is begun.</summary>
    public required double WaitSteps { get; init; }

    /// <summary>Exponent of the tokens that choose experts; 0 to 1, because tokens of one text choose alike.</summary>
    public required double ExpertExponent { get; init; }

    /// <summary>Seconds per mixture layer beyond those of any layer: routing, sorting, grouped kernels.</summary>
    public required double MixtureSeconds { get; init; }

    /// <summary>Seconds per mixture layer when experts are dealt out among accelerators: waiting for the busiest.</summary>
    public required double DealtSeconds { get; init; }

    /// <summary>Excess of the busiest accelerator's experts over the mean, in standard deviations of an even deal.</summary>
    public required double ExpertImbalance { get; init; }

    /// <summary>Rate of wide, well filled grouped expert matrices as a part of that of plain ones; 0 to 1.</summary>
    public required double ExpertEfficiency { get; init; }

    /// <summary>Tokens that an expert costs on top of those it has: rows of a tile that stay empty.</summary>
    public required double ExpertRows { get; init; }

    /// <summary>Width of an accelerator's part of an expert at which half of the rate is reached.</summary>
    public required double ExpertWidthHalf { get; init; }

    /// <summary>Exponent with which time per layer and per sequence grows with the width of the model.</summary>
    public required double WidthExponent { get; init; }

    /// <summary>Seconds per layer of latent attention beyond those of any layer: its chain of small projections.</summary>
    public required double LatentSeconds { get; init; }

    /// <summary>Seconds per layer of linear attention beyond those of any layer.</summary>
    public required double LinearSeconds { get; init; }

    /// <summary>Seconds per layer of sparse attention beyond those of any layer: scoring, choosing, gathering.</summary>
    public required double SparseSeconds { get; init; }

    /// <summary>Part of the rate that eight-bit multiplication adds which is reached; 0 to 1.</summary>
    public required double EightBitGain { get; init; }

    /// <summary>Part of the rate that four-bit multiplication adds to eight bits which is reached; 0 to 1.</summary>
    public required double FourBitGain { get; init; }

    /// <summary>Part of the bytes saved by narrow weights that is saved in time; 0 to 1.</summary>
    public required double NarrowRead { get; init; }

    /// <summary>Part of the bytes saved by a narrow cache that is saved in time; 0 to 1.</summary>
    public required double NarrowCache { get; init; }

    /// <summary>Number of coefficients.</summary>
    public const int Count = 29;

    /// <summary>Names of the coefficients in the order of <see cref="CopyTo"/>, as stored files write them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "host_seconds",
        "layer_seconds",
        "collective_seconds",
        "compute_efficiency",
        "score_efficiency",
        "weight_efficiency",
        "cache_efficiency",
        "link_efficiency",
        "sequence_seconds",
        "activation_vectors",
        "prompt_interference",
        "request_seconds",
        "burst_share",
        "wait_steps",
        "expert_exponent",
        "mixture_seconds",
        "dealt_seconds",
        "expert_imbalance",
        "expert_efficiency",
        "expert_rows",
        "expert_width_half",
        "width_exponent",
        "latent_seconds",
        "linear_seconds",
        "sparse_seconds",
        "eight_bit_gain",
        "four_bit_gain",
        "narrow_read",
        "narrow_cache",
    ];

    /// <summary>Names of those that bear on a closed loop's waiting only, and on no step.</summary>
    internal static IReadOnlySet<string> OfLoop { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "prompt_interference",
            "burst_share",
            "wait_steps",
        };

    /// <summary>Names of those that are parts between 0 and 1.</summary>
    public static IReadOnlySet<string> Parts { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "compute_efficiency",
            "score_efficiency",
            "weight_efficiency",
            "cache_efficiency",
            "link_efficiency",
            "expert_exponent",
            "expert_efficiency",
            "eight_bit_gain",
            "four_bit_gain",
            "narrow_read",
            "narrow_cache",
        };

    /// <summary>Writes the coefficients on the scales on which effects add, in the order of <see cref="Names"/>.</summary>
    public void CopyTo(Span<double> scaled)
    {
        scaled[0] = Math.Log(HostSeconds);
        scaled[1] = Math.Log(LayerSeconds);
        scaled[2] = Math.Log(CollectiveSeconds);
        scaled[3] = Odds(ComputeEfficiency);
        scaled[4] = Odds(ScoreEfficiency);
        scaled[5] = Odds(WeightEfficiency);
        scaled[6] = Odds(CacheEfficiency);
        scaled[7] = Odds(LinkEfficiency);
        scaled[8] = Math.Log(SequenceSeconds);
        scaled[9] = Math.Log(ActivationVectors);
        scaled[10] = Math.Log(PromptInterference);
        scaled[11] = Math.Log(RequestSeconds);
        scaled[12] = Math.Log(BurstShare);
        scaled[13] = Math.Log(WaitSteps);
        scaled[14] = Odds(ExpertExponent);
        scaled[15] = Math.Log(MixtureSeconds);
        scaled[16] = Math.Log(DealtSeconds);
        scaled[17] = Math.Log(ExpertImbalance);
        scaled[18] = Odds(ExpertEfficiency);
        scaled[19] = Math.Log(ExpertRows);
        scaled[20] = Math.Log(ExpertWidthHalf);
        scaled[21] = Math.Log(WidthExponent);
        scaled[22] = Math.Log(LatentSeconds);
        scaled[23] = Math.Log(LinearSeconds);
        scaled[24] = Math.Log(SparseSeconds);
        scaled[25] = Odds(EightBitGain);
        scaled[26] = Odds(FourBitGain);
        scaled[27] = Odds(NarrowRead);
        scaled[28] = Odds(NarrowCache);
    }

    /// <summary>Reads coefficients from the scales on which effects add, in the order of <see cref="Names"/>.</summary>
    public static LawCoefficients FromScaled(ReadOnlySpan<double> scaled) =>
        new()
        {
            HostSeconds = Math.Exp(scaled[0]),
            LayerSeconds = Math.Exp(scaled[1]),
            CollectiveSeconds = Math.Exp(scaled[2]),
            ComputeEfficiency = Share(scaled[3]),
            ScoreEfficiency = Share(scaled[4]),
            WeightEfficiency = Share(scaled[5]),
            CacheEfficiency = Share(scaled[6]),
            LinkEfficiency = Share(scaled[7]),
            SequenceSeconds = Math.Exp(scaled[8]),
            ActivationVectors = Math.Exp(scaled[9]),
            PromptInterference = Math.Exp(scaled[10]),
            RequestSeconds = Math.Exp(scaled[11]),
            BurstShare = Math.Exp(scaled[12]),
            WaitSteps = Math.Exp(scaled[13]),
            ExpertExponent = Share(scaled[14]),
            MixtureSeconds = Math.Exp(scaled[15]),
            DealtSeconds = Math.Exp(scaled[16]),
            ExpertImbalance = Math.Exp(scaled[17]),
            ExpertEfficiency = Share(scaled[18]),
            ExpertRows = Math.Exp(scaled[19]),
            ExpertWidthHalf = Math.Exp(scaled[20]),
            WidthExponent = Math.Exp(scaled[21]),
            LatentSeconds = Math.Exp(scaled[22]),
            LinearSeconds = Math.Exp(scaled[23]),
            SparseSeconds = Math.Exp(scaled[24]),
            EightBitGain = Share(scaled[25]),
            FourBitGain = Share(scaled[26]),
            NarrowRead = Share(scaled[27]),
            NarrowCache = Share(scaled[28]),
        };

    /// <summary>Logarithm of the odds of a part between 0 and 1.</summary>
    internal static double Odds(double part) => Math.Log(part / (1 - part));

    private static double Share(double odds) => 1 / (1 + Math.Exp(-odds));

    /// <summary>Coefficients assumed before anything was measured: tier 0.</summary>
    /// <remarks>
    /// Grade D, our own, chosen from what was published by the end of 2023: 50-60 % of peak on large matrices and 60-80 % of memory bandwidth in
    /// decoding (Pope et al., Efficiently Scaling Transformer Inference, 2022), kernel launches of 3-5 microseconds at about ten a layer less what
    /// CUDA graphs hide, NCCL all-reduce latencies of 10-30 microseconds in a node. Stated error: see <see cref="PredictionError.Prior"/>.
    /// </remarks>
    public static LawCoefficients Prior { get; } =
        new()
        {
            HostSeconds = 1e-3,
            LayerSeconds = 2e-5,
            CollectiveSeconds = 1.5e-5,
            ComputeEfficiency = 0.55,
            ScoreEfficiency = 0.4,
            WeightEfficiency = 0.7,
            CacheEfficiency = 0.6,
            LinkEfficiency = 0.5,
            SequenceSeconds = 1e-5,
            ActivationVectors = 20,
            PromptInterference = 0.75,
            RequestSeconds = 0.04,
            BurstShare = 0.3,
            WaitSteps = 1,
            ExpertExponent = 0.86,
            MixtureSeconds = 3e-5,
            DealtSeconds = 1e-5,
            ExpertImbalance = 0.7,
            ExpertEfficiency = 0.8,
            ExpertRows = 16,
            ExpertWidthHalf = 128,
            WidthExponent = 0.3,
            LatentSeconds = 2e-5,
            LinearSeconds = 2e-5,
            SparseSeconds = 3e-5,
            EightBitGain = 0.7,
            FourBitGain = 0.5,
            NarrowRead = 0.9,
            NarrowCache = 0.7,
        };

    /// <summary>A machine without losses: all of every peak and bandwidth, nothing between, tokens of one step all at the same experts. No real step is faster.</summary>
    public static LawCoefficients Lossless { get; } =
        new()
        {
            HostSeconds = 0,
            LayerSeconds = 0,
            CollectiveSeconds = 0,
            ComputeEfficiency = 1,
            ScoreEfficiency = 1,
            WeightEfficiency = 1,
            CacheEfficiency = 1,
            LinkEfficiency = 1,
            SequenceSeconds = 0,
            ActivationVectors = 0,
            PromptInterference = 0,
            RequestSeconds = 0,
            BurstShare = 0,
            WaitSteps = 0,
            ExpertExponent = 0,
            MixtureSeconds = 0,
            DealtSeconds = 0,
            ExpertImbalance = 0,
            ExpertEfficiency = 1,
            ExpertRows = 0,
            ExpertWidthHalf = 0,
            WidthExponent = 0,
            LatentSeconds = 0,
            LinearSeconds = 0,
            SparseSeconds = 0,
            EightBitGain = 1,
            FourBitGain = 1,
            NarrowRead = 1,
            NarrowCache = 1,
        };

    /// <summary>The day by which the sources of <see cref="Prior"/> were published.</summary>
    public static DateOnly PriorDate { get; } = new(2023, 12, 31);
}
