using System.Globalization;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance.Kernels;

namespace Plimsoll.Performance;

/// <summary>Fitted coefficients in two layers, what they were fitted on, and their measured error.</summary>
/// <remarks>
/// A coefficient's logarithm is the sum of the effects of the levels a deployment belongs to. The physics layer alone serves models never seen; for known
/// ones the offset layer is the physics fitted together with effects of models and versions.
/// Stored as plain rows: layer, level, coefficient, value, data_to.
/// </remarks>
public sealed class Calibration
{
    /// <summary>Name of the fitted artefact shipped in the catalogue.</summary>
    public const string TableName = "inference-calibration";

    /// <summary>Columns of a stored calibration.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["layer", "level", "coefficient", "value", "data_to"];

    private readonly Dictionary<string, double[]> _physics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _offsets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _kernels = new(StringComparer.Ordinal);
    private readonly Dictionary<Novelty, PredictionError> _errors = [];
    private readonly int _tier;

    private const double _leastEffect = 1e-4;

    private Calibration(int tier) => _tier = tier;

    /// <summary>True when anything was fitted; false for the assumed prior.</summary>
    public bool IsFitted => _physics.Count > 0;

    /// <summary>The calibration visible on a day: the shipped one, else tier 0.</summary>
    public static Calibration Of(CatalogView view) =>
        view.Derived(TableName) is { } table ? Read(table, 1).With(KernelsOf(view)) : Prior;

    /// <summary>The same calibration with efficiencies of kernels, for chips that served no measured point.</summary>
    /// <param name="efficiencies">From tables of kernel times.</param>
    public Calibration With(IReadOnlyList<KernelEfficiency> efficiencies)
    {
        foreach (var chip in efficiencies.Select(e => e.Chip).Distinct(StringComparer.Ordinal))
        {
            _kernels[chip] = KernelEfficiency.Effects(efficiencies, chip)!;
        }
        return this;
    }

    private static IReadOnlyList<KernelEfficiency> KernelsOf(CatalogView view) =>
        view.Derived(KernelEfficiency.TableName) is { } table ? KernelEfficiency.Read(table) : [];

    /// <summary>Tier 0: assumed coefficients with a wide error.</summary>
    public static Calibration Prior { get; } = new(0);

    /// <summary>Builds a calibration from fitted effects.</summary>
    /// <param name="physics">Effects by level, one per coefficient, logarithmic.</param>
    /// <param name="offsets">Effects of the fit with models and versions; empty for physics only.</param>
    /// <param name="seen">What was fitted on: <c>family:</c>, <c>chip:</c>, <c>model:</c> and <c>deployment:</c> keys.</param>
    /// <param name="errors">Measured errors by novelty.</param>
    /// <param name="tier">1 fitted on published points; 3 on the user's own.</param>
    public static Calibration FromEffects(
        IReadOnlyDictionary<string, double[]> physics,
        IReadOnlyDictionary<string, double[]> offsets,
        IEnumerable<string> seen,
        IEnumerable<PredictionError> errors,
        int tier
    )
    {
        var result = new Calibration(tier);
        foreach (var (level, effects) in physics)
        {
            result._physics[level] = [.. effects];
        }
        foreach (var (level, effects) in offsets)
        {
            result._offsets[level] = [.. effects];
        }
        result._seen.UnionWith(seen);
        foreach (var error in errors)
        {
            result._errors[error.Novelty] = error with { Tier = tier };
        }
        return result;
    }

    /// <summary>Effects of the physics layer by level; empty for the prior.</summary>
    public IReadOnlyDictionary<string, double[]> Physics => _physics;

    /// <summary>Effects of the offset layer by level; empty for the prior.</summary>
    public IReadOnlyDictionary<string, double[]> Offsets => _offsets;

    /// <summary>What was fitted on.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Measured errors by novelty.</summary>
    public IReadOnlyCollection<PredictionError> Errors => _errors.Values;

