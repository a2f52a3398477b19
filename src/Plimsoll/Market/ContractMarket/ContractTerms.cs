namespace Plimsoll.Market.ContractMarket;

/// <summary>Constants of search, choice and tenancy that no national target informs: own priors, the same for every member.</summary>
/// <remarks>They shape how demand is dealt out among centres. The hindcast says nothing of them (see docs/model/market.md).</remarks>
public sealed record ContractTerms
{
    /// <summary>The priors as shipped.</summary>
    public static ContractTerms Shipped { get; } = new();

    /// <summary>Sub-steps a month, at least 1.</summary>
    public int SubSteps { get; init; } = 4;

    /// <summary>Fall of log odds of being chosen per unit of log price; own prior, compute is close to a commodity.</summary>
    public double PriceWeight { get; init; } = 4;

    /// <summary>Rise of log odds from the least to the most capable operator; own prior.</summary>
    public double CapabilityWeight { get; init; } = 3;

    /// <summary>Standard deviation of what else makes a centre known and trusted, in log odds; own prior.</summary>
    public double TasteDeviation { get; init; } = 0.9;

    /// <summary>Standard deviation of log price among like centres; quotes of one month spread by about 10 %.</summary>
    public double MarkupDeviation { get; init; } = 0.08;

    /// <summary>Log discount of a wholly empty centre below one at natural vacancy; own prior.</summary>
    public double VacancyDiscount { get; init; } = 0.15;

    /// <summary>Chance a month that a tenant leaves early for reasons of its own; own prior.</summary>
    public double BreachBase { get; init; } = 0.006;

    /// <summary>Added chance a month per unit of log price above the market; own prior.</summary>
    public double BreachSlope { get; init; } = 0.03;

    /// <summary>Chance a month of renegotiation per unit of log price above the market; own prior.</summary>
    public double RenegotiationSlope { get; init; } = 0.08;

    /// <summary>Chance that a tenant who still needs the servers stays at the end of a contract priced at the market; own prior.</summary>
    public double Stay { get; init; } = 0.8;

    /// <summary>Mean contract by need, accelerators; own prior (a training cluster of 20 servers, a lease of 2).</summary>
    public IReadOnlyList<double> MeanAccelerators { get; init; } = [160, 16, 32];

    /// <summary>Standard deviation of the log of contract sizes by need; own prior.</summary>
    public IReadOnlyList<double> SizeDeviation { get; init; } = [1, 0.8, 0.9];

    /// <summary>Tenor of a need over the member's mean tenor.</summary>
    public IReadOnlyList<double> TenorScale { get; init; } = [1, 0.5, 1];

    /// <summary>Tenants of a segment beyond which demand grows by the power 3/4 in size and 1/4 in number; bounds the work of a run. Own prior.</summary>
    public double TenantsPerCell { get; init; } = 80;

    /// <summary>A buyer takes a block of at least this share of what it wants.</summary>
    public double LeastShare { get; init; } = 0.5;

    /// <summary>Centres a buyer asks in one search.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Buyers in a row that find nothing before a cell's search is given up for the sub-step.</summary>
    public int FailureRun { get; init; } = 8;

    /// <summary>Buyers more who still ask an added centre once the rest of the market has nothing for them.</summary>
    public int Unheard { get; init; } = 32;

    /// <summary>Share of accelerators under repair.</summary>
    public double RepairShare { get; init; } = 0.02;

    /// <summary>Chance that a tenant whose hall shuts looks first among those of the same place: its data and staff are there. Own prior, .2 to .8.</summary>
    public double StaysInPlace { get; init; } = 0.5;

    /// <summary>Accelerators that are let together: one server.</summary>
    public int Granule { get; init; } = 8;

    /// <summary>Demand by the hour over demand under contract; own prior.</summary>
    public double SpotShare { get; init; } = 0.1;

    /// <summary>Width in log rent over which the free servers of a centre go from all dark to all lit around its avoidable cost.</summary>
    public double LitBand { get; init; } = 0.1;

    /// <summary>Share of the way to the wanted lit share gone in a month.</summary>
    public double LitSpeed { get; init; } = 0.6;

    /// <summary>Standard deviation of log size among drawn projects: 1.3 in chips of 174 anonymised clusters (Epoch AI, CC-BY 4.0), 2.0 in PFLOP/s of 27 named projects.</summary>
    public double ProjectDeviation { get; init; } = 1.3;

    /// <summary>Capability of the operators that take failed centres over.</summary>
    public double TakeoverCapability { get; init; } = 0.85;
}
