namespace Plimsoll.Market;

/// <summary>The uncertain constants of the market, in the order of an ensemble member's vector.</summary>
public enum Parameter
{
    /// <summary>Training demand at the start, servers of the H class or their like.</summary>
    TrainingStart,

    /// <summary>Growth of training demand a month before its peak, in logs.</summary>
    TrainingGrowth,

    /// <summary>Months from the start to the peak of training demand.</summary>
    TrainingPeak,

    /// <summary>Decline of training demand a month for two years after its peak, in logs.</summary>
    TrainingDecline,

    /// <summary>Price elasticity of training demand, negative.</summary>
    Elasticity,

    /// <summary>Share of national tokens served on rented capacity.</summary>
    MerchantShare,

    /// <summary>How many times the servers of the best published service a token needs.</summary>
    Inefficiency,

    /// <summary>Merchant capacity at the start, servers.</summary>
    CapacityStart,

    /// <summary>Projects begun a month without a push.</summary>
    BaseOrders,

    /// <summary>Projects begun a month at the height of the dated push.</summary>
    PushOrders,

    /// <summary>How orders follow smoothed rent over its reference.</summary>
    OrderElasticity,

    /// <summary>Months from order to service, mean of three stages.</summary>
    BuildLag,

    /// <summary>Chance a month that a project is cancelled while rents are at their reference.</summary>
    CancelBase,

    /// <summary>Added chance a month per unit of log rent below the reference.</summary>
    CancelSlope,

    /// <summary>Mean project, servers of the H class or their like.</summary>
    ProjectSize,

    /// <summary>Speed of search, per month.</summary>
    SearchRate,

    /// <summary>Mean tenor of contracts, months.</summary>
    Tenor,

    /// <summary>Speed of adjustment of rent, per month.</summary>
    RentSpeed,

    /// <summary>Natural vacancy.</summary>
    NaturalVacancy,

    /// <summary>Weight of unmet demand in the rent law.</summary>
    UnmetWeight,

    /// <summary>Slope of log rent in vacancy under the level law.</summary>
    VacancySlope,

    /// <summary>Rent of the H class at the start, money a server-month.</summary>
    RentStart,

    /// <summary>Reference rent of the H class: what pays for a new server, money a server-month.</summary>
    ReferenceRent,

    /// <summary>Pull of the world rent on the H class, per month; used when the link is on.</summary>
    WorldPull,

    /// <summary>Home rent over the world's.</summary>
    WorldPremium,

    /// <summary>Months by which quotes lag rents.</summary>
    QuoteLag,

    /// <summary>Growth of tokens a year at the vintage, in logs.</summary>
    TokenGrowth,

    /// <summary>Growth of tokens a server serves a year at the vintage, in logs.</summary>
    ServingGrowth,

    /// <summary>Years in which both growths halve.</summary>
    GrowthHalfLife,

    /// <summary>Fall of the reference rent a year as better chips come, in logs.</summary>
    Obsolescence,

    /// <summary>Growth of training demand a month in the long run, in logs.</summary>
    TrainingLongRun,
}
