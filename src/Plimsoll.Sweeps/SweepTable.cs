using System.Text.Json.Nodes;

namespace Plimsoll.Sweeps;

/// <summary>The tables of a sweep: one row a run, and one row an option of a run.</summary>
internal static class SweepTable
{
    /// <summary>Columns of the table of runs.</summary>
    public static IReadOnlyList<(string Name, bool IsWords)> RunColumns(Sweep sweep) =>
        [
            ("run", false),
            ("study", true),
            .. AxisColumns(sweep),
            ("state", true),
            ("reason", true),
            ("sha256", true),
            .. sweep.Outputs.Select(o => (o.Name, o.IsWords)),
        ];

    /// <summary>Columns of the table of options.</summary>
    public static IReadOnlyList<(string Name, bool IsWords)> OptionColumns(Sweep sweep) =>
        [
            ("run", false),
            ("study", true),
            .. AxisColumns(sweep),
            .. SweepOutput.OfOptions.Select(o => (o.Name, o.IsWords)),
        ];

    /// <summary>A row of the table of runs.</summary>
    public static IEnumerable<JsonNode?> RunCells(Sweep sweep, SweepRow row) =>
        [
            .. PointCells(row),
            row.Record.State.ToString(),
            row.Record.Reason.Length > 0 ? row.Record.Reason : null,
            row.Sha256.Length > 0 ? row.Sha256 : null,
            .. sweep.Outputs.Select(o => row.Outputs?[o.Path]),
        ];

    /// <summary>The rows of the table of options for one run.</summary>
    public static IEnumerable<IEnumerable<JsonNode?>> OptionCells(SweepRow row) =>
        row.Options().Select(o => PointCells(row).Concat(o));

    private static IEnumerable<(string Name, bool IsWords)> AxisColumns(Sweep sweep) =>
        sweep.Axes.Select(a => (a.Name, a.IsWords));

    private static JsonNode?[] PointCells(SweepRow row) =>
        [row.Point.Number, row.Point.Study.Name, .. row.Point.Values];
}
