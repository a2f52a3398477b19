using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Performance;

/// <summary>Finds what makes a deployment impossible, all at once, before any time is computed.</summary>
public static class DeploymentCheck
{
    /// <summary>Checks the layout and the memory of a deployment.</summary>
    /// <param name="deployment">What is to be served.</param>
    /// <param name="path">Where it stands in the user's file.</param>
    /// <returns>Empty when it can run.</returns>
    public static IReadOnlyList<Finding> Of(Deployment deployment, InputPath path)
    {
        var d = deployment;
        var findings = new List<Finding>();
        void Refuse(
            bool broken,
            string key,
            string rule,
            string found,
            string expected,
            string remedy
        )
        {
            if (broken)
            {
                findings.Add(new Finding(path.Key(key), rule, found, expected, remedy));
            }
        }
        Refuse(
            !WeightFormat.Precisions.Contains(d.Precision),
            "precision",
            "precision",
            $"'{d.Precision}'",
            "one of " + string.Join(", ", WeightFormat.Precisions),
            "Name the precision in which the weights are served."
        );
        Refuse(
            d.AttentionPrecision.Length > 0
                && !WeightFormat.AttentionPrecisions.Contains(d.AttentionPrecision),
            "attention_precision",
            "precision",
            $"'{d.AttentionPrecision}'",
            "one of " + string.Join(", ", WeightFormat.AttentionPrecisions),
            "Leave it out for the habit of published checkpoints."
        );
        foreach (
            var (key, precision) in new[]
            {
                ("precision", d.Precision),
                ("attention_precision", d.AttentionPrecision),
            }
        )
        {
            Refuse(
                // Weights that are widened ask for no unit that multiplies them.
                precision == "fp8"
                    && d.Accelerator.Fp8 is null
                    && !d.WeightsOnly,
                key,
                "precision",
                "fp8",
                $"{Served(d.Accelerator)} on {d.Accelerator.Name}, which multiplies no FP8",
                $"Choose {Served(d.Accelerator)}, or another chip."
            );
        }
        Refuse(
            d.Engine == ServingEngine.TensorRtLlm && d.Accelerator.Vendor != "NVIDIA",
            "engine",
            "engine",
            $"{d.Engine.Word()} on {d.Accelerator.Name}",
            "a chip of NVIDIA, on which alone it runs",
            "Choose another engine, or another chip."
        );
        foreach (
            var (key, value) in new[]
            {
                ("tensor_parallel", d.TensorParallel),
                ("pipeline_parallel", d.PipelineParallel),
                ("expert_parallel", d.ExpertParallel),
                ("attention_data_parallel", d.AttentionDataParallel),
                ("max_sequences", d.MaxSequences),
                ("max_batched_tokens", d.MaxBatchedTokens),
                ("verified_tokens_per_step", d.VerifiedTokensPerStep),
            }
        )
        {
            Refuse(value < 1, key, "range", Text(value), "1 or more", "Count from one.");
        }
        Refuse(
            !(d.AcceptedTokensPerStep >= 1) || d.AcceptedTokensPerStep > d.VerifiedTokensPerStep,
            "accepted_tokens_per_step",
            "range",
            Text(d.AcceptedTokensPerStep),
            $"1 to the {d.VerifiedTokensPerStep} tokens verified a step",
            "A step cannot accept more tokens than it verifies."
        );
        Refuse(
            !(d.DraftCost >= 0) || double.IsInfinity(d.DraftCost),
            "draft_cost",
            "range",
            Text(d.DraftCost),
            "0 or more",
            "Give the time to draft one token over that of a step."
        );
        Refuse(
            !(d.MemoryUtilisation is > 0 and <= 1),
            "memory_utilisation",
            "range",
            Text(d.MemoryUtilisation),
            "above 0, at most 1",
            "0.9 is usual."
        );
        if (findings.Count > 0)
        {
            return findings;
        }
        Layout(d, Refuse);
        if (findings.Count > 0)
        {
            return findings;
        }
        var plan = MemoryPlan.Of(d);
        Refuse(
            !plan.Fits,
            "accelerators",
            "memory",
            $"{Gigabytes(plan.Weights.Count)} GB of weights and {Gigabytes(plan.Activations.Count)} GB of work space on each of {d.Accelerators} {d.Accelerator.Name}",
            $"at most {Gigabytes(plan.Usable.Count)} GB",
            $"{Gigabytes(plan.Shortfall.Count)} GB are missing on each: use more accelerators, a narrower precision or a larger share of memory."
        );
        return findings;
    }

