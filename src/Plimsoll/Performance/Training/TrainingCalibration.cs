using System.Globalization;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training;

/// <summary>Fitted coefficients of the iteration law, under both assumptions about what the measured runs computed twice, with their measured error.</summary>
/// <remarks>
/// The public Megatron runs do not say whether activations were recomputed, and both readings fit alike; they differ by up to a third in how fast the chip is held to be.
/// Both are kept. <see cref="Stated"/> is the one used: without recomputation most of the runs on several nodes could not have fitted in memory, and runs published since with their recomputation stated follow it.
/// Stored as plain rows: assumption, level, coefficient, value, data_to.
/// </remarks>
public sealed class TrainingCalibration
{
    /// <summary>Name of the fitted artefact shipped in the catalogue.</summary>
    public const string TableName = "training-calibration";

    /// <summary>Columns of a stored calibration.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["assumption", "level", "coefficient", "value", "data_to"];

    /// <summary>The assumption behind stated predictions: the measured runs recomputed whole layers.</summary>
    public const Recomputation Stated = Recomputation.Full;

    private readonly Dictionary<Recomputation, Dictionary<string, double[]>> _effects = [];
    private readonly Dictionary<Novelty, LogInterval> _errors = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private TrainingCalibration() { }

    /// <summary>Assumed coefficients with a wide error.</summary>
    public static TrainingCalibration Prior { get; } = new();

    /// <summary>The calibration visible on a day: the shipped one, else the assumed law.</summary>
    public static TrainingCalibration Of(CatalogView view) =>
        view.Derived(TableName) is { } table ? Read(table) : Prior;

    /// <summary>Builds a calibration.</summary>
    /// <param name="effects">Effects by level under each assumption.</param>
    /// <param name="seen">Families and sizes fitted on.</param>
    /// <param name="errors">Measured errors by novelty.</param>
    public static TrainingCalibration FromEffects(
        IReadOnlyDictionary<Recomputation, IReadOnlyDictionary<string, double[]>> effects,
        IEnumerable<string> seen,
        IReadOnlyDictionary<Novelty, LogInterval> errors
    )
    {
        var result = new TrainingCalibration();
        foreach (var (assumption, levels) in effects)
        {
            result._effects[assumption] = new(levels, StringComparer.Ordinal);
        }
        result._seen.UnionWith(seen);
        foreach (var (novelty, interval) in errors)
        {
            result._errors[novelty] = interval;
        }
        return result;
    }

    /// <summary>Assumptions under which coefficients were fitted; one, full recomputation, for the assumed law.</summary>
    public IReadOnlyList<Recomputation> Assumptions =>
        _effects.Count == 0 ? [Recomputation.Full] : [.. _effects.Keys.Order()];

    /// <summary>True when anything was fitted.</summary>
    public bool IsFitted => _effects.Count > 0;

    /// <summary>The coefficients of a run under an assumption about the runs fitted on.</summary>
    public TrainingCoefficients CoefficientsOf(TrainingRun run, Recomputation assumption)
    {
        if (!_effects.TryGetValue(assumption, out var effects))
        {
            return TrainingCoefficients.Prior;
        }
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

    /// <summary>What is new about a run; software of which nothing was measured weighs as a new chip.</summary>
    public Novelty NoveltyOf(TrainingRun run) =>
        !_seen.Contains(TrainingLevels.Family(run)) ? Novelty.ChipWithoutData
        : !_seen.Contains(TrainingLevels.Software(run)) ? Novelty.NewChip
        : !_seen.Contains(TrainingLevels.Size(run)) ? Novelty.NewModel
        : Novelty.NewDeployment;

    /// <summary>The stated error of a kind of novelty, 80 % of ln(measured / predicted).</summary>
    public LogInterval ErrorOf(Novelty novelty) =>
        _errors.TryGetValue(novelty, out var interval) ? interval : _assumed;

    // Grade D: planners without calibration miss by 10-40 % (vTrain 2024: 11 % and 39 %), real runs are slower more often than faster.
    private static readonly LogInterval _assumed = new(-0.35, 0.6);

    /// <summary>Writes the rows that <see cref="Read"/> reads.</summary>
    /// <param name="dataTo">Last day of the data fitted on.</param>
    public string ToCsv(DateOnly dataTo)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        void Row(string assumption, string level, string coefficient, double value) =>
            text.Append(
                CultureInfo.InvariantCulture,
                $"{assumption},{level},{coefficient},{value:G6},{dataTo:yyyy-MM-dd}\n"
            );
        foreach (var (assumption, levels) in _effects.OrderBy(e => e.Key))
        {
            foreach (var (level, values) in levels.OrderBy(l => l.Key, StringComparer.Ordinal))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    if (values[i] != 0)
                    {
                        Row(Word(assumption), level, TrainingCoefficients.Names[i], values[i]);
                    }
                }
            }
        }
        foreach (var (novelty, interval) in _errors.OrderBy(e => e.Key))
        {
            Row("error", novelty.ToString(), "log_low", interval.LogLow);
            Row("error", novelty.ToString(), "log_high", interval.LogHigh);
        }
        foreach (var key in _seen.Order(StringComparer.Ordinal))
        {
            Row("seen", key, "fitted", 1);
        }
        return text.ToString();
    }

    /// <summary>Reads stored rows.</summary>
    /// <exception cref="InvalidDataException">A row holds an unknown assumption, coefficient or no number.</exception>
    public static TrainingCalibration Read(CsvTable table)
    {
        var result = new TrainingCalibration();
        foreach (var row in table.Rows)
        {
            var assumption = table.Cell(row, "assumption");
            var level = table.Cell(row, "level");
            var name = table.Cell(row, "coefficient");
            if (assumption == "seen")
            {
                result._seen.Add(level);
                continue;
            }
            if (
                !double.TryParse(
                    table.Cell(row, "value"),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var value
                ) || !double.IsFinite(value)
            )
            {
                throw Broken(table, row, $"value '{table.Cell(row, "value")}'", "a finite number");
            }
            if (assumption == "error" && Enum.TryParse<Novelty>(level, out var novelty))
            {
                var old = result._errors.GetValueOrDefault(novelty);
                result._errors[novelty] =
                    name == "log_low" ? old with { LogLow = value } : old with { LogHigh = value };
                continue;
            }
            var index = TrainingCoefficients.Names.ToList().IndexOf(name);
            if (index < 0 || !Enum.TryParse<Recomputation>(assumption, true, out var recomputation))
            {
                throw Broken(
                    table,
                    row,
                    $"assumption '{assumption}', coefficient '{name}'",
                    "none, full, error or seen, and a known coefficient"
                );
            }
            result._effects.TryAdd(recomputation, new(StringComparer.Ordinal));
            result._effects[recomputation].TryAdd(level, new double[TrainingCoefficients.Count]);
            result._effects[recomputation][level][index] = value;
        }
        return result;
    }

    private static string Word(Recomputation assumption) =>
        assumption.ToString().ToLowerInvariant();

    private static InvalidDataException Broken(
        CsvTable table,
        CsvRow row,
        string found,
        string expected
    ) => new($"{table.File}:{row.Line}: found {found}; expected {expected}.");
}
