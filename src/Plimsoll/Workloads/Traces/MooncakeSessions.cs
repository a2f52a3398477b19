namespace Plimsoll.Workloads.Traces;

/// <summary>Traces whose later turns have a delay after the answer before, in place of a time.</summary>
/// <remarks>When an answer ends is the engine's doing; to lay the turns out beforehand it is taken as written at 25 tokens a second, which is said.</remarks>
internal static class MooncakeSessions
{
    private const double TokensPerSecond = 25;
    private const int Scanned = 5000;

    /// <summary>Looks at the first lines of a trace: its block size, and whether any row has a delay for a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its name for messages.</param>
    public static (MooncakeBlocks Blocks, bool HasDelays) Scan(string path, string name)
    {
        using var lines = ByteLines.Open(path);
        var rows = new List<(int, int)>();
        var delays = false;
        var pieces = new List<PrefixPiece>();
        for (var i = 0; i < Scanned && lines.TryRead(out var line); i++)
        {
            pieces.Clear();
            var (turn, fault) = MooncakeRows.Read(line, pieces);
            if (fault is null)
            {
                rows.Add((turn.Row.Input, pieces.Count));
                delays |= turn.Timestamp is null && turn.Delay is not null;
            }
        }
        return (MooncakeBlocks.Of(rows, name), delays);
    }

    /// <summary>Reads all turns and lays them out in time.</summary>
    /// <exception cref="InvalidDataException">A line is broken, or a session begins without a time.</exception>
    public static HeldRequests Read(string path, MooncakeBlocks blocks, string name)
    {
        using var lines = ByteLines.Open(path);
        var held = new HeldRequests { Format = "mooncake" };
        var ends = new Dictionary<string, Int128>(StringComparer.Ordinal);
        var pieces = new List<PrefixPiece>();
        while (lines.TryRead(out var line))
        {
            if (line.Trim((byte)' ').Length == 0)
            {
                continue;
            }
            pieces.Clear();
            var (turn, fault) = MooncakeRows.Read(line, pieces);
            fault ??= TraceFormat.CheckLengths(turn.Row) ?? blocks.Fit(turn.Row.Input, pieces, 0);
            if (fault is null && !TryTime(ref turn, ends))
            {
                fault =
                    "found a delay without an earlier turn of its session; expected a timestamp on each session's first row";
            }
            if (fault is not null)
            {
                throw new InvalidDataException($"{name}:{lines.Number}: {fault}");
            }
            held.Add(turn.Row, [.. pieces]);
        }
        held.Sort();
        held.Notes.Add(
            "later turns have a delay and no time: each follows the answer before it, taken as written at 25 tokens a second"
        );
        return held;
    }

    private static bool TryTime(ref MooncakeTurn turn, Dictionary<string, Int128> ends)
    {
        var session = turn.Session ?? "";
        if (turn.Timestamp is { } time)
        {
            turn.Row.Picoseconds = MooncakeRows.Picoseconds(time);
        }
        else if (turn.Delay is { } delay && ends.TryGetValue(session, out var end))
        {
            turn.Row.Picoseconds = end + MooncakeRows.Picoseconds(delay);
        }
        else
        {
            return false;
        }
        ends[session] =
            turn.Row.Picoseconds + (Int128)Math.Round(turn.Row.Output / TokensPerSecond * 1e12);
        return true;
    }
}
