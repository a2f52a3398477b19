using Plimsoll.Catalog;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Reads published training figures, one metric a row: iteration time, tokens a second and accelerator, model FLOP/s, MFU, accelerator-hours.</summary>
internal static class PublishedRuns
{
    private static readonly (string Word, string Chip)[] _chips =
    [
        ("GB300", "GB300 NVL72 (per GPU)"),
        ("GB200", "GB200 NVL72 (per GPU)"),
        ("B200", "B200 SXM"),
        ("H800", "H800 SXM5"),
        ("H100", "H100 SXM5"),
        ("A100", "A100 SXM 80GB"),
    ];

    private static readonly Dictionary<string, string> _models = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["Llama-3.1 405B"] = "Llama-3.1 405B",
        ["Llama3.1 405B"] = "Llama-3.1 405B",
        ["Llama3 70B"] = "Llama-3.1 70B",
        ["Llama3 8B"] = "Llama-3.1 8B",
        ["DeepSeek-V3"] = "DeepSeek-V3",
        ["Qwen3 235B-A22B"] = "Qwen3 235B-A22B",
        ["Qwen3 30B-A3B"] = "Qwen3 30B-A3B",
        ["GPT-OSS 120B"] = "gpt-oss-120b",
    };

    /// <summary>The point of a row, or why it is none.</summary>
    public static (TrainingPoint? Point, string Reason) Read(CatalogView view, TrainingRow row)
    {
        var name = row.Text("model");
        var model =
            GptModel.Published(name)
            ?? (_models.TryGetValue(name, out var known) ? LanguageModel.Of(view, known) : null);
        var words = row.Text("accelerator");
        var chip = Array.Find(_chips, c => words.Contains(c.Word, StringComparison.Ordinal)).Chip;
        if (model is null || chip is null)
        {
            return (null, model is null ? "no model of one known design" : "chip unknown");
        }
        if (
            row.NumberOrNull("n_accel") is not { } accelerators
            || row.NumberOrNull("seq_len") is not { } sequence
            || row.NumberOrNull("global_batch_seqs") is not { } batch
            || row.NumberOrNull("tp") is null && row.NumberOrNull("pp") is null
        )
        {
            return (null, "accelerators, sequence, batch or layout not stated");
        }
        var run = Run(
            row,
            new TrainingJob(model, (int)sequence, (int)batch)
            {
                Precision = row.Text("precision").StartsWith("fp8", StringComparison.Ordinal)
                    ? "fp8"
                    : "bf16",
            },
            new TrainingFleet(Accelerator.Of(view, chip), (int)accelerators)
            {
                FabricGigabytesPerSecond = chip.StartsWith('A') ? 25 : 50,
                PerNode = chip.Contains("NVL72", StringComparison.Ordinal) ? 72 : 8,
            }
        );
        if (run is null)
        {
            return (null, "no micro-batch makes the stated layout whole");
        }
        return Seconds(row, run) is { } seconds && seconds > 0
            ? (new TrainingPoint(Family(row), row.Row.Line, name, run, seconds), "")
            : (null, "metric not a speed, or another row states the same run");
    }

    private static string Family(TrainingRow row)
    {
        var id = row.Text("id");
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return "published " + (dash < 0 ? id : id[..dash]);
    }

    // Micro-batches and virtual stages are seldom stated: the fastest of those that keep the layout whole and fit.
    private static TrainingRun? Run(TrainingRow row, TrainingJob job, TrainingFleet fleet)
    {
        var plain = new TrainingLayout
        {
            TensorParallel = row.WholeOr("tp", 1),
            PipelineParallel = row.WholeOr("pp", 1),
            ContextParallel = row.WholeOr("cp", 1),
            ExpertParallel = row.WholeOr("ep", 1),
        };
        var words = row.Text("recompute");
        var old = fleet.Accelerator.Name.StartsWith("A100", StringComparison.Ordinal);
        plain = plain with
        {
            Recomputation =
                words == "full" || (old && words.Length == 0) ? Recomputation.Full
                : words.StartsWith("selective", StringComparison.Ordinal) ? Recomputation.Selective
                : Recomputation.None,
            SequenceParallel = !old || words.Contains("seqpar", StringComparison.Ordinal),
            FusedAttention = !old,
            OverlapsGradients = !old,
            Sharding = old ? StateSharding.None : StateSharding.Optimizer,
            GradientBytes = old ? 2 : 4,
            Software = old ? "megatron" : "megatron-core",
            // DeepSeek's own run is described with DualPipe; others name no schedule.
            Schedule =
                row.Text("id") == "deepseek-v3"
                    ? PipelineSchedule.DualPipe
                    : PipelineSchedule.OneForwardOneBackward,
        };
        TrainingRun? best = null;
        var shortest = double.PositiveInfinity;
        foreach (var micro in new[] { 1, 2, 4, 8 })
        {
            foreach (var virtualStages in Virtual(row.Text("id"), job, plain))
            {
                var run = new TrainingRun(
                    job,
                    fleet,
                    plain with
                    {
                        MicroBatch = micro,
                        VirtualStages = virtualStages,
                    }
                );
                if (TrainingCheck.Of(run, Inputs.InputPath.Root).Any(f => f.Rule != "memory"))
                {
                    continue;
                }
                var seconds = IterationLaw
                    .Of(IterationTerms.Of(run), TrainingCoefficients.Prior)
                    .Seconds;
                seconds *= TrainingMemory.Of(run).Fits ? 1 : 10;
                if (seconds < shortest)
                {
                    (best, shortest) = (run, seconds);
                }
            }
        }
        return best;
    }

    // Korthikanti et al. 2022 interleave three deep at 175B and 530B and not otherwise; MT-NLG's DeepSpeed pipeline does not interleave.
    private static readonly Dictionary<string, int> _virtual = new(StringComparer.Ordinal)
    {
        ["seqsel-22B"] = 1,
        ["seqsel-175B"] = 3,
        ["seqsel-530B"] = 3,
        ["seqsel-1T"] = 1,
        ["mtnlg-2240"] = 1,
        ["mtnlg-2800"] = 1,
        ["mtnlg-3360"] = 1,
        ["bloom"] = 1,
    };

    private static IEnumerable<int> Virtual(string id, TrainingJob job, TrainingLayout layout)
    {
        if (_virtual.TryGetValue(id, out var stated))
        {
            yield return stated;
            yield break;
        }
        yield return 1;
        if (
            layout.PipelineParallel > 1
            && layout.Schedule == PipelineSchedule.OneForwardOneBackward
        )
        {
            var most = job.Model.Layers / layout.PipelineParallel;
            for (var v = 2; v <= Math.Min(8, most); v++)
            {
                yield return v;
            }
        }
    }

    private static double? Seconds(TrainingRow row, TrainingRun run)
    {
        var value = row.Number("value");
        var metric = row.Text("metric");
        var tokens = run.Job.TokensPerIteration / run.Fleet.Accelerators;
        // Megatron's own tables count recomputation as work done (HFU).
        var counted = run.Job.ModelFlops / run.Fleet.Accelerators;
        var again = run.Layout.Recomputation == Recomputation.Full ? 4.0 / 3 : 1;
        return metric switch
        {
            "iteration_time" => value,
            "tokens_per_s_per_gpu" => tokens / value,
            "mfu" => counted / (value / 100 * run.Fleet.Accelerator.Bf16.Value * 1e12),
            _ when metric.StartsWith("tflops_per_gpu (HFU", StringComparison.Ordinal) => counted
                * again
                / (value * 1e12),
            _ => null,
        };
    }
}
