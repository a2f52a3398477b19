using System.Text.Json.Nodes;
using Plimsoll.Serving;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Cli.Inference;

/// <summary>A simulation as a JSON document. All but <c>timing</c> is the same for both simulators, to the last digit.</summary>
internal static class SimulationDocument
{
    public static JsonObject Of(
        InferenceCase installation,
        OpenWorkload workload,
        SimulationResult result,
        bool stepwise,
        double wallSeconds
    ) =>
        new()
        {
            ["name"] = installation.Name,
            ["model"] = installation.Deployment.Model.Name,
            ["model_read"] = installation.ModelSaid.Length > 0 ? installation.ModelSaid : null,
            ["precision"] = installation.Deployment.Precision,
            ["accelerator"] = installation.Deployment.Accelerator.Name,
            ["accelerators"] = result.Accelerators,
            ["engine_version"] = installation.EngineVersion,
            ["kv_capacity_tokens"] = installation.Law.KvCapacityTokens,
            ["kv_beside_tokens"] = Beside(installation.Law.Sequence),
            ["warnings"] = new JsonArray([.. installation.Cautions.Select(w => (JsonNode)w)]),
            ["seconds"] = result.Seconds,
            ["requests"] = Requests(result),
            ["requests_digest"] = result.Digest,
            ["tokens"] = Tokens(result.Tokens),
            ["latency"] = new JsonObject
            {
                ["quantile_relative_error"] = LatencySummary.QuantileError,
                ["ttft"] = Latency(result.TimeToFirstToken),
                ["tpot"] = Latency(result.TimePerOutputToken),
                ["end_to_end_per_token"] = Latency(result.EndToEndPerToken),
                ["inter_token"] = Latency(result.InterToken),
                ["end_to_end"] = Latency(result.EndToEnd),
            },
            ["steady_state"] = SteadyDocument.Of(installation, result),
            ["throughput"] = new JsonObject
            {
                ["requests_per_second"] = result.RequestsPerSecond,
                ["output_tokens_per_second"] = result.OutputTokensPerSecond,
                ["output_tokens_per_second_per_accelerator"] =
                    result.OutputTokensPerSecondPerAccelerator,
                ["input_tokens_per_second"] = PerSecond(result, result.Tokens.Input),
            },
            ["promise"] = Promise(installation, result),
            ["energy"] = result.EnergyKilowattHours is { } energy
                ? new JsonObject
                {
                    ["kilowatt_hours"] = energy,
                    ["output_tokens_per_kilowatt_hour"] = result.OutputTokensPerKilowattHour,
                }
                : null,
            ["replicas"] = new JsonObject
            {
                ["steps"] = result.Steps,
                ["busy_share"] = result.BusyShare,
                ["decode_busy_share"] = installation.DecodeLaw is null
                    ? null
                    : result.DecodeBusyShare,
                ["kv_occupancy_mean"] = result.MeanKvOccupancy,
                ["kv_occupancy_peak"] = result.PeakKvOccupancy,
                ["running_mean"] = result.MeanRunning,
                ["waiting_mean"] = result.MeanWaiting,
                ["preemptions"] = result.Preemptions,
                ["littles_law_gap"] = result.LittleGap,
            },
            ["kv_offload"] = new JsonArray([
                .. result.Tiers.Select(t => new JsonObject
                {
                    ["name"] = t.Name,
                    ["loads"] = t.Loads,
                    ["tokens"] = t.Tokens,
                    ["share_of_prompts"] =
                        result.Tokens.Input > 0 ? (double)t.Tokens / result.Tokens.Input : 0,
                    ["mean_load_seconds"] = t.MeanLoadSeconds,
                    ["link_seconds"] = t.LinkSeconds,
                    ["peak_tokens"] = t.PeakTokens,
                }),
            ]),
            ["step_law_log_error"] = installation.Law.LogError,
            ["step_law_novelty"] = installation.Law.Error.Novelty.ToString(),
            ["clients"] = new JsonArray([
                .. result.Clients.Select(
                    (c, i) => Client(workload, c, i, installation.Config.ServiceLevel is not null)
                ),
            ]),
            ["series"] = new JsonObject
            {
                ["interval_seconds"] = result.Series.IntervalSeconds,
                ["kv_occupancy"] = Numbers(result.Series.KvOccupancy),
                ["running"] = Numbers(result.Series.Running),
                ["waiting"] = Numbers(result.Series.Waiting),
            },
            ["left_out_rows"] = workload.Trace?.Faults.LeftOut ?? 0,
            ["broken_rows"] = workload.Trace?.Faults.Broken ?? 0,
            ["timing"] = new JsonObject
            {
                ["simulator"] = stepwise ? "stepwise" : "event-skipping",
                ["wall_seconds"] = wallSeconds,
                ["requests_per_wall_second"] = result.Requests / wallSeconds,
            },
        };

