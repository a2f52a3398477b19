using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>A serving installation with its workload and promise, ready to run.</summary>
public sealed record InferenceCase
{
    /// <summary>Name for titles.</summary>
    public required string Name { get; init; }

    /// <summary>The catalogue as the case sees it.</summary>
    public required Catalog.CatalogView View { get; init; }

    /// <summary>Coefficients and errors of the step laws: the shipped ones, or the user's own.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>What was read from the model's own file: its parameters and how they are stored; empty for a model of the catalogue.</summary>
    public string ModelSaid { get; init; } = "";

    /// <summary>The file of the user's own coefficients; empty for the shipped ones.</summary>
    public string CalibrationFile { get; init; } = "";

    /// <summary>Whose law it is, in words.</summary>
    public string LawSaid =>
        CalibrationFile.Length > 0 ? $"law of {CalibrationFile}"
        : Calibration.IsFitted ? "shipped law"
        : "assumed law: nothing was measured by the day";

    /// <summary>What is served and how; the prefill side when prefill and decode are separate.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>The decode side; null when both are on every replica.</summary>
    public required Deployment? DecodeDeployment { get; init; }

    /// <summary>Step law of a replica.</summary>
    public required StepLaw Law { get; init; }

    /// <summary>Step law of a decode replica; null for the same.</summary>
    public required StepLaw? DecodeLaw { get; init; }

    /// <summary>Version of the engine whose law it is: the one named, else the newest known on the day; empty when none was measured by then.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>The newest version that was measured on the chip's family, where the file names none; else <see cref="EngineVersion"/>.</summary>
    public string NewestOnFamily { get; init; } = "";

    /// <summary>The load of a closed loop whose clients are written out; null for any other workload.</summary>
    public ClosedLoopLoad? Loop { get; init; }

    /// <summary>The steady state of the closed loop in closed form; null for any other workload, when a request exceeds the cache, or when part of the prompts is not computed, which the closed form does not know.</summary>
    public ClosedLoopResult? Steady()
    {
        if (
            Loop is not { } load
            || Workload.Shape.StoredShare > 0
            || Config.Offload.Count > 0
            || (DecodeLaw ?? Law).Sequence.Tokens(load.InputTokens + load.OutputTokens)
                > (DecodeLaw ?? Law).KvCapacityTokens
        )
        {
            return null;
        }
        if (DecodeLaw is null || DecodeDeployment is null || Config.Disaggregation is not { } split)
        {
            return ClosedLoop.Predict(
                Law,
                EngineLimits.Of(Deployment),
                load with
                {
                    Concurrency = Math.Max(1, load.Concurrency / Config.Replicas),
                }
            );
        }
        return DisaggregatedLoop.Predict(
            Law,
            DecodeLaw,
            new DisaggregatedDeployment(
                Deployment,
                Config.Replicas,
                DecodeDeployment,
                split.DecodeReplicas
            ),
            split.TransferLatencySeconds + (load.InputTokens / split.TransferTokensPerSecond),
            load
        );
    }

    /// <summary>What makes the case doubtful though it can run.</summary>
    public IReadOnlyList<Inputs.LocatedFinding> Warnings { get; init; } = [];

    /// <summary>What is to be known of the version of an engine that no one named; null where the newest was measured on the chip's own family.</summary>
    public string? EngineNote =>
        NewestOnFamily == EngineVersion
            ? null
            : $"{EngineVersion} is the newest version measured, on another family of chips; "
                + (
                    NewestOnFamily.Length > 0
                        ? $"on this one {NewestOnFamily} is: name it as engine_version to take its law"
                        : "none was measured on this one"
                );

    /// <summary>Warnings as a document lists them, with the note on the engine's version.</summary>
    public IReadOnlyList<string> Cautions =>
        [
            .. Warnings.Select(w => w.ToString()),
            .. EngineNote is { } note ? new[] { $"engine_version: {note}" } : [],
        ];

    /// <summary>The same before their lines are known.</summary>
    internal IReadOnlyList<Inputs.Finding> Doubts { get; init; } = [];

    /// <summary>The installation.</summary>
    public required ServingConfig Config { get; init; }

    /// <summary>The requests.</summary>
    public required WorkloadPlan Workload { get; init; }

    /// <summary>Share of the requests that must keep the promise, 0 to 1.</summary>
    public required double Percentile { get; init; }

    /// <summary>What a search varies; null keeps the installation.</summary>
    public SearchSpace? Search { get; init; }

    /// <summary>What sizing is asked; null when the file does not say, and the defaults hold.</summary>
    public SizePlan? Size { get; init; }

    /// <summary>Price of one accelerator for one hour; null when the file does not say.</summary>
    public double? PricePerHour { get; init; }

    /// <summary>Currency of the price.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The same installation with so many replicas all the time.</summary>
    public InferenceCase FixedFleet(int replicas) =>
        this with
        {
            Config = Config with { Replicas = replicas, Autoscaling = null },
        };

    /// <summary>Runs the workload.</summary>
    /// <param name="source">The requests, opened from <see cref="Workload"/> or another.</param>
    /// <param name="stepwise">True for the plain step-by-step simulator, whose results are the same.</param>
    public SimulationResult Run(Workloads.IRequestSource source, bool stepwise = false) =>
        stepwise
            ? StepwiseSimulator.Run(Law, Config, source, DecodeLaw)
            : ServingSimulator.Run(Law, Config, source, DecodeLaw);
}

/// <summary>What a search for the best installation varies on a fixed number of accelerators.</summary>
/// <param name="Accelerators">All of them are used.</param>
/// <param name="TensorParallel">To try; empty for all that fit.</param>
/// <param name="AttentionDataParallel">To try.</param>
/// <param name="MaxSequences">Batch limits of one attention rank to try.</param>
/// <param name="TokensPerStep">Step limits of one attention rank to try.</param>
/// <param name="Disaggregated">Whether separate prefill and decode is tried.</param>
public sealed record SearchSpace(
    int Accelerators,
    int[] TensorParallel,
    int[] AttentionDataParallel,
    int[] MaxSequences,
    int[] TokensPerStep,
    bool Disaggregated
);
