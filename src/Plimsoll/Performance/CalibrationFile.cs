using System.Globalization;
using System.Text;
using Plimsoll.Inputs;

namespace Plimsoll.Performance;

/// <summary>Stores a calibration as plain rows: layer, level, coefficient, value, data_to.</summary>
/// <remarks>
/// Layers: <c>physics</c> and <c>offsets</c> hold effects; <c>error</c> the stated intervals by novelty; <c>width</c> their factors by group; <c>version</c> the
/// day (yyyymmdd) from which a version was measured; <c>seen</c> what was fitted on, with the most clients and the longest request.
/// </remarks>
public static class CalibrationFile
{
    private const double _leastEffect = 1e-4;

    private static readonly string[] _seenNames = ["clients", "tokens"];
    private static readonly string[] _widthNames = ["tpot", "ttft"];

    /// <summary>Columns of a stored calibration.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["layer", "level", "coefficient", "value", "data_to"];

    /// <summary>Names of the error figures of a kind of novelty, as stored.</summary>
    public static IReadOnlyList<string> ErrorNames { get; } =
    ["tpot_log_low", "tpot_log_high", "ttft_log_low", "ttft_log_high"];

    /// <summary>Writes the rows that <see cref="Read"/> reads, with a header line; effects below a ten-thousandth are left out.</summary>
    /// <param name="calibration">What to write.</param>
    /// <param name="dataTo">Last day of the data fitted on.</param>
    public static string ToCsv(Calibration calibration, DateOnly dataTo)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        void Row(
            string layer,
            string level,
            string coefficient,
            double value,
            string form = "G6"
        ) =>
            text.Append(layer)
                .Append(',')
                .Append(level)
                .Append(',')
                .Append(coefficient)
                .Append(',')
                .Append(value.ToString(form, CultureInfo.InvariantCulture))
                .Append(CultureInfo.InvariantCulture, $",{dataTo:yyyy-MM-dd}\n");
        foreach (
            var (layer, effects) in new[]
            {
                ("physics", calibration.Physics),
                ("offsets", calibration.Offsets),
            }
        )
        {
            foreach (var (level, values) in effects.OrderBy(e => e.Key, StringComparer.Ordinal))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    if (Math.Abs(values[i]) >= _leastEffect)
                    {
                        Row(layer, level, LawCoefficients.Names[i], values[i]);
                    }
                }
            }
        }
        foreach (var e in calibration.Errors.OrderBy(e => e.Novelty))
        {
            var level = e.Novelty.ToString();
            Row("error", level, ErrorNames[0], e.TimePerOutputToken.LogLow);
            Row("error", level, ErrorNames[1], e.TimePerOutputToken.LogHigh);
            Row("error", level, ErrorNames[2], e.TimeToFirstToken.LogLow);
            Row("error", level, ErrorNames[3], e.TimeToFirstToken.LogHigh);
        }
        foreach (
            var (group, width) in calibration.Widths.OrderBy(w => w.Key, StringComparer.Ordinal)
        )
        {
            Row("width", group, _widthNames[0], width.PerToken);
            Row("width", group, _widthNames[1], width.FirstToken);
        }
        foreach (
            var (version, day) in calibration.Versions.OrderBy(v => v.Key, StringComparer.Ordinal)
        )
        {
            Row(
                "version",
                version,
                "first_day",
                (day.Year * 10_000) + (day.Month * 100) + day.Day,
                "F0"
            );
        }
        foreach (var (key, load) in calibration.Seen.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            Row("seen", key, _seenNames[0], load.Clients);
            if (load.Tokens > 0)
            {
                Row("seen", key, _seenNames[1], load.Tokens);
            }
        }
        return text.ToString();
    }

    /// <summary>Reads stored rows.</summary>
    /// <param name="table">Columns as in <see cref="Columns"/>.</param>
    /// <param name="tier">1 for the shipped calibration, 3 for a user's own profile.</param>
    /// <exception cref="InvalidDataException">A row holds an unknown layer, coefficient or a value that is no number.</exception>
    public static Calibration Read(CsvTable table, int tier)
    {
        var physics = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var offsets = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var errors = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var widths = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var versions = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        var seen = new Dictionary<string, double[]>(StringComparer.Ordinal);
        if (!Columns.All(table.Header.Contains))
        {
            // Of a file that holds something else nothing is quoted.
            throw new InvalidDataException(
                $"{table.File}: no calibration; expected the columns {string.Join(", ", Columns)}."
            );
        }
        foreach (var row in table.Rows)
        {
            var layer = table.Cell(row, "layer");
            var level = table.Cell(row, "level");
            var coefficient = table.Cell(row, "coefficient");
            if (
                !double.TryParse(
                    table.Cell(row, "value"),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var value
                ) || !double.IsFinite(value)
            )
            {
                throw Bad(table, row, $"value '{table.Cell(row, "value")}'", "a finite number");
            }
            var (into, names) = layer switch
            {
                "physics" => (physics, LawCoefficients.Names),
                "offsets" => (offsets, LawCoefficients.Names),
                "error" when Enum.TryParse<Novelty>(level, out var _) => (errors, ErrorNames),
                "width" => (widths, _widthNames),
                "seen" => (seen, _seenNames),
                "version" => (null, _seenNames),
                var other => throw Bad(
                    table,
                    row,
                    $"layer '{other}' and level '{level}'",
                    "layer physics, offsets, error, width, version or seen"
                ),
            };
            if (into is null)
            {
                versions[level] = Day(table, row, value);
                continue;
            }
            into.TryAdd(level, new double[names.Count]);
            into[level][Index(table, row, names, coefficient)] = value;
        }
        return new Calibration(
            tier,
            errors.Select(e => new PredictionError(
                Enum.Parse<Novelty>(e.Key),
                new(e.Value[0], e.Value[1]),
                new(e.Value[2], e.Value[3]),
                tier
            ))
        )
        {
            Physics = physics,
            Offsets = offsets,
            Versions = versions,
            Seen = seen.ToDictionary(
                s => s.Key,
                s => new SeenLoad(s.Value[0], s.Value[1]),
                StringComparer.Ordinal
            ),
            Widths = widths.ToDictionary(
                w => w.Key,
                w => (w.Value[0], w.Value[1]),
                StringComparer.Ordinal
            ),
        };
    }

    private static DateOnly Day(CsvTable table, CsvRow row, double value)
    {
        var text = value.ToString("00000000", CultureInfo.InvariantCulture);
        return DateOnly.TryParseExact(text, "yyyyMMdd", out var day)
            ? day
            : throw Bad(table, row, $"day '{text}'", "yyyymmdd");
    }

    private static int Index(CsvTable table, CsvRow row, IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }
        throw Bad(table, row, $"coefficient '{name}'", "one of " + string.Join(", ", names));
    }

    private static InvalidDataException Bad(
        CsvTable table,
        CsvRow row,
        string found,
        string expected
    ) => new($"{table.File}:{row.Line}: found {found}; expected {expected}.");
}
