using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Sweeps.Reports;

/// <summary>Which verdict holds where, over two inputs: in each cell the verdicts of all runs there, whatever the other inputs were.</summary>
public sealed class VerdictMap
{
    private const int MostSteps = 40;
    private const int Bins = 8;
    private readonly SweepAxis _across;
    private readonly SweepAxis _up;
    private readonly int _acrossAt;
    private readonly int _upAt;
    private readonly bool _sampled;
    private readonly SortedDictionary<string, long>[,] _cells;

    /// <summary>An empty map.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="across">Number of the axis across.</param>
    /// <param name="up">Number of the axis up.</param>
    public VerdictMap(Sweep sweep, int across, int up)
    {
        (_across, _up) = (sweep.Axes[across], sweep.Axes[up]);
        (_acrossAt, _upAt) = (across, up);
        _sampled = sweep.SamplePoints is not null;
        _cells = new SortedDictionary<string, long>[CountOf(_across), CountOf(_up)];
        foreach (var (x, y) in Places())
        {
            _cells[x, y] = new(StringComparer.Ordinal);
        }
    }

    /// <summary>Name of the axis across.</summary>
    public string Across => _across.Name;

    /// <summary>Name of the axis up.</summary>
    public string Up => _up.Name;

    /// <summary>Names of the columns, from the left.</summary>
    public IReadOnlyList<string> Columns => Labels(_across);

    /// <summary>Names of the rows, from the bottom.</summary>
    public IReadOnlyList<string> Rows => Labels(_up);

    /// <summary>Verdicts in a cell with their number of runs, the most frequent first; empty where nothing was run.</summary>
    /// <param name="column">From 0, at the left.</param>
    /// <param name="row">From 0, at the bottom.</param>
    public IReadOnlyList<(string Verdict, long Runs)> At(int column, int row) =>
        [
            .. _cells[column, row]
                .Select(v => (v.Key, v.Value))
                .OrderByDescending(v => v.Value)
                .ThenBy(v => v.Key, StringComparer.Ordinal),
        ];

    /// <summary>Adds a run.</summary>
    internal void Add(SweepRow row, string verdict)
    {
        var cell = _cells[
            Cell(_across, row.Point.Values[_acrossAt]),
            Cell(_up, row.Point.Values[_upAt])
        ];
        cell[verdict] = cell.GetValueOrDefault(verdict) + 1;
    }

    /// <summary>The map as a table: one row a cell and verdict.</summary>
    public string Csv()
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', new[] { Across, Up, "verdict", "runs" }.Select(CsvCell.Of))
            .Append('\n');
        foreach (var (x, y) in Places())
        {
            foreach (var (verdict, runs) in At(x, y))
            {
                csv.AppendJoin(
                        ',',
                        CsvCell.Of(Columns[x]),
                        CsvCell.Of(Rows[y]),
                        CsvCell.Of(verdict),
                        runs.ToString(CultureInfo.InvariantCulture)
                    )
                    .Append('\n');
            }
        }
        return csv.ToString();
    }

    private IEnumerable<(int X, int Y)> Places() =>
        from y in Enumerable.Range(0, CountOf(_up))
        from x in Enumerable.Range(0, CountOf(_across))
        select (x, y);

    /// <summary>A range of a sample, or one with more values than can be shown, is cut into bins.</summary>
    private bool IsBinned(SweepAxis axis) =>
        axis.Choices.Count == 0 && (_sampled || axis.Steps > MostSteps);

    private int CountOf(SweepAxis axis) => IsBinned(axis) ? Bins : axis.Steps;

    private int Cell(SweepAxis axis, JsonNode value)
    {
        if (IsBinned(axis))
        {
            var at = JsonCell.Number(value)!.Value;
            var share = axis.Log
                ? Math.Log(at / axis.Low) / Math.Log(axis.High / axis.Low)
                : (at - axis.Low) / (axis.High - axis.Low);
            return Math.Clamp((int)(share * Bins), 0, Bins - 1);
        }
        var text = value.ToJsonString();
        for (var i = 0; i < axis.Steps; i++)
        {
            if (axis.AtStep(i).ToJsonString() == text)
            {
                return i;
            }
        }
        throw new InvalidOperationException($"{text} is no value of {axis.Name}.");
    }

    private string[] Labels(SweepAxis axis) =>
        IsBinned(axis)
            ?
            [
                .. Enumerable
                    .Range(0, Bins)
                    .Select(i => $"{Shown(axis, i)} to {Shown(axis, i + 1)}"),
            ]
            : [.. Enumerable.Range(0, axis.Steps).Select(i => JsonCell.Words(axis.AtStep(i))!)];

    private static string Shown(SweepAxis axis, int edge)
    {
        var share = edge / (double)Bins;
        var value = axis.Log
            ? axis.Low * Math.Pow(axis.High / axis.Low, share)
            : axis.Low + ((axis.High - axis.Low) * share);
        return value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
