using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance.Kernels;

namespace Plimsoll.Performance;

/// <summary>Fitted coefficients in two layers, what they were fitted on, and their measured error.</summary>
/// <remarks>
/// A coefficient, on the scale of <see cref="LawCoefficients"/>, is the sum of the effects of the levels a deployment belongs to. The physics layer alone serves
/// models never seen; for known ones the offset layer is the physics fitted together with effects of models.
/// </remarks>
public sealed class Calibration
{
    /// <summary>Name of the fitted artefact shipped in the catalogue.</summary>
    public const string TableName = "inference-calibration";

    private readonly Dictionary<string, double[]> _kernels = new(StringComparer.Ordinal);
    private readonly Dictionary<Novelty, PredictionError> _errors;
    private ChipOrder? _order;

    /// <summary>A calibration of fitted effects; see <see cref="CalibrationFile"/> for a stored one.</summary>
    /// <param name="tier">1 fitted on published points; 3 on the user's own; 0 assumed.</param>
    /// <param name="errors">Measured errors, one a kind of novelty.</param>
    public Calibration(int tier, IEnumerable<PredictionError>? errors = null)
    {
        Tier = tier;
        _errors = (errors ?? []).ToDictionary(e => e.Novelty, e => e with { Tier = tier });
    }

    /// <summary>0 datasheet only; 1 fitted on served points; 3 the user's own points.</summary>
    public int Tier { get; }

    /// <summary>Effects of the physics layer by level; empty for the prior.</summary>
    public IReadOnlyDictionary<string, double[]> Physics { get; init; } =
        new Dictionary<string, double[]>();

    /// <summary>Effects of the fit with models; empty for physics only.</summary>
    public IReadOnlyDictionary<string, double[]> Offsets { get; init; } =
        new Dictionary<string, double[]>();

    /// <summary>What was fitted on, by key of <see cref="CalibrationLevels"/>, and how far its loads reached.</summary>
    public IReadOnlyDictionary<string, SeenLoad> Seen { get; init; } =
        new Dictionary<string, SeenLoad>();

    /// <summary>Versions measured, as <c>engine|version</c>, with the day from which they were.</summary>
    public IReadOnlyDictionary<string, DateOnly> Versions { get; init; } =
        new Dictionary<string, DateOnly>();

    /// <summary>Widths of the intervals of groups over the pool's: time per output token, time to first token; keys <c>Novelty|group</c>.</summary>
    public IReadOnlyDictionary<string, (double PerToken, double FirstToken)> Widths { get; init; } =
        new Dictionary<string, (double, double)>();

    /// <summary>True when anything was fitted; false for the assumed prior.</summary>
    public bool IsFitted => Physics.Count > 0;

    /// <summary>Measured errors by novelty.</summary>
    public IReadOnlyCollection<PredictionError> Errors => _errors.Values;

    /// <summary>Tier 0: assumed coefficients with a wide error.</summary>
    public static Calibration Prior { get; } = new(0);

    /// <summary>Shipped calibrations, the one with the latest data first.</summary>
    private static readonly string[] _shipped = [TableName, $"{TableName}-2025"];

    /// <summary>The calibration visible on a day: the newest shipped one whose data end by then, else tier 0.</summary>
    public static Calibration Of(CatalogView view)
    {
        foreach (var name in _shipped)
        {
            if (view.Derived(name) is { } table)
            {
                return CalibrationFile.Read(table, 1).With(KernelsOf(view)).Ordered(view);
            }
        }
        return Prior;
    }

    /// <summary>A user's own calibration, with the kernels that the catalogue knows for chips on which nothing was measured.</summary>
    /// <param name="view">The catalogue as known on the day.</param>
    /// <param name="table">Rows of <see cref="CalibrationFile"/>.</param>
    /// <exception cref="InvalidDataException">The table is no calibration.</exception>
    public static Calibration Own(CatalogView view, CsvTable table) =>
        CalibrationFile.Read(table, 3).With(KernelsOf(view)).Ordered(view);

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

