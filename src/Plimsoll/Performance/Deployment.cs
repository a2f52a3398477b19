using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>One way to serve one model: chip, engine, precision and the layout of one replica.</summary>
/// <remarks>
/// A replica is the smallest set of accelerators that serves requests on its own: TP x attention-DP x PP chips. With attention-DP the ranks share
/// one set of experts and step together, so they are one replica: its batch is the sum over the ranks and its KV cache the sum of theirs.
/// With PP the batch is cut into PP micro-batches that follow each other through the stages; a step ends when each sequence has its token.
/// </remarks>
public sealed record Deployment
{
    /// <summary>The chip.</summary>
    public required Accelerator Accelerator { get; init; }

    /// <summary>The model.</summary>
    public required LanguageModel Model { get; init; }

    /// <summary>The engine.</summary>
    public required ServingEngine Engine { get; init; }

    /// <summary>The engine's version as its maker writes it; empty for the newest known on the day, which widens the stated error.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>Precision of the weights: one of <see cref="WeightFormat.Precisions"/>.</summary>
    public string Precision { get; init; } = "bf16";

    /// <summary>Precision of attention projections beside narrower experts, one of <see cref="WeightFormat.AttentionPrecisions"/>; empty for the habit of published checkpoints.</summary>
    public string AttentionPrecision { get; init; } = "";

    /// <summary>True for a checkpoint whose weights alone are narrow: they are widened on the fly and multiplied in BF16.</summary>
    public bool WeightsOnly { get; init; }

    /// <summary>Precision of the KV cache, <c>bf16</c> or <c>fp8</c>; empty for the engine's habit: FP8 on TensorRT-LLM with quantised weights, else BF16.</summary>
    public string KvPrecision { get; init; } = "";

    /// <summary>Accelerators that share each attention layer; 1 or more.</summary>
    public int TensorParallel { get; init; } = 1;

    /// <summary>Pipeline stages; 1 or more.</summary>
    public int PipelineParallel { get; init; } = 1;

    /// <summary>Groups of accelerators between which the experts are dealt out; 1 when each expert is cut across all, at most TP x attention-DP.</summary>
    public int ExpertParallel { get; init; } = 1;

    /// <summary>Attention ranks that hold different sequences; 1 or more.</summary>
    public int AttentionDataParallel { get; init; } = 1;

    /// <summary>Sequences that the engine runs at once on the replica; the rest queue.</summary>
    public int MaxSequences { get; init; } = 1024;

    /// <summary>Tokens of one step at most, on one attention rank.</summary>
    public int MaxBatchedTokens { get; init; } = 8192;

    /// <summary>Tokens a sequence gains per step: 1 without speculative decoding. Never fitted.</summary>
    public double AcceptedTokensPerStep { get; init; } = 1;

    /// <summary>Tokens verified per sequence and step: 1 without speculative decoding.</summary>
    public int VerifiedTokensPerStep { get; init; } = 1;

    /// <summary>Time to draft one token over that of a step of the model; 0 or more, without effect unless tokens are drafted.</summary>
    public double DraftCost { get; init; }

    /// <summary>Share of device memory the engine may use.</summary>
    public double MemoryUtilisation { get; init; } = 0.9;

    /// <summary>Accelerators joined by the scale-up link; 0 for the chip's habit (72 for an NVL72 rack, else 8).</summary>
    public int ScaleUpDomain { get; init; }

    /// <summary>Network bandwidth of one accelerator beyond the scale-up domain, GB/s in one direction.</summary>
    public double FabricGigabytesPerSecond { get; init; } = 50;

    /// <summary>True when two half-batches take turns so that communication hides behind computing, as DeepSeek's own service does.</summary>
    public bool OverlapsCommunication { get; init; }

    /// <summary>Accelerators of one replica.</summary>
    public int Accelerators => TensorParallel * AttentionDataParallel * PipelineParallel;

    /// <summary>The same deployment with speculative decoding.</summary>
    /// <param name="draftTokens">Tokens drafted a step; 0 or more.</param>
    /// <param name="acceptance">Chance that a drafted token is accepted when those before it were; 0 to 1.</param>
    /// <param name="draftCost">Time to draft one token over that of a step; 0 or more.</param>
    /// <remarks>Accepted tokens a step 1 + a + a^2 + ... + a^d: Leviathan et al. 2023, equation 1.</remarks>
    public Deployment WithSpeculation(int draftTokens, double acceptance, double draftCost) =>
        this with
        {
            VerifiedTokensPerStep = draftTokens + 1,
            AcceptedTokensPerStep = Enumerable
                .Range(0, draftTokens + 1)
                .Sum(i => Math.Pow(acceptance, i)),
            DraftCost = draftCost,
        };

    /// <summary>Bytes of one cached element.</summary>
    public double KvElementBytes =>
        KvPrecision switch
        {
            "fp8" => 1,
            "bf16" => 2,
            _ => Engine == ServingEngine.TensorRtLlm && Precision is "fp8" or "fp4" ? 1 : 2,
        };

    /// <summary>Accelerators within reach of the scale-up link.</summary>
    public int EffectiveScaleUpDomain => ScaleUpDomain > 0 ? ScaleUpDomain : Domain(Accelerator);

    /// <summary>Accelerators that a chip's scale-up link joins in the servers it is sold in.</summary>
    internal static int Domain(Accelerator chip) =>
        chip.ScaleUpDomain is { } stated ? stated
        : chip.Name.Contains("NVL72", StringComparison.Ordinal) ? 72
        : chip.Name.Contains("CloudMatrix384", StringComparison.Ordinal) ? 384
        : 8;
}
