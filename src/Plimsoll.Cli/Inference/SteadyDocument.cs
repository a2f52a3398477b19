using System.Text.Json.Nodes;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Cli.Inference;

/// <summary>The steady state of a closed loop in closed form, with its stated interval: what 'inference validate --through-files' scores.</summary>
internal static class SteadyDocument
{
    /// <summary>The state; null for a workload that is no closed loop of clients written out.</summary>
    public static JsonObject? Of(InferenceCase installation) =>
        installation.Steady() is { } steady
            ? new JsonObject
            {
                ["note"] =
                    "The same closed loop in closed form, with the 80 % interval of its times: what 'inference validate' scores against measurements. Its first token holds what real engines were found to add for bursts and waiting; 'latency' is the simulator's and holds queues and batches only.",
                ["ttft"] = Time(steady.TimeToFirstToken, steady.Error.TimeToFirstToken),
                ["tpot"] = Time(steady.TimePerOutputToken, steady.Error.TimePerOutputToken),
                ["running"] = steady.RunningSequences,
                ["queued"] = steady.QueuedRequests,
                ["output_tokens_per_second_per_accelerator"] = steady.TokensPerSecondPerAccelerator,
                ["novelty"] = steady.Error.Novelty.ToString(),
                ["extrapolates"] = steady.Error.Extrapolates,
                ["tier"] = steady.Error.Tier,
            }
            : null;

    private static JsonObject Time(double seconds, in LogInterval interval) =>
        new()
        {
            ["seconds"] = seconds,
            ["low80"] = interval.Low(seconds),
            ["high80"] = interval.High(seconds),
        };
}