    /// <summary>The same calibration with the chips of a view in order: none is slower than a sister that is worse in every number.</summary>
    private Calibration Ordered(CatalogView view)
    {
        _order = new ChipOrder([
            .. view.Names(Accelerator.Kind).Select(n => Accelerator.Of(view, n)),
        ]);
        return this;
    }

    /// <summary>The calibration with what one run showed: a deployment's law is the given one from then on, and what the same engine serves on the same chip departs from its law as far.</summary>
    /// <param name="d">What ran, its engine version named.</param>
    /// <param name="measured">Its coefficients, on which nothing but what a step takes differs from those of this calibration.</param>
    /// <param name="load">How far its load reached.</param>
    /// <returns>A calibration of tier 3; the stated errors stay those of this one.</returns>
    public Calibration WithRun(Deployment d, in LawCoefficients measured, SeenLoad load)
    {
        ArgumentNullException.ThrowIfNull(d);
        var seen = new Dictionary<string, SeenLoad>(Seen, StringComparer.Ordinal);
        foreach (
            var key in new[]
            {
                CalibrationLevels.All,
                CalibrationLevels.SeenFamily(d),
                CalibrationLevels.SeenMaker(d),
                CalibrationLevels.SeenChip(d),
                CalibrationLevels.SeenModel(d),
                CalibrationLevels.SeenDeployment(d),
            }
        )
        {
            seen[key] = load.Or(seen.GetValueOrDefault(key));
        }
        Calibration With(double[]? effects)
        {
            IReadOnlyDictionary<string, double[]> Moved(IReadOnlyDictionary<string, double[]> of)
            {
                var moved = new Dictionary<string, double[]>(of, StringComparer.Ordinal);
                if (!IsFitted)
                {
                    moved[CalibrationLevels.All] = Scale(LawCoefficients.Prior);
                }
                if (effects is not null)
                {
                    moved[CalibrationLevels.Run(d)] = effects;
                }
                return moved;
            }
            return new Calibration(3, Errors)
            {
                Physics = Moved(Physics),
                Offsets = Moved(Offsets),
                Versions = Versions,
                Seen = seen,
                Widths = Widths,
                _order = _order,
            };
        }
        // Beside what is known once the run is: a chip that was measured stands where it was.
        var before = With(null);
        var known = Scale(before.CoefficientsOf(d));
        var shown = Scale(measured);
        return With([
            .. LawCoefficients.Names.Select(
                (name, i) => LawCoefficients.OfLoop.Contains(name) ? 0 : shown[i] - known[i]
            ),
        ]);
    }

    private static double[] Scale(in LawCoefficients coefficients)
    {
        var scaled = new double[LawCoefficients.Count];
        coefficients.CopyTo(scaled);
        return scaled;
    }

    /// <summary>True when points served on the chip, or its kernels, were measured.</summary>
    internal bool Measured(Accelerator chip) =>
        Seen.ContainsKey(CalibrationLevels.SeenChip(chip)) || _kernels.ContainsKey(chip.Name);

    private static IReadOnlyList<KernelEfficiency> KernelsOf(CatalogView view) =>
        view.Derived(KernelEfficiency.TableName) is { } table ? KernelEfficiency.Read(table) : [];

    /// <summary>Versions of an engine that were measured by a day, the oldest number first.</summary>
    public IReadOnlyList<string> VersionsOf(ServingEngine engine, DateOnly day) =>
        [
            .. Versions
                .Where(v =>
                    v.Value <= day
                    && v.Key.StartsWith(engine.Word() + "|", StringComparison.Ordinal)
                )
                .Select(v => v.Key[(engine.Word().Length + 1)..])
                .Order(Comparer<string>.Create(EngineVersion.Compare)),
        ];

    /// <summary>The version that a silent deployment stands for: the newest numbered one of its engine that was measured by the day, on whichever chip; empty when none was.</summary>
    public string NewestVersion(Deployment d, DateOnly day) =>
        VersionsOf(d.Engine, day).LastOrDefault(EngineVersion.IsNumbered) ?? "";

