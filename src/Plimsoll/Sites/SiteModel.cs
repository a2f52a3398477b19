using Plimsoll.Outlooks;

namespace Plimsoll.Sites;

/// <summary>Energy and running cost of a fleet at a site, month by month.</summary>
/// <param name="terms">Prices.</param>
/// <param name="power">Power of one server of the fleet.</param>
/// <remarks>
/// Power of the hall: server power x (1 + variable overhead) + fixed overhead, the first with the air outside, the second whatever the load.
/// Darkness saves what a server draws above switched off, with the overhead that follows it, and the services of lit servers; no more.
/// </remarks>
public sealed class SiteModel(SiteTerms terms, ServerPower power)
{
    /// <summary>Name of the part that pays for the hall.</summary>
    public const string HallPart = "hall and cooling";

    private const double HoursPerMonth = 730;

    private readonly double _variable = (terms.DesignPue - 1) * (1 - terms.FixedOverheadShare);
    private readonly double _fixed = (terms.DesignPue - 1) * terms.FixedOverheadShare;

    /// <summary>The terms.</summary>
    public SiteTerms Terms => terms;

    /// <summary>Power of one server.</summary>
    public ServerPower Power => power;

    /// <summary>Power usage effectiveness at part load, mean of the year: an empty hall is an inefficient hall.</summary>
    /// <param name="load">Server power over server power at full load, more than 0, at most 1.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The load is outside (0, 1].</exception>
    /// <remarks>PUE(u) = 1 + variable + fixed / u, with variable + fixed the overhead at full load.</remarks>
    public double Pue(double load)
    {
        Demand(load);
        return 1 + _variable + (_fixed / load);
    }

