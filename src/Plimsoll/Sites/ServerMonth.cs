using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Sites;

/// <summary>One part of what a server costs in a month, and what would stop it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Let">Money a server-month when let.</param>
/// <param name="Idle">Money a server-month when lit and not let.</param>
/// <param name="Dark">Money a server-month when switched off.</param>
/// <param name="StopsWhenDark">Of a let server-month, what stops when the server is switched off.</param>
/// <param name="StopsOnClosing">What runs on in the dark and stops when the centre is closed for good.</param>
/// <param name="Sunk">What is owed whatever is done.</param>
public sealed record ServerMonth(
    string Name,
    double Let,
    double Idle,
    double Dark,
    double StopsWhenDark,
    double StopsOnClosing,
    double Sunk
)
{
    /// <summary>The parts of a server-month, mean of the twelve months from a start; made by the same model that studies use.</summary>
    public static IReadOnlyList<ServerMonth> Of(SiteModel model, Month start)
    {
        var let = Costs(model, start, let: 1, dark: 0);
        var idle = Costs(model, start, let: 0, dark: 0);
        var dark = Costs(model, start, let: 0, dark: 1);
        return
        [
            .. let.Select(
                (part, i) =>
                    new ServerMonth(
                        part.Name,
                        Mean(part.Total),
                        Mean(idle[i].Total),
                        Mean(dark[i].Total),
                        Mean(m => part.AvoidableWhenDark[m]),
                        Mean(m => part.AvoidableOnClosing[m]),
                        Mean(m => part.Sunk[m])
                    )
            ),
        ];
    }

    private static double Mean(Func<int, double> month) => Enumerable.Range(0, 12).Average(month);

    private static IReadOnlyList<CostSplit> Costs(
        SiteModel model,
        Month start,
        double let,
        double dark
    )
    {
        var n = model.Power.Accelerators;
        double[] Each(double value) => [.. Enumerable.Repeat(value, 12)];
        var outlook = new MonthlyOutlook
        {
            Start = start,
            Currency = Currency.Cny,
            Installed = Each(n),
            Repair = Each(0),
            Dark = Each(dark * n),
            Idle = Each((1 - let - dark) * n),
            Sales =
            [
                new ProductSales(
                    Product.SmallLease,
                    [.. Enumerable.Range(0, 12).Select(m => let * n * (start + m).Hours)],
                    Each(0),
                    []
                ),
            ],
            Leases = [],
            Costs = [],
            EnergyKwh = [],
            PeakKw = [],
            ResalePrice = Each(0),
            MonthsToSell = Each(0),
        };
        return model.AddCosts(outlook).Costs;
    }
}
