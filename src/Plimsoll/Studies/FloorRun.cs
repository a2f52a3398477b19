using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Sites;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>The price below which letting loses, by kind of server and tenor: against going dark, against selling, against waiting dark for a better tenant.</summary>
/// <param name="plan">The centre.</param>
/// <param name="draws">What it does in every draw.</param>
/// <param name="yearlyRate">Yearly rate at which the owner discounts.</param>
internal sealed class FloorRun(StudyCase plan, PhysicalDraws draws, double yearlyRate)
{
    /// <summary>Share of accelerator-months vacant or newly let below which the chance of a tenant cannot be read from a draw.</summary>
    private const double LeastVacant = 0.01;

    /// <summary>Draws below which the value of waiting is not estimated.</summary>
    private const int LeastDraws = 30;

    private readonly double _discount = Math.Pow(1 + yearlyRate, -1.0 / 12);
    private readonly FleetSites _sites = new(plan, n => n.Value);

    /// <summary>What is let, and for how many months.</summary>
    private static readonly (string Product, int Tenor)[] _leases =
    [
        ("accelerators by the hour", 1),
        ("small lease", 6),
        ("small lease", 12),
        ("training lease", 24),
        ("training lease", 36),
    ];

    /// <summary>Floors for spot and for leases of several tenors, for each kind of server.</summary>
    public IReadOnlyList<PriceFloor> All() =>
        [
            .. plan
                .Fleets.GroupBy(f => f.Server, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Servers(plan, [.. g], draws))
                .SelectMany(servers => _leases.Select(l => Floor(servers, l.Product, l.Tenor))),
        ];

    private PriceFloor Floor(Servers servers, string product, int tenor)
    {
        var parts = _sites.Of(servers.Any).PartsPerLetHour();
        var avoidable = parts.Where(p => p.Avoidable).Sum(p => p.PerHour);
        var fall = ResaleFall(servers, tenor);
        var wait = WaitValue(servers, tenor, avoidable);
        return new PriceFloor(
            product,
            tenor,
            avoidable,
            // Staff and standby stop when the centre closes, not when servers of it are sold.
            Math.Max(avoidable, avoidable + fall),
            [
                .. parts
                    .Where(p => p.Avoidable)
                    .Select(p =>
                        FloorPart.Of(
                            Phrase.Of("floor.dark", Words.Named("cost", p.Name)),
                            p.PerHour,
                            true
                        )
                    ),
                FloorPart.Of(Phrase.Of("floor.wait"), wait, true),
                .. parts
                    .Where(p => !p.Avoidable)
                    .Select(p =>
                        FloorPart.Of(
                            Phrase.Of(
                                p.Name == SiteModel.HallPart ? "floor.sunk" : "floor.closing",
                                Words.Named("cost", p.Name)
                            ),
                            p.PerHour,
                            false
                        )
                    ),
                FloorPart.Of(Phrase.Of("floor.fall"), fall, false),
            ]
        )
        {
            Server = servers.Only ? "" : servers.Any.Server,
            Title = servers.Title,
            AgainstWaiting = avoidable + wait,
            Accelerators = servers.Accelerators,
            Quote = Spread
                .Of([.. servers.Outlooks().Select(o => servers.Quote(o)[0])], BadSide.Low)
                .P50,
        };
    }

    /// <summary>Money per accelerator-hour that, paid every month of the tenor and discounted as they come, makes up for selling at its end instead of now: today's second-hand price less the discounted one then, mean of the draws.</summary>
    /// <remarks>With it the rent is the one at which letting for the tenor and selling then is worth what a sale now brings.</remarks>
    private double ResaleFall(Servers servers, int tenor)
    {
        double sum = 0;
        var n = 0;
        var from = servers.LastOnline;
        foreach (var price in servers.Resale())
        {
            var to = Math.Min(price.Length - 1, from + tenor);
            if (price[from] > 0)
            {
                sum += price[from] - (price[to] * Math.Pow(_discount, to - from));
                n++;
            }
        }
        return n > 0 ? sum / n / Annuity(tenor) : 0;
    }

    /// <summary>Hours of some months, each discounted from its end.</summary>
    private double Annuity(int months)
    {
        var sum = 0.0;
        for (var k = 1; k <= months; k++)
        {
            sum += Math.Pow(_discount, k) * FleetSites.HoursPerMonth;
        }
        return sum;
    }

