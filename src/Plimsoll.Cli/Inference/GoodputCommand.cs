using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference goodput FILE</c>: the highest rate that keeps the promise, and with a search section the best way to use the accelerators.</summary>
internal static class GoodputCommand
{
    private static readonly GoodputSettings _settings = new();

    public static Command Create()
    {
        var file = InferenceFile.Argument();
        var json = CommonOptions.Json();
        var requests = NumberOption.Whole(
            "--requests",
            "Requests of one run at least; where answers are long or the fleet is large, runs are longer by themselves.",
            200,
            10_000_000,
            () => _settings.LeastRequests
        );
        var versions = NumberOption.Whole(
            "--versions",
            "Versions of the workload, each searched alone; their spread gives the confidence interval.",
            2,
            1000,
            () => _settings.Versions
        );
        var width = NumberOption.Real(
            "--width",
            "Half of the 95 % interval, in per cent of the goodput, at which the search may stop.",
            0.1,
            50,
            100 * _settings.HalfWidth
        );
        var allowed = WorkLimit.Option();
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
            width,
            allowed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(json),
                    result.GetValue(allowed),
                    new GoodputSettings
                    {
                        LeastRequests = result.GetValue(requests),
                        MostRequests = Math.Max(_settings.MostRequests, result.GetValue(requests)),
                        Versions = result.GetValue(versions),
                        HalfWidth = result.GetValue(width) / 100,
                    }
                )
            )
        );
        return command;
    }

    private static int Run(string file, bool json, double minutes, GoodputSettings settings)
    {
        var installation = InferenceFile.Read(file);
        InputFiles.Say(installation.Warnings);
        ConfigurationResult? search = null;
        GoodputResult? goodput;
        try
        {
            if (!WorkLimit.Allows(PlanningWork.OfGoodput(installation, settings), minutes))
            {
                return ExitCode.Unanswerable;
            }
            if (installation.Search is not null)
            {
                search = RunProgress.Show(report =>
                    ConfigurationSearch.Run(
                        installation,
                        settings,
                        share => report("Searching", share)
                    )
                );
                goodput = search.Best;
            }
            else
            {
                goodput = RunProgress.Show(report =>
                    GoodputSearch.Find(installation, settings, share => report("Searching", share))
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
            ["step_law_novelty"] = installation.Law.Error.Novelty.ToString(),
            ["warnings"] = new JsonArray([.. installation.Cautions.Select(w => (JsonNode)w)]),
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
                ["requests_served"] = search?.RequestsServed ?? goodput.RequestsServed,
                ["replicas_simulated"] = goodput.ReplicasSimulated,
                ["steady"] = goodput.Steady,
                ["as_narrow_as_asked"] = goodput.AsNarrowAsAsked,
                ["output_tokens_per_second_per_accelerator"] = goodput
                    .AtGoodput
                    ?.OutputTokensPerSecondPerAccelerator,
                ["at_goodput"] = goodput.AtGoodput is { } at ? Point(at) : null,
                ["reason"] = goodput.Reason,
            };
            document["saturation_requests_per_second"] = goodput.SaturationRequestsPerSecond;
            document["knee_requests_per_second"] = goodput.KneeRequestsPerSecond;
            document["day"] = goodput.Day is { } day ? Day(day) : null;
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
                    ["decode_tensor_parallel"] = c.Installation.DecodeDeployment?.TensorParallel,
                    ["max_sequences"] = c.Installation.Config.MaxSequences,
                    ["tokens_per_step"] = c.Installation.Deployment.MaxBatchedTokens,
                    ["requests_per_second"] = c.RequestsPerSecond,
                    ["low"] = c.Goodput!.Low,
                    ["high"] = c.Goodput.High,
                }),
            ]);
            document["screened"] = new JsonArray([
                .. search.Screened.Select(c => new JsonObject
                {
                    ["layout"] = c.Layout,
                    ["max_sequences"] = c.Installation.Config.MaxSequences,
                    ["tokens_per_step"] = c.Installation.Deployment.MaxBatchedTokens,
                    ["requests_per_second_rough"] = c.RequestsPerSecond,
                }),
            ]);
            document["refused"] = new JsonArray([.. search.Refused.Select(r => (JsonNode)r)]);
        }
        return document;
    }

    private static JsonObject Day(DayResult day) =>
        new()
        {
            ["mean_requests_per_second"] = day.MeanRequestsPerSecond,
            ["peak_requests_per_second"] = day.PeakRequestsPerSecond,
            ["attainment"] = day.Attainment,
            ["mean_at_peak_goodput"] = day.MeanAtPeakGoodput,
            ["peak_over_mean"] = day.PeakOverMean,
            ["peak_hour"] = day.PeakHour,
            ["seconds_an_hour"] = day.SecondsAnHour,
            ["replicas_simulated"] = day.ReplicasSimulated,
            ["output_tokens_per_second_per_accelerator"] = day.OutputTokensPerSecondPerAccelerator,
        };

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
            ["refused_share"] = point.RefusedShare,
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
                $"  {search.Ranked.Count + search.Screened.Count} ways to use {installation.Search!.Accelerators} accelerators tried, {search.Refused.Count} impossible; the best, each searched as closely:"
            );
            Console.WriteLine(
                $"  {"layout", -38}{"sequences", 10}{"tokens/step", 12}{"requests/s", 12}  95 %"
            );
            foreach (var c in search.Ranked)
            {
                Console.WriteLine(
                    $"  {c.Layout, -38}{c.Installation.Config.MaxSequences, 10}{c.Installation.Deployment.MaxBatchedTokens, 12}{c.RequestsPerSecond, 12:G4}  {c.Goodput!.Low:G4} to {c.Goodput.High:G4}"
                );
            }
            if (search.Screened.Count > 0)
            {
                Console.WriteLine(
                    $"  and {search.Screened.Count} that short runs put further behind, the best of them {search.Screened[0].Layout} with {search.Screened[0].Installation.Config.MaxSequences} sequences and {search.Screened[0].Installation.Deployment.MaxBatchedTokens} tokens a step at about {search.Screened[0].RequestsPerSecond:G2}"
                );
            }
        }
        if (goodput is null)
        {
            return;
        }
        Console.WriteLine(
            $"  goodput      {goodput.RequestsPerSecond:G4} requests/s ({goodput.Low:G4} to {goodput.High:G4}, 95 % over {goodput.Versions.Length} versions of {goodput.RequestsPerRun:N0} requests)"
                + (goodput.Day is null ? "" : $", in the busiest hour, {goodput.Day.PeakHour}:00")
        );
        if (!goodput.Steady)
        {
            Console.WriteLine(
                "               the workload ends before the steady state can be measured by the rule; the figure depends on its length"
            );
        }
        if (!goodput.AsNarrowAsAsked)
        {
            Console.WriteLine("               the interval is wider than asked for");
        }
        if (goodput.Day is { } day)
        {
            Console.WriteLine(
                $"  whole day    {day.MeanAtPeakGoodput:G4} requests/s on average with every hour within the promise; {day.MeanRequestsPerSecond:G4} ({day.PeakRequestsPerSecond:G4} at the peak) with the day's requests together within it ({day.Attainment:P1})"
            );
        }
        if (goodput.AtGoodput is { } at)
        {
            if (at.RefusedShare > 0)
            {
                Console.WriteLine(
                    $"  refused      {at.RefusedShare:P1} of the requests are longer than a cache or a step takes, and break the promise"
                );
            }
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
