using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Sites;

namespace Plimsoll.Studies.Model;

/// <summary>The site of a case as each of its fleets meets it: one set of prices, each fleet's own power; costs add up.</summary>
/// <param name="study">The case.</param>
/// <param name="value">Values of its uncertain numbers.</param>
public sealed class FleetSites(StudyCase study, Func<InputNumber, double> value)
{
    /// <summary>Hours of a mean month.</summary>
    public const double HoursPerMonth = 730;

    private readonly SiteTerms _terms = Terms(study, value);
    private readonly Dictionary<ServerPower, SiteModel> _models = [];

    /// <summary>Energy and running cost of a fleet's servers.</summary>
    /// <param name="fleet">The fleet.</param>
    public SiteModel Of(FleetCase fleet)
    {
        if (!_models.TryGetValue(fleet.Power, out var model))
        {
            _models[fleet.Power] = model = new SiteModel(_terms, fleet.Power);
        }
        return model;
    }

    /// <summary>Running cost of one let accelerator in parts, money per hour, mean over the accelerators of some fleets.</summary>
    /// <param name="fleets">The fleets, at least one.</param>
    public IReadOnlyList<(string Name, double PerHour, bool Avoidable)> MeanPartsPerLetHour(
        IReadOnlyList<FleetCase> fleets
    )
    {
        ArgumentNullException.ThrowIfNull(fleets);
        var all = fleets.Sum(f => f.Accelerators);
        return
        [
            .. fleets
                .SelectMany(f =>
                    Of(f).PartsPerLetHour().Select(p => (Part: p, Weight: f.Accelerators / all))
                )
                .GroupBy(p => (p.Part.Name, p.Part.Avoidable))
                .Select(g => (g.Key.Name, g.Sum(p => p.Weight * p.Part.PerHour), g.Key.Avoidable)),
        ];
    }

    /// <summary>The outlook with energy, peak power and running cost of every month, added over the fleets.</summary>
    /// <param name="outlook">With the months of its fleets.</param>
    /// <remarks>Peaks are added: every server may be busy at one time.</remarks>
    public MonthlyOutlook AddCosts(MonthlyOutlook outlook)
    {
        var of = study.Fleets.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var parts = outlook
            .Fleets.Select(f => Of(of[f.Fleet]).AddCosts(Alone(f, outlook)))
            .ToList();
        return outlook with
        {
            EnergyKwh = Sum(parts.Select(p => p.EnergyKwh), outlook.Months),
            PeakKw = Sum(parts.Select(p => p.PeakKw), outlook.Months),
            Costs =
            [
                .. outlook.Costs,
                .. parts
                    .SelectMany(p => p.Costs)
                    .GroupBy(c => c.Name, StringComparer.Ordinal)
                    .Select(g => new CostSplit(
                        g.Key,
                        Sum(g.Select(c => c.AvoidableWhenDark), outlook.Months),
                        Sum(g.Select(c => c.AvoidableOnClosing), outlook.Months),
                        Sum(g.Select(c => c.Sunk), outlook.Months)
                    )),
            ],
        };
    }

    /// <summary>One fleet as if it were the centre, without costs.</summary>
    private static MonthlyOutlook Alone(FleetMonths fleet, MonthlyOutlook outlook) =>
        outlook with
        {
            Installed = fleet.Installed,
            Repair = fleet.Repair,
            Dark = fleet.Dark,
            Idle = fleet.Idle,
            Fleets = [],
            Leases = [],
            Costs = [],
            Sales =
            [
                new ProductSales(
                    Product.SmallLease,
                    fleet.HoursSold,
                    new double[outlook.Months],
                    []
                ),
            ],
        };

    private static double[] Sum(IEnumerable<double[]> arrays, int months)
    {
        var sum = new double[months];
        foreach (var array in arrays)
        {
            for (var m = 0; m < months; m++)
            {
                sum[m] += array[m];
            }
        }
        return sum;
    }

    private static SiteTerms Terms(StudyCase study, Func<InputNumber, double> value)
    {
        var s = study.Site;
        return new SiteTerms
        {
            Site = s.Name,
            Tariff = value(s.Tariff) * study.PowerFactor,
            DemandCharge = value(s.DemandCharge) * study.PowerFactor,
            DesignPue = Math.Max(1.01, value(s.DesignPue)),
            FixedOverheadShare = Math.Clamp(value(s.FixedOverheadShare), 0, 1),
            LetLoad = Math.Clamp(value(s.LetLoad), 0, 1),
            LitService = value(s.LitService),
            LitBandwidth = value(s.LitBandwidth),
            StandingService = value(s.StandingService),
            Colocation = value(s.Colocation),
            WaterPerKwh = value(s.Water),
            Escalation = value(s.Escalation),
            Profile = s.Profile,
        };
    }
}
