using System.Globalization;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Fits that left something out: a size, a table, a chip family. They let any file be scored on what was not fitted, without the data at hand.</summary>
public sealed class TrainingFolds
{
    /// <summary>Name of the fitted artefact shipped in the catalogue.</summary>
    public const string TableName = "training-folds";

    /// <summary>Columns of stored folds.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["left_out", "assumption", "level", "coefficient", "value", "data_to"];

    private readonly Dictionary<
        (string LeftOut, Recomputation Assumption),
        Dictionary<string, double[]>
    > _effects = [];

    /// <summary>Folds visible on a day; none when no data was published by then.</summary>
    public static TrainingFolds Of(CatalogView view) =>
        view.Derived(TableName) is { } table ? Read(table) : new TrainingFolds();

    /// <summary>What was left out: sizes, tables, chip families.</summary>
    public IReadOnlyCollection<string> LeftOut =>
        [.. _effects.Keys.Select(k => k.LeftOut).Distinct(StringComparer.Ordinal)];

    /// <summary>True when a fit left this out.</summary>
    public bool Has(string leftOut) => _effects.Keys.Any(k => k.LeftOut == leftOut);

    /// <summary>The key of a point's size.</summary>
    public static string SizeOf(TrainingPoint point) => $"size:{point.Size}";

    /// <summary>The key of the fold of five into which a point falls with its like: same table, layout and batch.</summary>
    public static string LayoutOf(TrainingPoint point)
    {
        var l = point.Run.Layout;
        var text =
            $"{point.Table}|{l.TensorParallel}|{l.PipelineParallel}|{point.Run.DataParallel}|{l.MicroBatch}";
        // FNV-1a (Fowler, Noll, Vo): the same on every machine, so folds are stable.
        var hash = 2166136261;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }
        return $"layouts:{hash % 5}";
    }

    /// <summary>The key of a point's table.</summary>
    public static string TableOf(TrainingPoint point) => $"table:{point.Table}";

    /// <summary>The key of a point's chip family.</summary>
    public static string FamilyOf(TrainingPoint point) => TrainingLevels.Family(point.Run);

    /// <summary>The key of a point's software.</summary>
    public static string SoftwareOf(TrainingPoint point) => TrainingLevels.Software(point.Run);

    /// <summary>Fits with each size, table, chip family, software and fold of layouts left out.</summary>
    /// <param name="points">All points under each assumption.</param>
    public static TrainingFolds Fit(
        IReadOnlyDictionary<Recomputation, IReadOnlyList<TrainingPoint>> points
    )
    {
        var result = new TrainingFolds();
        var keys = points
            .Values.SelectMany(p => p)
            .SelectMany(p => Keys(p))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .SelectMany(key => points.Keys.Order().Select(a => (Key: key, Assumption: a)))
            .ToArray();
        var fitted = new IReadOnlyDictionary<string, double[]>[keys.Length];
        Parallel.For(
            0,
            keys.Length,
            i =>
            {
                var kept = points[keys[i].Assumption]
                    .Where(p => !Keys(p).Contains(keys[i].Key, StringComparer.Ordinal))
                    .ToList();
                fitted[i] = TrainingFit.Run(kept);
            }
        );
        for (var i = 0; i < keys.Length; i++)
        {
            result._effects[(keys[i].Key, keys[i].Assumption)] = new(
                fitted[i],
                StringComparer.Ordinal
            );
        }
        return result;
    }

    private static string[] Keys(TrainingPoint p) =>
        [SizeOf(p), TableOf(p), FamilyOf(p), SoftwareOf(p), LayoutOf(p)];

    /// <summary>Coefficients of a run by the fit that left something out.</summary>
    /// <exception cref="KeyNotFoundException">No fit left this out.</exception>
    public TrainingCoefficients CoefficientsOf(
        string leftOut,
        Recomputation assumption,
        TrainingRun run
    )
    {
        var effects = _effects[(leftOut, assumption)];
        Span<double> logs = stackalloc double[TrainingCoefficients.Count];
        logs.Clear();
        foreach (var level in TrainingLevels.Of(run))
        {
            if (effects.TryGetValue(level, out var values))
            {
                for (var i = 0; i < logs.Length; i++)
                {
                    logs[i] += values[i];
                }
            }
        }
        return TrainingCoefficients.FromLogs(logs);
    }

    /// <summary>Writes the rows that <see cref="Read"/> reads.</summary>
    /// <param name="dataTo">Last day of the data fitted on.</param>
    public string ToCsv(DateOnly dataTo)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        foreach (
            var ((leftOut, assumption), levels) in _effects
                .OrderBy(e => e.Key.LeftOut, StringComparer.Ordinal)
                .ThenBy(e => e.Key.Assumption)
        )
        {
            foreach (var (level, values) in levels.OrderBy(l => l.Key, StringComparer.Ordinal))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    if (values[i] != 0)
                    {
                        var quoted = leftOut.Contains(',', StringComparison.Ordinal)
                            ? $"\"{leftOut}\""
                            : leftOut;
                        text.Append(
                            CultureInfo.InvariantCulture,
                            $"{quoted},{assumption.ToString().ToLowerInvariant()},{level},{TrainingCoefficients.Names[i]},{values[i]:G6},{dataTo:yyyy-MM-dd}\n"
                        );
                    }
                }
            }
        }
        return text.ToString();
    }

    /// <summary>Reads stored rows.</summary>
    /// <exception cref="InvalidDataException">A row holds an unknown assumption, coefficient or no number.</exception>
    public static TrainingFolds Read(CsvTable table)
    {
        var result = new TrainingFolds();
        var names = TrainingCoefficients.Names.ToList();
        foreach (var row in table.Rows)
        {
            var index = names.IndexOf(table.Cell(row, "coefficient"));
            if (
                index < 0
                || !Enum.TryParse<Recomputation>(table.Cell(row, "assumption"), true, out var a)
                || !double.TryParse(
                    table.Cell(row, "value"),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var value
                )
            )
            {
                throw new InvalidDataException(
                    $"{table.File}:{row.Line}: found '{string.Join(", ", row.Cells)}'; expected an assumption, a known coefficient and a number."
                );
            }
            var key = (table.Cell(row, "left_out"), a);
            result._effects.TryAdd(key, new(StringComparer.Ordinal));
            var level = table.Cell(row, "level");
            result._effects[key].TryAdd(level, new double[TrainingCoefficients.Count]);
            result._effects[key][level][index] = value;
        }
        return result;
    }
}
