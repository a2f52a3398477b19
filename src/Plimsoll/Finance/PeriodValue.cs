namespace Plimsoll.Finance;

/// <summary>Values of flows one period apart whose first entry falls at once, as in yearly models; for monthly flows see <see cref="Returns"/>.</summary>
public static class PeriodValue
{
    /// <summary>Present value at the first entry.</summary>
    /// <param name="flow">Money by period.</param>
    /// <param name="rate">Per period, above -1.</param>
    public static double NetPresentValue(ReadOnlySpan<double> flow, double rate)
    {
        double value = 0;
        for (var k = flow.Length - 1; k >= 0; k--)
        {
            value = (value / (1 + rate)) + flow[k];
        }
        return value;
    }

    /// <summary>Nominal rate of a real one: (1 + real)(1 + inflation) - 1.</summary>
    public static double NominalRate(double real, double inflation) =>
        ((1 + real) * (1 + inflation)) - 1;

    /// <summary>Cost of one unit sold: present value of cost over present value of units.</summary>
    /// <param name="cost">Cost by period, nominal.</param>
    /// <param name="sold">Units sold (not produced) by period.</param>
    /// <param name="costRate">Nominal discount rate.</param>
    /// <param name="unitRate">The nominal rate again for a nominal levelised cost, the real rate for a real one.</param>
    /// <returns>Refused when nothing is sold.</returns>
    public static Figure LevelisedCost(
        ReadOnlySpan<double> cost,
        ReadOnlySpan<double> sold,
        double costRate,
        double unitRate
    )
    {
        var units = NetPresentValue(sold, unitRate);
        return units > 0
            ? Figure.Of(NetPresentValue(cost, costRate) / units)
            : Figure.Refused("nothing is sold");
    }

    /// <summary>Periods until what was paid out is back, the period in which it happens counted in proportion.</summary>
    /// <param name="flow">Money by period, negative first.</param>
    /// <returns>Refused when it never is, or when nothing is paid out.</returns>
    public static Figure Payback(ReadOnlySpan<double> flow)
    {
        double sum = 0;
        var below = false;
        Figure? found = null;
        for (var k = 0; k < flow.Length; k++)
        {
            var before = sum;
            sum += flow[k];
            if (sum < 0)
            {
                below = true;
                found = null;
            }
            else if (below && found is null)
            {
                found = Figure.Of(k - 1 + (-before / flow[k]));
            }
        }
        return found
            ?? Figure.Refused(below ? "what is paid in never comes back" : "nothing is paid in");
    }
}
