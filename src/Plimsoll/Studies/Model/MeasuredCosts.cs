using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Sites;

namespace Plimsoll.Studies.Model;

/// <summary>What running a standing centre has cost by its own months, beside what the study and the catalogue say of it: services and hall that the study does not state follow the months.</summary>
/// <param name="Months">Months measured, at least <see cref="LeastMonths"/>, at most twelve.</param>
/// <param name="Measured">Running cost a month as it was, mean, money.</param>
/// <param name="Expected">What it would come to by the study and the catalogue, as full as the centre was, money.</param>
/// <param name="Factor">Times the catalogue's at which the services and the hall that the study does not state are taken; 1 where it states them all.</param>
/// <param name="Error">Half-width of the 80 % interval of that factor, as a share of it.</param>
/// <remarks>
/// Electricity follows from a tariff and from what servers draw, so that the months tell of the rest: services and hall, priors of other centres. What a study states stands as it states it.
/// All servers are taken as lit. Prices of the year before are taken as today's.
/// </remarks>
public sealed record MeasuredCosts(
    int Months,
    double Measured,
    double Expected,
    double Factor,
    double Error
)
{
    /// <summary>Months from which a mean tells more than a prior.</summary>
    public const int LeastMonths = 3;

    /// <summary>Months that are looked back upon: what was before is another centre.</summary>
    private const int MostMonths = 12;

    /// <summary>A service is never for nothing: where electricity alone would cost more than was paid, the rest is taken at this share of the catalogue's.</summary>
    private const double LeastFactor = 0.05;

    /// <summary>How closely twelve months tell the next, at best, as a share; own prior.</summary>
    private const double LeastError = 0.05;

    private const double MostError = 0.5;

    private const double Z90 = 1.2815515655446004;

    /// <summary>What the months of a centre tell; null where they tell too little.</summary>
    /// <param name="plan">The centre, with its hall.</param>
    public static MeasuredCosts? Of(StudyCase plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var let = Math.Min(1, plan.SignedAccelerators / plan.Accelerators);
        var sites = new FleetSites(plan, n => n.Value);
        var months = plan
            .Actuals.Months.Where(m =>
                m.RunningCost is not null && plan.Fleets.All(f => f.Online <= m.Month)
            )
            .TakeLast(MostMonths)
            .Select(m => (Paid: m.RunningCost!.Value, Parts: Parts(plan, sites, m.Fill ?? let)))
            .ToList();
        if (months.Count < LeastMonths)
        {
            return null;
        }
        var measured = months.Average(m => m.Paid);
        var expected = months.Average(m => m.Parts.All);
        var free = months.Average(m => m.Parts.Free);
        if (free <= 0)
        {
            return new MeasuredCosts(months.Count, measured, expected, 1, 0);
        }
        var factor = Math.Max(LeastFactor, (measured - (expected - free)) / free);
        var spread = Math.Sqrt(
            months.Sum(m => Math.Pow(m.Paid - measured, 2)) / (months.Count - 1) / months.Count
        );
        return new MeasuredCosts(
            months.Count,
            measured,
            expected,
            factor,
            Math.Clamp(Z90 * spread / (factor * free), LeastError, MostError)
        );
    }

    /// <summary>Running cost of a month when a share is let, and the part of it that the study does not state.</summary>
    private static (double All, double Free) Parts(StudyCase plan, FleetSites sites, double let)
    {
        double all = 0,
            free = 0;
        foreach (var fleet in plan.Fleets)
        {
            var site = sites.Of(fleet);
            var idle = new SiteModel(site.Terms with { LetLoad = 0 }, fleet.Power);
            double Month(SiteModel of) =>
                of.PartsPerLetHour().Sum(p => p.PerHour)
                * fleet.PerServer
                * FleetSites.HoursPerMonth;
            all += fleet.Servers * ((let * Month(site)) + ((1 - let) * Month(idle)));
            free +=
                fleet.Servers
                * (
                    Priors(plan.Site).Sum(n => n.Value)
                    + (
                        plan.Site.Colocation.FromDefault
                            ? plan.Site.Colocation.Value * fleet.Power.BusyKw
                            : 0
                    )
                );
        }
        return (all, free);
    }

    /// <summary>Services of a server-month that the study does not state.</summary>
    private static IEnumerable<InputNumber> Priors(SiteNumbers site) =>
        new[] { site.LitService, site.LitBandwidth, site.StandingService }.Where(n =>
            n.FromDefault
        );

    /// <summary>A site whose services and hall cost what the months tell.</summary>
    /// <param name="site">The site as the study and the catalogue have it.</param>
    public SiteNumbers On(SiteNumbers site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return site with
        {
            LitService = On(site.LitService),
            LitBandwidth = On(site.LitBandwidth),
            StandingService = On(site.StandingService),
            Colocation = On(site.Colocation),
        };
    }

    private InputNumber On(InputNumber number) =>
        !number.FromDefault || Error <= 0
            ? number
            : number with
            {
                Value = Factor * number.Value,
                Low = Factor * number.Value * (1 - Error),
                High = Factor * number.Value * (1 + Error),
                Source =
                    $"running cost of {Months} months told (actuals), shared out as: {number.Source}",
                Grade = Grade.B,
                FromDefault = false,
            };

    /// <summary>What was measured and what it moves, in words.</summary>
    public Phrase Said =>
        Phrase.Of(
            Error > 0 ? "todate.cost" : "todate.cost.stated",
            (double)Months,
            Measured,
            Expected,
            Factor
        );
}
