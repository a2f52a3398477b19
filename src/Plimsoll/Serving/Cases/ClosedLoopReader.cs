using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>Reads the load of a closed loop whose clients are written out.</summary>
internal static class ClosedLoopReader
{
    /// <summary>Requests inside at once and mean lengths, clients weighted by their rates; null for an open loop, a trace or a mixture of a folder.</summary>
    public static ClosedLoopLoad? Read(InputValues values)
    {
        var workload = values.Section("workload");
        if (workload.Integer("closed_loop") is not (> 0 and var inside) || !workload.Has("clients"))
        {
            return null;
        }
        double rates = 0;
        double input = 0;
        double output = 0;
        var alike = true;
        (double, double)? first = null;
        foreach (var client in workload.Items("clients"))
        {
            var rate = client.Number("rate");
            var lengths = (client.Number("input_tokens"), client.Number("output_tokens"));
            rates += rate;
            input += rate * lengths.Item1;
            output += rate * lengths.Item2;
            first ??= lengths;
            alike &=
                first == lengths
                && client.Number("input_cv") == 0
                && client.Number("output_cv") == 0;
        }
        return rates > 0
            ? new ClosedLoopLoad(inside, input / rates, output / rates) { FixedLengths = alike }
            : null;
    }
}
