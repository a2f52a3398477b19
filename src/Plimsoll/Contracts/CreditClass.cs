namespace Plimsoll.Contracts;

/// <summary>How good a counterparty is for its word, in the classes a credit committee uses.</summary>
public enum CreditClass
{
    /// <summary>Rated BBB- or better, or guaranteed by one who is: a hyperscaler, a large listed group.</summary>
    InvestmentGrade,

    /// <summary>Rated BB+ or below.</summary>
    RatedBelow,

    /// <summary>A developer of models, unrated, that lives on funding rounds.</summary>
    FundedLab,

    /// <summary>An unrated young company.</summary>
    StartUp,

    /// <summary>A company of the owner's own group; it falls when its parent does.</summary>
    Affiliate,

    /// <summary>A state, a city, a public university or their agency.</summary>
    PublicBody,
}
