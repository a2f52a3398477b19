namespace Plimsoll.Market.ContractMarket;

/// <summary>A centre of the market as it is known from outside.</summary>
public sealed record CentreSeed
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Tier of its chips.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Accelerators on the merchant market when complete; 0 where only a relative size is known.</summary>
    public int Accelerators { get; init; }

    /// <summary>Work over that of a mean project of the market; used where no accelerators are given.</summary>
    public double RelativeSize { get; init; } = 1;

    /// <summary>Month of the market in which it is announced; negative when before its start.</summary>
    public int Announced { get; init; }

    /// <summary>Month in which it comes into service; int.MaxValue when unknown, then a lag is drawn.</summary>
    public int Online { get; init; } = int.MaxValue;

    /// <summary>Capability of its operator, 0 to 1; NaN to draw one.</summary>
    public double Capability { get; init; } = double.NaN;

    /// <summary>Log odds of being known and trusted beside capability; NaN to draw it.</summary>
    public double Taste { get; init; } = double.NaN;

    /// <summary>Log of its price over the market's; NaN to draw it.</summary>
    public double Markup { get; init; } = double.NaN;

    /// <summary>Share of latency-bound demand within reach, 0 to 1; NaN to draw it. A named centre is near from a half on.</summary>
    public double Reach { get; init; } = double.NaN;

    /// <summary>Share of its accelerators that can be let at all (operator, network and fit allow it), 0 to 1; NaN to draw it.</summary>
    public double Eligible { get; init; } = double.NaN;

    /// <summary>Fitness of its network for one job over many servers, 0 to 1; NaN to draw it.</summary>
    public double Fabric { get; init; } = double.NaN;

    /// <summary>Smallest lot offered, accelerators.</summary>
    public int MinimumLot { get; init; } = 8;

    /// <summary>Cost that darkness saves, money a server-month; NaN to draw it.</summary>
    public double AvoidableCost { get; init; } = double.NaN;

    /// <summary>Voucher scheme whose tenants may rent here, by index; -1 for none.</summary>
    public int Scheme { get; init; } = -1;
}

/// <summary>A voucher scheme in the market: it pays part of a tenant's rent within a yearly budget.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Face value: share of a contract's first year that is paid, 0 to 1.</param>
/// <param name="CapPerUser">Most one contract draws, money.</param>
/// <param name="BudgetPerYear">Most the scheme pays in a calendar year, money.</param>
/// <param name="From">First month of the market in which it pays.</param>
/// <param name="Until">First month in which it no longer does.</param>
public sealed record VoucherScheme(
    string Name,
    double Share,
    double CapPerUser,
    double BudgetPerYear,
    int From,
    int Until
)
{
    /// <summary>What its tenants may rent for; empty for anything.</summary>
    public IReadOnlyList<Need> Needs { get; init; } = [];

    /// <summary>True when a tenant of a need may use it.</summary>
    public bool Serves(Need need) => Needs.Count == 0 || Needs.Contains(need);
}

/// <summary>One market to be run: all that fixes its path.</summary>
/// <param name="Forcing">What it is given.</param>
/// <param name="Member">Rent law, link and parameters.</param>
/// <param name="Centres">Centres known by name.</param>
/// <param name="Vouchers">Schemes.</param>
/// <param name="Off">Mechanisms switched off.</param>
/// <param name="Terms">Constants of search, choice and tenancy.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Draw">Number of the draw.</param>
public sealed record MarketWorld(
    MarketForcing Forcing,
    Member Member,
    IReadOnlyList<CentreSeed> Centres,
    IReadOnlyList<VoucherScheme> Vouchers,
    Mechanisms Off,
    ContractTerms Terms,
    ulong Seed,
    int Draw
);
