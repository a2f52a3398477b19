using Plimsoll.Inputs;

namespace Plimsoll.Performance;

/// <summary>What makes a deployment doubtful though it can run: layouts that engines refuse, and pairs of which nothing like was measured.</summary>
public static class DeploymentDoubts
{
    // Makers whose chips an engine's own releases support; other makers bring a branch of their own.
    private static readonly Dictionary<ServingEngine, string[]> _makers = new()
    {
        [ServingEngine.Vllm] = ["NVIDIA", "AMD", "Google", "Huawei"],
        [ServingEngine.Sglang] = ["NVIDIA", "AMD", "Huawei"],
        [ServingEngine.TensorRtLlm] = ["NVIDIA"],
    };

    /// <summary>How many times as slow a step may be whose tensor group spans servers; grade D, of the all-reduce latencies of networks beside those of scale-up links.</summary>
    public const double MostOverServers = 4;

    /// <summary>True when the accelerators of a tensor group are not all joined by one scale-up link.</summary>
    public static bool SpansServers(Deployment d) =>
        d.TensorParallel > 1 && d.TensorParallel > d.EffectiveScaleUpDomain;

    /// <summary>Warnings, none of which keeps a prediction from being made.</summary>
    /// <param name="d">What is to be served.</param>
    /// <param name="calibration">What was measured.</param>
    /// <param name="path">Where it stands in the user's file.</param>
    public static IReadOnlyList<Finding> Of(Deployment d, Calibration calibration, InputPath path)
    {
        var findings = new List<Finding>();
        void Doubt(string key, string rule, string found, string expected, string remedy) =>
            findings.Add(new Finding(path.Key(key), rule, found, expected, remedy));
        if (BrokenBlocks(d) is { Count: > 0 } broken)
        {
            Doubt(
                "tensor_parallel",
                "block-width",
                $"{d.TensorParallel}: {string.Join(", ", broken)}",
                $"multiples of {d.Model.Fp8Block}, the blocks of {d.Model.Name} in FP8",
                "Engines refuse such a layout or pad it: use a smaller tensor_parallel, or more expert_parallel."
            );
        }
        if (d.WeightsOnly && calibration.NoveltyOf(d) != Novelty.KnownDeployment)
        {
            Doubt(
                "precision",
                "rests-on-a-prior",
                $"weights in {d.Precision} beside activations of 16 bits",
                "a precision in which points were measured",
                "Weights are widened on the fly and multiplied in BF16; the prediction rests on a prior."
            );
        }
        else if (
            WeightFormat.Precisions.Contains(d.Precision)
            && d.Precision is "fp4" or "int8" or "int4"
            && !WeightFormat.Multiplies(d.Accelerator, d.Precision)
            // What was measured so rests on its measurements.
            && calibration.NoveltyOf(d) != Novelty.KnownDeployment
        )
        {
            Doubt(
                "precision",
                "rests-on-a-prior",
                $"{d.Precision} on {d.Accelerator.Name}, which does not multiply it",
                "a precision that the chip multiplies",
                "Weights are widened on the fly and multiplied in BF16; the prediction rests on a prior."
            );
        }
        else if (d.Precision is "int8" && calibration.NoveltyOf(d) != Novelty.KnownDeployment)
        {
            Doubt(
                "precision",
                "rests-on-a-prior",
                "int8",
                "a precision in which points were measured",
                "The law takes for INT8 the gains found on FP8; the prediction rests on a prior."
            );
        }
        if (SpansServers(d) && calibration.NoveltyOf(d) != Novelty.KnownDeployment)
        {
            Doubt(
                "tensor_parallel",
                "spans-servers",
                $"{d.TensorParallel} on {d.Accelerator.Name}",
                $"at most {d.EffectiveScaleUpDomain}, the accelerators that one scale-up link joins",
                "Every layer then waits for the network between servers, which no measured point did: expect two to four times the step at few clients, which the interval reaches to. Use pipeline_parallel or attention_data_parallel between servers."
            );
        }
        if (!_makers[d.Engine].Contains(d.Accelerator.Vendor))
        {
            Doubt(
                "engine",
                "rests-on-a-prior",
                $"{d.Engine.Word()} on {d.Accelerator.Name}",
                $"a chip that its releases support: {string.Join(", ", _makers[d.Engine])}",
                "The maker's own branch may serve it; the prediction rests on a prior."
            );
        }
        if (calibration.IsFitted && !calibration.Seen.ContainsKey(CalibrationLevels.SeenMaker(d)))
        {
            Doubt(
                "accelerator",
                "rests-on-a-prior",
                d.Accelerator.Name,
                "a chip of a maker of whom served points were measured",
                "The law of the measured families is taken, with a wider error."
            );
        }
        return findings;
    }

    private static List<string> BrokenBlocks(Deployment d)
    {
        var block = d.Model.Fp8Block;
        var result = new List<string>();
        if (d.Precision != "fp8" || block == 0 || d.TensorParallel < 1 || d.ExpertParallel < 1)
        {
            return result;
        }
        void Check(string part, double width)
        {
            if (width % block != 0)
            {
                result.Add($"{part} {width:0.##} wide");
            }
        }
        var model = d.Model;
        if (model.Experts == 0 || model.DenseLayers > 0)
        {
            Check("feed-forward", (double)model.FeedForward / d.TensorParallel);
        }
        if (model.SharedExperts > 0)
        {
            Check(
                "shared experts",
                (double)model.SharedExperts * model.ExpertFeedForward / d.TensorParallel
            );
        }
        if (model.Experts > 0)
        {
            var cut = (double)d.TensorParallel * d.AttentionDataParallel / d.ExpertParallel;
            Check("routed experts", model.ExpertFeedForward / cut);
        }
        return result;
    }
}