    /// <summary>What a sequence takes of the cache beside its tokens; null for nothing.</summary>
    private static JsonObject? Beside(Performance.SequenceCache sequence) =>
        sequence.IsPlain
            ? null
            : new JsonObject
            {
                ["window_tokens"] = sequence.WindowTokens,
                ["window_share"] = sequence.WindowShare,
                ["state_tokens"] = sequence.StateTokens,
            };

    /// <summary>The word for an end.</summary>
    public static string Word(RequestEnd end) =>
        end switch
        {
            RequestEnd.Completed => "completed",
            RequestEnd.RejectedTooLongForKvCache => "rejected_too_long_for_kv_cache",
            RequestEnd.RejectedTooLongForContext => "rejected_too_long_for_context",
            RequestEnd.RejectedTooLongForStep => "rejected_too_long_for_step",
            _ => "failed",
        };

    private static JsonObject Requests(SimulationResult result) =>
        new()
        {
            ["read"] = result.Requests,
            ["completed"] = result.Completed,
            ["rejected_too_long_for_kv_cache"] = result.RejectedTooLongForKvCache,
            ["rejected_too_long_for_context"] = result.RejectedTooLongForContext,
            ["rejected_too_long_for_step"] = result.RejectedTooLongForStep,
            ["failed"] = result.Failed,
        };

    private static JsonObject Tokens(TokenAccount tokens) =>
        new()
        {
            ["input"] = tokens.Input,
            ["prefilled"] = tokens.Prefilled,
            ["cache_hits"] = tokens.CacheHits,
            ["rejected"] = tokens.Rejected,
            ["lost"] = tokens.Lost,
            ["recomputed"] = tokens.Recomputed,
            ["output"] = tokens.Output,
        };

    /// <summary>A distribution: exact mean, percentiles within the stated error, the largest exact.</summary>
    public static JsonObject Latency(LatencySummary summary) =>
        new()
        {
            ["count"] = summary.Count,
            ["mean"] = Some(summary, summary.Mean),
            ["p50"] = Some(summary, summary.P50),
            ["p90"] = Some(summary, summary.P90),
            ["p95"] = Some(summary, summary.P95),
            ["p99"] = Some(summary, summary.P99),
            ["max"] = Some(summary, summary.Max),
            ["max_ps"] = summary.Count > 0 ? (long)Math.Round(summary.Max * 1e12) : null,
        };

    /// <summary>A latency, or null when nothing was measured: a zero would read as a perfect system.</summary>
    private static JsonNode? Some(LatencySummary summary, double seconds) =>
        summary.Count > 0 ? seconds : null;

    /// <summary>Whether any request was completed after the warm-up.</summary>
    public static bool Measured(SimulationResult result) => result.EndToEnd.Count > 0;

    private static JsonObject? Promise(InferenceCase installation, SimulationResult result)
    {
        if (installation.Config.ServiceLevel is not { } level)
        {
            return null;
        }
        return new JsonObject
        {
            ["ttft_seconds"] = Finite(level.TimeToFirstTokenSeconds),
            ["tpot_seconds"] = Finite(level.TimePerOutputTokenSeconds),
            ["end_to_end_seconds"] = Finite(level.EndToEndSeconds),
            ["percentile"] = installation.Percentile,
            ["requests_within"] = result.WithinServiceLevel,
            ["attainment"] = Measured(result) ? result.Attainment : null,
            ["kept"] = Measured(result) ? result.Attainment >= installation.Percentile : null,
        };
    }

    /// <summary>A number, or null for infinity.</summary>
    public static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private static JsonObject Client(
        OpenWorkload workload,
        ClientResult client,
        int number,
        bool promised
    ) =>
        new()
        {
            ["client"] = number < workload.Clients.Count ? workload.Clients[number] : $"{number}",
            ["requests"] = client.Requests,
            ["completed"] = client.Completed,
            ["input_tokens"] = client.InputTokens,
            ["output_tokens"] = client.OutputTokens,
            ["ttft_mean"] = client.MeanTimeToFirstTokenSeconds,
            ["end_to_end_mean"] = client.MeanEndToEndSeconds,
            ["requests_measured"] = client.Measured,
            ["requests_within"] = promised ? client.WithinServiceLevel : null,
        };

    private static JsonArray Numbers(double[] values) => new([.. values.Select(v => (JsonNode)v)]);

    private static double PerSecond(SimulationResult result, long tokens) =>
        result.Seconds > 0 ? tokens / result.Seconds : 0;
}
