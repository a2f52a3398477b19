using Plimsoll.Outlooks;

namespace Plimsoll.Market;

/// <summary>Fill as it should be read: how likely the centre stays empty, and how full it is when tenants come. Its distribution has two humps, and its mean lies between them where hardly any centre is.</summary>
/// <param name="Empty">Share of the draws that stay empty, 0 to 1.</param>
/// <param name="Low">P10 of fill among the others; NaN when all stay empty.</param>
/// <param name="Middle">P50 among the others.</param>
/// <param name="High">P90 among the others.</param>
/// <param name="Mean">Mean over all draws: for sums, not for reading.</param>
/// <param name="Draws">Draws.</param>
public sealed record FillOdds(
    double Empty,
    double Low,
    double Middle,
    double High,
    double Mean,
    int Draws
)
{
    /// <summary>Mean fill below which a centre counts as empty: a tenth, about what one small lease or spot alone makes.</summary>
    public const double EmptyBelow = 0.1;

    /// <summary>The odds of a set of draws.</summary>
    /// <param name="fills">Mean fill of each draw, 0 to 1; at least one.</param>
    /// <exception cref="ArgumentException">No draw is given.</exception>
    public static FillOdds Of(IReadOnlyCollection<double> fills)
    {
        if (fills.Count == 0)
        {
            throw new ArgumentException("Odds need at least one draw.", nameof(fills));
        }
        var let = fills.Where(f => f >= EmptyBelow).Order().ToArray();
        double At(double share) =>
            let.Length > 0 ? let[(int)(share * (let.Length - 1) + 0.5)] : double.NaN;
        return new FillOdds(
            1 - ((double)let.Length / fills.Count),
            At(0.1),
            At(0.5),
            At(0.9),
            fills.Average(),
            fills.Count
        );
    }

    /// <summary>Mean fill of an outlook from a month on, over the months in which anything is installed; 0 when never.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="fromMonth">First month that counts, from 0.</param>
    public static double MeanFill(MonthlyOutlook outlook, int fromMonth = 0)
    {
        double sum = 0;
        var months = 0;
        for (var m = fromMonth; m < outlook.Months; m++)
        {
            if (outlook.Installed[m] > 0)
            {
                sum += outlook.Fill(m);
                months++;
            }
        }
        return months > 0 ? sum / months : 0;
    }
}
