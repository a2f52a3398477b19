namespace Plimsoll.Performance.Fitting;

/// <summary>States errors from predictions of what was left out, and checks that the stated interval holds on groups that did not set it.</summary>
public static class ErrorInterval
{
    private const double _low = 0.10;
    private const double _high = 0.90;

    /// <summary>The central 80 % of the errors, each group counting by the root of its size so that none owns the interval.</summary>
    /// <param name="heldOut">At least one prediction.</param>
    /// <param name="firstToken">True for the time to first token.</param>
    public static LogInterval Of(IEnumerable<HeldOut> heldOut, bool firstToken)
    {
        var list = heldOut.ToList();
        var sizes = list.GroupBy(h => h.Group, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (double)g.Count(), StringComparer.Ordinal);
        var ordered = list.Select(h =>
                (
                    Error: firstToken ? h.LogFirstTokenError : h.LogPerTokenError,
                    Weight: 1 / Math.Sqrt(sizes[h.Group])
                )
            )
            .OrderBy(e => e.Error)
            .ToList();
        var total = ordered.Sum(e => e.Weight);
        return new LogInterval(Quantile(_low), Quantile(_high));

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
        return kind == Novelty.ChipWithoutData
            ? new(interval.LogLow * _otherFamily, interval.LogHigh * _otherFamily)
            : interval;
    }

    /// <summary>Part of the predictions that fall into the interval set by the other groups alone.</summary>
    public static double Coverage(Novelty kind, IReadOnlyList<HeldOut> heldOut, bool firstToken)
    {
        // With many groups an interval per fold of ten is as good as one per group, and quick.
        var names = heldOut.Select(h => h.Group).Distinct(StringComparer.Ordinal).ToList();
        var folds = names
            .Select((name, i) => (name, i))
            .GroupBy(n => names.Count > 20 ? n.i % 10 : n.i)
            .ToList();
        if (folds.Count < 2)
        {
            return double.NaN;
        }
        var inside = 0;
        foreach (var fold in folds)
        {
            var left = fold.Select(n => n.name).ToHashSet(StringComparer.Ordinal);
            var interval = Stated(kind, heldOut.Where(h => !left.Contains(h.Group)), firstToken);
            inside += heldOut.Count(h =>
                left.Contains(h.Group)
                && (firstToken ? h.LogFirstTokenError : h.LogPerTokenError) is var e
                && e >= interval.LogLow
                && e <= interval.LogHigh
            );
        }
        return inside / (double)heldOut.Count;
    }

    /// <summary>The stated error of a kind of novelty.</summary>
    public static PredictionError Of(Novelty novelty, IReadOnlyList<HeldOut> heldOut, int tier) =>
        new(novelty, Stated(novelty, heldOut, false), Stated(novelty, heldOut, true), tier);
}
