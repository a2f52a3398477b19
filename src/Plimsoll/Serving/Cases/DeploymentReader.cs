using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>Reads what is served and how from an inference file, with its step law.</summary>
/// <param name="values">The checked file.</param>
/// <param name="view">Chips and models known on the day.</param>
/// <param name="model">The model served, of the catalogue or of its own file.</param>
/// <param name="calibration">Coefficients and errors.</param>
/// <param name="precision">Precision of the weights: as stated, or as the model's own file has it.</param>
/// <param name="weightsOnly">True where the weights alone are in that precision.</param>
internal sealed class DeploymentReader(
    InputValues values,
    CatalogView view,
    LanguageModel model,
    Calibration calibration,
    string precision,
    bool weightsOnly
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
            Precision = precision,
            WeightsOnly = weightsOnly,
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
        if (served.Law is { } law && deployment.VerifiedTokensPerStep > 1)
        {
            served = served with { Law = law.With(Drafted(law, deployment)) };
        }
        return (
            deployment,
            served with
            {
                Refusals = [.. served.Refusals.Select(f => InFile(f, section))],
                Warnings = [.. served.Warnings.Select(f => InFile(f, section))],
            }
        );
    }

    // How far a chance of acceptance measured on one kind of requests lies from that on another: drafts of code and of prose differ by more.
    private const double AcceptanceRange = 0.05;

    // 80 % of a normal distribution lie within so many standard deviations.
    private const double NormalEighty = 1.2815515655446004;

    /// <summary>The error of a law with drafts: they were never measured, so no such deployment is known, and what they gain is no surer than what is put in for them.</summary>
    private PredictionError Drafted(StepLaw law, Deployment deployment)
    {
        var cost = values.Number("speculative.draft_cost");
        var row = InferenceInputs.Table().Rows.Single(r => r.Path == "speculative.draft_cost");
        var usual = double.Parse(row.Default!, CultureInfo.InvariantCulture);
        var chance = values.Number("speculative.acceptance");
        var drafts = values.Integer("speculative.draft_tokens");
        double Log(double acceptance, double draftCost) =>
            Math.Log(
                new StepLaw(
                    StepTerms.Of(
                        deployment.WithSpeculation(drafts, Math.Clamp(acceptance, 0, 1), draftCost)
                    ),
                    law.Coefficients,
                    law.Accelerators,
                    law.KvCapacityTokens,
                    law.Error
                ).Seconds(_middling)
            );
        var costs =
            Log(chance, cost * row.DefaultHigh!.Value / usual)
            - Log(chance, cost * row.DefaultLow!.Value / usual);
        var chances = Log(chance - AcceptanceRange, cost) - Log(chance + AcceptanceRange, cost);
        var sigma = double.Hypot(costs, chances) / (2 * NormalEighty);
        return law.Error with
        {
            Novelty =
                law.Error.Novelty == Novelty.KnownDeployment
                    ? Novelty.NewDeployment
                    : law.Error.Novelty,
            TimePerOutputToken = law.Error.TimePerOutputToken.With(sigma),
        };
    }

    // A step of a middling load: 32 sequences of 1,024 tokens.
    private static readonly BatchShape _middling = new(32, 32 * 1024, 0, 0);

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
