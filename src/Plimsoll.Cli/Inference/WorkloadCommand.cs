using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Workloads;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference workload FILE</c>: what a workload looks like.</summary>
internal static class WorkloadCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A trace (Azure, BurstGPT, Mooncake, vLLM log, result of a serving benchmark, conversations, vidur's columns, plain CSV with arrival_s, input_tokens, output_tokens; gzip allowed), "
                + "or a client mixture in the layout of ServeGen (folder or tar.gz).",
        };
        var service = new Option<string>("--service")
        {
            Description =
                "Service inside a mixture's archive, such as deepseek-r1. Default: the only one.",
            DefaultValueFactory = _ => "",
        };
        var requests = NumberOption.Whole(
            "--requests",
            "Read at most so many requests. Default: all of a trace, a million of a mixture.",
            0L,
            long.MaxValue,
            () => 0
        );
        var seed = NumberOption.Whole<ulong>(
            "--seed",
            "Seed of a mixture's random numbers.",
            0,
            ulong.MaxValue,
            () => 1
        );
        var share = NumberOption.Real(
            "--broken-share",
            "Share of broken rows beyond which reading stops.",
            0,
            1,
            0.01
        );
        var from = NumberOption.Real(
            "--from",
            "Leave out what arrives earlier, in seconds: a slow start, for example.",
            0,
            1e9,
            0
        );
        var dates = new Option<string>("--dates")
        {
            Description =
                "Order of day and month in dates whose year stands last: day_first or month_first. Such dates are refused unless it is stated.",
            DefaultValueFactory = _ => "year_first",
        };
        dates.AcceptOnlyFromAmong("year_first", "day_first", "month_first");
        var json = CommonOptions.Json();
        var command = new Command(
            "workload",
            "Describe a workload: rates, burstiness, lengths, clients, prefix reuse, and a slow start if it has one."
        )
        {
            file,
            service,
            requests,
            seed,
            share,
            from,
            dates,
            json,
        };
        command.Aliases.Add("describe");
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                var path = result.GetValue(file)!;
                var limit = result.GetValue(requests);
                using var workload = WorkloadFile.Open(
                    path,
                    result.GetValue(service)!,
                    limit > 0 ? limit : 1_000_000,
                    result.GetValue(seed),
                    result.GetValue(share),
                    result.GetValue(dates) switch
                    {
                        "day_first" => DateOrder.DayFirst,
                        "month_first" => DateOrder.MonthFirst,
                        _ => DateOrder.YearFirst,
                    }
                );
                var shape = new WorkloadShape(
                    FromSeconds: Math.Max(0, result.GetValue(from)),
                    Requests: limit > 0 ? limit : long.MaxValue
                );
                var profile = WorkloadProfile.Of(
                    shape.IsPlain ? workload.Source : new ShapedRequests(workload.Source, shape)
                );
                if (result.GetValue(json))
                {
                    JsonOutput.Print(Document(path, workload, profile));
                }
                else
                {
                    Print(path, workload, profile);
                }
                return ExitCode.Success;
            })
        );
        return command;
    }

    private static JsonObject Document(
        string path,
        WorkloadFile workload,
        WorkloadProfile profile
    ) =>
        new()
        {
            ["file"] = path,
            ["format"] = workload.Format,
            ["requests"] = profile.Requests,
            ["seconds"] = profile.Seconds,
            ["requests_per_second"] = profile.RequestsPerSecond,
            ["steady_requests_per_second"] = profile.SteadyRequestsPerSecond,
            ["gap_cv"] = profile.GapCv,
            ["ten_minute_peak_to_mean"] = Finite(profile.TenMinutePeakToMean),
            ["input_tokens"] = Lengths(profile.Input),
            ["output_tokens"] = Lengths(profile.Output),
            ["input_to_output"] = profile.InputToOutput,
            ["clients"] = profile.Clients,
            ["top_client"] = ClientName(workload, profile.TopClient),
            ["top_client_share"] = profile.TopClientShare,
            ["prefix_reuse"] = profile.PrefixReuse,
            ["prefix_reuse_complete"] = profile.PrefixReuseIsComplete,
            ["ramp"] = profile.Ramp is { } ramp
                ? new JsonObject
                {
                    ["seconds"] = ramp.Seconds,
                    ["requests_per_second"] = ramp.RequestsPerSecond,
                    ["times_below_steady"] = ramp.TimesBelowSteady,
                }
                : null,
            ["left_out_rows"] = workload.Faults?.LeftOut ?? 0,
            ["notes"] = new JsonArray([.. workload.Notes.Select(n => (JsonNode)n)]),
            ["measured"] = workload.Measured is { } measured ? Measured(measured) : null,
            ["broken_rows"] = workload.Faults?.Broken ?? 0,
            ["broken"] = new JsonArray([
                .. (workload.Faults?.First ?? []).Select(b => new JsonObject
                {
                    ["line"] = b.Line,
                    ["reason"] = b.Reason,
                }),
            ]),
        };

    private static JsonObject Measured(MeasuredLatency measured) =>
        new()
        {
            ["engine"] = measured.Engine,
            ["model"] = measured.Model,
            ["requests"] = measured.Requests,
            ["ttft_mean"] = Finite(measured.MeanTimeToFirstTokenSeconds),
            ["ttft_p50"] = Finite(measured.MedianTimeToFirstTokenSeconds),
            ["tpot_mean"] = Finite(measured.MeanTimePerOutputTokenSeconds),
            ["tpot_p50"] = Finite(measured.MedianTimePerOutputTokenSeconds),
            ["max_concurrency"] = measured.MaxConcurrency,
            ["request_rate"] = Finite(measured.RequestRate),
        };

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private static JsonObject Lengths(LengthProfile lengths) =>
        new()
        {
            ["mean"] = lengths.Mean,
            ["cv"] = lengths.Cv,
            ["p50"] = lengths.P50,
            ["p90"] = lengths.P90,
            ["p99"] = lengths.P99,
            ["longest"] = lengths.Longest,
        };

    private static string ClientName(WorkloadFile workload, int client) =>
        client < workload.Clients.Count ? workload.Clients[client] : $"{client}";

    private static void Print(string path, WorkloadFile workload, WorkloadProfile profile)
    {
        // Traces of jobs: accelerators and seconds stand where tokens do.
        var (input, output) = workload.IsJobs ? ("accelerators", "seconds") : ("input", "output");
        Console.WriteLine($"{path} ({workload.Format})");
        Console.WriteLine(
            $"  requests        {profile.Requests:N0} in {profile.Seconds:N0} s, {profile.RequestsPerSecond:G4}/s; steady {profile.SteadyRequestsPerSecond:G4}/s"
        );
        Console.WriteLine(
            $"  burstiness      CV of gaps {profile.GapCv:F2}"
                + (
                    double.IsNaN(profile.TenMinutePeakToMean)
                        ? ""
                        : $"; busiest ten minutes {profile.TenMinutePeakToMean:F2} times the mean"
                )
        );
        Line(input, profile.Input);
        Line(output, profile.Output);
        Console.WriteLine($"  {"ratio", -16}{profile.InputToOutput:G3} {input} to one of {output}");
        Console.WriteLine(
            $"  clients         {profile.Clients:N0}"
                + (
                    profile.Clients > 1
                        ? $"; the busiest, {ClientName(workload, profile.TopClient)}, sends {profile.TopClientShare:P1}"
                        : ""
                )
        );
        Console.WriteLine(
            $"  prefix reuse    {profile.PrefixReuse:P1} of prompt tokens"
                + (profile.PrefixReuseIsComplete ? "" : " or more (too many prefixes to remember)")
        );
        if (profile.Ramp is { } ramp)
        {
            Console.WriteLine(
                $"  slow start      the first {ramp.Seconds:N0} s run at {ramp.RequestsPerSecond:G3}/s, {ramp.TimesBelowSteady:F0} times below the steady rate; leave them out with --from {ramp.Seconds:F0}"
            );
        }
        if (workload.Measured is { } measured)
        {
            Console.WriteLine(
                $"  measured        TTFT mean {measured.MeanTimeToFirstTokenSeconds * 1000:F1} ms, half below {measured.MedianTimeToFirstTokenSeconds * 1000:F1}; TPOT mean {measured.MeanTimePerOutputTokenSeconds * 1000:F1} ms, half below {measured.MedianTimePerOutputTokenSeconds * 1000:F1}; {measured.Requests:N0} requests"
                    + (measured.Engine.Length > 0 ? $", {measured.Engine}" : "")
                    + (measured.Model.Length > 0 ? $", {measured.Model}" : "")
            );
        }
        foreach (var note in workload.Notes)
        {
            Console.WriteLine($"  assumed         {note}");
        }
        if (workload.Faults is { LeftOut: > 0 } left)
        {
            Console.WriteLine($"  left out        {left.LeftOut:N0} {left.LeftOutReason}");
        }
        if (workload.Faults is { Broken: > 0 } faults)
        {
            Console.WriteLine(
                $"  broken rows     {faults.Broken:N0} of {faults.Rows:N0} left out:"
            );
            foreach (var row in faults.First)
            {
                Console.WriteLine($"    line {row.Line}: {row.Reason}");
            }
        }
    }

    private static void Line(string name, LengthProfile lengths) =>
        Console.WriteLine(
            $"  {name, -16}mean {lengths.Mean:F1}, CV {lengths.Cv:F2}, half below {lengths.P50:N0}, 90 % below {lengths.P90:N0}, 99 % below {lengths.P99:N0}, longest {lengths.Longest:N0}"
        );
}
