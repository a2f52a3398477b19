namespace Plimsoll.Performance;

/// <summary>Memory that an engine takes beside weights and cache on one accelerator.</summary>
/// <remarks>
/// Fitted to sizes of the cache that engines logged at start: Llama-2 7B on A100, 117,616 tokens (vLLM pull request 2031, December 2023); Llama-3.1 8B on RTX 4090,
/// about 31,000 (an engine of 2024) and 41,408 (vLLM 0.19.0, LLMServingSim collection); Qwen3 235B-A22B on four H100, 367,404 (SGLang, July 2025, vLLM issue 21348).
/// Two logs of the same threads are not explained: 333,840 tokens of Llama-2 70B on four A100 (2023, profiling then counted 14 GB) and 178,880 of Qwen3 235B-A22B on
/// vLLM in July 2025, which its own thread holds for a fault.
/// </remarks>
public static class EngineMemory
{
    // Context of the runtime, kernels, graphs of one process.
    private const double _process = 0.8e9;

    // Buffers of the collectives' library, where accelerators work together.
    private const double _collectives = 0.5e9;

    // Hidden-size vectors of 2 bytes alive at once for each token of the largest step: residual, QKV, gate and up, output.
    private const double _liveVectors = 16;

    // Copies of the sampler's logits in 4 bytes: sorting, probabilities and indices when engines of 2023-24 sized their cache; later ones sample in place.
    private const double _copies = 10.8;
    private const double _copiesLately = 1.3;

    // The logs above were made with so many sequences; engines sample larger batches in parts.
    private const int _sampledAtOnce = 256;

    /// <summary>Bytes beside weights and cache, above 0.</summary>
    /// <param name="d">Where its version is silent the more of the two ages of engines is counted, so that a plan holds on either.</param>
    public static double Overhead(Deployment d)
    {
        var joint = d.Accelerators > 1 ? _collectives : 0;
        var step = _liveVectors * 2 * d.Model.Hidden * d.MaxBatchedTokens;
        var sequences = Math.Min(
            _sampledAtOnce,
            Math.Ceiling((double)d.MaxSequences / d.AttentionDataParallel)
        );
        var logits = sequences * d.Model.Vocabulary * 4;
        return _process + joint + step + (logits * (SamplesInPlace(d) ? _copiesLately : _copies));
    }

    // vLLM from 0.11 has one engine core only; the other engines' logs are of that age too.
    private static bool SamplesInPlace(Deployment d) =>
        d.EngineVersion.Length > 0
        && (d.Engine != ServingEngine.Vllm || EngineVersion.Compare(d.EngineVersion, "0.11") >= 0);
}
