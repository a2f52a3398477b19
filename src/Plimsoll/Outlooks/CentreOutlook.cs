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
);

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
);
