using System.Text.Json;
using Plimsoll.Sampling;

namespace Plimsoll.Workloads.Traces;

/// <summary>The result file of vLLM's serving benchmark (and of SGLang's, which writes the same names): lengths, times to first token and gaps of every request.</summary>
/// <remarks>Start times are in the file of newer versions only; where they are not, arrivals are drawn with exponential gaps at the rate the file states, as the benchmark draws them.</remarks>
internal static class BenchmarkResult
{
    private const double PicosecondsPerSecond = 1e12;

    /// <summary>Whether a document is one.</summary>
    public static bool Is(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (root.TryGetProperty("input_lens", out _) || root.TryGetProperty("mean_ttft_ms", out _));

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">The requests are not listed, or the lists do not match.</exception>
    public static HeldRequests Read(JsonElement root, string path)
    {
        var input = Numbers(root, "input_lens");
        var output = Numbers(root, "output_lens");
        if (input.Length == 0)
        {
            throw new InvalidDataException(
                $"{path}: found the summary of a serving benchmark without input_lens and output_lens; expected each request. Run the benchmark with --save-detailed."
            );
        }
        var first = Numbers(root, "ttfts");
        var gaps = Gaps(root, input.Length);
        var start = Numbers(root, "start_times");
        if (
            output.Length != input.Length
            || (first.Length > 0 && first.Length != input.Length)
            || (start.Length > 0 && start.Length != input.Length)
        )
        {
            throw new InvalidDataException(
                $"{path}: found {input.Length} input_lens, {output.Length} output_lens, {first.Length} ttfts and {start.Length} start_times; expected as many of each."
            );
        }
        var errors = Errors(root, input.Length);
        var rate = Rate(root);
        var held = new HeldRequests { Format = "benchmark" };
        if (start.Length == 0)
        {
            start = Drawn(input.Length, rate);
            held.Notes.Add(
                double.IsInfinity(rate)
                    ? "the file tells no start times and no rate: all requests arrive at once"
                    : $"the file tells no start times: arrivals are drawn at its rate of {rate:G4} a second, with exponential gaps"
            );
        }
        var origin = start.Min();
        var (served, tokens) = (new List<double>(), new List<double>());
        for (var i = 0; i < input.Length; i++)
        {
            if (errors[i] || !(output[i] >= 1) || !(input[i] >= 1))
            {
                held.LeftOut++;
                continue;
            }
            held.Add(
                new TraceRow
                {
                    Picoseconds = (Int128)Math.Round((start[i] - origin) * PicosecondsPerSecond),
                    Input = (int)input[i],
                    Output = (int)output[i],
                },
                []
            );
            if (first.Length > 0)
            {
                served.Add(first[i]);
            }
            if (gaps[i] is > 0)
            {
                tokens.Add(gaps[i]);
            }
        }
        held.Sort();
        held.Measured = new MeasuredLatency(
            Text(root, "backend"),
            Text(root, "model_id"),
            held.Count,
            Mean(served),
            Median(served),
            Mean(tokens),
            Median(tokens),
            root.TryGetProperty("max_concurrency", out var most)
            && most.ValueKind == JsonValueKind.Number
                ? most.GetInt32()
                : 0,
            rate
        );
        return held;
    }

    /// <summary>Mean gap of each request; 0 where there is none.</summary>
    private static double[] Gaps(JsonElement root, int count)
    {
        var result = new double[count];
        if (root.TryGetProperty("itls", out var lists) && lists.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var list in lists.EnumerateArray().Take(count))
            {
                if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0)
                {
                    result[i] = list.EnumerateArray().Average(g => g.GetDouble());
                }
                i++;
            }
        }
        return result;
    }

    private static bool[] Errors(JsonElement root, int count)
    {
        var result = new bool[count];
        if (
            root.TryGetProperty("errors", out var errors)
            && errors.ValueKind == JsonValueKind.Array
        )
        {
            var i = 0;
            foreach (var error in errors.EnumerateArray().Take(count))
            {
                result[i++] =
                    error.ValueKind == JsonValueKind.String && error.GetString() is { Length: > 0 };
            }
        }
        return result;
    }

    private static double Rate(JsonElement root)
    {
        if (!root.TryGetProperty("request_rate", out var rate))
        {
            return double.PositiveInfinity;
        }
        return rate.ValueKind == JsonValueKind.Number && rate.GetDouble() > 0
            ? rate.GetDouble()
            : double.PositiveInfinity;
    }

    private static double[] Drawn(int count, double rate)
    {
        var times = new double[count];
        var stream = RandomStream.Keyed(1, 0, EntityId.Of("benchmark arrivals"), Purpose.Arrivals);
        for (var i = 1; i < count; i++)
        {
            times[i] =
                times[i - 1]
                + (double.IsInfinity(rate) ? 0 : -Math.Log(stream.NextOpenUniform()) / rate);
        }
        return times;
    }

    private static double[] Numbers(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(n => n.GetDouble())]
            : [];

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static double Mean(List<double> values) =>
        values.Count == 0 ? double.NaN : values.Average();

    private static double Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