    /// <summary>Writes the rows that <see cref="Read"/> reads, with a header line; effects below a ten-thousandth are left out.</summary>
    /// <param name="dataTo">Last day of the data fitted on.</param>
    public string ToCsv(DateOnly dataTo)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        void Row(string layer, string level, string coefficient, double value) =>
            text.Append(
                CultureInfo.InvariantCulture,
                $"{layer},{level},{coefficient},{value:G6},{dataTo:yyyy-MM-dd}\n"
            );
        foreach (var (layer, effects) in new[] { ("physics", _physics), ("offsets", _offsets) })
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
        foreach (var e in _errors.Values.OrderBy(e => e.Novelty))
        {
            var level = e.Novelty.ToString();
            Row("error", level, ErrorNames[0], e.TimePerOutputToken.LogLow);
            Row("error", level, ErrorNames[1], e.TimePerOutputToken.LogHigh);
            Row("error", level, ErrorNames[2], e.TimeToFirstToken.LogLow);
            Row("error", level, ErrorNames[3], e.TimeToFirstToken.LogHigh);
        }
        foreach (var key in _seen.Order(StringComparer.Ordinal))
        {
            Row("seen", key, "fitted", 1);
        }
        return text.ToString();
    }

    /// <summary>Reads stored rows.</summary>
    /// <param name="table">Columns as in <see cref="Columns"/>.</param>
    /// <param name="tier">1 for the shipped calibration, 3 for a user's own profile.</param>
    /// <exception cref="InvalidDataException">A row holds an unknown layer, coefficient or a value that is no number.</exception>
    public static Calibration Read(CsvTable table, int tier)
    {
        var result = new Calibration(tier);
        var errors = new Dictionary<Novelty, double[]>();
        foreach (var row in table.Rows)
        {
            var layer = table.Cell(row, "layer");
            var level = table.Cell(row, "level");
            var coefficient = table.Cell(row, "coefficient");
            if (layer == "seen")
            {
                result._seen.Add(level);
                continue;
            }
            var sound = double.TryParse(
                table.Cell(row, "value"),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var value
            );
            if (layer == "error" && sound && Enum.TryParse<Novelty>(level, out var novelty))
            {
                errors.TryAdd(novelty, new double[4]);
                errors[novelty][Index(table, row, ErrorNames, coefficient)] = value;
                continue;
            }
            if (!sound || !double.IsFinite(value) || layer is not ("physics" or "offsets"))
            {
                throw new InvalidDataException(
                    $"{table.File}:{row.Line}: found layer '{layer}' and value '{table.Cell(row, "value")}'; expected layer physics, offsets, error or seen and a finite number."
                );
            }
            var effects = layer == "physics" ? result._physics : result._offsets;
            effects.TryAdd(level, new double[LawCoefficients.Count]);
            effects[level][Index(table, row, LawCoefficients.Names, coefficient)] = value;
        }
        foreach (var (novelty, q) in errors)
        {
            result._errors[novelty] = new PredictionError(
                novelty,
                new(q[0], q[1]),
                new(q[2], q[3]),
                tier
            );
        }
        return result;
    }

    /// <summary>Names of the error figures of a kind of novelty, as stored.</summary>
    public static IReadOnlyList<string> ErrorNames { get; } =
    ["tpot_log_low", "tpot_log_high", "ttft_log_low", "ttft_log_high"];

    /// <summary>What is new about a deployment.</summary>
    public Novelty NoveltyOf(Deployment d)
    {
        if (!IsFitted || !_seen.Contains(CalibrationLevels.SeenFamily(d)))
        {
            return Novelty.ChipWithoutData;
        }
        return !_seen.Contains(CalibrationLevels.SeenChip(d)) ? Novelty.NewChip
            : !_seen.Contains(CalibrationLevels.SeenModel(d)) ? Novelty.NewModel
            : _seen.Contains(CalibrationLevels.SeenDeployment(d)) ? Novelty.KnownDeployment
            : Novelty.NewDeployment;
    }

    /// <summary>The stated error of a kind of novelty.</summary>
    public PredictionError ErrorOf(Novelty novelty) =>
        _errors.GetValueOrDefault(novelty)
        ?? PredictionError.Prior with
        {
            Novelty = novelty,
            Tier = _tier,
        };

    // Another maker brings other software too, which no split of one maker's families can measure. Grade D.
    private const double _otherMaker = 1.2;

    /// <summary>The stated error of a deployment: that of its novelty, wider for a maker of whom nothing was measured; tier 2 where the chip's kernels stand in for served points.</summary>
    public PredictionError ErrorOf(Deployment d)
    {
        var error = ErrorOf(NoveltyOf(d));
        if (
            error.Novelty == Novelty.ChipWithoutData
            && IsFitted
            && !_seen.Contains(CalibrationLevels.SeenMaker(d))
        )
        {
            error = error with
            {
                TimePerOutputToken = error.TimePerOutputToken.Widened(_otherMaker),
                TimeToFirstToken = error.TimeToFirstToken.Widened(_otherMaker),
            };
        }
        return UsesKernels(d) ? error with { Tier = 2 } : error;
    }

    private bool UsesKernels(Deployment d) =>
        _kernels.ContainsKey(d.Accelerator.Name) && !_seen.Contains(CalibrationLevels.SeenChip(d));

    /// <summary>The coefficients of a deployment.</summary>
    /// <param name="d">The deployment.</param>
    /// <param name="fixedLengths">True when all requests of a closed loop have one length; bears on waiting only.</param>
    /// <param name="disaggregated">True for a worker of a disaggregated deployment.</param>
    public LawCoefficients CoefficientsOf(
        Deployment d,
        bool fixedLengths = false,
        bool disaggregated = false
    )
    {
        if (!IsFitted)
        {
            return LawCoefficients.Prior;
        }
        Span<double> logs = stackalloc double[LawCoefficients.Count];
        logs.Clear();
        var known = _offsets.Count > 0 && _seen.Contains(CalibrationLevels.SeenModel(d));
        var effects = known ? _offsets : _physics;
        foreach (var level in CalibrationLevels.Physics(d))
        {
            Add(effects, level, logs);
        }
        foreach (var level in CalibrationLevels.Loop(d, fixedLengths, disaggregated))
        {
            Add(effects, level, logs);
        }
        if (known)
        {
            foreach (var level in CalibrationLevels.Offsets(d))
            {
                Add(effects, level, logs);
            }
        }
        if (UsesKernels(d))
        {
            Add(_kernels, d.Accelerator.Name, logs);
        }
        return LawCoefficients.FromLogs(logs);
    }

    private static void Add(Dictionary<string, double[]> effects, string level, Span<double> logs)
    {
        if (effects.TryGetValue(level, out var values))
        {
            for (var i = 0; i < logs.Length; i++)
            {
                logs[i] += values[i];
            }
        }
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
        throw new InvalidDataException(
            $"{table.File}:{row.Line}: coefficient: found '{name}'; expected one of {string.Join(", ", names)}."
        );
    }
}
