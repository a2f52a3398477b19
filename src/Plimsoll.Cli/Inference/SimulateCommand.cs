using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Files;
using Plimsoll.Serving;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference simulate FILE</c>: serves a workload request by request.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var file = InferenceFile.Argument();
        var json = CommonOptions.Json();
        var stepwise = new Option<bool>("--stepwise")
        {
            Description =
                "Use the plain simulator that walks every sequence through every step: the same results to the bit, much slower.",
        };
        var verify = new Option<bool>("--verify")
        {
            Description =
                "Run both simulators and fail unless every figure and every request's times are equal to the bit.",
        };
        var output = new Option<string?>("--requests-out")
        {
            Description =
                "Also write every request's times to this CSV file, which is not there yet, in picoseconds.",
        };
        var allowed = WorkLimit.Option();
        var command = new Command(
            "simulate",
            "Serve a workload on an installation, request by request: latencies, throughput, energy, occupancy, and who kept the promise."
        )
        {
            file,
            json,
            stepwise,
            verify,
            output,
            allowed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                result.GetValue(verify)
                    ? Verify(
                        result.GetValue(file)!,
                        result.GetValue(json),
                        result.GetValue(allowed)
                    )
                    : Run(
                        result.GetValue(file)!,
                        result.GetValue(json),
                        result.GetValue(stepwise),
                        result.GetValue(output),
                        result.GetValue(allowed)
                    )
            )
        );
        return command;
    }

    private static int Run(string file, bool json, bool stepwise, string? output, double minutes)
    {
        var installation = InferenceFile.Read(file);
        if (!WorkLimit.Allows(InferenceWork.Of(installation, stepwise), minutes))
        {
            return ExitCode.Unanswerable;
        }
        if (output is not null)
        {
            OutputFile.MustBeFresh(output);
            installation = installation with
            {
                Config = installation.Config with { KeepOutcomes = true },
            };
        }
        InputFiles.Say(installation.Warnings);
        using var workload = installation.Workload.Open();
        var watch = Stopwatch.StartNew();
        var result = RunProgress.Show(report =>
            installation.Run(
                new RequestProgress(workload.Source, installation.Workload.Expected, report),
                stepwise
            )
        );
        var seconds = watch.Elapsed.TotalSeconds;
        if (output is not null)
        {
            WriteRequests(output, result);
        }
        foreach (var note in workload.Trace?.Notes ?? [])
        {
            Console.Error.WriteLine($"{Path.GetFileName(installation.Workload.Trace)}: {note}");
        }
        if (workload.Trace?.Faults is { LeftOut: > 0 } left)
        {
            Console.Error.WriteLine(
                $"{Path.GetFileName(installation.Workload.Trace)}: {left.LeftOut} rows are left out: {left.LeftOutReason}"
            );
        }
        if (workload.Trace?.Faults is { Broken: > 0 } faults)
        {
            Console.Error.WriteLine(
                $"{Path.GetFileName(installation.Workload.Trace)}: {faults.Broken} of {faults.Rows} rows are broken and left out; the first, line {faults.First[0].Line}: {faults.First[0].Reason}"
            );
        }
        if (result.Requests == 0)
        {
            Console.Error.WriteLine("The workload holds no request; there is nothing to serve.");
            return ExitCode.Unanswerable;
        }
        var unreached = DayProfile.Unreached(installation.Workload, result.Seconds);
        var fixedFleet = ScalingReport.FixedFleet(installation, result, stepwise);
        if (json)
        {
            var document = SimulationDocument.Of(installation, workload, result, stepwise, seconds);
            document["autoscaling"] = ScalingReport.Document(installation, result, fixedFleet);
            document["profile_not_reached"] = unreached;
            JsonOutput.Print(document);
        }
        else
        {
            SimulationScreen.Print(installation, workload, result, stepwise, seconds);
            ScalingReport.Print(installation, result, fixedFleet);
            if (unreached is not null)
            {
                Console.WriteLine($"  profile       {unreached}");
            }
        }
        if (!SimulationDocument.Measured(result))
        {
            Console.Error.WriteLine(
                "No request was both completed and measured, so there is no latency. See why requests were rejected, or lower workload.warm_up."
            );
            return ExitCode.Unanswerable;
        }
        return ExitCode.Success;
    }

    private static int Verify(string file, bool json, double minutes)
    {
        var installation = InferenceFile.Read(file);
        if (!WorkLimit.Allows(InferenceWork.Of(installation, stepwise: true), minutes))
        {
            return ExitCode.Unanswerable;
        }
        var documents = new string[2];
        var runs = new JsonArray();
        foreach (var stepwise in (bool[])[false, true])
        {
            using var workload = installation.Workload.Open();
            var watch = Stopwatch.StartNew();
            var result = RunProgress.Show(report =>
                installation.Run(
                    new RequestProgress(workload.Source, installation.Workload.Expected, report),
                    stepwise
                )
            );
            var document = SimulationDocument.Of(
                installation,
                workload,
                result,
                stepwise,
                watch.Elapsed.TotalSeconds
            );
            document["autoscaling"] = ScalingReport.Document(installation, result, null);
            document.Remove("timing");
            documents[stepwise ? 1 : 0] = document.ToJsonString();
            if (json)
            {
                runs.Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["simulator"] = stepwise ? "stepwise" : "event_skipping",
                            ["requests"] = result.Requests,
                            ["steps"] = result.Steps,
                            ["preemptions"] = result.Preemptions,
                            ["cached_tokens"] = result.Tokens.CacheHits,
                            ["requests_digest"] = result.Digest,
                            ["wall_seconds"] = watch.Elapsed.TotalSeconds,
                        }
                );
                continue;
            }
            Console.WriteLine(
                $"{(stepwise ? "step by step" : "skipping"), -13}{result.Requests:N0} requests, {result.Steps:N0} steps, {result.Preemptions:N0} preemptions, {result.Tokens.CacheHits:N0} cached tokens in {watch.Elapsed.TotalSeconds:F1} s; fingerprint of all times {result.Digest}"
            );
        }
        var equal = documents[0] == documents[1];
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["name"] = installation.Name,
                    ["equal_to_the_bit"] = equal,
                    ["simulators"] = runs,
                }
            );
        }
        else
        {
            Console.WriteLine(
                equal
                    ? $"{installation.Name}: equal to the bit"
                    : $"{installation.Name}: the two simulators differ"
            );
        }
        return equal ? ExitCode.Success : ExitCode.Unanswerable;
    }

    private static void WriteRequests(string path, SimulationResult result) =>
        OutputFile.Write(path, stream => WriteRequests(stream, result), fresh: true);

    private static void WriteRequests(Stream stream, SimulationResult result)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(
            "request,arrival_ps,first_token_ps,finish_ps,end,cached_tokens,preemptions,replica"
        );
        for (var i = 0; i < result.Outcomes.Length; i++)
        {
            ref var o = ref result.Outcomes[i];
            var first = o.FirstTokenPicoseconds < 0 ? "" : $"{o.FirstTokenPicoseconds}";
            writer.WriteLine(
                $"{i},{o.ArrivalPicoseconds},{first},{o.FinishPicoseconds},{SimulationDocument.Word(o.End)},{o.CachedTokens},{o.Preemptions},{o.Replica}"
            );
        }
    }
}
