using Plimsoll.Catalog;
using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;

namespace Plimsoll.Tests.Performance.Training;

/// <summary>Training runs written out, so that these tests do not move with the catalogue.</summary>
internal static class Trained
{
    /// <summary>GPT of 175 billion weights on A100, plain Megatron of 2021: nothing sharded, nothing hidden, attention unfused.</summary>
    public static TrainingRun Gpt175(int accelerators = 64, int globalBatch = 64) =>
        new(
            new TrainingJob(GptModel.Of(12288, 96, 96), 2048, globalBatch),
            new TrainingFleet(Accelerator.Of(Served.View, "A100 SXM 80GB"), accelerators)
            {
                FabricGigabytesPerSecond = 25,
            },
            new TrainingLayout
            {
                TensorParallel = 8,
                PipelineParallel = 8,
                Recomputation = Recomputation.Full,
                Sharding = StateSharding.None,
                SequenceParallel = false,
                FusedAttention = false,
                OverlapsGradients = false,
                GradientBytes = 2,
                Software = "megatron",
            }
        );

    /// <summary>A model of 8 billion weights on one node of H100.</summary>
    public static TrainingRun Llama8B { get; } =
        new(
            new TrainingJob(Served.Llama8B, 4096, 128),
            new TrainingFleet(Accelerator.Of(Served.View, "H100 SXM5"), 8),
            new TrainingLayout { TensorParallel = 2, Recomputation = Recomputation.Selective }
        );

    public static IterationTime Prior(TrainingRun run) =>
        IterationLaw.Of(IterationTerms.Of(run), TrainingCoefficients.Prior);
}
