namespace Plimsoll.Market;

/// <summary>The uncertain constants of the market, in the order of an ensemble member's vector.</summary>
/// <remarks>
/// From <see cref="TokenGrowth"/> on they speak of the time after the vintage: no target informs them and every draw takes them from
/// their prior. Priors, posteriors and what moved: docs/model/market.md. A server is one of the tier; "H servers" are servers of the H
/// class or their like in work done.
/// </remarks>
public enum Parameter
{
    /// <summary>Training demand at the start at the reference rent, H servers rented.</summary>
    TrainingStart,

    /// <summary>Growth of training demand a month before its peak, in logs.</summary>
    TrainingGrowth,

    /// <summary>Months from the start to the peak of training demand.</summary>
    TrainingPeak,

    /// <summary>Decline of training demand a month for two years after its peak, in logs.</summary>
    TrainingDecline,

    /// <summary>Demand for small leases at the start at the reference rent, H servers.</summary>
    SmallStart,

    /// <summary>Growth of demand for small leases a month, in logs.</summary>
    SmallGrowth,

    /// <summary>Price elasticity of training and small leases, negative.</summary>
    Elasticity,

    /// <summary>Share of national tokens that is served on rented capacity, 0 to 1.</summary>
    MerchantShare,

    /// <summary>Tokens a day that one H server in service really serves at the vintage, load and waste included.</summary>
    TokensPerServerDay,

    /// <summary>Share of inference that only near capacity can serve, 0 to 1.</summary>
    LatencyBound,

    /// <summary>Share of training demand that asks for the H tier at reference rents, 0 to 1.</summary>
    TopTierNeed,

    /// <summary>Of the demand that does not ask for the H tier, the share that accepts home-made chips, 0 to 1.</summary>
    DomesticAcceptance,

    /// <summary>Work a home-made chip really does over what its peak promises, 0 to 1.</summary>
    DomesticFitness,

    /// <summary>Sensitivity of the choice among tiers to log rent over reference.</summary>
    TierSensitivity,

    /// <summary>Sensitivity of the choice among places to log rent.</summary>
    PlaceSensitivity,

    /// <summary>Merchant capacity at the start, H servers.</summary>
    CapacityStart,

    /// <summary>Share of racked capacity of the tiers H and A that can be let: fit, operator and network allow it, 0 to 1.</summary>
    EligibleShare,

    /// <summary>The same for home-made chips.</summary>
    EligibleShareDomestic,

    /// <summary>Share of merchant capacity that is near, 0 to 1.</summary>
    NearShare,

    /// <summary>Share of new capacity (in work) in the H tier once the rule of October 2023 binds, 0 to 1.</summary>
    TierHShare,

    /// <summary>Share of new capacity (in work) in home-made chips once the rule binds, 0 to 1.</summary>
    TierDShare,

    /// <summary>Projects built or building at the start.</summary>
    ProjectsStart,

    /// <summary>Projects begun a month without a push at reference rent.</summary>
    BaseOrders,

    /// <summary>Projects begun a month at the height of the dated push at reference rent.</summary>
    PushOrders,

    /// <summary>Projects begun a month by imitation, per project begun a month over the last half year.</summary>
    Imitation,

    /// <summary>How orders follow smoothed rent over its reference.</summary>
    OrderElasticity,

    /// <summary>By how much investors' expectation of log rent lies too high.</summary>
    ForecastBias,

    /// <summary>Months from order to service, mean of three stages.</summary>
    BuildLag,

    /// <summary>Chance a month that a project under way is cancelled while rents are at their reference.</summary>
    CancelBase,

    /// <summary>Added chance a month per unit of log rent below the reference.</summary>
    CancelSlope,

    /// <summary>Mean project, H servers.</summary>
    ProjectSize,

    /// <summary>Speed of search, per month.</summary>
    SearchRate,

    /// <summary>Curvature of matching; large makes the short side decide alone.</summary>
    MatchCurvature,

    /// <summary>Mean tenor of contracts, months.</summary>
    Tenor,

    /// <summary>Speed of adjustment of rent, per month.</summary>
    RentSpeed,

    /// <summary>Natural vacancy, 0 to 1.</summary>
    NaturalVacancy,

    /// <summary>Weight of unmet demand in the rent law.</summary>
    UnmetWeight,

    /// <summary>Slope of log rent in vacancy under the level law.</summary>
    VacancySlope,

