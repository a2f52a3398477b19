namespace Plimsoll.Performance.Fitting;

/// <summary>Errors of one predicted time over a group of points, as fractions of the measured time.</summary>
/// <param name="Median">Median of |predicted / measured - 1|.</param>
/// <param name="P90">90th percentile of the same.</param>
/// <param name="Bias">Median of predicted / measured - 1: above 0 when predictions are too slow.</param>
/// <param name="Coverage80">Part of the measured times inside the stated 80 % interval.</param>
public sealed record TimeErrors(double Median, double P90, double Bias, double Coverage80)
{
    /// <summary>Summarises errors.</summary>
    /// <param name="logErrors">ln(measured / predicted), at least one.</param>
    /// <param name="coverage">Part inside the stated interval.</param>
    public static TimeErrors Of(IReadOnlyCollection<double> logErrors, double coverage) =>
        new(
            Quantile(logErrors.Select(e => Math.Abs(Math.Exp(-e) - 1)), 0.5),
            Quantile(logErrors.Select(e => Math.Abs(Math.Exp(-e) - 1)), 0.9),
            Quantile(logErrors.Select(e => Math.Exp(-e) - 1), 0.5),
            coverage
        );

    /// <summary>A quantile by linear interpolation between order statistics.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("A quantile needs a value.", nameof(values));
        }
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((at - low) * (sorted[high] - sorted[low]));
    }
}

/// <summary>Errors of a group of points.</summary>
/// <param name="By">What the group shares: model, chip, engine, mode, novelty, split.</param>
/// <param name="Name">Its value.</param>
/// <param name="Count">Points.</param>
/// <param name="TimePerOutputToken">Errors of the time per output token.</param>
/// <param name="TimeToFirstToken">Errors of the time to first token.</param>
public sealed record ErrorSummary(
    string By,
    string Name,
    int Count,
    TimeErrors TimePerOutputToken,
    TimeErrors TimeToFirstToken
)
{
    /// <summary>Summarises scored points.</summary>
    public static ErrorSummary Of(
        string by,
        string name,
        IReadOnlyCollection<ScoredPoint> points
    ) =>
        new(
            by,
            name,
            points.Count,
            TimeErrors.Of(
                [.. points.Select(p => p.LogPerTokenError)],
                points.Count(p => p.PerTokenInside) / (double)points.Count
            ),
            TimeErrors.Of(
                [.. points.Select(p => p.LogFirstTokenError)],
                points.Count(p => p.FirstTokenInside) / (double)points.Count
            )
        );

    /// <summary>Summarises predictions of a split, its intervals set by the other groups alone.</summary>
    public static ErrorSummary OfSplit(string name, Novelty kind, IReadOnlyList<HeldOut> heldOut) =>
        new(
            "split",
            name,
            heldOut.Count,
            TimeErrors.Of(
                [.. heldOut.Select(h => h.LogPerTokenError)],
                ErrorInterval.Coverage(kind, heldOut, false)
            ),
            TimeErrors.Of(
                [.. heldOut.Select(h => h.LogFirstTokenError)],
                ErrorInterval.Coverage(kind, heldOut, true)
            )
        );
}