    /// <summary>Power usage effectiveness at part load in a month of the year, by the climate of the site.</summary>
    /// <param name="load">Server power over server power at full load, more than 0, at most 1.</param>
    /// <param name="monthOfYear">1 to 12.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The load is outside (0, 1] or the month outside 1 to 12.</exception>
    public double Pue(double load, int monthOfYear)
    {
        Demand(load);
        ArgumentOutOfRangeException.ThrowIfLessThan(monthOfYear, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(monthOfYear, 12);
        return 1 + (_variable * terms.Profile.Overhead[monthOfYear - 1]) + (_fixed / load);
    }

    /// <summary>Mean power of a let server, kW, without hall overhead.</summary>
    public double LetKw => power.IdleKw + (terms.LetLoad * (power.BusyKw - power.IdleKw));

    /// <summary>Cost that going dark saves on one let accelerator, money per hour, mean of the year: the floor of an offer.</summary>
    /// <remarks>Power above switched-off with the variable part of the overhead and its share of the demand charge, and the service and bandwidth of lit servers.</remarks>
    public double AvoidablePerLetHour =>
        PartsPerLetHour().Where(p => p.Avoidable).Sum(p => p.PerHour);

    /// <summary>Running cost of one let accelerator in parts, money per hour, at today's prices, mean of the year; avoidable when dark or not.</summary>
    public IReadOnlyList<(string Name, double PerHour, bool Avoidable)> PartsPerLetHour()
    {
        var profile = terms.Profile;
        var perServerMonth = 1 / (power.Accelerators * HoursPerMonth);
        var idleAbove = power.IdleKw - power.OffKw;
        var price = 1 + (_variable * profile.OverheadPrice.Average());
        var loadPrice = profile.LoadPrice + (_variable * profile.LoadOverheadPrice.Average());
        var hottest = 1 + (_variable * profile.HottestOverhead.Average());
        var demand = terms.DemandCharge * perServerMonth;
        var aboveKw = (power.BusyKw - power.OffKw) * hottest;
        var standingKw = (power.OffKw * hottest) + (power.BusyKw * _fixed);
        // With a ratchet darkness saves only what lies above a share of the power drawn before.
        var savedKw = Math.Min(aboveKw, (1 - profile.DemandRatchet) * (aboveKw + standingKw));
        return
        [
            (
                "electricity above switched-off",
                ((idleAbove * price) + ((LetKw - power.IdleKw) * loadPrice))
                    * terms.Tariff
                    / power.Accelerators,
                true
            ),
            ("demand charge above switched-off", demand * savedKw, true),
            ("operations of lit servers", terms.LitService * perServerMonth, true),
            ("bandwidth and licences of lit servers", terms.LitBandwidth * perServerMonth, true),
            (
                "electricity of the hall and of standby",
                ((power.OffKw * price) + (power.BusyKw * _fixed))
                    * terms.Tariff
                    / power.Accelerators,
                false
            ),
            (
                "demand charge of the hall and of standby",
                demand * (standingKw + aboveKw - savedKw),
                false
            ),
            ("standing staff, support and platform", terms.StandingService * perServerMonth, false),
            (HallPart, terms.Colocation * power.BusyKw * perServerMonth, false),
        ];
    }

    /// <summary>The same outlook with energy, peak power and running cost of every month.</summary>
    /// <param name="outlook">Accelerators installed, dark and under repair, and hours sold.</param>
    /// <remarks>Accelerators neither sold nor dark are lit and idle, those under repair among them.</remarks>
    public MonthlyOutlook AddCosts(MonthlyOutlook outlook)
    {
        var n = outlook.Months;
        double[] kwh = new double[n],
            peak = new double[n],
            energy = new double[n],
            energyStanding = new double[n],
            lit = new double[n],
            standing = new double[n],
            hall = new double[n],
            zero = new double[n];
        var profile = terms.Profile;
        for (var m = 0; m < n; m++)
        {
            var servers = outlook.Installed[m] / power.Accelerators;
            if (servers <= 0)
            {
                continue;
            }
            var month = outlook.Start + m;
            var k = month.MonthOfYear - 1;
            var hours = month.Hours;
            var prices = Math.Pow(1 + terms.Escalation, m / 12.0);
            var let = outlook.Fill(m) * servers;
            // A share sold a hair above one by rounding leaves nothing, not less.
            var unlet = Math.Max(0, servers - let);
            var dark = Math.Clamp(outlook.Dark[m] / power.Accelerators, 0, unlet);
            var idle = unlet - dark;
            // Above switched off: an even part, and the swing of let servers through the day.
            var even = (let + idle) * (power.IdleKw - power.OffKw);
            var swing = let * (LetKw - power.IdleKw);
            var standby = servers * power.OffKw;
            var hallKw = servers * power.BusyKw * _fixed;
            var overhead = 1 + (_variable * profile.Overhead[k]);
            var price = profile.Price[k];
            var overheadPrice = price + (_variable * profile.OverheadPrice[k]);
            var loadOverhead = 1 + (_variable * profile.LoadOverhead[k]);
            var loadPrice = profile.LoadPriceOf[k] + (_variable * profile.LoadOverheadPrice[k]);
            var hottest = 1 + (_variable * profile.HottestOverhead[k]);
            kwh[m] = (((even + standby) * overhead) + (swing * loadOverhead) + hallKw) * hours;
            var peakAbove =
                ((let * (power.BusyKw - power.OffKw)) + (idle * (power.IdleKw - power.OffKw)))
                * hottest;
            var peakStanding = (standby * hottest) + hallKw;
            peak[m] = peakAbove + peakStanding;
            // With a ratchet darkness saves only what lies above a share of the highest power of the months before.
            var least = profile.DemandRatchet * HighestBefore(peak, m);
            var standingKw = Math.Max(peakStanding, least);
            var aboveKw = Math.Max(peak[m], least) - standingKw;
            energy[m] =
                (
                    (((even * overheadPrice) + (swing * loadPrice)) * hours * terms.Tariff)
                    + (aboveKw * terms.DemandCharge)
                ) * prices;
            energyStanding[m] =
                (
                    (((standby * overheadPrice) + (hallKw * price)) * hours * terms.Tariff)
                    + (standingKw * terms.DemandCharge)
                ) * prices;
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
                new CostSplit("electricity", energy, energyStanding, zero),
                new CostSplit("operations, bandwidth and licences of lit servers", lit, zero, zero),
                new CostSplit("standing staff, support and platform", zero, standing, zero),
                new CostSplit(HallPart, zero, zero, hall),
            ],
        };
    }

    /// <summary>Highest power of the eleven months before one, kW; 0 in the first.</summary>
    private static double HighestBefore(double[] peak, int month)
    {
        var highest = 0.0;
        for (var m = Math.Max(0, month - 11); m < month; m++)
        {
            highest = Math.Max(highest, peak[m]);
        }
        return highest;
    }

    /// <summary>Water used in a month.</summary>
    /// <param name="outlook">With its energy.</param>
    /// <param name="month">From 0.</param>
    /// <returns>Litres, by the energy of the servers: bought energy over the mean PUE at full load.</returns>
    public double WaterLitres(MonthlyOutlook outlook, int month) =>
        outlook.EnergyKwh[month] / terms.DesignPue * terms.WaterPerKwh;

    private static void Demand(double load)
    {
        if (!(load is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(load),
                load,
                "The load must be more than 0 and at most 1."
            );
        }
    }
}
