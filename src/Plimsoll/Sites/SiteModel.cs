using Plimsoll.Outlooks;

namespace Plimsoll.Sites;

/// <summary>Energy and running cost of a fleet at a site, month by month.</summary>
/// <param name="terms">Prices.</param>
/// <param name="power">Power of one server of the fleet.</param>
public sealed class SiteModel(SiteTerms terms, ServerPower power)
{
    /// <summary>Name of the part that pays for the hall.</summary>
    public const string HallPart = "hall and cooling";

    /// <summary>The terms.</summary>
    public SiteTerms Terms => terms;

    /// <summary>Power usage effectiveness at part load: an empty hall is an inefficient hall.</summary>
    /// <param name="load">Server power over server power at full load, more than 0, at most 1.</param>
    /// <returns>At least 1.</returns>
    /// <remarks>PUE(u) = 1 + variable + fixed / u, with variable + fixed the overhead at full load.</remarks>
    public double Pue(double load)
    {
        var overhead = terms.DesignPue - 1;
        return 1
            + (overhead * (1 - terms.FixedOverheadShare))
            + (overhead * terms.FixedOverheadShare / load);
    }

    /// <summary>Mean power of a let server, kW, without hall overhead.</summary>
    public double LetKw => power.IdleKw + (terms.LetLoad * (power.BusyKw - power.IdleKw));

    /// <summary>Cost that going dark saves on one let accelerator, money per hour: the floor of an offer.</summary>
    /// <remarks>Power above switched-off with the variable part of the overhead, and the service and bandwidth of lit servers.</remarks>
    public double AvoidablePerLetHour =>
        PartsPerLetHour().Where(p => p.Avoidable).Sum(p => p.PerHour);

    /// <summary>Running cost of one let accelerator in parts, money per hour, at today's prices.</summary>
    public IReadOnlyList<(string Name, double PerHour, bool Avoidable)> PartsPerLetHour()
    {
        const double HoursPerMonth = 730;
        var overhead = terms.DesignPue - 1;
        var variable = 1 + (overhead * (1 - terms.FixedOverheadShare));
        var perServerMonth = 1 / (power.Accelerators * HoursPerMonth);
        return
        [
            (
                "electricity above switched-off",
                (LetKw - power.OffKw) * variable * terms.Tariff / power.Accelerators,
                true
            ),
            ("operations of lit servers", terms.LitService * perServerMonth, true),
            ("bandwidth and licences of lit servers", terms.LitBandwidth * perServerMonth, true),
            (
                "electricity of the hall and of standby",
                ((power.OffKw * variable) + (power.BusyKw * overhead * terms.FixedOverheadShare))
                    * terms.Tariff
                    / power.Accelerators,
                false
            ),
            (
                "demand charge",
                terms.DemandCharge * power.BusyKw * terms.DesignPue * perServerMonth,
                false
            ),
            ("standing staff, support and platform", terms.StandingService * perServerMonth, false),
            (HallPart, terms.Colocation * power.BusyKw * perServerMonth, false),
        ];
    }

    /// <summary>The same outlook with energy, peak power and running cost of every month.</summary>
    /// <param name="outlook">Accelerators installed, dark and under repair, and hours sold.</param>
    public MonthlyOutlook AddCosts(MonthlyOutlook outlook)
    {
        var n = outlook.Months;
        double[] kwh = new double[n],
            peak = new double[n],
            energy = new double[n],
            energyFixed = new double[n],
            lit = new double[n],
            standing = new double[n],
            hall = new double[n],
            zero = new double[n];
        var overhead = terms.DesignPue - 1;
        for (var m = 0; m < n; m++)
        {
            var hours = (outlook.Start + m).Hours;
            var servers = outlook.Installed[m] / power.Accelerators;
            if (servers <= 0)
            {
                continue;
            }
            var prices = Math.Pow(1 + terms.Escalation, m / 12.0);
            var let = outlook.Fill(m) * servers;
            var dark = Math.Min(servers - let, outlook.Dark[m] / power.Accelerators);
            var idle = Math.Max(0, servers - let - dark);
            var above = (let * (LetKw - power.OffKw)) + (idle * (power.IdleKw - power.OffKw));
            var variable = 1 + (overhead * (1 - terms.FixedOverheadShare));
            var hallKw =
                (servers * power.OffKw * variable)
                + (servers * power.BusyKw * overhead * terms.FixedOverheadShare);
            kwh[m] = ((above * variable) + hallKw) * hours;
            peak[m] =
                ((let * power.BusyKw) + (idle * power.IdleKw) + (dark * power.OffKw))
                * terms.DesignPue;
            energy[m] = above * variable * hours * terms.Tariff * prices;
            energyFixed[m] =
                ((hallKw * hours * terms.Tariff) + (peak[m] * terms.DemandCharge)) * prices;
            lit[m] = (let + idle) * (terms.LitService + terms.LitBandwidth) * prices;
            standing[m] = servers * terms.StandingService * prices;
            hall[m] = servers * terms.Colocation * power.BusyKw * prices;
        }
        return outlook with
        {
            EnergyKwh = kwh,
            PeakKw = peak,
            Costs =
            [
                .. outlook.Costs,
                new CostSplit("electricity", energy, energyFixed, zero),
                new CostSplit("operations, bandwidth and licences of lit servers", lit, zero, zero),
                new CostSplit("standing staff, support and platform", zero, standing, zero),
                new CostSplit("hall and cooling", zero, zero, hall),
            ],
        };
    }
}
