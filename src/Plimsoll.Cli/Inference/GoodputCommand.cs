using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference goodput FILE</c>: the highest rate that keeps the promise, and with a search section the best way to use the accelerators.</summary>
internal static class GoodputCommand
{
    public static Command Create()
    {
        var file = InferenceFile.Argument();
        var json = CommonOptions.Json();
        var requests = NumberOption.Whole(
            "--requests",
            "Requests of one run; more narrow the result.",
            200,
            10_000_000,
            () => GoodputSearch.Requests
        );
        var versions = NumberOption.Whole(
            "--versions",
            "Versions of the workload, each searched alone; their spread gives the confidence interval.",
            2,
            1000,
            () => GoodputSearch.Versions
        );
        var command = new Command(
            "goodput",
            "Find by simulation the highest rate at which the promise is kept, with its confidence, and where the installation saturates. "
                + "With a section 'search' also the best layout, batch limits and split of prefill and decode on a fixed number of accelerators."
        )
        {
            file,
            json,
            requests,
            versions,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(json),
                    result.GetValue(requests),
                    result.GetValue(versions)
                )
            )
        );
        return command;
    }

    private static int Run(string file, bool json, int requests, int versions)
    {
        var installation = InferenceFile.Read(file);
        ConfigurationResult? search = null;
        GoodputResult? goodput;
        try
        {
            if (installation.Search is not null)
            {
                search = RunProgress.Show(report =>
                    ConfigurationSearch.Run(installation, share => report("Searching", share))
                );
                goodput = search.Best;
            }
            else
            {
                goodput = RunProgress.Show(report =>
                    GoodputSearch.Find(
                        installation,
                        requests,
                        versions,
                        share => report("Searching", share)
                    )
                );
            }
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"{file}: {e.Message}");
            return ExitCode.Unanswerable;
        }
        var best = search is { Ranked.Count: > 0 } ? search.Ranked[0].Installation : installation;
        if (json)
        {
            JsonOutput.Print(Document(best, goodput, search));
        }
        else
        {
            Print(best, goodput, search);
        }
        if (goodput is null or { RequestsPerSecond: 0 })
        {
            Console.Error.WriteLine(
                goodput is null
                    ? "No way to use the accelerators keeps the promise."
                    : $"The promise cannot be kept: {goodput.Reason}."
            );
            return ExitCode.Unanswerable;
        }
        return ExitCode.Success;
    }

    private static JsonObject Document(
        InferenceCase installation,
        GoodputResult? goodput,
        ConfigurationResult? search
    )
    {
        var document = new JsonObject
        {
            ["name"] = installation.Name,
            ["model"] = installation.Deployment.Model.Name,
            ["accelerator"] = installation.Deployment.Accelerator.Name,
            ["percentile"] = installation.Percentile,
            ["step_law_log_error"] = installation.Law.LogError,
        };
        if (goodput is not null)
        {
            document["goodput"] = new JsonObject
            {
                ["requests_per_second"] = goodput.RequestsPerSecond,
                ["low"] = goodput.Low,
                ["high"] = goodput.High,
                ["confidence"] = 0.95,
                ["versions"] = new JsonArray([.. goodput.Versions.Select(v => (JsonNode)v)]),
                ["search_tolerance"] = goodput.Tolerance,
                ["requests_per_run"] = goodput.RequestsPerRun,
                ["output_tokens_per_second_per_accelerator"] = goodput
                    .AtGoodput
                    ?.OutputTokensPerSecondPerAccelerator,
                ["at_goodput"] = goodput.AtGoodput is { } at ? Point(at) : null,
                ["reason"] = goodput.Reason,
            };
            document["saturation_requests_per_second"] = goodput.SaturationRequestsPerSecond;
            document["knee_requests_per_second"] = goodput.KneeRequestsPerSecond;
            document["curve"] = new JsonArray([.. goodput.Curve.Select(Point)]);
        }
        if (search is not null)
        {
            document["configurations"] = new JsonArray([
                .. search.Ranked.Select(c => new JsonObject
                {
                    ["layout"] = c.Layout,
                    ["tensor_parallel"] = c.Installation.Deployment.TensorParallel,
                    ["attention_data_parallel"] = c.Installation.Deployment.AttentionDataParallel,
                    ["expert_parallel"] = c.Installation.Deployment.ExpertParallel,
                    ["replicas"] = c.Installation.Config.Replicas,
                    ["decode_replicas"] = c.Installation.Config.Disaggregation?.DecodeReplicas ?? 0,
                    ["max_sequences"] = c.Installation.Config.MaxSequences,
                    ["tokens_per_step"] = c.Installation.Deployment.MaxBatchedTokens,
                    ["requests_per_second"] = c.RequestsPerSecond,
                }),
            ]);
            document["refused"] = new JsonArray([.. search.Refused.Select(r => (JsonNode)r)]);
        }
        return document;
    }

    private static JsonObject Point(LoadPoint point) =>
        new()
        {
            ["requests_per_second"] = point.RequestsPerSecond,
            ["completed_per_second"] = point.CompletedPerSecond,
            ["output_tokens_per_second_per_accelerator"] =
                point.OutputTokensPerSecondPerAccelerator,
            ["attainment"] = point.Attainment,
            ["ttft"] = SimulationDocument.Latency(point.TimeToFirstToken),
            ["tpot"] = SimulationDocument.Latency(point.TimePerOutputToken),
            ["end_to_end_mean"] = point.MeanEndToEndSeconds,
            ["kv_occupancy"] = point.KvOccupancy,
            ["waiting"] = point.Waiting,
        };

    private static void Print(
        InferenceCase installation,
        GoodputResult? goodput,
        ConfigurationResult? search
    )
    {
        var d = installation.Deployment;
        Console.WriteLine(
            $"{installation.Name}: {d.Model.Name} on {d.Accelerator.Name}, {d.Precision}"
        );
        if (search is not null)
        {
            Console.WriteLine(
                $"  {search.Ranked.Count} ways to use {installation.Search!.Accelerators} accelerators tried, {search.Refused.Count} impossible; the best:"
            );
            Console.WriteLine(
                $"  {"layout", -34}{"sequences", 10}{"tokens/step", 12}{"requests/s", 12}"
            );
            foreach (var c in search.Ranked.Take(10))
            {
                Console.WriteLine(
                    $"  {c.Layout, -34}{c.Installation.Config.MaxSequences, 10}{c.Installation.Deployment.MaxBatchedTokens, 12}{c.RequestsPerSecond, 12:G4}"
                );
            }
        }
        if (goodput is null)
        {
            return;
        }
        Console.WriteLine(
            $"  goodput      {goodput.RequestsPerSecond:G4} requests/s ({goodput.Low:G4} to {goodput.High:G4}, 95 % over {goodput.Versions.Length} versions of {goodput.RequestsPerRun:N0} requests)"
        );
        if (goodput.AtGoodput is { } at)
        {
            Console.WriteLine(
                $"  sold         {at.OutputTokensPerSecondPerAccelerator:N1} output tokens/s by accelerator; the step law's own error is a factor of {Math.Exp(installation.Law.LogError):F2} in two of three cases"
            );
        }
        Console.WriteLine(
            $"  saturation   {goodput.SaturationRequestsPerSecond:G4} requests/s; knee at {goodput.KneeRequestsPerSecond:G4}"
        );
        Console.WriteLine(
            $"  {"offered/s", 10}{"done/s", 10}{"within", 9}{"TTFT p50", 11}{"p99, ms", 10}{"TPOT p50", 10}{"p99, ms", 9}{"KV held", 9}{"waiting", 9}"
        );
        foreach (var p in goodput.Curve)
        {
            Console.WriteLine(
                $"  {p.RequestsPerSecond, 10:G4}{p.CompletedPerSecond, 10:G4}{p.Attainment, 9:P1}{p.TimeToFirstToken.P50 * 1000, 11:N0}{p.TimeToFirstToken.P99 * 1000, 10:N0}{p.TimePerOutputToken.P50 * 1000, 10:F1}{p.TimePerOutputToken.P99 * 1000, 9:F1}{p.KvOccupancy, 9:P1}{p.Waiting, 9:N1}"
            );
        }
    }
}
