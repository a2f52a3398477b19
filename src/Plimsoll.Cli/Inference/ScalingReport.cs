using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Serving;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Scaling;

namespace Plimsoll.Cli.Inference;

/// <summary>What an autoscaled fleet did and cost, beside a fixed fleet as large as it ever was.</summary>
internal static class ScalingReport
{
    private const int MostHours = 24;

    /// <summary>The fixed fleet under the same requests; null when the installation is not autoscaled.</summary>
    public static SimulationResult? FixedFleet(
        InferenceCase installation,
        SimulationResult result,
        bool stepwise
    )
    {
        if (result.Scaling is not { } scaling)
        {
            return null;
        }
        using var workload = installation.Workload.Open();
        return RunProgress.Show(report =>
            installation
                .FixedFleet(scaling.MostPaid)
                .Run(
                    new RequestProgress(workload.Source, installation.Workload.Expected, report),
                    stepwise
                )
        );
    }

    /// <summary>The account as JSON; null for a fixed fleet.</summary>
    public static JsonObject? Document(
        InferenceCase installation,
        SimulationResult result,
        SimulationResult? fixedFleet
    )
    {
        if (result.Scaling is not { } scaling)
        {
            return null;
        }
        return new JsonObject
        {
            ["replica_hours"] = scaling.ReplicaHours,
            ["accelerator_hours"] = scaling.ReplicaHours * installation.Law.Accelerators,
            ["cost"] = Cost(installation, scaling.ReplicaHours),
            ["currency"] = installation.Currency,
            ["mean_replicas"] = scaling.MeanReplicas,
            ["fewest_serving"] = scaling.FewestServing,
            ["most_paid"] = scaling.MostPaid,
            ["ordered"] = scaling.Ordered,
            ["let_go"] = scaling.LetGo,
            ["fixed_fleet"] = fixedFleet is null
                ? null
                : new JsonObject
                {
                    ["replicas"] = scaling.MostPaid,
                    ["replica_hours"] = FixedHours(scaling, fixedFleet),
                    ["cost"] = Cost(installation, FixedHours(scaling, fixedFleet)),
                    ["attainment"] = installation.Config.ServiceLevel is null
                        ? null
                        : fixedFleet.Attainment,
                    ["ttft"] = SimulationDocument.Latency(fixedFleet.TimeToFirstToken),
                },
            ["changes"] = new JsonArray([
                .. scaling.Changes.Select(c => new JsonObject
                {
                    ["seconds"] = c.Seconds,
                    ["serving"] = c.Serving,
                    ["starting"] = c.Starting,
                    ["draining"] = c.Draining,
                }),
            ]),
        };
    }

    /// <summary>The account on the screen.</summary>
    public static void Print(
        InferenceCase installation,
        SimulationResult result,
        SimulationResult? fixedFleet
    )
    {
        if (result.Scaling is not { } scaling || fixedFleet is null)
        {
            return;
        }
        var policy = installation.Config.Autoscaling!;
        Console.WriteLine(
            $"  autoscaling   {scaling.MeanReplicas:F1} replicas paid on average, {scaling.FewestServing} serving at least, {scaling.MostPaid} paid at most; {scaling.Ordered:N0} ordered, {scaling.LetGo:N0} let go; cold start {policy.ColdStartSeconds:N0} s"
        );
        var hours = FixedHours(scaling, fixedFleet);
        Line("this fleet", scaling.ReplicaHours, result);
        Line($"fixed at {scaling.MostPaid}", hours, fixedFleet);
        Console.WriteLine(
            $"  {"", -14}{1 - (scaling.ReplicaHours / hours):P0} of the fixed fleet's hours are saved"
        );
        Hours(scaling, result.Seconds);

        void Line(string name, double replicaHours, SimulationResult of) =>
            Console.WriteLine(
                $"  {"", -14}{name, -14}{replicaHours, 9:N1} replica-hours, {replicaHours * installation.Law.Accelerators, 9:N1} GPU-hours"
                    + (
                        Cost(installation, replicaHours) is { } cost
                            ? $", {cost, 10:N2} {installation.Currency}"
                            : ""
                    )
                    + $"; first token p99 {of.TimeToFirstToken.P99:N2} s"
                    + (
                        installation.Config.ServiceLevel is null
                            ? ""
                            : $", {of.Attainment:P2} within the promise"
                    )
            );
    }

    /// <summary>Replicas serving by the hour of the run, when it lasts some hours.</summary>
    private static void Hours(ScalingResult scaling, double seconds)
    {
        var hours = (int)Math.Min(MostHours, Math.Ceiling(seconds / 3600));
        if (hours < 3)
        {
            return;
        }
        var sums = new double[hours];
        for (var i = 0; i < scaling.Changes.Count; i++)
        {
            var change = scaling.Changes[i];
            var until = i + 1 < scaling.Changes.Count ? scaling.Changes[i + 1].Seconds : seconds;
            for (var h = (int)(change.Seconds / 3600); h < hours && h * 3600 < until; h++)
            {
                var inside =
                    Math.Min(until, (h + 1) * 3600.0) - Math.Max(change.Seconds, h * 3600.0);
                sums[h] += change.Serving * inside;
            }
        }
        Console.WriteLine(
            $"  {"", -14}serving by the hour: "
                + string.Join(
                    " ",
                    sums.Select(
                        (s, h) => $"{s / (Math.Min(seconds, (h + 1) * 3600.0) - (h * 3600.0)):F1}"
                    )
                )
        );
    }

    private static double FixedHours(ScalingResult scaling, SimulationResult fixedFleet) =>
        scaling.MostPaid * fixedFleet.Seconds / 3600;

    private static double? Cost(InferenceCase installation, double replicaHours) =>
        replicaHours * installation.Law.Accelerators * installation.PricePerHour;
}
