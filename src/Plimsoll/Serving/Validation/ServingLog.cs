using System.Text.Json;
using Plimsoll.Files;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Validation;

/// <summary>The times of real requests on a real engine, from a vLLM request log.</summary>
/// <param name="Queued">When each came to the engine's queue, seconds from the first.</param>
/// <param name="FirstToken">Seconds from its queueing to its first token.</param>
/// <param name="EndToEnd">Seconds from its queueing to its last token.</param>
/// <param name="Input">Prompt tokens.</param>
/// <param name="Output">Answer tokens.</param>
/// <remarks>All arrays have one entry a request, in order of queueing. Time before the queue (HTTP, tokenising) is not part of the log's TTFT and not of this one.</remarks>
public sealed record ServingLog(
    double[] Queued,
    double[] FirstToken,
    double[] EndToEnd,
    int[] Input,
    int[] Output
)
{
    /// <summary>Requests.</summary>
    public int Count => Queued.Length;

    /// <summary>Most requests that were queued or running at one time.</summary>
    public int MostInside()
    {
        var ends = Queued.Zip(EndToEnd, (at, whole) => at + whole).Order().ToArray();
        var (most, gone) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            while (ends[gone] <= Queued[i])
            {
                gone++;
            }
            most = Math.Max(most, i + 1 - gone);
        }
        return most;
    }

    /// <summary>Reads a log of JSON lines, gzip or not.</summary>
    /// <exception cref="InvalidDataException">A line lacks a time or a length.</exception>
    public static ServingLog Read(string path)
    {
        using var file = InputFile.Open(path, FileBounds.Trace);
        using var stream = WholeGzip.Open(file, Path.GetFileName(path));
        using var reader = new StreamReader(stream);
        var rows = new List<(double Queued, double First, double Last, int Input, int Output)>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Trim().Length == 0)
            {
                continue;
            }
            try
            {
                using var json = JsonDocument.Parse(line);
                var root = json.RootElement;
                rows.Add(
                    (
                        root.GetProperty("queued_ts").GetDouble(),
                        root.GetProperty("first_token_ts").GetDouble(),
                        root.GetProperty("last_token_ts").GetDouble(),
                        root.GetProperty("input_toks").GetInt32(),
                        root.GetProperty("output_toks").GetInt32()
                    )
                );
            }
            catch (Exception e)
                when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    $"{path}:{number}: found no complete request; expected queued_ts, first_token_ts, last_token_ts, input_toks, output_toks.",
                    e
                );
            }
        }
        if (rows.Count < 2)
        {
            throw new InvalidDataException($"{path}: found {rows.Count} requests; expected more.");
        }
        rows.Sort((a, b) => a.Queued.CompareTo(b.Queued));
        var start = rows[0].Queued;
        return new ServingLog(
            [.. rows.Select(r => r.Queued - start)],
            [.. rows.Select(r => r.First - r.Queued)],
            [.. rows.Select(r => r.Last - r.Queued)],
            [.. rows.Select(r => r.Input)],
            [.. rows.Select(r => r.Output)]
        );
    }

    /// <summary>The requests from one to before another, in order of queueing, on the same clock.</summary>
    public ServingLog Slice(Range part) =>
        new(Queued[part], FirstToken[part], EndToEnd[part], Input[part], Output[part]);

    /// <summary>The requests, to be served again. Each prompt is one piece of its own: with a prefix cache, a preempted request finds what is left of its blocks, as in vLLM.</summary>
    public RequestList ToSource() =>
        new(
            Enumerable
                .Range(0, Count)
                .Select(i => new Request(
                    IntegerStep.ToPicoseconds(Queued[i]),
                    Input[i],
                    Output[i],
                    PrefixStart: i,
                    PrefixCount: 1
                ))
                .ToArray(),
            Enumerable.Range(0, Count).Select(i => new PrefixPiece(i, Input[i])).ToArray()
        );
}
