using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Cli.Inference;

/// <summary>A simulation as lines on the screen.</summary>
internal static class SimulationScreen
{
    public static void Print(
        InferenceCase installation,
        OpenWorkload workload,
        SimulationResult result,
        bool stepwise,
        double wallSeconds
    )
    {
        var d = installation.Deployment;
        Console.WriteLine(
            $"{installation.Name}: {d.Model.Name} on {result.Accelerators} {d.Accelerator.Name}, {d.Precision}, {d.Engine.Word()} {(installation.EngineVersion.Length > 0 ? installation.EngineVersion : "of no measured version")}"
        );
        if (installation.ModelSaid.Length > 0)
        {
            Console.WriteLine($"  model         {installation.ModelSaid}; served in {d.Precision}");
        }
        if (installation.EngineNote is { } note)
        {
            Console.WriteLine($"  engine        {note}");
        }
        Console.WriteLine(
            $"  requests      {result.Requests:N0} in {result.Seconds:N1} s: {result.Completed:N0} completed"
                + Some(
                    result.RejectedTooLongForContext,
                    "rejected, too long for the model's context window"
                )
                + Some(result.RejectedTooLongForKvCache, "rejected, too long for the KV cache")
                + Some(result.RejectedTooLongForStep, "rejected, too long for a step")
                + Some(result.Failed, "lost to failures")
                + Some(result.Preemptions, "preemptions")
        );
        var t = result.Tokens;
        Console.WriteLine(
            $"  tokens        {t.Input:N0} in ({t.Prefilled:N0} prefilled, {t.CacheHits:N0} cache hits, {t.Rejected:N0} rejected, {t.Lost:N0} lost), {t.Output:N0} out, {t.Recomputed:N0} recomputed"
        );
        Console.WriteLine(
            $"  throughput    {result.RequestsPerSecond:G4} requests/s, {result.OutputTokensPerSecond:N0} output tokens/s, {result.OutputTokensPerSecondPerAccelerator:N1} by accelerator"
        );
        Console.WriteLine(
            $"  {"latency, ms", -22}{"mean", 10}{"p50", 10}{"p90", 10}{"p95", 10}{"p99", 10}{"max", 11}"
        );
        Line("first token", result.TimeToFirstToken);
        Line("per output token", result.TimePerOutputToken);
        Line("end-to-end per token", result.EndToEndPerToken);
        Line("between tokens", result.InterToken);
        Line("end-to-end", result.EndToEnd);
        Console.WriteLine(
            $"  (percentiles within {LatencySummary.QuantileError:P1}; the step law itself is off by a factor of {Math.Exp(installation.Law.LogError):F2} in two of three cases)"
        );
        if (installation.Steady() is { } steady && SimulationDocument.Measured(result))
        {
            var (first, each) = SteadyDocument.Times(steady, result);
            Console.WriteLine(
                $"  in 80 of 100  mean first token {Ms(first.Low)} to {Ms(first.High)} ms (closed form {Ms(first.ClosedForm)})"
                    + (
                        result.TimePerOutputToken.Count > 0
                            ? $", per output token {Ms(each.Low)} to {Ms(each.High)} ms (closed form {Ms(each.ClosedForm)}, as 'inference validate' scores it)"
                            : ""
                    )
            );
        }
        Console.WriteLine(
            $"  replicas      busy {result.BusyShare:P1}"
                + (installation.DecodeLaw is null ? "" : $", decode {result.DecodeBusyShare:P1}")
                + $"; KV held {result.MeanKvOccupancy:P1} on average, {result.PeakKvOccupancy:P1} at most, of {installation.Config.KvCapacityTokens ?? (installation.DecodeLaw ?? installation.Law).KvCapacityTokens:N0} tokens a replica; {result.MeanRunning:N1} running, {result.MeanWaiting:N1} waiting"
        );
        foreach (var tier in result.Tiers)
        {
            Console.WriteLine(
                $"  tier          {tier.Name}: {tier.Tokens:N0} prompt tokens loaded, {(t.Input > 0 ? (double)tier.Tokens / t.Input : 0):P1} of all; {tier.Loads:N0} loads of {Ms(tier.MeanLoadSeconds)} ms on average"
                    + (tier.PeakTokens > 0 ? $"; {tier.PeakTokens:N0} tokens held at most" : "")
            );
        }
        if (result.EnergyKilowattHours is { } energy)
        {
            Console.WriteLine(
                $"  energy        {energy:G4} kWh, {result.OutputTokensPerKilowattHour:N0} output tokens a kWh"
            );
        }
        if (installation.Config.ServiceLevel is not null && SimulationDocument.Measured(result))
        {
            var kept = result.Attainment >= installation.Percentile ? "kept" : "broken";
            Console.WriteLine(
                $"  promise       {kept}: {result.Attainment:P2} of the requests within it, {installation.Percentile:P1} promised"
            );
        }
        Clients(workload, result);
        Console.WriteLine(
            $"  simulated in  {wallSeconds:F2} s, {result.Requests / wallSeconds:N0} requests a second ({(stepwise ? "step by step" : "skipping")}); fingerprint of all times {result.Digest}"
        );
    }

    private static string Some(long count, string what) => count == 0 ? "" : $", {count:N0} {what}";

    private static void Line(string name, LatencySummary s) =>
        Console.WriteLine(
            s.Count == 0
                ? $"  {name, -22}{"none", 10}"
                : $"  {name, -22}{Ms(s.Mean), 10}{Ms(s.P50), 10}{Ms(s.P90), 10}{Ms(s.P95), 10}{Ms(s.P99), 10}{Ms(s.Max), 11}"
        );

    private static string Ms(double seconds) =>
        seconds >= 1 ? $"{seconds * 1000:N0}" : $"{seconds * 1000:F2}";

    private static void Clients(OpenWorkload workload, SimulationResult result)
    {
        if (result.Clients.Length < 2)
        {
            return;
        }
        Console.WriteLine(
            $"  {"busiest clients", -22}{"requests", 10}{"TTFT, ms", 10}{"E2E, ms", 10}{"within", 10}"
        );
        foreach (
            var (client, number) in result
                .Clients.Select((c, i) => (c, i))
                .OrderByDescending(c => c.c.Requests)
                .Take(5)
        )
        {
            var name = number < workload.Clients.Count ? workload.Clients[number] : $"{number}";
            Console.WriteLine(
                $"  {name, -22}{client.Requests, 10:N0}{Ms(client.MeanTimeToFirstTokenSeconds), 10}{Ms(client.MeanEndToEndSeconds), 10}{(client.Measured > 0 ? (double)client.WithinServiceLevel / client.Measured : 0), 10:P1}"
            );
        }
    }
}
