using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>What each fleet of a centre does in a draw: as the market says, or, of an outlook that only has totals, in proportion to what stands of each.</summary>
internal static class FleetShares
{
    /// <summary>The outlook with the months of its fleets.</summary>
    /// <param name="outlook">What the centre does and sells.</param>
    /// <param name="study">Its fleets.</param>
    public static MonthlyOutlook Split(MonthlyOutlook outlook, StudyCase study)
    {
        if (outlook.Fleets.Count > 0)
        {
            return outlook;
        }
        var late = Delay(outlook, study);
        var shares = study
            .Fleets.Select(f =>
                Enumerable
                    .Range(0, outlook.Months)
                    .Select(m => Share(study, f, outlook.Start + (m - late)))
                    .ToArray()
            )
            .ToList();
        var hours = new double[outlook.Months];
        var money = new double[outlook.Months];
        for (var m = 0; m < outlook.Months; m++)
        {
            hours[m] = outlook.Sales.Sum(s => s.GpuHours[m]);
            money[m] = outlook.Revenue(m);
        }
        return outlook with
        {
            Fleets = [.. study.Fleets.Select((f, i) => Of(f, shares[i], outlook, hours, money))],
        };
    }

    private static FleetMonths Of(
        FleetCase fleet,
        double[] share,
        MonthlyOutlook outlook,
        double[] hours,
        double[] money
    )
    {
        double[] Part(double[] all) => [.. share.Select((s, m) => m < all.Length ? s * all[m] : 0)];
        return new FleetMonths
        {
            Fleet = fleet.Name,
            Accelerator = fleet.Accelerator,
            Server = fleet.Server,
            Installed = Part(outlook.Installed),
            Repair = Part(outlook.Repair),
            Dark = Part(outlook.Dark),
            Idle = Part(outlook.Idle),
            HoursSold = Part(hours),
            Revenue = Part(money),
            Quote = [],
            ResalePrice = outlook.ResalePrice,
            MonthsToSell = outlook.MonthsToSell,
            Sold = Part(outlook.Sold),
        };
    }

    /// <summary>Months by which all fleets came late in this draw.</summary>
    private static int Delay(MonthlyOutlook outlook, StudyCase study)
    {
        var planned = Math.Max(0, study.Fleets.Min(f => f.Online) - outlook.Start);
        var first = Array.FindIndex(outlook.Installed, i => i > 0);
        return first > planned ? first - planned : 0;
    }

    private static double Share(StudyCase study, FleetCase fleet, Quantities.Month month)
    {
        var standing = study.Fleets.Where(f => f.Online <= month).Sum(f => f.Accelerators);
        return standing > 0
            ? (fleet.Online <= month ? fleet.Accelerators / standing : 0)
            : fleet.Accelerators / study.Accelerators;
    }
}
