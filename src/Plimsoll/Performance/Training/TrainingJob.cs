using Plimsoll.Catalog;

namespace Plimsoll.Performance.Training;

/// <summary>What is trained: the model, the length of a sequence, the sequences of one iteration.</summary>
/// <param name="Model">The model.</param>
/// <param name="SequenceLength">Tokens of one sequence; 1 or more.</param>
/// <param name="GlobalBatch">Sequences of one iteration, all accelerators together; 1 or more.</param>
public sealed record TrainingJob(LanguageModel Model, int SequenceLength, int GlobalBatch)
{
    /// <summary>Precisions in which matrices may be multiplied.</summary>
    public static IReadOnlyList<string> Precisions { get; } = ["bf16", "fp16", "fp8"];

    /// <summary>Precision of the matrix work, one of <see cref="Precisions"/>; scores, norms and the optimiser stay wider.</summary>
    public string Precision { get; init; } = "bf16";

    /// <summary>Part of the weights that learn: 1 in pre-training; about 0.01 with low-rank adapters, whose frozen weights need no gradient.</summary>
    public double TrainableShare { get; init; } = 1;

    /// <summary>Tokens of one iteration.</summary>
    public double TokensPerIteration => (double)SequenceLength * GlobalBatch;

    /// <summary>FLOP of one iteration that the model needs, recomputation left out.</summary>
    /// <remarks>Three times the forward pass: 2 per weight and token, and scores against the whole sequence, causal or not (Chowdhery et al. 2022, appendix B). With frozen weights the gradient by them is left out.</remarks>
    public double ModelFlops
    {
        get
        {
            var sizes = ModelSizes.Of(Model);
            var attending = sizes.FullLayers + sizes.WindowLayers;
            var weights = 2 * sizes.ActiveWeights * (2 + TrainableShare);
            return TokensPerIteration
                * (weights + (3 * attending * sizes.PrefillScoreFlops * SequenceLength));
        }
    }
}