    /// <summary>Value of staying free for the tenor instead: dark until a tenant comes, then let at the quote of that day for the months that are left; spread over the tenor's hours.</summary>
    private double WaitValue(Servers servers, int tenor, double avoidable)
    {
        var from = servers.LastOnline;
        var states = new List<double[]>();
        var payoffs = new List<double[]>();
        var chances = new List<double>();
        foreach (var outlook in servers.Outlooks())
        {
            var quote = servers.Quote(outlook);
            var months = Math.Min(tenor - 1, quote.Length - from - 1);
            if (months < 1)
            {
                return 0;
            }
            var seen = quote[(from + 1)..(from + 1 + months)];
            states.Add(seen);
            payoffs.Add([.. seen.Select((q, k) => (q - avoidable) * Annuity(tenor - 1 - k))]);
            // Where contracts leave nothing to let in these months, later ones tell; where none do, the draw tells nothing.
            var chance = servers.TenantChance(outlook.Physical, from, months);
            chances.Add(
                double.IsNaN(chance)
                    ? servers.TenantChance(outlook.Physical, from, quote.Length - from - 1)
                    : chance
            );
        }
        return states.Count < LeastDraws
            ? 0
            : OptimalStopping.Value(states, payoffs, _discount, Chance(chances)) / Annuity(tenor);
    }

    private static double Chance(List<double> chances) =>
        chances.Where(double.IsFinite).DefaultIfEmpty(0).Average();

    /// <summary>The fleets of one kind of server, and what becomes of them in every draw.</summary>
    private sealed class Servers(
        StudyCase plan,
        IReadOnlyList<FleetCase> fleets,
        PhysicalDraws draws
    )
    {
        private readonly HashSet<string> _names = new(
            fleets.Select(f => f.Name),
            StringComparer.Ordinal
        );

        /// <summary>Any of them: they are of one kind.</summary>
        public FleetCase Any => fleets[0];

        /// <summary>The fleets by the names that the study gives them, with their server; the server where it gives none.</summary>
        public Phrase Title =>
            fleets.All(f => f.IsNamed)
                ? Phrase.Of(
                    "floor.fleet",
                    fleets
                        .Select(f => Phrase.Of("name", f.Name))
                        .Aggregate((before, next) => Phrase.Of("list", before, next)),
                    Any.Server
                )
                : Phrase.Of("name", Any.Server);

        /// <summary>How many.</summary>
        public double Accelerators => fleets.Sum(f => f.Accelerators);

        /// <summary>True when the centre holds no other kind.</summary>
        public bool Only => fleets.Count == plan.Fleets.Count;

        /// <summary>Month (from 0) in which the last of them comes.</summary>
        public int LastOnline => Math.Max(0, fleets.Max(f => f.Online - plan.Plan.Start));

        /// <summary>The draws that were computed.</summary>
        public IEnumerable<CentreOutlook> Outlooks() =>
            draws.Kept.OfType<CasePhysical>().Select(k => k.Outlook);

        /// <summary>Second-hand price by month, one series a draw, mean over the fleets.</summary>
        public IEnumerable<double[]> Resale() =>
            Outlooks().Select(o => Mean(o.Physical, f => f.ResalePrice, o.Physical.ResalePrice));

        /// <summary>Quoted rent by month, mean over the fleets; the centre's where the market quotes none for the chip.</summary>
        public double[] Quote(CentreOutlook outlook) =>
            Mean(outlook.Physical, f => f.Quote, outlook.MarketQuote);

        /// <summary>Chance a month that a vacant accelerator finds a tenant: leases begun over accelerators vacant; a lease of all fleets counts by their share. NaN where contracts leave too little free to tell.</summary>
        public double TenantChance(MonthlyOutlook outlook, int from, int months)
        {
            var share = fleets.Sum(f => f.Accelerators) / plan.Accelerators;
            double begun = outlook
                .Leases.Where(l => l.StartMonth > from && l.StartMonth <= from + months)
                .Sum(l =>
                    l.Fleet.Length == 0 ? share * l.Accelerators
                    : _names.Contains(l.Fleet) ? l.Accelerators
                    : 0
                );
            double vacant = 0;
            foreach (var fleet in outlook.Fleets.Where(f => _names.Contains(f.Fleet)))
            {
                for (var m = from + 1; m <= from + months; m++)
                {
                    vacant += fleet.Idle[m] + fleet.Dark[m];
                }
            }
            var all = months * fleets.Sum(f => f.Accelerators);
            return begun + vacant > LeastVacant * all ? begun / (begun + vacant) : double.NaN;
        }

        private double[] Mean(
            MonthlyOutlook outlook,
            Func<FleetMonths, double[]> series,
            double[] centre
        )
        {
            var own = outlook
                .Fleets.Where(f => _names.Contains(f.Fleet) && series(f).Length > 0)
                .Select(f =>
                    (Values: series(f), Weight: fleets.First(c => c.Name == f.Fleet).Accelerators)
                )
                .ToList();
            var all = own.Sum(o => o.Weight);
            return own.Count == 0
                ? centre
                :
                [
                    .. Enumerable
                        .Range(0, outlook.Months)
                        .Select(m => own.Sum(o => o.Weight * o.Values[m]) / all),
                ];
        }
    }
}
