namespace Plimsoll.Contracts;

/// <summary>Why a contract ended.</summary>
public enum LeaseEnd
{
    /// <summary>Its term ran out, or it still runs at the horizon.</summary>
    Expired,

    /// <summary>It was renewed at its end: a new record follows.</summary>
    Renewed,

    /// <summary>Its price was cut in a falling market: a new record follows.</summary>
    Repriced,

    /// <summary>The tenant broke it.</summary>
    Breached,

    /// <summary>The tenant failed and could not pay.</summary>
    Defaulted,

    /// <summary>A written right ended it: convenience exit, availability, or delivery past the long-stop date.</summary>
    RightUsed,

    /// <summary>The accelerators that served it were sold or closed.</summary>
    Withdrawn,

    /// <summary>The operator failed and the tenant did not stay with another.</summary>
    OperatorFailed,
}

/// <summary>Which written right ended a contract.</summary>
public enum WrittenRight
{
    /// <summary>None.</summary>
    None,

    /// <summary>The tenant left for a fee.</summary>
    ConvenienceExit,

    /// <summary>Delivery was later than the long-stop date.</summary>
    LongStop,

    /// <summary>Availability stayed below the trigger.</summary>
    Unavailability,
}
