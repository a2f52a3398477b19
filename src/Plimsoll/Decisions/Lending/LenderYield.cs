using Plimsoll.Finance;

namespace Plimsoll.Decisions.Lending;

/// <summary>The yield of a lender's cash.</summary>
public static class LenderYield
{
    /// <summary>Yearly internal rate of monthly cash; NaN where there is none.</summary>
    /// <param name="flow">Positive when received.</param>
    public static double Of(double[] flow)
    {
        var last = Array.FindLastIndex(flow, f => f != 0);
        return last < 0 || !flow.Any(f => f < 0) || !flow.Any(f => f > 0)
            ? double.NaN
            : Returns.InternalRate(flow.AsSpan(0, last + 1)).Value;
    }
}
