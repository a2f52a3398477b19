using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>What a clearing writes down month by month.</summary>
internal sealed class CentreSeries(int months)
{
    public double[] Installed { get; } = new double[months];
    public double[] Repair { get; } = new double[months];
    public double[] Dark { get; } = new double[months];
    public double[] Idle { get; } = new double[months];
    public double[] LeaseHours { get; } = new double[months];
    public double[] LeaseMoney { get; } = new double[months];
    public double[] SpotHours { get; } = new double[months];
    public double[] SpotMoney { get; } = new double[months];
    public double[] TokenHours { get; } = new double[months];
    public double[] TokenMoney { get; } = new double[months];
    public double[] Tokens { get; } = new double[months];
    public double[] Resale { get; } = new double[months];
    public double[] MonthsToSell { get; } = new double[months];
    public double[] Proceeds { get; } = new double[months];
    public double[] Subsidy { get; } = new double[months];
    public double[] Quote { get; } = new double[months];
    public double[] Demand { get; } = new double[months];
    public double[] Reachable { get; } = new double[months];
    public double[] Eligible { get; } = new double[months];
    public double[] Won { get; } = new double[months];
    public bool Begun { get; set; }

    public MonthlyOutlook ToOutlook(Month start, Currency currency, IReadOnlyList<Lease> leases) =>
        new()
        {
            Start = start,
            Currency = currency,
            Installed = Installed,
            Repair = Repair,
            Dark = Dark,
            Idle = Idle,
            Sales =
            [
                new ProductSales(
                    Product.TrainingLease,
                    LeaseHours,
                    Price(LeaseMoney, LeaseHours),
                    []
                ),
                new ProductSales(Product.Spot, SpotHours, Price(SpotMoney, SpotHours), []),
                new ProductSales(
                    Product.Inference,
                    TokenHours,
                    Price(TokenMoney, TokenHours),
                    Tokens
                ),
            ],
            Leases = leases,
            Costs = [],
            EnergyKwh = new double[months],
            PeakKw = new double[months],
            ResalePrice = Resale,
            MonthsToSell = MonthsToSell,
            SaleProceeds = Proceeds,
            SubsidyIncluded = Subsidy,
        };

    private static double[] Price(double[] money, double[] hours)
    {
        var price = new double[money.Length];
        for (var m = 0; m < price.Length; m++)
        {
            price[m] = hours[m] > 0 ? money[m] / hours[m] : 0;
        }
        return price;
    }
}
