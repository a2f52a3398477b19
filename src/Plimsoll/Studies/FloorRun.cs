using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Risk;

namespace Plimsoll.Studies;

/// <summary>The price below which letting loses: against going dark, against selling, against waiting dark for a better tenant.</summary>
/// <param name="plan">The centre.</param>
/// <param name="draws">What it does in every draw.</param>
/// <param name="yearlyRate">Yearly rate at which the owner discounts.</param>
internal sealed class FloorRun(StudyCase plan, PhysicalDraws draws, double yearlyRate)
{
    private const double HoursPerMonth = 730;
    private readonly double _discount = Math.Pow(1 + yearlyRate, -1.0 / 12);

    /// <summary>Floors for spot and for leases of several tenors.</summary>
    public IReadOnlyList<PriceFloor> All()
    {
        var floors = new List<PriceFloor>();
        (string, int)[] leases =
        [
            ("accelerators by the hour", 1),
            ("small lease", 6),
            ("small lease", 12),
            ("training lease", 24),
            ("training lease", 36),
        ];
        foreach (var (product, tenor) in leases)
        {
            floors.Add(Floor(product, tenor));
        }
        return floors;
    }

    private PriceFloor Floor(string product, int tenor)
    {
        var site = CaseRun.Site(plan, n => n.Value);
        var parts = site.PartsPerLetHour();
        var avoidable = parts.Where(p => p.Avoidable).Sum(p => p.PerHour);
        var closing = parts
            .Where(p => !p.Avoidable && p.Name != Sites.SiteModel.HallPart)
            .Sum(p => p.PerHour);
        var fall = ResaleFall(tenor);
        var wait = WaitValue(tenor, avoidable);
        return new PriceFloor(
            product,
            tenor,
            avoidable,
            Math.Max(avoidable, avoidable + closing + fall),
            [
                .. parts
                    .Where(p => p.Avoidable)
                    .Select(p => new FloorPart($"{p.Name} (stops when dark)", p.PerHour, true)),
                new FloorPart("option to wait for a better tenant", wait, true),
                .. parts
                    .Where(p => !p.Avoidable)
                    .Select(p => new FloorPart(
                        p.Name == Sites.SiteModel.HallPart
                            ? $"{p.Name} (sunk)"
                            : $"{p.Name} (stops only on closing)",
                        p.PerHour,
                        false
                    )),
                new FloorPart("fall of the second-hand price over the tenor", fall, false),
            ]
        )
        {
            AgainstWaiting = avoidable + wait,
        };
    }

    /// <summary>Mean fall of the second-hand price over the tenor and the return forgone on it, money per accelerator-hour.</summary>
    private double ResaleFall(int tenor)
    {
        double sum = 0;
        var n = 0;
        var from = plan.LastOnline;
        foreach (var draw in draws.Kept)
        {
            if (draw is null)
            {
                continue;
            }
            var price = draw.Outlook.Physical.ResalePrice;
            var to = Math.Min(price.Length - 1, from + tenor);
            if (price[from] > 0)
            {
                sum += price[from] - (price[to] * Math.Pow(_discount, to - from));
                n++;
            }
        }
        return n > 0 ? sum / n / (tenor * HoursPerMonth) : 0;
    }

    /// <summary>Value of staying free for the tenor instead: dark until a tenant comes, then let at the quote of that day for the months that are left; spread over the tenor's hours.</summary>
    private double WaitValue(int tenor, double avoidable)
    {
        var from = plan.LastOnline;
        double Annuity(int months)
        {
            var sum = 0.0;
            for (var k = 1; k <= months; k++)
            {
                sum += Math.Pow(_discount, k) * HoursPerMonth;
            }
            return sum;
        }
        var states = new List<double[]>();
        var payoffs = new List<double[]>();
        var chances = new List<double>();
        foreach (var draw in draws.Kept)
        {
            if (draw is null)
            {
                continue;
            }
            var quote = draw.Outlook.MarketQuote;
            var months = Math.Min(tenor - 1, quote.Length - from - 1);
            if (months < 1)
            {
                return 0;
            }
            var seen = quote[(from + 1)..(from + 1 + months)];
            states.Add(seen);
            payoffs.Add([.. seen.Select((q, k) => (q - avoidable) * Annuity(tenor - 1 - k))]);
            chances.Add(TenantChance(draw.Outlook.Physical, from, months));
        }
        if (states.Count < 30)
        {
            return 0;
        }
        return OptimalStopping.Value(states, payoffs, _discount, chances.Average())
            / Annuity(tenor);
    }

    /// <summary>Chance a month that a vacant accelerator finds a tenant: leases begun over accelerators vacant.</summary>
    private static double TenantChance(MonthlyOutlook outlook, int from, int months)
    {
        double begun = outlook
            .Leases.Where(l => l.StartMonth > from && l.StartMonth <= from + months)
            .Sum(l => l.Accelerators);
        double vacant = 0;
        for (var m = from + 1; m <= from + months; m++)
        {
            vacant += outlook.Idle[m] + outlook.Dark[m];
        }
        return begun + vacant > 0 ? begun / (begun + vacant) : 0;
    }
}
