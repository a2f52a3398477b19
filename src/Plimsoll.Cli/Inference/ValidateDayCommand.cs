using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Serving.Validation;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference validate-day</c>: DeepSeek's published production day beside the simulator.</summary>
internal static class ValidateDayCommand
{
    // Half the requests wait longer than anybody would: the queue grows through the day.
    private const double FallingBehindSeconds = 30;

    public static Command Create()
    {
        var scale = NumberOption.Real(
            "--scale",
            "Share of the day\'s volume and nodes that is served, 0.02 to 1; the figures hardly depend on it.",
            0.02,
            1,
            0.1
        );
        var nodes = NumberOption.Real(
            "--decode-nodes",
            "Nodes of eight GPUs that decode, at full scale.",
            1,
            10_000,
            ProductionDay.DecodeNodes
        );
        var fitted = new Option<bool>("--shipped-law")
        {
            Description =
                "Use the shipped calibration in place of the measured kernel times of the H800.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "validate-day",
            "Compare decode speed, concurrency, utilisation and fleet size with DeepSeek's published production day of 27-28 February 2025."
        )
        {
            scale,
            nodes,
            fitted,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(scale),
                    result.GetValue(nodes),
                    result.GetValue(fitted),
                    result.GetValue(json)
                )
            )
        );
        return command;
    }

    private static int Run(double scale, double nodes, bool fitted, bool json)
    {
        var view = PointsFile.View();
        var decodeLaw = ProductionDay.Laws(view, fitted).Decode;
        var speed = ProductionDay.AtSpeed(decodeLaw);
        var full = ProductionDay.AtFullBatch(decodeLaw, (int)speed.SequencesPerGpu);
        var day = RunProgress.Show(report =>
            ProductionDay.Serve(
                view,
                fitted,
                scale,
                nodes,
                share => report("Serving the day", share)
            )
        );
        var plan = ProductionDay.Plan(view, fitted);
        var decodes = day.Result.OutputTokensPerSecond * day.Result.TimePerOutputToken.Mean / scale;
        var perUser = 1 / day.Result.TimePerOutputToken.Mean;
        if (json)
        {
            JsonOutput.Print(Document(speed, full, day, plan, decodes, perUser));
            return ExitCode.Success;
        }
        Console.WriteLine(
            $"DeepSeek's day on the simulator ({(fitted ? "shipped calibration" : "measured kernel times")}): {day.Result.Requests:N0} requests ({scale:P0} of {ProductionDay.Requests:N0}), mean prompt {ProductionDay.MeanInput:N0}, answer {ProductionDay.MeanOutput:N0} tokens"
        );
        Line(
            "(a) decode at full batch, tokens/s/GPU",
            full.TokensPerSecondPerGpu,
            ProductionDay.DecodeKernelRate,
            0.2
        );
        Line("    concurrent decodes at that batch, thousands", full.Concurrent / 1000, 92.6, 0.1);
        Console.WriteLine(
            $"    {speed.SequencesPerGpu:F0} sequences a GPU (the KV cache would hold {speed.SequencesThatFit:F0}), {full.TokensPerSecondPerUser:F1} tokens/s a user, mean KV {full.MeanKv:N0} tokens (published {ProductionDay.MeanKv:N0})"
        );
        Console.WriteLine(
            $"(b) on {day.PrefillGpus} prefill and {day.DecodeGpus} decode GPUs: {1 / day.Result.TimePerOutputToken.P50:F1} tokens/s for the middle user, {perUser:F1} by the mean TPOT (queue for decode included), TPOT p99 {day.Result.TimePerOutputToken.P99 * 1000:F1} ms, TTFT p50 {day.Result.TimeToFirstToken.P50:F2} s, p99 {day.Result.TimeToFirstToken.P99:F2} s, {day.Result.Attainment:P1} at 20 tokens/s or more"
        );
        Band(
            "    prefill utilisation against the kernel profile",
            day.PrefillUtilisation,
            0.41,
            0.61
        );
        Band(
            "    decode utilisation against the kernel profile",
            day.DecodeUtilisation,
            0.70,
            0.90
        );
        Line("    concurrent decodes in the day, thousands", decodes / 1000, 92.6, 0.3);
        Line(
            "    speed of the middle user, tokens/s",
            1 / day.Result.TimePerOutputToken.P50,
            ProductionDay.TokensPerSecondPerUser,
            0.2
        );
        if (
            1 / day.Result.TimePerOutputToken.P50 < 0.8 * ProductionDay.TokensPerSecondPerUser
            || day.Result.TimeToFirstToken.P50 > FallingBehindSeconds
        )
        {
            Console.WriteLine(
                "    the service falls behind, so its utilisations say nothing: whatever arrives is served at the rate at which it can be"
            );
        }
        Console.WriteLine(
            $"    busy share of steps: prefill {day.Result.BusyShare:P1}, decode {day.Result.DecodeBusyShare:P1}"
        );
        Console.WriteLine(
            $"(c) planner, sized hourly for the same speed without reserve: {plan.Mean:F1} nodes on average, {plan.Peak:F0} at the peak, {plan.PrefillShare:P0} of them prefill; published {ProductionDay.MeanNodes} and {ProductionDay.PeakNodes}, 42 % prefill"
        );
        return ExitCode.Success;
    }

    private static void Line(string what, double found, double published, double tolerance)
    {
        var error = (found / published) - 1;
        Console.WriteLine(
            $"{what, -52}{found, 10:N1}   published {published:N1}, error {error:P1}: {(Math.Abs(error) <= tolerance ? "within" : "outside")} {tolerance:P0}"
        );
    }

    private static void Band(string what, double found, double low, double high) =>
        Console.WriteLine(
            $"{what, -52}{found, 10:F3}   {(found >= low && found <= high ? "within" : "outside")} {low:F2} to {high:F2}"
        );

    private static JsonObject Document(
        DecodeAtSpeed speed,
        FullBatch full,
        ServedDay day,
        PlannedDay plan,
        double decodes,
        double perUser
    ) =>
        new()
        {
            ["decode_tokens_per_second_per_gpu"] = full.TokensPerSecondPerGpu,
            ["published_decode_tokens_per_second_per_gpu"] = ProductionDay.DecodeKernelRate,
            ["sequences_per_gpu"] = speed.SequencesPerGpu,
            ["sequences_that_fit_per_gpu"] = speed.SequencesThatFit,
            ["step_seconds"] = speed.StepSeconds,
            ["tokens_per_second_per_user_at_full_batch"] = full.TokensPerSecondPerUser,
            ["mean_kv_at_full_batch"] = full.MeanKv,
            ["concurrent_decodes_at_full_batch"] = full.Concurrent,
            ["concurrent_decodes_in_the_day"] = decodes,
            ["published_concurrent_decodes"] = 92_600,
            ["requests"] = day.Result.Requests,
            ["completed"] = day.Result.Completed,
            ["prefill_gpus"] = day.PrefillGpus,
            ["decode_gpus"] = day.DecodeGpus,
            ["tokens_per_second_per_user"] = perUser,
            ["attainment_at_20_tokens_per_second"] = day.Result.Attainment,
            ["ttft"] = SimulationDocument.Latency(day.Result.TimeToFirstToken),
            ["tpot"] = SimulationDocument.Latency(day.Result.TimePerOutputToken),
            ["prefill_utilisation"] = day.PrefillUtilisation,
            ["decode_utilisation"] = day.DecodeUtilisation,
            ["planned_mean_nodes"] = plan.Mean,
            ["planned_peak_nodes"] = plan.Peak,
            ["planned_prefill_share"] = plan.PrefillShare,
            ["published_mean_nodes"] = ProductionDay.MeanNodes,
            ["published_peak_nodes"] = ProductionDay.PeakNodes,
        };
}
