using System.Globalization;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;

namespace Plimsoll.Cli.Inference;

/// <summary>Prints sized fleets, one block a chip.</summary>
internal static class SizeScreen
{
    /// <summary>Prints.</summary>
    public static void Print(InferenceCase installation, IReadOnlyList<SizedFleet> fleets)
    {
        Console.WriteLine($"{installation.Name}: {installation.Deployment.Model.Name}");
        Console.WriteLine(
            $"  {"chip", -22}{"needed", 8}  {"80 %", -16}{"spare", 6}{"total", 8}{"servers", 9}{"mean kW", 9}  {"million tokens", 14}"
        );
        foreach (var f in fleets)
        {
            if (f.Reason.Length > 0)
            {
                Console.WriteLine($"  {f.Chip.Accelerator, -22}{f.Reason}");
                continue;
            }
            var cost = f.Cost!.Money(f.Cost.Blended) is { } money
                ? $"{money:G3} {installation.Size!.Currency}"
                : $"{f.Cost.Blended:G3} GPU-s";
            Console.WriteLine(
                $"  {f.Chip.Accelerator, -22}{f.Accelerators, 8:N0}  {$"{f.Low:N0} to {f.High:N0}", -16}{f.Spare, 6:N0}{f.Total, 8:N0}{Math.Ceiling((double)f.Total / f.PerServer), 9:N0}{(f.Kilowatts is { } kilowatts ? kilowatts.ToString(kilowatts < 10 ? "N1" : "N0", CultureInfo.InvariantCulture) : ""), 9}  {cost, 14}"
            );
        }
        Console.WriteLine(
            $"  mean kW: the needed busy as asked, spares idle, times size.pue {installation.Size!.PowerUsageEffectiveness:0.##}; a rack must be given its servers' full power. Spare: for servers that fail, and what fills up the last."
        );
        foreach (var f in fleets.Where(f => f.Reason.Length == 0))
        {
            Detail(installation, f);
        }
    }

    private static void Detail(InferenceCase installation, SizedFleet fleet)
    {
        var config = fleet.Installation!.Config;
        Console.WriteLine();
        Console.WriteLine(
            $"  {fleet.Chip.Accelerator}, {fleet.Chip.Precision}: {fleet.Layout!.Words}"
        );
        Console.WriteLine(
            $"    serves {fleet.Goodput:G4} requests/s within the promise; {fleet.RequestsPerSecond:G4} are asked for"
                + (
                    fleet.MeanAccelerators < fleet.Accelerators
                        ? $"; {fleet.MeanAccelerators:N0} accelerators on average if the fleet follows the hours"
                        : ""
                )
        );
        foreach (var warning in fleet.Warnings)
        {
            Console.WriteLine($"    doubtful: {warning}");
        }
        var cost = fleet.Cost!;
        string Kind(double seconds) =>
            $"{seconds:G3} GPU-s"
            + (
                cost.Money(seconds) is { } money
                    ? $" ({money:G3} {installation.Size!.Currency})"
                    : ""
            );
        Console.WriteLine(
            $"    a million tokens: computed prompt {Kind(cost.Computed)}, stored prompt {Kind(cost.Stored)}, answer {Kind(cost.Output)}, as they come {Kind(cost.Blended)}"
        );
        Console.WriteLine(
            $"    on the {fleet.Accelerators:N0} needed alone {Kind(cost.Needed)}: {1 - (cost.Needed / cost.Blended):P0} of the price is spares and what fills up the last server, and classes are parts of the whole fleet's time, idle hours included"
        );
        Console.WriteLine("    to check with 'inference goodput':");
        Console.WriteLine(
            $"      layout: {{ {Layout(fleet.Layout.Deployment)}, replicas: {config.Replicas} }}"
        );
        Console.WriteLine(
            $"      limits: {{ max_sequences: {config.MaxSequences}, tokens_per_step: {fleet.Layout.Deployment.MaxBatchedTokens} }}"
        );
        if (fleet.Layout.Decode is { } decode)
        {
            Console.WriteLine(
                $"      disaggregation: {{ {Layout(decode, fleet.Layout.Deployment.OverlapsCommunication)}, decode_replicas: {config.Disaggregation!.DecodeReplicas} }}"
            );
        }
    }

    private static string Layout(Deployment d, bool overlapsWhenSilent = false) =>
        $"tensor_parallel: {d.TensorParallel}, attention_data_parallel: {d.AttentionDataParallel}, expert_parallel: {d.ExpertParallel}"
        + (d.PipelineParallel > 1 ? $", pipeline_parallel: {d.PipelineParallel}" : "")
        + (
            d.OverlapsCommunication == overlapsWhenSilent ? ""
            : d.OverlapsCommunication ? ", two_batch_overlap: true"
            : ", two_batch_overlap: false"
        );
}
