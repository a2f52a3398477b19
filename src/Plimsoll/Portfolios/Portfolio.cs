using Plimsoll.Catalog;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Portfolios;

/// <summary>Whose question a portfolio answers.</summary>
public enum PortfolioQuestion
{
    /// <summary>A planner's: also what is planned is approved, put under conditions or refused.</summary>
    Planner,

    /// <summary>One owner's of all.</summary>
    Owner,

    /// <summary>Their lender's.</summary>
    Lender,
}

/// <summary>What a plan is worth beyond the present value of its centres.</summary>
/// <param name="UsefulGpuHour">Money an accelerator-hour in real use is worth to the public beyond its rent, the same for every chip; null to take the share of the rent.</param>
/// <param name="UsefulShareOfRent">The same as a share of the rent quoted for the centre's chip when the outlook starts, where no money is stated.</param>
/// <param name="PublicMoney">Worth of one unit of public money spent.</param>
/// <param name="LenderLoss">Cost of one unit of lenders' loss beyond the loss itself.</param>
/// <param name="JobYear">Money a job is worth for a year.</param>
/// <param name="DiscountRate">Yearly rate at which these are discounted.</param>
public sealed record PublicValue(
    double? UsefulGpuHour,
    double UsefulShareOfRent,
    double PublicMoney,
    double LenderLoss,
    double JobYear,
    double DiscountRate
)
{
    /// <summary>What users gain by an hour beyond its rent, as a share of the rent: half, which is the surplus of a straight demand line whose elasticity is -1 (0.5 over the elasticity). Own prior, grade D.</summary>
    public const double UsersSurplus = 0.5;
}

/// <summary>A class of operators to whom a centre could be handed, with its price and its conditions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Capability">Capability, 0 to 1.</param>
/// <param name="Share">Share of operating cash that it keeps, 0 to 1.</param>
/// <param name="PricePerServer">What it pays for a server; less than 0 when it must be paid.</param>
/// <param name="LeastServers">It takes no smaller centre.</param>
public sealed record Taker(
    string Name,
    double Capability,
    double Share,
    double PricePerServer,
    double LeastServers
);

/// <summary>Several centres that compete with each other, as known on the day of decision.</summary>
public sealed record Portfolio
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is and where its facts come from.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Name of the table of centres, as the file writes it; null without one.</summary>
    public string? Table { get; init; }

    /// <summary>Whose question it is.</summary>
    public required PortfolioQuestion Question { get; init; }

    /// <summary>Month of the decision.</summary>
    public required Month Decided { get; init; }

    /// <summary>Months looked ahead from the month after it.</summary>
    public required int Months { get; init; }

    /// <summary>Seed of all random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The catalogue as known on the day.</summary>
    public required CatalogView View { get; init; }

    /// <summary>What is assumed of the market.</summary>
    public required MarketScenario Scenario { get; init; }

    /// <summary>Rents that the file has seen.</summary>
    public required IReadOnlyList<Quote> Quotes { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Yearly return at which centres are valued: the rule's equity hurdle.</summary>
    public required double Hurdle { get; init; }

    /// <summary>The centres, in file order; no figure depends on it.</summary>
    public required IReadOnlyList<PortfolioCentre> Centres { get; init; }

    /// <summary>Money for what actions cost once, what is owed included; infinite for no limit.</summary>
    public double Budget { get; init; } = double.PositiveInfinity;

    /// <summary>Money of it that is promised already, grants due included.</summary>
    public double Owed { get; init; }

    /// <summary>What a plan is worth beyond the centres' own value.</summary>
    public required PublicValue Value { get; init; }

    /// <summary>Classes of operators to whom a centre could be handed; empty to take what each centre's options say.</summary>
    public IReadOnlyList<Taker> Takers { get; init; } = [];

    /// <summary>Servers of eight that clouds lease of a tier of all centres together; null for a share of what the nation has let.</summary>
    public double? PoolServers { get; init; }

    /// <summary>Money left for actions; 0 when more is owed than there is.</summary>
    public double Free => Math.Max(0, Budget - Owed);

    /// <summary>First month of every outlook.</summary>
    public Month Start => Decided + 1;

    /// <summary>The market that the centres enter, in a number of draws; the same request as a study of one of them makes.</summary>
    /// <param name="draws">Draws, at least 1.</param>
    /// <param name="seed">Seed of the draws; the portfolio's own gives a study's draws.</param>
    public MarketRequest Market(int draws, ulong seed) =>
        new(View, Scenario, seed, draws, Start + Months)
        {
            Quotes = Quotes,
            Without =
            [
                .. Centres
                    .Select(c => c.Project)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
        };
}