    /// <summary>Rent of the H tier at the start, money a server-month.</summary>
    RentStart,

    /// <summary>Reference rent of the H tier: what pays for a new server, money a server-month.</summary>
    ReferenceRent,

    /// <summary>Rent of an A server over that of an H server at reference.</summary>
    TierRentA,

    /// <summary>Rent of a D server over that of an H server at reference.</summary>
    TierRentD,

    /// <summary>Pull of the world rent on the H tier, per month; used when the link is on.</summary>
    WorldPull,

    /// <summary>Home rent over the world's.</summary>
    WorldPremium,

    /// <summary>Months by which quotes lag rents.</summary>
    QuoteLag,

    /// <summary>Months of rent that a server costs where tenants buy instead: the upper bound of rent.</summary>
    BuyMonths,

    /// <summary>Avoidable cost of an H server when lit, money a month: the floor of its offers.</summary>
    AvoidableCost,

    /// <summary>Spread of avoidable cost among owners, in logs.</summary>
    DarkSpread,

    /// <summary>Price of a new H server when rent is at its reference, money.</summary>
    ServerCost,

    /// <summary>How the price of a new server follows expected rent, log on log.</summary>
    PriceToRent,

    /// <summary>Return that a buyer of used servers wants, a year.</summary>
    BuyerReturn,

    /// <summary>Weight of expected earnings in the log second-hand price; the rest is that of a new server worn by age, 0 to 1.</summary>
    UsedToEarnings,

    /// <summary>Fire-sale discount: loss in logs per share of the stock that comes to sale in a month.</summary>
    FireSaleSlope,

    /// <summary>Share of vacant capacity that leaves a month where holding is worth as much as selling.</summary>
    ExitRate,

    /// <summary>Share of ineligible capacity made eligible a month by takeover while all of it is idle.</summary>
    TakeoverRate,

    /// <summary>Share of national compute that can serve at all, 0 to 1.</summary>
    UsableShare,

    /// <summary>Of the usable compute outside merchant centres, the share that trains its owners' models, 0 to 1.</summary>
    CaptiveTraining,

    /// <summary>Share of the captive shortage that is rented rather than squeezed, 0 to 1.</summary>
    OverflowShare,

    /// <summary>Share of a voucher that moves demand as a lower rent would, 0 to 1.</summary>
    VoucherPass,

    /// <summary>Spot rent below contract rent at natural vacancy, in logs.</summary>
    SpotDiscount,

    /// <summary>Speed of adjustment of spot rent, per month.</summary>
    SpotSpeed,

    /// <summary>Slope of log spot rent in vacancy.</summary>
    SpotSlope,

    /// <summary>Growth of tokens a server serves a year at the vintage, in logs.</summary>
    ServingGrowth,

    /// <summary>Growth of tokens a year at the vintage, in logs.</summary>
    TokenGrowth,

    /// <summary>Years in which the growth of tokens and of serving halves.</summary>
    GrowthHalfLife,

    /// <summary>Volatility of log tokens, per root year.</summary>
    TokenVolatility,

    /// <summary>Elasticity of tokens to rent after the last datum, negative.</summary>
    TokenElasticity,

    /// <summary>Growth of training demand a month in the long run, in logs.</summary>
    TrainingLongRun,

    /// <summary>Volatility of log training demand, per root year.</summary>
    TrainingVolatility,

    /// <summary>Fall of the reference rent a year as better chips come, in logs.</summary>
    Obsolescence,

    /// <summary>Growth of national compute a year, in logs.</summary>
    ComputeGrowth,

    /// <summary>Change of the world's log rent a year.</summary>
    WorldDrift,

    /// <summary>Volatility of the world's log rent, per root year.</summary>
    WorldVolatility,

    /// <summary>Efficiency shocks a year.</summary>
    ShockRate,

    /// <summary>Compute a unit of work needs less after a shock, in logs.</summary>
    ShockSize,

    /// <summary>Share of a shock that comes back as more use; above 1 use grows on balance.</summary>
    Rebound,

    /// <summary>Changes of export rules a year.</summary>
    RuleRate,

    /// <summary>Months after the vintage until the dated push ebbs, where no review is known.</summary>
    PushFade,

    /// <summary>Volatility of log rent that no mechanism here explains, per root month.</summary>
    RentNoise,
}
