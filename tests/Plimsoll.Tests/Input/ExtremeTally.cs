using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Tests.Input;

/// <summary>Counts what a long run of extremes has met: ends of rows, exits, costs beside their estimates.</summary>
/// <param name="rows">The rows whose ends are to be met.</param>
internal sealed class ExtremeTally(IReadOnlyList<InputRow> rows)
{
    private readonly Dictionary<string, int> _met = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly int[] _exits = new int[3];
    private double _cpu;
    private (double Ratio, int Number) _beyond;
    private (double Cpu, int Number) _slowest;
    private (double Bytes, int Number) _fullest;

    /// <summary>Both ends of every row that has ends.</summary>
    private IReadOnlyList<(InputRow Row, bool High)> Ends { get; } =
    [
        .. rows.Where(ExtremeFile.HasEnds)
            .SelectMany(r => new[] { (Row: r, High: false), (Row: r, High: true) }),
    ];

    /// <summary>Files that were answered, were not, and were refused.</summary>
    public IReadOnlyList<int> Exits => _exits;

    /// <summary>Files that were not run, because their estimate is beyond what is allowed here.</summary>
    public int Declined { get; private set; }

    /// <summary>The end that was met least often; of those the first of the table.</summary>
    public (InputRow Row, bool High) Least()
    {
        var least = Ends.MinBy(e =>
            Math.Max(_met.GetValueOrDefault(Name(e)), _asked.GetValueOrDefault(Name(e)))
        );
        _asked[Name(least)] = _asked.GetValueOrDefault(Name(least)) + 1;
        return least;
    }

    /// <summary>Counts a file that was made.</summary>
    public void Made(ExtremeFile file, bool sound)
    {
        foreach (var end in file.Ends.Distinct(StringComparer.Ordinal))
        {
            _met[end] = _met.GetValueOrDefault(end) + 1;
            _sound[end] = _sound.GetValueOrDefault(end) + (sound ? 1 : 0);
        }
    }

    /// <summary>Counts how a file ended.</summary>
    public void Ended(int exit, string reason)
    {
        _exits[Math.Clamp(exit, 0, 2)]++;
        if (exit > 0)
        {
            reason = exit == 1 ? reason : $"refused: {reason}";
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }
    }

    /// <summary>Counts a file that was sound and too long to run here.</summary>
    public void TooLong() => Declined++;

    /// <summary>Counts what a run took beside what was said.</summary>
    public void Took(RunCost cost, double said, int number)
    {
        _cpu += cost.CpuSeconds;
        var ratio = cost.CpuSeconds / said;
        _beyond = ratio > _beyond.Ratio ? (ratio, number) : _beyond;
        _slowest = cost.CpuSeconds > _slowest.Cpu ? (cost.CpuSeconds, number) : _slowest;
        _fullest = cost.Bytes > _fullest.Bytes ? (cost.Bytes, number) : _fullest;
    }

    /// <summary>All counts in words.</summary>
    public string Words(string command, int from, int failed)
    {
        var files = _exits.Sum();
        var least = Ends.Select(e => (Name: Name(e), Times: _met.GetValueOrDefault(Name(e))))
            .OrderBy(e => e.Times)
            .ToList();
        var unsound = Ends.Select(Name).Where(e => _sound.GetValueOrDefault(e) == 0).ToList();
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{command}: {files} files from {from}: {_exits[0]} answered, {_exits[1]} without answer, {Declined} sound and declined by their estimate, {_exits[2]} refused, {failed} failed; sound {(double)(files - _exits[2]) / Math.Max(1, files):P0}; {Ends.Count} ends of {Ends.Count / 2} rows, each met {least[0].Times} times or more ({least[0].Name}), {unsound.Count} never in a sound file; most of the estimate {_beyond.Ratio:0.00} ({_beyond.Number}); slowest {_slowest.Cpu:0.0} CPU-s ({_slowest.Number}), {_cpu / Math.Max(1, _exits[0] + _exits[1]):0.00} CPU-s a run; most memory {_fullest.Bytes / 1e6:0} MB ({_fullest.Number})"
            )
            + string.Concat(_reasons.Select(r => $"\n  {r.Value} x {r.Key}"))
            + $"\n  never in a sound file: {string.Join(", ", unsound)}";
    }

    private static string Name((InputRow Row, bool High) end) =>
        $"{end.Row.Path} {(end.High ? "high" : "low")}";
}
