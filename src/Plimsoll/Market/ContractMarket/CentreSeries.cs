using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.ContractMarket;

/// <summary>What a clearing writes down month by month; accelerators and money.</summary>
internal sealed class CentreSeries(int months)
{
    public double[] Installed { get; } = new double[months];
    public double[] Repair { get; } = new double[months];
    public double[] Dark { get; } = new double[months];
    public double[] Idle { get; } = new double[months];
    public double[] Captive { get; } = new double[months];
    public ProductBook Training { get; } = new(months);
    public ProductBook Small { get; } = new(months);
    public ProductBook Spot { get; } = new(months);
    public ProductBook Tokens { get; } = new(months);
    public ProductBook Backstop { get; } = new(months);
    public double[] Bought { get; } = new double[months];
    public double[] TokenCount { get; } = new double[months];
    public double[] TokensWon { get; } = new double[months];
    public double[] SpotNow { get; } = new double[months];
    public double[] Resale { get; } = new double[months];
    public double[] MonthsToSell { get; } = new double[months];
    public double[] Proceeds { get; } = new double[months];
    public double[] Sold { get; } = new double[months];
    public double[] Contracted { get; } = new double[months];
    public double[] ContractIncome { get; } = new double[months];
    public double[] StepInFee { get; } = new double[months];
    public double[] Subsidy { get; } = new double[months];
    public double[] Quote { get; } = new double[months];
    public double[] ContractRent { get; } = new double[months];
    public double[] SpotRent { get; } = new double[months];
    public double[] Demand { get; } = new double[months];
    public double[] Reachable { get; } = new double[months];
    public double[] Eligible { get; } = new double[months];
    public double[] Won { get; } = new double[months];
    public double[] Served { get; } = new double[months];
    public double[] LostToGlut { get; } = new double[months];
    public double[] LostToPrice { get; } = new double[months];
    public double[] LostToTrust { get; } = new double[months];
    public double[] LostToReach { get; } = new double[months];
    public double[] LostToFit { get; } = new double[months];
    public double[] LostToChance { get; } = new double[months];

    /// <summary>Hours sold in a month.</summary>
    public double HoursSold(int m) =>
        Training.Hours[m] + Small.Hours[m] + Spot.Hours[m] + Tokens.Hours[m] + Backstop.Hours[m];

    /// <summary>Money taken in a month.</summary>
    public double MoneyTaken(int m) =>
        Training.Money[m] + Small.Money[m] + Spot.Money[m] + Tokens.Money[m] + Backstop.Money[m];

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
                Training.ToSales(Product.TrainingLease, []),
                Small.ToSales(Product.SmallLease, []),
                Spot.ToSales(Product.Spot, []),
                Tokens.ToSales(Product.Inference, TokenCount),
                .. Array.Exists(Bought, b => b > 0)
                    ? [Backstop.ToSales(Product.TrainingLease, [])]
                    : Array.Empty<ProductSales>(),
            ],
            Leases = leases,
            Costs = Array.Exists(StepInFee, fee => fee > 0)
                ?
                [
                    new CostSplit(
                        "fee of the operator that stepped in",
                        StepInFee,
                        new double[months],
                        new double[months]
                    ),
                ]
                : [],
            EnergyKwh = new double[months],
            PeakKw = new double[months],
            ResalePrice = Resale,
            MonthsToSell = MonthsToSell,
            SaleProceeds = Proceeds,
            Sold = Sold,
            ContractIncome = ContractIncome,
            SubsidyIncluded = Earned(Subsidy),
        };

    /// <summary>Of vouchers granted what the month's rent holds: a tenant that has left earns none.</summary>
    private double[] Earned(double[] vouchers)
    {
        var earned = new double[months];
        for (var m = 0; m < months; m++)
        {
            earned[m] = Math.Min(vouchers[m], Training.Money[m] + Small.Money[m]);
        }
        return earned;
    }

    public FillReasons ToReasons(Month start)
    {
        var sold = new double[months];
        for (var m = 0; m < months; m++)
        {
            sold[m] = HoursSold(m) / (start + m).Hours;
        }
        return new FillReasons(Demand, Reachable, Eligible, Won, Served, sold)
        {
            Losses = new CapacityLosses(
                Repair,
                Captive,
                Dark,
                LostToGlut,
                LostToPrice,
                LostToTrust,
                LostToReach,
                LostToFit,
                LostToChance
            ),
        };
    }
}

/// <summary>Hours and money of one product.</summary>
internal sealed class ProductBook(int months)
{
    public double[] Hours { get; } = new double[months];
    public double[] Money { get; } = new double[months];

    public ProductSales ToSales(Product product, double[] tokens)
    {
        var price = new double[months];
        for (var m = 0; m < months; m++)
        {
            price[m] = Hours[m] > 0 ? Money[m] / Hours[m] : 0;
        }
        return new ProductSales(product, Hours, price, tokens);
    }
}
