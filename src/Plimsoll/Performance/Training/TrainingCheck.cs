using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training;

/// <summary>Finds what makes a training run impossible, all at once, before any time is computed.</summary>
public static class TrainingCheck
{
    private static readonly string[] _ofLayout =
    [
        "tensor_parallel",
        "pipeline_parallel",
        "context_parallel",
        "expert_parallel",
        "micro_batch",
        "virtual_stages",
    ];

    /// <summary>Checks the layout and the memory of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">Where it stands in the user's file.</param>
    /// <returns>Empty when it can run.</returns>
    public static IReadOnlyList<Finding> Of(TrainingRun run, InputPath path)
    {
        var (job, fleet, layout) = run;
        var findings = new List<Finding>();
        void Refuse(
            bool broken,
            string key,
            string rule,
            object found,
            string expected,
            string remedy
        )
        {
            if (broken)
            {
                findings.Add(
                    new Finding(
                        At(path, key),
                        rule,
                        Convert.ToString(found, CultureInfo.InvariantCulture)!,
                        expected,
                        remedy
                    )
                );
            }
        }
        foreach (
            var (key, value) in new[]
            {
                ("tensor_parallel", layout.TensorParallel),
                ("pipeline_parallel", layout.PipelineParallel),
                ("context_parallel", layout.ContextParallel),
                ("expert_parallel", layout.ExpertParallel),
                ("micro_batch", layout.MicroBatch),
                ("virtual_stages", layout.VirtualStages),
                ("accelerators", fleet.Accelerators),
                ("global_batch", job.GlobalBatch),
                ("sequence_length", job.SequenceLength),
            }
        )
        {
            Refuse(value < 1, key, "range", value, "1 or more", "Count from one.");
        }
        findings.AddRange(OfJob(job, fleet, path));
        if (findings.Count > 0)
        {
            return findings;
        }
        Layout(run, Refuse);
        if (findings.Count > 0)
        {
            return findings;
        }
        var memory = TrainingMemory.Of(run);
        Refuse(
            !memory.Fits,
            "accelerators",
            "memory",
            $"{Gigabytes(memory.Needed.Count)} GB on each of {fleet.Accelerators} {fleet.Accelerator.Name} (weights {Gigabytes(memory.Weights.Count)}, gradients {Gigabytes(memory.Gradients.Count)}, optimiser {Gigabytes(memory.Optimizer.Count)}, activations {Gigabytes(memory.Activations.Count)}, work space {Gigabytes(memory.Workspace.Count)})",
            $"at most {Gigabytes(memory.Usable.Count)} GB",
            $"{Gigabytes(memory.Shortfall.Count)} GB are missing on each: cut the model further, recompute more, or take a smaller micro-batch."
        );
        return findings;
    }

    /// <summary>Checks what no layout mends: the precision and the length of the sequences.</summary>
    /// <param name="job">What is trained.</param>
    /// <param name="fleet">On what.</param>
    /// <param name="path">Where it stands in the user's file.</param>
    internal static IReadOnlyList<Finding> OfJob(
        TrainingJob job,
        TrainingFleet fleet,
        InputPath path
    )
    {
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
                findings.Add(new Finding(At(path, key), rule, found, expected, remedy));
            }
        }
        Refuse(
            !TrainingJob.Precisions.Contains(job.Precision),
            "precision",
            "precision",
            $"'{job.Precision}'",
            "one of " + string.Join(", ", TrainingJob.Precisions),
            "Name the precision of the matrix work."
        );
        Refuse(
            job.Precision == "fp8" && fleet.Accelerator.Fp8 is null,
            "precision",
            "precision",
            "fp8",
            $"bf16 on {fleet.Accelerator.Name}, which multiplies no FP8",
            "Choose bf16 or another chip."
        );
        Refuse(
            job.Model.MaxContext > 0 && job.SequenceLength > job.Model.MaxContext,
            "sequence_length",
            "context-window",
            job.SequenceLength.ToString(CultureInfo.InvariantCulture),
            $"at most {job.Model.MaxContext} ({job.Model.Name})",
            "Shorten the sequences."
        );
        return findings;
    }

    /// <summary>The key as the file groups it.</summary>
    private static InputPath At(InputPath path, string key) =>
        key == "accelerators" ? path.Key("fleet").Key(key)
        : _ofLayout.Contains(key) ? path.Key("layout").Key(key)
        : path.Key(key);

    private static void Layout(
        TrainingRun run,
        Action<bool, string, string, object, string, string> refuse
    )
    {
        var (job, fleet, layout) = run;
        var model = job.Model;
        var group = layout.TensorParallel * layout.PipelineParallel * layout.ContextParallel;
        refuse(
            fleet.Accelerators % group != 0,
            "accelerators",
            "layout",
            fleet.Accelerators,
            $"a multiple of TP x PP x CP = {group}",
            "The rest are data-parallel ranks, which must come out whole."
        );
        refuse(
            model.Heads % layout.TensorParallel != 0,
            "tensor_parallel",
            "layout",
            layout.TensorParallel,
            $"a divisor of the {model.Heads} heads of {model.Name}",
            "Heads are dealt out whole."
        );
        refuse(
            layout.PipelineParallel * layout.VirtualStages > model.Layers,
            "pipeline_parallel",
            "layout",
            $"{layout.PipelineParallel} stages x {layout.VirtualStages}",
            $"at most the {model.Layers} layers of {model.Name}",
            "A virtual stage holds at least one layer."
        );
        refuse(
            layout.VirtualStages > 1 && layout.PipelineParallel == 1,
            "virtual_stages",
            "layout",
            layout.VirtualStages,
            "1 without a pipeline",
            "Interleaving needs stages."
        );
        refuse(
            layout.ExpertParallel > 1 && model.Experts == 0,
            "expert_parallel",
            "layout",
            layout.ExpertParallel,
            $"1: {model.Name} has no experts",
            "Expert parallelism needs a mixture of experts."
        );
        refuse(
            model.Experts > 0 && model.Experts % layout.ExpertParallel != 0,
            "expert_parallel",
            "layout",
            layout.ExpertParallel,
            $"a divisor of the {model.Experts} experts of {model.Name}",
            "Experts are dealt out whole."
        );
        if (fleet.Accelerators % group != 0)
        {
            return;
        }
        var ranks = run.DataParallel;
        refuse(
            layout.ExpertParallel > ranks * layout.TensorParallel * layout.ContextParallel,
            "expert_parallel",
            "layout",
            layout.ExpertParallel,
            $"at most the {ranks * layout.TensorParallel * layout.ContextParallel} accelerators of a stage",
            "Experts are dealt out over one stage."
        );
        refuse(
            job.GlobalBatch % (ranks * layout.MicroBatch) != 0,
            "global_batch",
            "layout",
            job.GlobalBatch,
            $"a multiple of {ranks} data-parallel ranks x micro-batch {layout.MicroBatch}",
            "Each rank computes whole micro-batches."
        );
        refuse(
            job.SequenceLength % layout.ContextParallel != 0,
            "context_parallel",
            "layout",
            layout.ContextParallel,
            $"a divisor of the sequence length {job.SequenceLength}",
            "The sequence is cut evenly."
        );
    }

    private static string Gigabytes(double bytes) =>
        (bytes / 1e9).ToString("F1", CultureInfo.InvariantCulture);
}
