using Plimsoll.Workloads;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Tests.Workloads;

/// <summary>The cut traces beside the tests, and traces written on the spot.</summary>
internal static class TestTraces
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "workloads");

    public static string File(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a text to a file that the caller's test run may leave behind in the temporary folder.</summary>
    public static string Write(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-{Guid.NewGuid():N}.csv");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>All requests, in batches of a size; pieces by request.</summary>
    public static (List<Request> Requests, List<PrefixPiece[]> Pieces) ReadAll(
        IRequestSource source,
        int batch = 7,
        int most = int.MaxValue
    )
    {
        var requests = new List<Request>();
        var pieces = new List<PrefixPiece[]>();
        var buffer = new Request[batch];
        while (
            requests.Count < most
            && source.Read(buffer.AsSpan(0, Math.Min(batch, most - requests.Count)))
                is > 0
                    and var read
        )
        {
            for (var i = 0; i < read; i++)
            {
                requests.Add(buffer[i]);
                pieces.Add(
                    source.Prefixes.Slice(buffer[i].PrefixStart, buffer[i].PrefixCount).ToArray()
                );
            }
        }
        return (requests, pieces);
    }

    public static (List<Request> Requests, TraceFaults Faults) ReadText(
        string text,
        double brokenShare = 0.5
    )
    {
        var path = Write(text);
        try
        {
            using var trace = TraceSource.Open(path, brokenShare);
            return (ReadAll(trace).Requests, trace.Faults);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
