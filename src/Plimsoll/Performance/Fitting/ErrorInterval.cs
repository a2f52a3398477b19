namespace Plimsoll.Performance.Fitting;

/// <summary>States errors from predictions of what was left out, and checks that the stated intervals hold on groups that did not set them.</summary>
public static class ErrorInterval
{
    private const double _low = 0.10;
    private const double _high = 0.90;

    // No interval is narrower than repeats of one run scatter.
    private const double _least = 0.02;

    /// <summary>The central 80 % of the errors, each group counting by the root of its size so that none owns the interval.</summary>
    /// <param name="heldOut">At least one prediction.</param>
    /// <param name="firstToken">True for the time to first token.</param>
    public static LogInterval Of(IEnumerable<HeldOut> heldOut, bool firstToken)
    {
        var list = heldOut.ToList();
        var sizes = list.GroupBy(h => h.Group, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (double)g.Count(), StringComparer.Ordinal);
        var ordered = list.Select(h =>
                (Error: h.Error(firstToken), Weight: 1 / Math.Sqrt(sizes[h.Group]))
            )
            .OrderBy(e => e.Error)
            .ToList();
        var total = ordered.Sum(e => e.Weight);
        return new LogInterval(
            Math.Min(-_least, Quantile(_low)),
            Math.Max(_least, Quantile(_high))
        );

        double Quantile(double share)
        {
            double sum = 0;
            foreach (var (error, weight) in ordered)
            {
                sum += weight;
                if (sum >= share * total)
                {
                    return error;
                }
            }
            return ordered[^1].Error;
        }
    }

    // Two families of one maker were measured. The interval that one sets holds 71 % of the other's times per token; a quarter wider, 80 %.
    private const double _otherFamily = 1.25;

    /// <summary>The interval stated for a kind of novelty: the central 80 %, widened for chips without data.</summary>
    public static LogInterval Stated(Novelty kind, IEnumerable<HeldOut> heldOut, bool firstToken)
    {
        var interval = Of(heldOut, firstToken);
        return kind == Novelty.ChipWithoutData ? interval.Widened(_otherFamily) : interval;
    }

    /// <summary>The stated error of a kind of novelty.</summary>
    public static PredictionError Of(Novelty novelty, IReadOnlyList<HeldOut> heldOut, int tier) =>
        new(novelty, Stated(novelty, heldOut, false), Stated(novelty, heldOut, true), tier);

    /// <summary>Which predictions lie in intervals, widths of groups included, that were set without their group.</summary>
    /// <returns>One pair a prediction, in order: time per output token, time to first token; empty when there is but one group.</returns>
    public static IReadOnlyList<(bool PerToken, bool FirstToken)> Inside(
        Novelty kind,
        IReadOnlyList<HeldOut> heldOut
    )
    {
        // With many groups an interval per fold of ten is as good as one per group, and quick.
        var names = heldOut.Select(h => h.Group).Distinct(StringComparer.Ordinal).ToList();
        var fold = names
            .Select((name, i) => (name, Fold: names.Count > 20 ? i % 10 : i))
            .ToDictionary(n => n.name, n => n.Fold, StringComparer.Ordinal);
        var folds = fold.Values.Distinct().ToList();
        if (folds.Count < 2)
        {
            return [];
        }
        var inside = new (bool, bool)[heldOut.Count];
        foreach (var left in folds)
        {
            List<HeldOut> others = [.. heldOut.Where(h => fold[h.Group] != left)];
            var error = Of(kind, others, 1);
            var widths = GroupWidthFit.Run(kind, others, error);
            for (var i = 0; i < heldOut.Count; i++)
            {
                if (fold[heldOut[i].Group] != left)
                {
                    continue;
                }
                var (perToken, firstToken) = GroupWidths.Of(
                    widths,
                    kind,
                    heldOut[i].ErrorGroups(kind)
                );
                inside[i] = (
                    error.TimePerOutputToken.Widened(perToken).Holds(heldOut[i].LogPerTokenError),
                    error.TimeToFirstToken.Widened(firstToken).Holds(heldOut[i].LogFirstTokenError)
                );
            }
        }
        return inside;
    }

    /// <summary>Part of the predictions that fall into the interval set by the other groups alone; not a number when there is but one group.</summary>
    public static double Coverage(Novelty kind, IReadOnlyList<HeldOut> heldOut, bool firstToken) =>
        Inside(kind, heldOut) is { Count: > 0 } inside
            ? inside.Count(i => firstToken ? i.FirstToken : i.PerToken) / (double)inside.Count
            : double.NaN;
}
