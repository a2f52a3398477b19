namespace Plimsoll.Finance;

/// <summary>What early repayment from sales of machines, grants, forfeited rent or a sweep costs beside the money repaid; none after a default, and none for what a lost contract or a borrowing base makes due.</summary>
/// <param name="MakeWholeUntil">Month, from 0, before which the lender's lost margin is made good; 0 for none.</param>
/// <param name="HedgeBreak">True when the swap on what is repaid is closed at the then base rate: a cost when rates have fallen, a gain when they have risen.</param>
public sealed record PrepaymentCharge(int MakeWholeUntil, bool HedgeBreak)
{
    /// <summary>The largest gain of a broken hedge that is passed on, as a share of what is repaid.</summary>
    internal const double MostGain = -0.5;

    /// <summary>Charge as a share of what is repaid in a month.</summary>
    /// <param name="tranche">The tranche.</param>
    /// <param name="month">From 0.</param>
    /// <param name="shift">Shift of the base rate in the draw.</param>
    /// <param name="lifeYears">Mean years for which the balance was to stand on.</param>
    /// <remarks>Margin, and swap rate less base rate on the swapped share, times the years; not discounted, so an upper bound.</remarks>
    public double Share(DebtTranche tranche, int month, double shift, double lifeYears)
    {
        var margin = month < MakeWholeUntil ? tranche.MarginInForce : 0;
        var hedge =
            HedgeBreak && tranche.SwapRate is { } swap && month < tranche.RefinancedFrom
                ? tranche.HedgedShare * (swap - (tranche.BaseAt(month) + shift))
                : 0;
        return Math.Max(MostGain, (margin + hedge) * lifeYears);
    }
}
