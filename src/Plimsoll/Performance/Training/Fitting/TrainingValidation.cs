using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Scores the training law on a file of measured runs: what the calibration was fitted on is predicted by fits that left it out.</summary>
public sealed class TrainingValidation
{
    private readonly TrainingCalibration _calibration;

    private TrainingValidation(
        TrainingCalibration calibration,
        IReadOnlyList<TrainingScore> scores,
        IReadOnlyDictionary<string, IReadOnlyList<TrainingScore>> splits,
        IReadOnlyList<(string Reason, int Count)> unresolved
    )
    {
        _calibration = calibration;
        Scores = scores;
        Splits = splits;
        Unresolved = unresolved;
    }

    /// <summary>One per usable row; sizes that were fitted are left out of the fit that predicts them.</summary>
    public IReadOnlyList<TrainingScore> Scores { get; }

    /// <summary>The same rows predicted with more left out: <c>layouts</c>, <c>table</c>, <c>software</c>, <c>family</c>; only those rows that were fitted.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TrainingScore>> Splits { get; }

    /// <summary>Reasons for which rows were left out.</summary>
    public IReadOnlyList<(string Reason, int Count)> Unresolved { get; }

    /// <summary>Scores a file.</summary>
    /// <exception cref="InvalidDataException">The columns are of no known table, or a number is none.</exception>
    public static TrainingValidation Run(
        CatalogView view,
        CsvTable table,
        TrainingCalibration calibration,
        TrainingFolds folds
    )
    {
        var read = calibration.Assumptions.ToDictionary(
            a => a,
            a =>
                TrainingTables.Kind(table) == TrainingTable.MlPerf
                    ? MlPerfPairs.Read(view, table, calibration)
                    : TrainingTables.Read(view, table, a)
        );
        var points = read.ToDictionary(r => r.Key, r => r.Value.Points);
        var splits = new Dictionary<string, IReadOnlyList<TrainingScore>>(StringComparer.Ordinal)
        {
            ["layouts"] = Score(points, calibration, folds, TrainingFolds.LayoutOf, true),
            ["table"] = Score(points, calibration, folds, TrainingFolds.TableOf, true),
            ["software"] = Score(points, calibration, folds, TrainingFolds.SoftwareOf, true),
            ["family"] = Score(points, calibration, folds, TrainingFolds.FamilyOf, true),
        };
        return new TrainingValidation(
            calibration,
            Score(points, calibration, folds, TrainingFolds.SizeOf, false),
            splits,
            read.Values.First().Reasons
        );
    }

    /// <summary>Predicts points by the fits that left something out.</summary>
    /// <param name="points">The same rows under each assumption.</param>
    /// <param name="calibration">For points of which nothing was fitted.</param>
    /// <param name="folds">Fits with something left out.</param>
    /// <param name="leftOut">What to leave out for a point.</param>
    /// <param name="fittedOnly">True to skip points that no fit had seen.</param>
    internal static IReadOnlyList<TrainingScore> Score(
        IReadOnlyDictionary<Recomputation, IReadOnlyList<TrainingPoint>> points,
        TrainingCalibration calibration,
        TrainingFolds folds,
        Func<TrainingPoint, string> leftOut,
        bool fittedOnly
    )
    {
        var first = points.Values.First();
        var scores = new List<TrainingScore>(first.Count);
        for (var i = 0; i < first.Count; i++)
        {
            var key = leftOut(first[i]);
            var seen = folds.Has(TrainingFolds.TableOf(first[i])) && folds.Has(key);
            if (!seen && fittedOnly)
            {
                continue;
            }
            var errors = points.ToDictionary(
                p => p.Key,
                p =>
                    p.Value[i].LogSeconds
                    - p.Value[i]
                        .Predict(
                            seen
                                ? folds.CoefficientsOf(key, p.Key, p.Value[i].Run)
                                : calibration.CoefficientsOf(p.Value[i].Run, p.Key)
                        )
            );
            var novelty = calibration.NoveltyOf(first[i].Run);
            scores.Add(
                new TrainingScore(
                    first[i],
                    seen ? key : "",
                    seen && novelty == Novelty.NewDeployment ? Novelty.NewModel : novelty,
                    errors
                )
            );
        }
        return scores;
    }

    /// <summary>Errors over all rows; null when none was usable.</summary>
    public TrainingErrors? Overall => Scores.Count == 0 ? null : Summary("all", "all", Scores);

    /// <summary>Errors by table, size, chip, assumption, and by what else was left out.</summary>
    public IReadOnlyList<TrainingErrors> Groups()
    {
        var groups = new List<TrainingErrors>();
        void By(string by, Func<TrainingScore, string> key) =>
            groups.AddRange(
                Scores
                    .GroupBy(key, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Summary(by, g.Key, [.. g]))
            );
        By("table", s => s.Point.Table);
        By("size", s => s.Point.Size);
        By("chip", s => s.Point.Run.Fleet.Accelerator.Name);
        By("precision", s => s.Point.Run.Job.Precision);
        By("novelty", s => s.Novelty.ToString());
        foreach (var assumption in _calibration.Assumptions)
        {
            foreach (
                var g in Scores
                    .GroupBy(s => s.Point.Size, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
            )
            {
                groups.Add(
                    TrainingErrors.Of(
                        $"size, assuming recomputation {assumption.ToString().ToLowerInvariant()}",
                        g.Key,
                        [.. g.Select(s => s.LogErrors[assumption])],
                        double.NaN
                    )
                );
            }
        }
        foreach (var (split, scores) in Splits)
        {
            foreach (
                var g in scores
                    .GroupBy(s => s.Point.Table, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
            )
            {
                groups.Add(
                    TrainingErrors.Of(
                        $"{split} left out",
                        g.Key,
                        [.. g.Select(s => s.LogError)],
                        double.NaN
                    )
                );
            }
        }
        return groups;
    }

    private TrainingErrors Summary(string by, string name, IReadOnlyList<TrainingScore> scores) =>
        TrainingErrors.Of(
            by,
            name,
            [.. scores.Select(s => s.LogError)],
            scores.Count(Inside) / (double)scores.Count
        );

    private bool Inside(TrainingScore score)
    {
        var interval = _calibration.ErrorOf(score.Novelty);
        return score.LogError >= interval.LogLow && score.LogError <= interval.LogHigh;
    }
}
