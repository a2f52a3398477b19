namespace Plimsoll.Performance.Kernels;

/// <summary>What bounds a kernel when nothing is lost.</summary>
public enum KernelWork
{
    /// <summary>Plain matrices of a projection.</summary>
    Matrix,

    /// <summary>Grouped matrices of routed experts.</summary>
    Experts,

    /// <summary>Attention of prompts.</summary>
    PromptAttention,

    /// <summary>Attention of decoding sequences.</summary>
    DecodeAttention,

    /// <summary>Attention over a latent cache, all heads against one vector: bound by rate, not by memory.</summary>
    LatentAttention,

    /// <summary>Sparse attention over chosen tokens.</summary>
    SparseAttention,

    /// <summary>Scoring all tokens to choose them.</summary>
    SparseIndex,

    /// <summary>Recurrent state of linear attention, read and written.</summary>
    LinearState,
}

/// <summary>A measured kernel: what it would take at peak rates, and what it took.</summary>
/// <param name="Chip">Catalogue name of the chip.</param>
/// <param name="Work">What it does.</param>
/// <param name="ComputeSeconds">Seconds at the chip's peak rate in the kernel's precision.</param>
/// <param name="MemorySeconds">Seconds at the chip's memory bandwidth.</param>
/// <param name="Seconds">Measured seconds.</param>
public readonly record struct KernelPoint(
    string Chip,
    KernelWork Work,
    double ComputeSeconds,
    double MemorySeconds,
    double Seconds
);
