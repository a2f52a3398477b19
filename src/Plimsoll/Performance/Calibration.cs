using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

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
    private readonly Dictionary<Novelty, PredictionError> _errors = [];
    private readonly int _tier;

    private Calibration(int tier) => _tier = tier;

    /// <summary>True when anything was fitted; false for the assumed prior.</summary>
    public bool IsFitted => _physics.Count > 0;

    /// <summary>The calibration visible on a day: the shipped one, else tier 0.</summary>
    public static Calibration Of(CatalogView view) =>
        view.Derived(TableName) is { } table ? Read(table, 1) : Prior;

    /// <summary>Tier 0: assumed coefficients with a wide error.</summary>
    public static Calibration Prior { get; } = new(0);

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
        if (!IsFitted || !_seen.Contains($"family:{ChipFamily.Of(d.Accelerator)}"))
        {
            return Novelty.ChipWithoutData;
        }
        return !_seen.Contains($"chip:{d.Accelerator.Name}") ? Novelty.NewChip
            : !_seen.Contains($"model:{d.Engine.Word()}|{d.Model.Family}") ? Novelty.NewModel
            : _seen.Contains("deployment:" + CalibrationLevels.Deployment(d))
                ? Novelty.KnownDeployment
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

    /// <summary>The coefficients of a deployment.</summary>
    public LawCoefficients CoefficientsOf(Deployment d)
    {
        if (!IsFitted)
        {
            return LawCoefficients.Prior;
        }
        Span<double> logs = stackalloc double[LawCoefficients.Count];
        logs.Clear();
        var known = _seen.Contains($"model:{d.Model.Family}") && _offsets.Count > 0;
        var effects = known ? _offsets : _physics;
        foreach (var level in CalibrationLevels.Physics(d))
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
