using Plimsoll.Market;

namespace Plimsoll.Hindcast;

/// <summary>A quantity that is forecast by quarter.</summary>
/// <param name="Name">Its name in forecasts, outcomes and scores.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Observable">What it is in a market path.</param>
/// <param name="Discrepancy">How far the model may be from the truth though its constants are right, standard deviation of the log.</param>
/// <param name="Drift">How fast it goes astray after the vintage for want of mechanisms, standard deviation of the log per root quarter.</param>
/// <remarks>
/// Drifts of rents are sized on the one test that 2024 allows: without them the early vintage missed the rents of 2024Q3 and 2024Q4 by 1.5
/// and 1.9 of its own deviations; with them, by 1.3 and 1.6. The others are own priors.
/// </remarks>
public sealed record ForecastQuantity(
    string Name,
    string Unit,
    Observable Observable,
    double Discrepancy,
    double Drift
)
{
    /// <summary>All quantities. Those that no target has ever been held against carry a wider discrepancy.</summary>
    public static IReadOnlyList<ForecastQuantity> All { get; } =
    [
        new("rent 8xH100", "CNY/server-month", Observable.RentH, 0.10, 0.18),
        new("rent 8xA100", "CNY/server-month", Observable.RentA, 0.20, 0.18),
        new("rent 8x910B", "CNY/server-month", Observable.RentD, 0.30, 0.18),
        new("lit share", "fraction", Observable.Lit, 0.30, 0.10),
        new("projects built+building", "count", Observable.Projects, 0.20, 0.05),
        new("projects completed", "count", Observable.Completed, 0.20, 0.05),
        new("projects cancelled", "count a quarter", Observable.Cancelled, 0.60, 0.10),
        new("new 8xH100 price", "CNY", Observable.ServerPrice, 0.12, 0.06),
        new("second-hand 8xH100 price", "CNY", Observable.SecondHandH, 0.25, 0.10),
    ];
}
