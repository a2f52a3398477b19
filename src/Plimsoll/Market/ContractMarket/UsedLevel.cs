using System.Collections.Concurrent;

namespace Plimsoll.Market.ContractMarket;

/// <summary>An appraisal of one chip: what it adds, alike in every draw, to the log of the model's price, so that their mean over the draws is the appraisal in its month.</summary>
/// <remarks>
/// A price moves the level and nothing else: before its first month and after its last the model's own ageing and the motion of rents go on,
/// and between two months the shift lies on a straight line. The mean is of one sold in the market as it then stands, glut and sales of
/// others in it, at the age and the running cost of the fleet.
/// </remarks>
/// <param name="points">Month of the market and price, in the order of months, at least one.</param>
/// <param name="draws">Draws over which the mean is taken.</param>
/// <param name="draw">What is used of a draw.</param>
internal sealed class UsedLevel(
    IReadOnlyList<(int Month, double Price)> points,
    int draws,
    Func<int, UsedDraw> draw
)
{
    /// <summary>Nodes of running cost, counted from none to the rent of a let month.</summary>
    private const int Nodes = 16;

    /// <summary>Most steps of the search; each but the last few comes nearer by what lies at no bound.</summary>
    private const int MostSteps = 200;

    private readonly ConcurrentDictionary<(int Point, int Online, int Node), double> _solved =
        new();
    private readonly Lazy<double> _step = new(() =>
        CentreFrame.HoursPerMonth
        * Enumerable.Range(0, draws).Average(d => draw(d).Chip.Rent)
        / Nodes
    );

    /// <summary>The appraisals.</summary>
    public IReadOnlyList<(int Month, double Price)> Points => points;

    /// <summary>Log added to the model's price.</summary>
    /// <param name="month">Month of the market.</param>
    /// <param name="online">Month of the market from which the fleet ages; less than 0 for one older than the market.</param>
    /// <param name="avoidable">Running cost of an accelerator a month while let.</param>
    public double Shift(int month, int online, double avoidable)
    {
        var after = 0;
        while (after < points.Count && points[after].Month < month)
        {
            after++;
        }
        if (after == 0 || after == points.Count)
        {
            return At(Math.Min(after, points.Count - 1), online, avoidable);
        }
        var (from, to) = (points[after - 1].Month, points[after].Month);
        var (first, last) = (At(after - 1, online, avoidable), At(after, online, avoidable));
        return first + ((last - first) * (month - from) / (to - from));
    }

    /// <summary>The shift of a month with a price: between two running costs for which it was sought, on a straight line.</summary>
    private double At(int point, int online, double avoidable)
    {
        var place = Math.Clamp(avoidable / _step.Value, 0, 1e6);
        var node = (int)place;
        var (low, high) = (Solved(point, online, node), Solved(point, online, node + 1));
        return low + ((high - low) * (place - node));
    }

    private double Solved(int point, int online, int node) =>
        _solved.GetOrAdd(
            (point, online, node),
            key => Solve(points[key.Point], key.Online, key.Node * _step.Value)
        );

    private double Solve((int Month, double Price) appraised, int online, double avoidable)
    {
        var of = new UsedDraw[draws];
        var factor = new double[draws];
        double age = Math.Max(0, appraised.Month - online);
        for (var d = 0; d < draws; d++)
        {
            of[d] = draw(d);
            factor[d] =
                of[d].Chip.PerDollar
                * of[d].Chip.Earning(of[d].Parameters, age, avoidable)
                * of[d]
                    .Chip.Law.Orderly(
                        of[d].Market.SaleFlow[of[d].Tier][appraised.Month],
                        of[d].Glut(appraised.Month)
                    );
        }
        var shift = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            double sum = 0;
            for (var d = 0; d < draws; d++)
            {
                sum +=
                    factor[d]
                    * of[d].Chip.Law.Fair(age, of[d].Chip.LogRents[appraised.Month], shift);
            }
            var missing = Math.Log(appraised.Price * draws / sum);
            shift += missing;
            if (Math.Abs(missing) < 1e-9)
            {
                break;
            }
        }
        return shift;
    }
}

/// <summary>What an appraisal reads of one draw.</summary>
/// <param name="Chip">The used chip.</param>
/// <param name="Parameters">Parameters of the market's member.</param>
/// <param name="Market">The national market.</param>
/// <param name="Tier">Tier of the chip.</param>
internal readonly record struct UsedDraw(
    UsedChip Chip,
    double[] Parameters,
    MarketPath Market,
    int Tier
)
{
    /// <summary>Share of what the tier offers that nobody takes, 0 to 1.</summary>
    public double Glut(int month)
    {
        var offered = Market.Offered[Tier][month];
        return offered > 0 ? Math.Clamp(1 - (Market.Let[Tier][month] / offered), 0, 1) : 0;
    }
}
