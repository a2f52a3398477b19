namespace Plimsoll.Decisions.Lending;

/// <summary>The loss of a loan over its draws.</summary>
/// <param name="Expected">Mean loss, share of the loan.</param>
/// <param name="AtRisk">Loss that is passed in the tail's share of the draws.</param>
/// <param name="Tail">Mean loss of the tail: expected shortfall.</param>
/// <param name="GivenDefault">Mean loss of the draws that default; NaN without one.</param>
public readonly record struct LossTail(
    double Expected,
    double AtRisk,
    double Tail,
    double GivenDefault
)
{
    /// <summary>From the draws.</summary>
    /// <param name="loss">Loss over the loan, one a draw; at least one.</param>
    /// <param name="defaulted">Whether the draw defaults, one a draw.</param>
    /// <param name="share">Share of the draws that is the tail, more than 0 and at most 1.</param>
    /// <remarks>Expected shortfall as in Rockafellar and Uryasev 2000, so that a part of a draw at the edge counts in part.</remarks>
    /// <exception cref="ArgumentException">No draw.</exception>
    public static LossTail Of(
        IReadOnlyList<double> loss,
        IReadOnlyList<bool> defaulted,
        double share
    )
    {
        if (loss.Count == 0)
        {
            throw new ArgumentException("A tail needs draws.", nameof(loss));
        }
        var sorted = loss.OrderDescending().ToArray();
        var atRisk = sorted[Math.Min(sorted.Length - 1, (int)Math.Floor(share * sorted.Length))];
        var over = sorted.Sum(l => Math.Max(0, l - atRisk)) / sorted.Length;
        var fell = loss.Where((_, i) => defaulted[i]).ToList();
        return new LossTail(
            loss.Average(),
            atRisk,
            atRisk + (over / share),
            fell.Count > 0 ? fell.Average() : double.NaN
        );
    }
}
