namespace Plimsoll.Outlooks;

/// <summary>A centre's outlook in one draw, with the reasons for its fill.</summary>
/// <param name="Physical">What it does and sells.</param>
/// <param name="Reasons">The steps from demand to hours sold; same months.</param>
/// <param name="MarketQuote">Quoted rent of its segment, money per accelerator-hour; one entry a month.</param>
/// <param name="RentLaw">Name of the rent law of this draw.</param>
public sealed record CentreOutlook(
    MonthlyOutlook Physical,
    FillReasons Reasons,
    double[] MarketQuote,
    string RentLaw
)
{
    /// <summary>Rent of contracts signed in its segment, money per accelerator-hour; one entry a month.</summary>
    public double[] ContractRent { get; init; } = [];

    /// <summary>Rent by the hour in its tier, money per accelerator-hour; one entry a month.</summary>
    public double[] SpotRent { get; init; } = [];

    /// <summary>Its largest share of the accelerators installed in its tier, itself included, 0 to 1: how far it moves the market it stands in.</summary>
    public double ShareOfTier { get; init; }

    /// <summary>True when the whole market was run again with the centre in it; false when it was added to the market as it was.</summary>
    public bool FullRun { get; init; }
}

/// <summary>Why the hours were sold or not: each step a subset of the one before, in accelerators, one entry a month.</summary>
/// <param name="Demand">Accelerators wanted in the market in this product mix and tier.</param>
/// <param name="Reachable">Of those, within reach of this site (latency, rules, place).</param>
/// <param name="Eligible">Of those, whose need this fleet meets (chip, fabric, lot size).</param>
/// <param name="Won">Accelerators' worth of that demand which came to this centre, leases and tokens together.</param>
/// <param name="Served">Of those, what this fleet can serve within the promise (an inference share beyond goodput is lost here).</param>
/// <param name="Sold">Accelerators really sold, repair and darkness taken off: hours sold over hours of the month.</param>
public sealed record FillReasons(
    double[] Demand,
    double[] Reachable,
    double[] Eligible,
    double[] Won,
    double[] Served,
    double[] Sold
)
{
    /// <summary>Where the rest of the capacity was lost; null when not computed.</summary>
    public CapacityLosses? Losses { get; init; }
}

/// <summary>Installed accelerators that were not sold, by cause; with those sold they add up to the installed. One entry a month.</summary>
/// <param name="Repair">Under repair.</param>
/// <param name="Captive">Kept by the owner for itself.</param>
/// <param name="Dark">Switched off by decision.</param>
/// <param name="Glut">Idle because its whole market has more than is wanted.</param>
/// <param name="Price">Idle beyond that because it asks more than its rivals.</param>
/// <param name="Trust">Because its operator is less known or less capable than theirs.</param>
/// <param name="Reach">Because the site is too far from latency-bound demand.</param>
/// <param name="Fit">Because network, software or chip do not fit the demand there is.</param>
/// <param name="Chance">The rest: demand comes in lumps, and search takes time.</param>
public sealed record CapacityLosses(
    double[] Repair,
    double[] Captive,
    double[] Dark,
    double[] Glut,
    double[] Price,
    double[] Trust,
    double[] Reach,
    double[] Fit,
    double[] Chance
);
