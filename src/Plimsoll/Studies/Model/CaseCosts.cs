using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>What a case pays to run, and what its course of action adds to that.</summary>
internal static class CaseCosts
{
    /// <summary>The outlook of a draw with prices as assumed and every running cost.</summary>
    /// <param name="study">The case.</param>
    /// <param name="sites">Its site, by fleet.</param>
    /// <param name="outlook">What the market made of it.</param>
    public static CentreOutlook Of(StudyCase study, FleetSites sites, CentreOutlook outlook)
    {
        var sold = FleetShares.Split(MarketPriced(outlook.Physical, study.RentFactor), study);
        var physical = sites.AddCosts(
            study.FillFloor > 0
                ? Filled(
                    sold,
                    [.. outlook.MarketQuote.Select(q => q * study.RentFactor)],
                    study.FillFloor
                )
                : sold
        );
        foreach (var effect in study.Effects)
        {
            physical = effect.Apply(study, sites, physical);
        }
        return outlook with { Physical = physical };
    }

    /// <summary>The outlook with every price multiplied.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="factor">More than 0.</param>
    public static MonthlyOutlook Priced(MonthlyOutlook outlook, double factor)
    {
        if (factor == 1)
        {
            return outlook;
        }
        double[] Times(double[] prices) => [.. prices.Select(p => p * factor)];
        return outlook with
        {
            Sales =
            [
                .. outlook.Sales.Select(s => s with { PricePerGpuHour = Times(s.PricePerGpuHour) }),
            ],
            Fleets = [.. outlook.Fleets.Select(f => f with { Revenue = Times(f.Revenue) })],
            ContractedRevenue = Times(outlook.ContractedRevenue),
        };
    }

    /// <summary>The outlook with every rent multiplied that no contract signed before the decision fixes.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="factor">More than 0.</param>
    /// <remarks>A month's sales are told by product and not by contract: all its prices move by what the part that is not fixed moves their sum.</remarks>
    public static MonthlyOutlook MarketPriced(MonthlyOutlook outlook, double factor)
    {
        if (factor == 1)
        {
            return outlook;
        }
        var signed = outlook.SignedRent();
        var by = new double[outlook.Months];
        for (var m = 0; m < by.Length; m++)
        {
            var all = outlook.Revenue(m);
            var open = Math.Max(0, all - signed[m]);
            by[m] = all > 0 ? 1 + ((factor - 1) * open / all) : factor;
        }
        double[] Times(double[] money) => [.. money.Select((x, m) => x * by[m])];
        return outlook with
        {
            Sales =
            [
                .. outlook.Sales.Select(s => s with { PricePerGpuHour = Times(s.PricePerGpuHour) }),
            ],
            Fleets = [.. outlook.Fleets.Select(f => f with { Revenue = Times(f.Revenue) })],
            ContractedRevenue = signed,
        };
    }

    /// <summary>An outlook in which nothing was ever built.</summary>
    public static MonthlyOutlook Nothing(MonthlyOutlook outlook)
    {
        var zero = new double[outlook.Months];
        return outlook with
        {
            Installed = zero,
            Repair = zero,
            Dark = zero,
            Idle = zero,
            Fleets = [],
            Sales = [],
            Leases = [],
            Costs = [],
            EnergyKwh = zero,
            PeakKw = zero,
            SaleProceeds = zero,
            SubsidyIncluded = zero,
            Sold = [],
            ContractedRevenue = [],
        };
    }

    /// <summary>The outlook with hours given away at the market's quote until a share of every fleet is sold; only to find what fill an answer would need.</summary>
    private static MonthlyOutlook Filled(MonthlyOutlook outlook, double[] quote, double floor)
    {
        var n = outlook.Months;
        double[] hours = new double[n],
            idle = [.. outlook.Idle],
            dark = [.. outlook.Dark];
        var fleets = new List<FleetMonths>();
        foreach (var fleet in outlook.Fleets)
        {
            double[] sold = [.. fleet.HoursSold],
                unlit = [.. fleet.Dark],
                vacant = [.. fleet.Idle];
            for (var m = 0; m < n; m++)
            {
                var lack =
                    Math.Max(0, floor - fleet.Fill(m, outlook.Hours(m))) * fleet.Installed[m];
                var fromIdle = Math.Min(vacant[m], lack);
                var fromDark = Math.Min(unlit[m], lack - fromIdle);
                sold[m] += lack * outlook.Hours(m);
                hours[m] += lack * outlook.Hours(m);
                (vacant[m], idle[m]) = (vacant[m] - fromIdle, idle[m] - fromIdle);
                (unlit[m], dark[m]) = (unlit[m] - fromDark, Math.Max(0, dark[m] - fromDark));
            }
            fleets.Add(fleet with { HoursSold = sold, Dark = unlit, Idle = vacant });
        }
        return outlook with
        {
            Idle = idle,
            Dark = dark,
            Fleets = fleets,
            Sales = [.. outlook.Sales, new ProductSales(Product.SmallLease, hours, quote, [])],
        };
    }
}