    /// <summary>The newest numbered version that was measured by the day on a deployment's family of chips; empty when none was.</summary>
    public string NewestOnFamily(Deployment d, DateOnly day)
    {
        var family = $"|{ChipFamily.Of(d.Accelerator)}";
        return VersionsOf(d.Engine, day)
                .Where(EngineVersion.IsNumbered)
                .LastOrDefault(version =>
                    Offsets.Keys.Any(level =>
                        level.StartsWith(
                            $"version+model:{d.Engine.Word()}|{version}|",
                            StringComparison.Ordinal
                        ) && level.EndsWith(family, StringComparison.Ordinal)
                    )
                )
            ?? "";
    }

    /// <summary>A deployment with the version that a silent one stands for.</summary>
    public Deployment Named(Deployment deployment, DateOnly day) =>
        deployment.EngineVersion.Length > 0
            ? deployment
            : deployment with
            {
                EngineVersion = NewestVersion(deployment, day),
            };

    /// <summary>What is new about a deployment.</summary>
    public Novelty NoveltyOf(Deployment d)
    {
        if (!IsFitted || !Seen.ContainsKey(CalibrationLevels.SeenFamily(d)))
        {
            return Novelty.ChipWithoutData;
        }
        return !Seen.ContainsKey(CalibrationLevels.SeenChip(d)) ? Novelty.NewChip
            : !Seen.ContainsKey(CalibrationLevels.SeenModel(d)) ? Novelty.NewModel
            : Seen.ContainsKey(CalibrationLevels.SeenDeployment(d)) ? Novelty.KnownDeployment
            : Novelty.NewDeployment;
    }

    /// <summary>The stated error of a kind of novelty, all groups together.</summary>
    public PredictionError ErrorOf(Novelty novelty) =>
        _errors.GetValueOrDefault(novelty)
        ?? PredictionError.Prior with
        {
            Novelty = novelty,
            Tier = Tier,
        };

    /// <summary>Part of what the law fitted to other makers' chips promises that a maker's own software reaches on matrices, where no point of that maker was measured.</summary>
    /// <remarks>
    /// Grade D. MLPerf Inference v4.1 and v5.0, Llama-2 70B offline, eight chips: 23.5 thousand tokens/s on MI300X beside 24.5 on H100 and 34.9 on H200, where the law alone has
    /// 26.8, 17.8 and 24.8: 0.63 of it relative to the measured maker. Figures from memory, of 2024 and 2025.
    /// </remarks>
    private static readonly Dictionary<string, double> _softwareReach = new(StringComparer.Ordinal)
    {
        ["AMD"] = 0.63,
    };

    /// <summary>Coefficients of a chip whose maker's software was not measured.</summary>
    private LawCoefficients WithOtherSoftware(in LawCoefficients c, Deployment d)
    {
        if (
            Seen.ContainsKey(CalibrationLevels.SeenMaker(d))
            || !_softwareReach.TryGetValue(d.Accelerator.Vendor, out var reach)
        )
        {
            return c;
        }
        return c with
        {
            ComputeEfficiency = c.ComputeEfficiency * reach,
            ScoreEfficiency = c.ScoreEfficiency * reach,
        };
    }

    // Another maker brings other software too, which no split of one maker's families can measure. Grade D.
    private const double _otherMaker = 1.2;

