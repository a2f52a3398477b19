namespace Plimsoll.Performance.Training;

/// <summary>The seconds of one training iteration, and what they are spent on. The parts add up to the whole.</summary>
/// <param name="Seconds">The whole.</param>
/// <param name="Matrices">Matrix work of the fullest stage, all its micro-batches, recomputation included.</param>
/// <param name="Scores">Attention scores.</param>
/// <param name="Memory">Norms, activations, weights and gradients through memory.</param>
/// <param name="Launch">What launching kernels adds where the chip waits for the host.</param>
/// <param name="Exchange">Tensor, context and expert collectives and gathered weights, as far as they do not hide.</param>
/// <param name="Bubble">Stages waiting for their first and after their last micro-batch.</param>
/// <param name="Pipeline">Handing over between stages.</param>
/// <param name="Gradients">Summing gradients, as far as it does not hide.</param>
/// <param name="Optimizer">The optimiser's step and the fixed work of an iteration.</param>
public readonly record struct IterationTime(
    double Seconds,
    double Matrices,
    double Scores,
    double Memory,
    double Launch,
    double Exchange,
    double Bubble,
    double Pipeline,
    double Gradients,
    double Optimizer
);
