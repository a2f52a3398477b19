using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Serving.Planning;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference size FILE</c>: how many accelerators serve a workload under its promise, chip beside chip.</summary>
internal static class SizeCommand
{
    public static Command Create()
    {
        var file = InferenceFile.Argument();
        var json = CommonOptions.Json();
        var width = NumberOption.Real(
            "--width",
            "Half of the 95 % interval of the goodput, in per cent, at which its search may stop.",
            0.1,
            50,
            3
        );
        var allowed = WorkLimit.Option();
        var command = new Command(
            "size",
            "Find how many accelerators serve the workload under its promise: the best layout on each chip of 'size', with spares for failures, power, and what a million tokens take and cost."
        )
        {
            file,
            json,
            width,
            allowed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(json),
                    result.GetValue(allowed),
                    new GoodputSettings { HalfWidth = result.GetValue(width) / 100 }
                )
            )
        );
        return command;
    }

    private static int Run(string file, bool json, double minutes, GoodputSettings settings)
    {
        var installation = InferenceFile.Read(file);
        if (!WorkLimit.Allows(PlanningWork.OfSize(installation, settings), minutes))
        {
            return ExitCode.Unanswerable;
        }
        IReadOnlyList<SizedFleet> fleets;
        try
        {
            fleets = RunProgress.Show(report =>
                SizeSearch.Run(installation, settings, share => report("Sizing", share))
            );
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"{file}: {e.Message}");
            return ExitCode.Unanswerable;
        }
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["name"] = installation.Name,
                    ["model"] = installation.Deployment.Model.Name,
                    ["percentile"] = installation.Percentile,
                    ["currency"] = installation.Size!.Currency,
                    ["fleets"] = new JsonArray([.. fleets.Select(Document)]),
                }
            );
        }
        else
        {
            SizeScreen.Print(installation, fleets);
        }
        return fleets.Any(f => f.Reason.Length == 0) ? ExitCode.Success : ExitCode.Unanswerable;
    }

    private static JsonObject Document(SizedFleet fleet)
    {
        var document = new JsonObject
        {
            ["accelerator"] = fleet.Chip.Accelerator,
            ["precision"] = fleet.Chip.Precision,
            ["reason"] = fleet.Reason,
        };
        if (fleet.Reason.Length > 0)
        {
            return document;
        }
        var config = fleet.Installation!.Config;
        document["warnings"] = new JsonArray([.. fleet.Warnings.Select(w => (JsonNode)w)]);
        document["layout"] = fleet.Layout!.Words;
        document["tensor_parallel"] = fleet.Layout.Deployment.TensorParallel;
        document["pipeline_parallel"] = fleet.Layout.Deployment.PipelineParallel;
        document["attention_data_parallel"] = fleet.Layout.Deployment.AttentionDataParallel;
        document["expert_parallel"] = fleet.Layout.Deployment.ExpertParallel;
        document["two_batch_overlap"] = fleet.Layout.Deployment.OverlapsCommunication;
        document["tokens_per_step"] = fleet.Layout.Deployment.MaxBatchedTokens;
        if (fleet.Layout.Decode is { } decode)
        {
            document["decode_tensor_parallel"] = decode.TensorParallel;
            document["decode_attention_data_parallel"] = decode.AttentionDataParallel;
            document["decode_expert_parallel"] = decode.ExpertParallel;
            document["decode_two_batch_overlap"] = decode.OverlapsCommunication;
        }
        document["replicas"] = config.Replicas;
        document["decode_replicas"] = config.Disaggregation?.DecodeReplicas ?? 0;
        document["max_sequences"] = config.MaxSequences;
        document["requests_per_second"] = fleet.RequestsPerSecond;
        document["goodput"] = fleet.Goodput;
        document["accelerators"] = fleet.Accelerators;
        document["low"] = fleet.Low;
        document["high"] = fleet.High;
        document["confidence"] = 0.8;
        document["spare"] = fleet.Spare;
        document["total"] = fleet.Total;
        document["servers"] = Math.Ceiling((double)fleet.Total / fleet.PerServer);
        document["mean_accelerators"] = fleet.MeanAccelerators;
        document["kilowatts"] = fleet.Kilowatts;
        var cost = fleet.Cost!;
        JsonObject Kind(double seconds) =>
            new() { ["gpu_seconds"] = seconds, ["cost"] = cost.Money(seconds) };
        document["million_tokens"] = new JsonObject
        {
            ["computed_prompt"] = Kind(cost.Computed),
            ["stored_prompt"] = Kind(cost.Stored),
            ["answer"] = Kind(cost.Output),
            ["blended"] = Kind(cost.Blended),
            ["blended_needed"] = Kind(cost.Needed),
        };
        return document;
    }
}