    /// <summary>The stated error of a deployment: that of its novelty in its groups, wider for a maker of whom nothing was measured; tier 2 where the chip's kernels stand in for served points.</summary>
    public PredictionError ErrorOf(Deployment d, bool disaggregated = false)
    {
        var novelty = NoveltyOf(d);
        var error = Grouped(ErrorOf(novelty), d, disaggregated);
        if (novelty == Novelty.ChipWithoutData && IsFitted)
        {
            // Two families set few errors of this kind; a chip without a sister is never better known than one that has one.
            var sister = Grouped(ErrorOf(Novelty.NewChip), d, disaggregated);
            error = error with
            {
                TimePerOutputToken = error.TimePerOutputToken.Or(sister.TimePerOutputToken),
                TimeToFirstToken = error.TimeToFirstToken.Or(sister.TimeToFirstToken),
            };
        }
        if (novelty != Novelty.KnownDeployment && DeploymentDoubts.SpansServers(d))
        {
            error = error with
            {
                TimePerOutputToken = error.TimePerOutputToken.Slower(
                    DeploymentDoubts.MostOverServers
                ),
                TimeToFirstToken = error.TimeToFirstToken.Slower(DeploymentDoubts.MostOverServers),
            };
        }
        if (
            novelty == Novelty.ChipWithoutData
            && IsFitted
            && !Seen.ContainsKey(CalibrationLevels.SeenMaker(d))
        )
        {
            error = error with
            {
                TimePerOutputToken = error.TimePerOutputToken.Widened(_otherMaker),
                TimeToFirstToken = error.TimeToFirstToken.Widened(_otherMaker),
            };
        }
        error = error with
        {
            Seen = Seen.GetValueOrDefault(
                novelty == Novelty.KnownDeployment ? CalibrationLevels.SeenDeployment(d)
                : novelty == Novelty.NewDeployment ? CalibrationLevels.SeenModel(d)
                : CalibrationLevels.All
            ),
        };
        return UsesKernels(d) ? error with { Tier = 2 } : error;
    }

    private PredictionError Grouped(PredictionError error, Deployment d, bool disaggregated)
    {
        var (perToken, firstToken) = GroupWidths.Of(
            Widths,
            error.Novelty,
            CalibrationLevels.ErrorGroups(d, disaggregated, IsKnownModel(d))
        );
        return error with
        {
            TimePerOutputToken = error.TimePerOutputToken.Widened(perToken),
            TimeToFirstToken = error.TimeToFirstToken.Widened(firstToken),
        };
    }

    private bool IsKnownModel(Deployment d) =>
        Offsets.Count > 0 && Seen.ContainsKey(CalibrationLevels.SeenModelFamily(d));

    private bool UsesKernels(Deployment d) =>
        _kernels.ContainsKey(d.Accelerator.Name)
        && !Seen.ContainsKey(CalibrationLevels.SeenChip(d));

    /// <summary>The coefficients of a deployment.</summary>
    /// <param name="d">The deployment, its engine version named; see <see cref="ServedLaw"/> for one that is silent.</param>
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
        LawCoefficients Alone(Accelerator chip) =>
            Effects(d with { Accelerator = chip }, fixedLengths, disaggregated);
        var own = Alone(d.Accelerator);
        return WithOtherSoftware(
            _order?.Ordered(d.Accelerator, own, Alone, Measured, StepTerms.LogWidthOf(d.Model))
                ?? own,
            d
        );
    }

    /// <summary>What the effects of a deployment's levels come to.</summary>
    private LawCoefficients Effects(Deployment d, bool fixedLengths, bool disaggregated)
    {
        Span<double> scaled = stackalloc double[LawCoefficients.Count];
        scaled.Clear();
        var known = IsKnownModel(d);
        var effects = known ? Offsets : Physics;
        foreach (var level in CalibrationLevels.Physics(d))
        {
            Add(effects, level, scaled);
        }
        Add(effects, CalibrationLevels.Run(d), scaled);
        foreach (var level in CalibrationLevels.Loop(d, fixedLengths, disaggregated))
        {
            Add(effects, level, scaled);
        }
        if (known)
        {
            foreach (var level in CalibrationLevels.Offsets(d))
            {
                Add(effects, level, scaled);
            }
        }
        if (UsesKernels(d))
        {
            Add(_kernels, d.Accelerator.Name, scaled);
        }
        return LawCoefficients.FromScaled(scaled);
    }

    private static void Add(
        IReadOnlyDictionary<string, double[]> effects,
        string level,
        Span<double> scaled
    )
    {
        if (effects.TryGetValue(level, out var values))
        {
            for (var i = 0; i < scaled.Length; i++)
            {
                scaled[i] += values[i];
            }
        }
    }
}
