using System.Text;

namespace Plimsoll.Performance.Fitting;

/// <summary>A prediction of a point by a fit that had not seen its group.</summary>
/// <param name="Point">The point.</param>
/// <param name="LogPerTokenError">ln(measured / predicted) of the time per output token.</param>
/// <param name="LogFirstTokenError">ln(measured / predicted) of the time to first token.</param>
/// <param name="Group">The group left out.</param>
public sealed record HeldOut(
    FitPoint Point,
    double LogPerTokenError,
    double LogFirstTokenError,
    string Group
)
{
    /// <summary>One of the two errors.</summary>
    public double Error(bool firstToken) => firstToken ? LogFirstTokenError : LogPerTokenError;

    /// <summary>Groups whose intervals may differ in width, of a kind of novelty: a model never seen has no width of its own.</summary>
    public IReadOnlyList<string> ErrorGroups(Novelty kind) =>
        CalibrationLevels.ErrorGroups(
            Point.Served,
            Point.IsDisaggregated,
            kind != Novelty.NewModel
        );
}

/// <summary>Scores the law on points whose group was left out of the fit.</summary>
public static class CrossValidation
{
    /// <summary>Leaves each group out in turn, or, with folds, a fold of groups at a time.</summary>
    /// <param name="points">Points.</param>
    /// <param name="groupOf">The group of a point.</param>
    /// <param name="folds">Number of folds into which groups are dealt by a hash of their name; 0 to leave out one group at a time.</param>
    /// <param name="fit">Fits a law on points and returns how it predicts.</param>
    /// <returns>One per point, in the points' order within each group.</returns>
    public static IReadOnlyList<HeldOut> Run(
        IReadOnlyList<FitPoint> points,
        Func<FitPoint, string> groupOf,
        int folds,
        Func<IReadOnlyList<FitPoint>, Func<FitPoint, (double PerToken, double FirstToken)>> fit
    )
    {
        string Fold(FitPoint p) =>
            folds == 0 ? groupOf(p) : (Hash(groupOf(p)) % (uint)folds).ToString();
        var groups = points.GroupBy(Fold).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var results = new List<HeldOut>[groups.Length];
        Parallel.For(
            0,
            groups.Length,
            i =>
            {
                var predict = fit([.. points.Where(p => Fold(p) != groups[i].Key)]);
                results[i] =
                [
                    .. groups[i]
                        .Select(p =>
                        {
                            var (perToken, firstToken) = predict(p);
                            return new HeldOut(
                                p,
                                p.LogPerToken - perToken,
                                p.LogFirstToken - firstToken,
                                groupOf(p)
                            );
                        }),
                ];
            }
        );
        return [.. results.SelectMany(r => r)];
    }

    // FNV-1a (Fowler, Noll, Vo): the same on every machine, so folds are stable.
    private static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 16777619;
        }
        return hash;
    }
}
