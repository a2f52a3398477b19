using Plimsoll.Inputs;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>What it takes to serve at one load for the whole horizon: the cost of service, whatever the service fetches.</summary>
/// <param name="Accelerators">In working order and standing, those installed less those under repair; one entry a month.</param>
/// <param name="RunningCost">Money a month with insurance and power paid for and not used, tax excluded.</param>
/// <param name="Proceeds">Money a month that accelerators fetch, selling cost taken off: all of it in the last month.</param>
/// <remarks>
/// Every fleet stands from the month in which it came in the draw up to the end of the horizon, nothing of it dark, and is sold there. What it really sells, when its owner would sell or
/// close and whether lenders would are left out: all of these hang on the price, the cost of service does not.
/// </remarks>
public sealed record FullService(double[] Accelerators, double[] RunningCost, double[] Proceeds)
{
    /// <summary>Serves at a load for the whole horizon.</summary>
    /// <param name="study">The case that came about.</param>
    /// <param name="numbers">Values of its uncertain numbers by path; a number not among them takes its best estimate.</param>
    /// <param name="done">What it did.</param>
    /// <param name="load">Share of the accelerators in working order that serve, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The load is outside 0 to 1.</exception>
    public static FullService Of(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        CasePhysical done,
        double load
    )
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(done);
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(load, 1);
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var full = Filled(FleetShares.Split(done.Cleared.Physical, study), load);
        var costed = CaseCosts.Of(
            study with
            {
                RentFactor = 1,
                FillFloor = 0,
            },
            new FleetSites(study, Value),
            done.Cleared with
            {
                Physical = full,
            }
        );
        var cash = CaseRun.Money(study.WithoutDebt(), numbers, done with { Outlook = costed });
        return new FullService(
            [.. full.Installed.Zip(full.Repair, (all, broken) => Math.Max(0, all - broken))],
            cash.RunningCost,
            cash.Proceeds
        );
    }

    private static MonthlyOutlook Filled(MonthlyOutlook outlook, double load)
    {
        var n = outlook.Months;
        double[] installed = new double[n],
            repair = new double[n],
            idle = new double[n],
            hours = new double[n],
            worth = new double[n],
            none = new double[n];
        List<FleetMonths> fleets = [];
        foreach (var fleet in outlook.Fleets)
        {
            var broken = Broken(fleet);
            double[] standing = new double[n],
                mended = new double[n],
                vacant = new double[n],
                served = new double[n];
            for (var m = 0; m < n; m++)
            {
                var sold = m < fleet.Sold.Length ? fleet.Sold[m] : 0;
                standing[m] = Math.Max(m > 0 ? standing[m - 1] : 0, fleet.Installed[m] + sold);
                mended[m] = broken * standing[m];
                var serving = load * (standing[m] - mended[m]);
                vacant[m] = standing[m] - mended[m] - serving;
                served[m] = serving * outlook.Hours(m);
                installed[m] += standing[m];
                repair[m] += mended[m];
                idle[m] += vacant[m];
                hours[m] += served[m];
                worth[m] += standing[m] * fleet.ResalePrice[m];
            }
            fleets.Add(
                fleet with
                {
                    Installed = standing,
                    Repair = mended,
                    Dark = none,
                    Idle = vacant,
                    HoursSold = served,
                    Revenue = none,
                    Sold = none,
                    Uncontracted = [],
                }
            );
        }
        return new MonthlyOutlook
        {
            Start = outlook.Start,
            Currency = outlook.Currency,
            Installed = installed,
            Repair = repair,
            Dark = none,
            Idle = idle,
            Fleets = fleets,
            Sales = [new ProductSales(Product.Inference, hours, none, none)],
            Leases = [],
            Costs = [],
            EnergyKwh = none,
            PeakKw = none,
            ResalePrice =
            [
                .. worth.Select(
                    (w, m) => installed[m] > 0 ? w / installed[m] : outlook.ResalePrice[m]
                ),
            ],
            MonthsToSell = outlook.MonthsToSell,
            HoursPerMonth = outlook.HoursPerMonth,
        };
    }

    /// <summary>Share of a fleet under repair: its greatest of all months, for what is let goes before repair in the rest.</summary>
    private static double Broken(FleetMonths fleet)
    {
        var most = 0.0;
        for (var m = 0; m < fleet.Installed.Length; m++)
        {
            most =
                fleet.Installed[m] > 0
                    ? Math.Max(most, fleet.Repair[m] / fleet.Installed[m])
                    : most;
        }
        return most;
    }
}
