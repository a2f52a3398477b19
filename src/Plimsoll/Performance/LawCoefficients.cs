namespace Plimsoll.Performance;

/// <summary>The fitted numbers of the step law and of the closed loop; everything else in them is physics.</summary>
/// <remarks>All are above 0 and enter as logarithms when they are fitted, so an effect multiplies.</remarks>
public readonly record struct LawCoefficients
{
    /// <summary>Seconds of host work per step: scheduling, sampling, copying tokens out.</summary>
    public required double HostSeconds { get; init; }

    /// <summary>Seconds per layer that no roof explains, in a model 6,144 wide: launches, small kernels, waiting.</summary>
    public required double LayerSeconds { get; init; }

    /// <summary>Seconds of latency of one collective among 8 accelerators; others scale with 1 + log2.</summary>
    public required double CollectiveSeconds { get; init; }

    /// <summary>Part of the peak rate that projections and experts reach.</summary>
    public required double ComputeEfficiency { get; init; }

    /// <summary>Part of the peak rate that prompt attention and latent decode attention reach.</summary>
    public required double ScoreEfficiency { get; init; }

    /// <summary>Part of the memory bandwidth reached when weights are read.</summary>
    public required double WeightEfficiency { get; init; }

    /// <summary>Part of the memory bandwidth reached when cache is read.</summary>
    public required double CacheEfficiency { get; init; }

    /// <summary>Part of the link bandwidth that collectives reach.</summary>
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

    /// <summary>Exponent of the tokens that choose experts: below 1 because tokens of one text choose alike.</summary>
    public required double ExpertExponent { get; init; }

    /// <summary>Seconds per mixture layer beyond those of any layer: routing, sorting, grouped kernels.</summary>
    public required double MixtureSeconds { get; init; }

    /// <summary>Seconds per mixture layer when experts are dealt out among accelerators: waiting for the busiest.</summary>
    public required double DealtSeconds { get; init; }

    /// <summary>Excess of the busiest accelerator's experts over the mean, in standard deviations of an even deal.</summary>
    public required double ExpertImbalance { get; init; }

    /// <summary>Rate of grouped expert matrices as a part of that of plain ones.</summary>
    public required double ExpertEfficiency { get; init; }

    /// <summary>Exponent with which time per layer and per sequence grows with the width of the model.</summary>
    public required double WidthExponent { get; init; }

    /// <summary>Seconds per layer of latent attention beyond those of any layer: its chain of small projections.</summary>
    public required double LatentSeconds { get; init; }

    /// <summary>Seconds per layer of linear attention beyond those of any layer.</summary>
    public required double LinearSeconds { get; init; }

    /// <summary>Number of coefficients.</summary>
    public const int Count = 22;

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
        "width_exponent",
        "latent_seconds",
        "linear_seconds",
    ];

    /// <summary>Writes the natural logarithms of the coefficients in the order of <see cref="Names"/>.</summary>
    public void CopyTo(Span<double> logs)
    {
        logs[0] = Math.Log(HostSeconds);
        logs[1] = Math.Log(LayerSeconds);
        logs[2] = Math.Log(CollectiveSeconds);
        logs[3] = Math.Log(ComputeEfficiency);
        logs[4] = Math.Log(ScoreEfficiency);
        logs[5] = Math.Log(WeightEfficiency);
        logs[6] = Math.Log(CacheEfficiency);
        logs[7] = Math.Log(LinkEfficiency);
        logs[8] = Math.Log(SequenceSeconds);
        logs[9] = Math.Log(ActivationVectors);
        logs[10] = Math.Log(PromptInterference);
        logs[11] = Math.Log(RequestSeconds);
        logs[12] = Math.Log(BurstShare);
        logs[13] = Math.Log(WaitSteps);
        logs[14] = Math.Log(ExpertExponent);
        logs[15] = Math.Log(MixtureSeconds);
        logs[16] = Math.Log(DealtSeconds);
        logs[17] = Math.Log(ExpertImbalance);
        logs[18] = Math.Log(ExpertEfficiency);
        logs[19] = Math.Log(WidthExponent);
        logs[20] = Math.Log(LatentSeconds);
        logs[21] = Math.Log(LinearSeconds);
    }

    /// <summary>Reads coefficients from their natural logarithms in the order of <see cref="Names"/>.</summary>
    public static LawCoefficients FromLogs(ReadOnlySpan<double> logs) =>
        new()
        {
            HostSeconds = Math.Exp(logs[0]),
            LayerSeconds = Math.Exp(logs[1]),
            CollectiveSeconds = Math.Exp(logs[2]),
            ComputeEfficiency = Math.Exp(logs[3]),
            ScoreEfficiency = Math.Exp(logs[4]),
            WeightEfficiency = Math.Exp(logs[5]),
            CacheEfficiency = Math.Exp(logs[6]),
            LinkEfficiency = Math.Exp(logs[7]),
            SequenceSeconds = Math.Exp(logs[8]),
            ActivationVectors = Math.Exp(logs[9]),
            PromptInterference = Math.Exp(logs[10]),
            RequestSeconds = Math.Exp(logs[11]),
            BurstShare = Math.Exp(logs[12]),
            WaitSteps = Math.Exp(logs[13]),
            ExpertExponent = Math.Exp(logs[14]),
            MixtureSeconds = Math.Exp(logs[15]),
            DealtSeconds = Math.Exp(logs[16]),
            ExpertImbalance = Math.Exp(logs[17]),
            ExpertEfficiency = Math.Exp(logs[18]),
            WidthExponent = Math.Exp(logs[19]),
            LatentSeconds = Math.Exp(logs[20]),
            LinearSeconds = Math.Exp(logs[21]),
        };

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
            ExpertEfficiency = 0.7,
            WidthExponent = 0.3,
            LatentSeconds = 2e-5,
            LinearSeconds = 2e-5,
        };

    /// <summary>The day by which the sources of <see cref="Prior"/> were published.</summary>
    public static DateOnly PriorDate { get; } = new(2023, 12, 31);
}
