using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Inference;
using Plimsoll.Inputs;
using Plimsoll.Performance.Training;

namespace Plimsoll.Cli.Training;

/// <summary><c>training estimate FILE</c>: how fast a fleet trains a model, in the layout given or in the best one found.</summary>
internal static class EstimateCommand
{
    private const int _shown = 5;

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "YAML file of kind training; see examples/training.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "estimate",
            "Iteration time, tokens a second, MFU, memory and time to train, with the stated error; without a layout the fastest that fits is searched."
        )
        {
            file,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() => Run(result.GetValue(file)!, result.GetValue(json)))
        );
        return command;
    }

    private static int Run(string file, bool json)
    {
        var values = InputFiles.Read(file, TrainingInputs.Kind);
        var view = PointsFile.View();
        var calibration = TrainingCalibration.Of(view);
        var job = TrainingInputs.Job(values, view);
        var fleet = TrainingInputs.Fleet(values, view);
        var layout = TrainingInputs.Layout(values);
        IReadOnlyList<TrainingEstimate> estimates;
        IReadOnlyList<Finding> findings;
        if (values.Has("layout"))
        {
            var run = new TrainingRun(job, fleet, layout);
            findings = TrainingCheck.Of(run, InputPath.Root);
            estimates = findings.Count > 0 ? [] : [TrainingEstimate.Of(calibration, run)];
        }
        else
        {
            estimates = LayoutSearch.Best(calibration, job, fleet, layout, _shown);
            findings =
                estimates.Count > 0 ? [] : LayoutSearch.Nearest(job, fleet, layout, InputPath.Root);
        }
        if (estimates.Count == 0)
        {
            foreach (var f in findings)
            {
                var (line, column) = values.Place(f.Path);
                Console.Error.WriteLine(
                    $"{file}:{line}:{column}: {f.Path}: {f.Rule}: found {f.Found}; expected {f.Expected}. {f.Remedy}"
                );
            }
            return findings.All(f => f.Rule == "memory")
                ? ExitCode.Unanswerable
                : ExitCode.BadInput;
        }
        var tokens = values.NumberOrNull("tokens");
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["model"] = job.Model.Name,
                    ["accelerator"] = fleet.Accelerator.Name,
                    ["accelerators"] = fleet.Accelerators,
                    ["searched"] = !values.Has("layout"),
                    ["best"] = Document(estimates[0], tokens),
                    ["others"] = new JsonArray([
                        .. estimates.Skip(1).Select(e => Document(e, tokens)),
                    ]),
                }
            );
        }
        else
        {
            Print(estimates, tokens, !values.Has("layout"));
        }
        return ExitCode.Success;
    }

    /// <summary>What makes the written layout, or every layout, impossible.</summary>
    internal static IReadOnlyList<LocatedFinding> Check(string file, InputValues values)
    {
        var view = PointsFile.View();
        var job = TrainingInputs.Job(values, view);
        var fleet = TrainingInputs.Fleet(values, view);
        var layout = TrainingInputs.Layout(values);
        IReadOnlyList<Finding> findings =
            values.Has("layout")
                ? TrainingCheck.Of(new TrainingRun(job, fleet, layout), InputPath.Root)
            : LayoutSearch.Best(TrainingCalibration.Of(view), job, fleet, layout, 1).Count > 0 ? []
            : LayoutSearch.Nearest(job, fleet, layout, InputPath.Root);
        return
        [
            .. findings.Select(f =>
            {
                var (line, column) = values.Place(f.Path);
                return new LocatedFinding(file, line, column, f);
            }),
        ];
    }

    private static JsonObject Document(TrainingEstimate e, double? tokens)
    {
        var l = e.Run.Layout;
        var t = e.Time;
        var m = e.Memory;
        var document = new JsonObject
        {
            ["layout"] = new JsonObject
            {
                ["tensor_parallel"] = l.TensorParallel,
                ["pipeline_parallel"] = l.PipelineParallel,
                ["context_parallel"] = l.ContextParallel,
                ["expert_parallel"] = l.ExpertParallel,
                ["data_parallel"] = e.Run.DataParallel,
                ["micro_batch"] = l.MicroBatch,
                ["micro_batches"] = e.Run.MicroBatches,
                ["virtual_stages"] = l.VirtualStages,
                ["recomputation"] = l.Recomputation.ToString().ToLowerInvariant(),
            },
            ["iteration_seconds"] = t.Seconds,
            ["iteration_seconds_low"] = e.Error.Low(t.Seconds),
            ["iteration_seconds_high"] = e.Error.High(t.Seconds),
            ["iteration_seconds_other_assumption"] = e.OtherAssumptionSeconds,
            ["novelty"] = e.Novelty.ToString(),
            ["tokens_per_second"] = e.TokensPerSecond,
            ["tokens_per_second_per_accelerator"] = e.TokensPerSecondPerAccelerator,
            ["mfu"] = e.ModelFlopsUtilisation,
            ["hfu"] = e.HardwareFlopsUtilisation,
            ["seconds"] = new JsonObject
            {
                ["matrices"] = t.Matrices,
                ["scores"] = t.Scores,
                ["memory"] = t.Memory,
                ["launch"] = t.Launch,
                ["exchange"] = t.Exchange,
                ["bubble"] = t.Bubble,
                ["pipeline"] = t.Pipeline,
                ["gradients"] = t.Gradients,
                ["optimizer"] = t.Optimizer,
            },
            ["memory_gigabytes"] = new JsonObject
            {
                ["usable"] = m.Usable.Gigabytes,
                ["needed"] = m.Needed.Gigabytes,
                ["weights"] = m.Weights.Gigabytes,
                ["gradients"] = m.Gradients.Gigabytes,
                ["optimizer"] = m.Optimizer.Gigabytes,
                ["activations"] = m.Activations.Gigabytes,
                ["workspace"] = m.Workspace.Gigabytes,
            },
        };
        if (tokens is { } n)
        {
            document["tokens"] = n;
            document["days"] = e.Days(n);
            document["accelerator_hours"] = e.AcceleratorHours(n);
        }
        return document;
    }

    private static void Print(
        IReadOnlyList<TrainingEstimate> estimates,
        double? tokens,
        bool searched
    )
    {
        var e = estimates[0];
        var t = e.Time;
        Console.WriteLine(
            $"{e.Run.Job.Model.Name} on {e.Run.Fleet.Accelerators} {e.Run.Fleet.Accelerator.Name}: {Words(e)}"
        );
        Console.WriteLine(
            $"iteration      {t.Seconds:G4} s, in 80 of 100 cases {e.Error.Low(t.Seconds):G4} to {e.Error.High(t.Seconds):G4} s ({e.Novelty}; {e.OtherAssumptionSeconds:G4} s if the runs calibrated on kept their activations)"
        );
        Console.WriteLine(
            $"tokens         {e.TokensPerSecond:N0} a second, {e.TokensPerSecondPerAccelerator:N0} each; MFU {e.ModelFlopsUtilisation:P1}, with recomputed work {e.HardwareFlopsUtilisation:P1}"
        );
        Console.WriteLine(
            $"seconds        matrices {t.Matrices:G3}, scores {t.Scores:G3}, memory {t.Memory:G3}, launch {t.Launch:G3}, exchange {t.Exchange:G3}, bubble {t.Bubble:G3}, pipeline {t.Pipeline:G3}, gradients {t.Gradients:G3}, optimiser {t.Optimizer:G3}"
        );
        var m = e.Memory;
        Console.WriteLine(
            $"memory         {m.Needed.Gigabytes:F1} of {m.Usable.Gigabytes:F1} GB: weights {m.Weights.Gigabytes:F1}, gradients {m.Gradients.Gigabytes:F1}, optimiser {m.Optimizer.Gigabytes:F1}, activations {m.Activations.Gigabytes:F1}, work space {m.Workspace.Gigabytes:F1}"
        );
        if (tokens is { } n)
        {
            Console.WriteLine(
                $"time to train  {n:G4} tokens: {e.Days(n):G3} days, {e.AcceleratorHours(n):G3} accelerator-hours, failures and restarts not counted"
            );
        }
        if (searched && estimates.Count > 1)
        {
            Console.WriteLine("next best");
            foreach (var other in estimates.Skip(1))
            {
                Console.WriteLine(
                    $"  {other.Time.Seconds:G4} s, MFU {other.ModelFlopsUtilisation:P1}: {Words(other)}"
                );
            }
        }
    }

    private static string Words(TrainingEstimate e)
    {
        var l = e.Run.Layout;
        return $"TP {l.TensorParallel}, PP {l.PipelineParallel} x {l.VirtualStages}, CP {l.ContextParallel}, EP {l.ExpertParallel}, DP {e.Run.DataParallel}, {e.Run.MicroBatches} micro-batches of {l.MicroBatch}, recomputation {l.Recomputation.ToString().ToLowerInvariant()}";
    }
}
