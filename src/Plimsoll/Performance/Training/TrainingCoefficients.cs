namespace Plimsoll.Performance.Training;

/// <summary>The fitted numbers of the iteration law; everything else in it is physics.</summary>
/// <remarks>All are above 0 and enter as logarithms when they are fitted, so an effect multiplies.</remarks>
public readonly record struct TrainingCoefficients
{
    /// <summary>Part of the peak rate that wide, long matrices reach.</summary>
    public required double MatrixEfficiency { get; init; }

    /// <summary>Part of the BF16 peak that fused attention scores reach.</summary>
    public required double ScoreEfficiency { get; init; }

    /// <summary>Width of an accelerator's share of a layer at which matrices reach half of that.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>Tokens of a micro-batch at which matrices reach half of that.</summary>
    public required double HalfTokens { get; init; }

    /// <summary>Times each byte of kept activations crosses the memory bus in an iteration without recomputation.</summary>
    public required double ActivationPasses { get; init; }

    /// <summary>Times each byte of unfused attention scores crosses the memory bus.</summary>
    public required double ScorePasses { get; init; }

    /// <summary>Seconds in which the host can launch one pass (forward, backward or recomputed) of one layer.</summary>
    public required double HostSeconds { get; init; }

    /// <summary>Seconds that one collective of a tensor group adds to a layer's launch.</summary>
    public required double CollectiveSeconds { get; init; }

    /// <summary>Seconds of an iteration outside layers: data, optimiser launch, logging.</summary>
    public required double IterationSeconds { get; init; }

    /// <summary>Part of the scale-up link's bandwidth that collectives reach.</summary>
    public required double ScaleUpEfficiency { get; init; }

    /// <summary>Part of the network's bandwidth that collectives reach.</summary>
    public required double FabricEfficiency { get; init; }

    /// <summary>Times the optimiser's bytes cross the memory bus.</summary>
    public required double OptimizerPasses { get; init; }

    /// <summary>Rate of FP8 matrices as a part of what the efficiency says of their peak.</summary>
    public required double NarrowEfficiency { get; init; }

    /// <summary>Rate of grouped expert matrices as a part of that of plain ones.</summary>
    public required double ExpertEfficiency { get; init; }

    /// <summary>Part of the BF16 peak that unfused attention scores reach: batched matrices as deep as a head.</summary>
    public required double UnfusedEfficiency { get; init; }

    /// <summary>Number of coefficients.</summary>
    public const int Count = 15;

    /// <summary>Names of the coefficients in the order of <see cref="CopyTo"/>, as stored files write them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "matrix_efficiency",
        "score_efficiency",
        "half_width",
        "half_tokens",
        "activation_passes",
        "score_passes",
        "host_seconds",
        "collective_seconds",
        "iteration_seconds",
        "scaleup_efficiency",
        "fabric_efficiency",
        "optimizer_passes",
        "narrow_efficiency",
        "expert_efficiency",
        "unfused_efficiency",
    ];

    /// <summary>Writes the natural logarithms of the coefficients in the order of <see cref="Names"/>.</summary>
    public void CopyTo(Span<double> logs)
    {
        logs[0] = Math.Log(MatrixEfficiency);
        logs[1] = Math.Log(ScoreEfficiency);
        logs[2] = Math.Log(HalfWidth);
        logs[3] = Math.Log(HalfTokens);
        logs[4] = Math.Log(ActivationPasses);
        logs[5] = Math.Log(ScorePasses);
        logs[6] = Math.Log(HostSeconds);
        logs[7] = Math.Log(CollectiveSeconds);
        logs[8] = Math.Log(IterationSeconds);
        logs[9] = Math.Log(ScaleUpEfficiency);
        logs[10] = Math.Log(FabricEfficiency);
        logs[11] = Math.Log(OptimizerPasses);
        logs[12] = Math.Log(NarrowEfficiency);
        logs[13] = Math.Log(ExpertEfficiency);
        logs[14] = Math.Log(UnfusedEfficiency);
    }

    /// <summary>Reads coefficients from their natural logarithms in the order of <see cref="Names"/>.</summary>
    public static TrainingCoefficients FromLogs(ReadOnlySpan<double> logs) =>
        new()
        {
            MatrixEfficiency = Math.Exp(logs[0]),
            ScoreEfficiency = Math.Exp(logs[1]),
            HalfWidth = Math.Exp(logs[2]),
            HalfTokens = Math.Exp(logs[3]),
            ActivationPasses = Math.Exp(logs[4]),
            ScorePasses = Math.Exp(logs[5]),
            HostSeconds = Math.Exp(logs[6]),
            CollectiveSeconds = Math.Exp(logs[7]),
            IterationSeconds = Math.Exp(logs[8]),
            ScaleUpEfficiency = Math.Exp(logs[9]),
            FabricEfficiency = Math.Exp(logs[10]),
            OptimizerPasses = Math.Exp(logs[11]),
            NarrowEfficiency = Math.Exp(logs[12]),
            ExpertEfficiency = Math.Exp(logs[13]),
            UnfusedEfficiency = Math.Exp(logs[14]),
        };

    /// <summary>Coefficients assumed before anything was measured.</summary>
    /// <remarks>
    /// Grade D, our own, from what was published by the end of 2023: large matrices at 70-75 % of peak and fused attention at 45-55 % on A100 (Dao 2023),
    /// NCCL at 60-80 % of link bandwidth, eager frameworks launching about 100 kernels a layer and pass at 5-10 microseconds.
    /// FP8 and grouped matrices relative to plain ones as DeepGEMM reaches them on H800: 0.72 and 0.64 of the FP8 peak (kernel tables, 2025).
    /// </remarks>
    public static TrainingCoefficients Prior { get; } =
        new()
        {
            MatrixEfficiency = 0.75,
            ScoreEfficiency = 0.5,
            HalfWidth = 100,
            HalfTokens = 200,
            ActivationPasses = 5,
            ScorePasses = 5,
            HostSeconds = 1e-3,
            CollectiveSeconds = 1e-4,
            IterationSeconds = 1e-2,
            ScaleUpEfficiency = 0.7,
            FabricEfficiency = 0.7,
            OptimizerPasses = 1.3,
            NarrowEfficiency = 0.85,
            ExpertEfficiency = 0.88,
            UnfusedEfficiency = 0.3,
        };
}
