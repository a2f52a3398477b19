using Plimsoll.Outlooks;

namespace Plimsoll.Jobs;

/// <summary>Computes what a worker is handed.</summary>
public interface IStudyRunner
{
    /// <summary>What it is; only jobs of this version are handed to it.</summary>
    EngineVersion Version { get; }

    /// <summary>Computes one order; the same order gives the same bytes.</summary>
    /// <param name="order">The order.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <exception cref="Inputs.InputException">The study is not sound.</exception>
    /// <exception cref="InvalidOperationException">It cannot be answered.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="LedgerException">What it came to could not be kept: the run is not at fault and is taken again.</exception>
    RunResult Run(RunOrder order, RunContext context);
}
