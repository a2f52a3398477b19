namespace Plimsoll.Market.ContractMarket;

/// <summary>The market at one moment as a centre meets it. Stocks and segments as <see cref="Segment"/> says; accelerators; money a server-month.</summary>
internal sealed class MarketMoment
{
    public double[] LogRent { get; } = new double[Segment.Stocks];

    /// <summary>By tier.</summary>
    public double[] LogQuote { get; } = new double[Segment.Tiers];

    /// <summary>Spot rent by tier.</summary>
    public double[] SpotPrice { get; } = new double[Segment.Tiers];

    /// <summary>Share of what is lit and free that is sold by the hour, by tier.</summary>
    public double[] SpotUse { get; } = new double[Segment.Tiers];

    /// <summary>Smoothed log rent by tier.</summary>
    public double[] Expected { get; } = new double[Segment.Tiers];

    /// <summary>Offered, let ones included.</summary>
    public double[] Offered { get; } = new double[Segment.Stocks];

    public double[] Let { get; } = new double[Segment.Stocks];

    /// <summary>Wanted by segment.</summary>
    public double[] Demand { get; } = new double[Segment.Count];

    /// <summary>Chance by segment that a contract at its end is no longer wanted.</summary>
    public float[] DropChance { get; } = new float[Segment.Count];

    /// <summary>Share of the tier's stock that comes to sale in a month.</summary>
    public double[] SaleFlow { get; } = new double[Segment.Tiers];

    /// <summary>Installed by tier.</summary>
    public double[] Installed { get; } = new double[Segment.Tiers];

    /// <summary>What is left of the budget of each voucher scheme of the world, money.</summary>
    public double[] VoucherLeft { get; set; } = [];

    /// <summary>Log reference rent of the H tier.</summary>
    public double LogReference { get; set; }
}
