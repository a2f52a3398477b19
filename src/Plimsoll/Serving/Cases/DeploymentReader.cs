using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>Reads what is served and how from an inference file, with its step law.</summary>
/// <param name="values">The checked file.</param>
/// <param name="view">Chips and models known on the day.</param>
/// <param name="model">The model served, of the catalogue or of its own file.</param>
/// <param name="calibration">Coefficients and errors.</param>
internal sealed class DeploymentReader(
    InputValues values,
    CatalogView view,
    LanguageModel model,
    Calibration calibration
)
{
    /// <summary>True when a closed loop's requests all have one length.</summary>
    private readonly bool _fixedLengths = ClosedLoopReader.Read(values) is { FixedLengths: true };

    /// <summary>Reads one kind of replica.</summary>
    /// <param name="section"><c>layout</c>, or <c>disaggregation</c> for the replicas that decode.</param>
    /// <param name="disaggregated">True when prefill and decode are separate.</param>
    public (Deployment Deployment, ServedLaw Served) Read(string section, bool disaggregated)
    {
        var layout = values.Section(section);
        var limits = values.Section("limits");
        var isDecode = section == "disaggregation";
        var deployment = new Deployment
        {
            Accelerator = Accelerator.Of(view, values.Text("accelerator")),
            Model = model,
            Engine = (ServingEngine)Array.IndexOf([.. ServingEngines.Words], values.Text("engine")),
            EngineVersion = values.TextOrNull("engine_version") ?? "",
            Precision = values.Text("precision"),
            AttentionPrecision = values.TextOrNull("attention_precision") ?? "",
            KvPrecision = values.TextOrNull("kv_precision") ?? "",
            TensorParallel = layout.Integer("tensor_parallel"),
            PipelineParallel = isDecode ? 1 : layout.Integer("pipeline_parallel"),
            AttentionDataParallel = layout.Integer("attention_data_parallel"),
            ExpertParallel = layout.Integer("expert_parallel"),
            OverlapsCommunication = (
                layout.Has("two_batch_overlap") ? layout : values.Section("layout")
            ).Flag("two_batch_overlap"),
            MaxSequences = limits.Integer("max_sequences"),
            MaxBatchedTokens = limits.Integer("tokens_per_step"),
            MemoryUtilisation = limits.Number("memory_utilisation"),
        };
        if (values.Has("speculative") && (isDecode || !disaggregated))
        {
            deployment = deployment.WithSpeculation(
                values.Integer("speculative.draft_tokens"),
                values.Number("speculative.acceptance"),
                values.Number("speculative.draft_cost")
            );
        }
        if (values.Has("size") && !values.Has("layout") && !isDecode)
        {
            deployment = Smallest(deployment);
        }
        var served = ServedLaw.Of(
            calibration,
            view.AsOf,
            deployment,
            new InputPath(section),
            disaggregated,
            _fixedLengths
        );
        return (
            deployment,
            served with
            {
                Refusals = [.. served.Refusals.Select(f => InFile(f, section))],
                Warnings = [.. served.Warnings.Select(f => InFile(f, section))],
            }
        );
    }

    /// <summary>The smallest layout that holds the model, to begin with where the layout is what is asked; the given one when none does.</summary>
    private static Deployment Smallest(Deployment given)
    {
        foreach (var stages in (int[])[1, 2, 4, 8])
        {
            foreach (var tensor in (int[])[1, 2, 4, 8])
            {
                var layout = given with { TensorParallel = tensor, PipelineParallel = stages };
                if (DeploymentCheck.Of(layout, InputPath.Root).Count == 0)
                {
                    return layout;
                }
            }
        }
        return given;
    }

    /// <summary>A finding with the path at which its key stands in this file.</summary>
    private static Finding InFile(Finding finding, string section)
    {
        var key = finding.Path.Text[(section.Length + 1)..];
        return finding with
        {
            Path = key switch
            {
                "max_sequences" or "memory_utilisation" => new InputPath($"limits.{key}"),
                "max_batched_tokens" => new InputPath("limits.tokens_per_step"),
                "precision"
                or "attention_precision"
                or "engine"
                or "engine_version"
                or "accelerator" => new InputPath(key),
                "draft_cost" => new InputPath("speculative.draft_cost"),
                "accepted_tokens_per_step" => new InputPath("speculative.acceptance"),
                "verified_tokens_per_step" => new InputPath("speculative.draft_tokens"),
                "accelerators" => new InputPath($"{section}.tensor_parallel"),
                _ => finding.Path,
            },
        };
    }
}