    private static string Served(Catalog.Accelerator chip) =>
        WeightFormat.Multiplies(chip, "int8") ? "int8 or bf16" : "bf16";

    /// <summary>Checks that a request fits the model's context window and the replica's cache.</summary>
    public static IReadOnlyList<Finding> OfRequest(
        Deployment deployment,
        int inputTokens,
        int outputTokens,
        InputPath path
    )
    {
        var findings = new List<Finding>();
        var total = (long)inputTokens + outputTokens;
        if (inputTokens < 1 || outputTokens < 1)
        {
            findings.Add(
                new Finding(
                    path,
                    "range",
                    $"{inputTokens} input and {outputTokens} output tokens",
                    "1 or more of each",
                    "Give a prompt and an answer."
                )
            );
        }
        else if (deployment.Model.MaxContext > 0 && total > deployment.Model.MaxContext)
        {
            findings.Add(
                new Finding(
                    path,
                    "context-window",
                    $"{inputTokens} + {outputTokens} = {total} tokens",
                    $"at most {deployment.Model.MaxContext} ({deployment.Model.Name})",
                    $"Shorten the request by {total - deployment.Model.MaxContext} tokens."
                )
            );
        }
        else if (
            MemoryPlan.Of(deployment) is { Fits: true } plan
            && plan.Sequence.Tokens(total) * deployment.AttentionDataParallel
                > plan.KvCapacityTokens
        )
        {
            var perRank = plan.KvCapacityTokens / deployment.AttentionDataParallel;
            findings.Add(
                new Finding(
                    path,
                    "kv-cache",
                    $"{total} tokens in one request",
                    $"at most {perRank}, what one attention rank's cache holds",
                    "Use more accelerators or a narrower precision."
                )
            );
        }
        return findings;
    }

    private static void Layout(
        Deployment d,
        Action<bool, string, string, string, string, string> refuse
    )
    {
        refuse(
            d.Model.Heads % d.TensorParallel != 0,
            "tensor_parallel",
            "layout",
            Text(d.TensorParallel),
            $"a divisor of the {d.Model.Heads} heads of {d.Model.Name}",
            "Heads are dealt out whole."
        );
        refuse(
            d.PipelineParallel > d.Model.Layers,
            "pipeline_parallel",
            "layout",
            Text(d.PipelineParallel),
            $"at most the {d.Model.Layers} layers of {d.Model.Name}",
            "A stage holds at least one layer."
        );
        var stage = d.TensorParallel * d.AttentionDataParallel;
        refuse(
            stage % d.ExpertParallel != 0,
            "expert_parallel",
            "layout",
            Text(d.ExpertParallel),
            $"a divisor of TP x attention-DP = {stage}",
            "Experts are dealt out over the accelerators of one stage."
        );
        refuse(
            d.ExpertParallel > 1 && d.Model.Experts == 0,
            "expert_parallel",
            "layout",
            Text(d.ExpertParallel),
            $"1: {d.Model.Name} has no experts",
            "Expert parallelism needs a mixture of experts."
        );
        refuse(
            d.Model.Experts > 0 && d.ExpertParallel > d.Model.Experts,
            "expert_parallel",
            "layout",
            Text(d.ExpertParallel),
            $"at most the {d.Model.Experts} experts of {d.Model.Name}",
            "An accelerator holds at least one expert."
        );
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Gigabytes(double bytes) =>
        (bytes / 1e9).ToString("F1", CultureInfo.InvariantCulture);
}
