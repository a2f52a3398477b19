using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Plans;

/// <summary>Reads a plan of use from the draws of a course.</summary>
/// <param name="course">The course that the verdict names.</param>
/// <param name="held">What it does in every draw.</param>
/// <param name="floors">Price floors by kind of server and tenor.</param>
/// <param name="next">What to turn to in the draws in which a step is missed, in words; null for nothing.</param>
internal sealed class PlanOfUseRun(
    StudyOption course,
    PhysicalDraws held,
    IReadOnlyList<PriceFloor> floors,
    Func<IReadOnlyList<int>, Phrase?> next
)
{
    /// <summary>Quarters planned for a fleet from the month in which it comes.</summary>
    private const int Quarters = 8;

    private const int QuarterMonths = 3;

    /// <summary>One in so many draws is of the middle, over which what is let and its parts are means.</summary>
    private const int MiddlePart = 5;

    private const int LeastMiddle = 5;

    /// <summary>Accelerators below which what is sold beside the rest is not told.</summary>
    private const double LeastBeside = 1;

    private readonly StudyCase _study = course.Case;

    private readonly int[] _draws =
    [
        .. held.Kept.Index().Where(k => k.Item is { Built: true }).Select(k => k.Index),
    ];

    private readonly CentreOutlook[] _built =
    [
        .. held.Kept.OfType<CasePhysical>().Where(k => k.Built).Select(k => k.Outlook),
    ];

    /// <summary>Names of the contracts that stand in the course and that nobody has signed today.</summary>
    private readonly HashSet<string> _unsigned = new(
        course.Case.Leases.Where(l => l.ToSign || l.OnTable).Select(l => l.Terms.Terms.Id),
        StringComparer.Ordinal
    );

    private bool Unsigned(Lease l) =>
        l.Signed && (l.Tenant == TenantsToBeSigned.Name || _unsigned.Contains(l.Id));

    /// <summary>The quarters of every fleet.</summary>
    public IReadOnlyList<FleetQuarter> Uses() =>
        _built.Length == 0 ? [] : [.. _study.Fleets.SelectMany(Of)];

    /// <summary>What the lender is paid, by quarter until the last payment is due.</summary>
    /// <param name="flows">The money of every draw that was computed.</param>
    public IReadOnlyList<DebtQuarter> Debt(IReadOnlyList<CashFlow> flows)
    {
        var quarters = new List<DebtQuarter>();
        if (_study.Loan is null || flows.Count == 0)
        {
            return quarters;
        }
        for (var from = 0; from < _study.Plan.Months; from += QuarterMonths)
        {
            var months = Math.Min(QuarterMonths, _study.Plan.Months - from);
            double Sum(Func<int, double> of) => Enumerable.Range(from, months).Sum(of);
            var due = flows.Select(f => Sum(m => f.InterestDue[m] + f.PrincipalDue[m])).ToArray();
            if (Median(due) <= 0)
            {
                continue;
            }
            quarters.Add(
                new DebtQuarter(
                    _study.Plan.Start + from,
                    months,
                    Median(due),
                    Median([.. flows.Select(f => Sum(m => f.DebtPaid[m]))]),
                    flows.Average(f => Behind(f, from + months) ? 1.0 : 0)
                )
            );
        }
        return quarters;
    }

    /// <summary>True when a default came, or arrears stand, by a month.</summary>
    private static bool Behind(CashFlow flow, int month) =>
        (flow.DefaultMonth >= 0 && flow.DefaultMonth < month)
        || flow.TrancheArrears.Any(a => a[month - 1] > 1e-6);

    private IEnumerable<FleetQuarter> Of(FleetCase fleet)
    {
        var first = Math.Max(0, fleet.Online - _study.Plan.Start);
        for (var k = 0; k < Quarters; k++)
        {
            var from = first + (k * QuarterMonths);
            if (from < _study.Plan.Months && Stands(fleet, from))
            {
                yield return Of(fleet, from, Math.Min(QuarterMonths, _study.Plan.Months - from));
            }
        }
    }

    /// <summary>True in its first quarter, and while something of it is there in the middle of the draws.</summary>
    private bool Stands(FleetCase fleet, int from) =>
        from <= Math.Max(0, fleet.Online - _study.Plan.Start)
        || Median([
            .. _built.Select(o =>
                o.Physical.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name)?.Installed[from - 1]
                ?? 0
            ),
        ]) > 0.5;

    private FleetQuarter Of(FleetCase fleet, int from, int months)
    {
        var share = fleet.Accelerators / _study.Accelerators;
        bool Serves(Lease l) => l.Fleet.Length == 0 || l.Fleet == fleet.Name;
        bool Begins(Lease l) =>
            !l.Signed && Serves(l) && l.StartMonth >= from && l.StartMonth < from + months;
        double Part(Lease l) => l.Accelerators * (l.Fleet.Length == 0 ? share : 1);
        var signed = _built.SelectMany(o => o.Physical.Leases.Where(Begins)).ToList();
        var end = from + months - 1;
        var middle = Middle(fleet);
        // What is signed is a mean over the same draws as what is let: so that what a quarter signs is what its trigger waits for.
        double NewIn(CentreOutlook o, Product of) =>
            o.Physical.Leases.Where(l => Begins(l) && l.Product == of).Sum(Part);
        double Newly(Product of) =>
            of is Product.Spot or Product.Inference
                ? middle.Average(o =>
                    UncontractedOf(o.Physical, fleet, of, from, months).Hours
                    / Enumerable.Range(from, months).Sum(o.Physical.Hours)
                )
                : Lot(middle.Average(o => NewIn(o, of)), fleet);
        var product = Best(fleet, from, months, signed, Part, Newly);
        var let = middle.Average(o => LetOf(o.Physical, fleet, end));
        double Hours(CentreOutlook o) =>
            product is Product.Spot or Product.Inference
                ? UncontractedOf(o.Physical, fleet, product.Value, from, months).Hours
                : o
                    .Physical.Leases.Where(l => Begins(l) && l.Product == product)
                    .Sum(l => Part(l) * l.TenorMonths * FleetSites.HoursPerMonth);
        var hours = _built.Select(Hours).ToArray();
        // Less than an accelerator is nothing to sell.
        var target = product is { } told && Newly(told) >= LeastBeside ? middle.Average(Hours) : 0;
        var gone = Median([.. _built.Select(o => Gone(o.Physical, fleet, from, months))]);
        var left = Median([
            .. _built.Select(o => InstalledOf(o.Physical, fleet, from + months - 1)),
        ]);
        var served = Served.Of(
            _built,
            fleet,
            share,
            from + months - 1,
            _study.Plan.Start,
            Unsigned
        );
        if (target <= 0 && gone <= 0 && served is not null && served.Accelerators >= left - 0.5)
        {
            // All is let under contract: nothing is left to ask a price for.
            product = null;
        }
        var tenor = Tenor(product, signed);
        var quote = Median([.. _built.Select(o => QuoteOf(o, fleet, from))]);
        var (ask, lowest) = Prices(fleet, product, tenor, quote, from, months);
        var leaves = IsSold(fleet);
        var floor = lowest;
        var watched = product is null && gone <= 0 ? served : null;
        // A renewal is a lease again, not an hour.
        var renewed = Prices(fleet, Product.SmallLease, RenewedFor, quote, from, months);
        double Done(CentreOutlook o, int i) =>
            gone > 0 ? Gone(o.Physical, fleet, from, months)
            : watched is not null ? Served.In(o, fleet, share, from + months - 1)
            : hours[i];
        var half = 0.5 * (gone > 0 ? gone : watched?.Accelerators ?? target);
        var turned = next([
            .. _built.Index().Where(o => Done(o.Item, o.Index) < half).Select(o => _draws[o.Index]),
        ]);
        var beside = leaves ? [] : Beside(fleet, product, signed, Newly, quote, from, months);
        var accelerators = target > 0 && product is { } newly ? Newly(newly) : 0;
        return new FleetQuarter(
            fleet.Name,
            _study.Plan.Start + from,
            months,
            product,
            tenor,
            Phrase.Of(
                product is { } sold ? $"tenant.{sold}"
                : watched is not null ? "tenant.signed"
                : "tenant.none"
            ),
            target,
            let,
            ask,
            floor,
            target > 0 ? hours.Average(h => h < 0.5 * target ? 1.0 : 0) : 0,
            gone > 0 ? Phrase.Of("plan.trigger.sold", gone, Title(fleet), End(from, months))
                : watched is not null
                    ? watched.Watch(
                        _study.Plan.Start + from,
                        renewed.Ask,
                        renewed.Floor,
                        leaves ? Sale(fleet) : null
                    )
                : Trigger(from, months, Makeup(fleet, share, middle, end, let)),
            watched is not null
                    ?
                    [
                        Phrase.Of(
                            leaves ? "plan.missed.contract.sold"
                                : _study.Leases.Any(l => l.Terms.Terms.Tenant.Guarantor is not null)
                                    ? "plan.missed.contract"
                                : "plan.missed.contract.bare",
                            floor
                        ),
                        .. turned is null ? [] : new[] { turned },
                    ]
                : gone > 0 && (left < 0.5 || leaves)
                    ? [Phrase.Of("plan.missed.sale"), .. turned is null ? [] : new[] { turned }]
                : Missed(fleet, tenor, ask, floor, turned)
        )
        {
            Title = Title(fleet),
            Left = left,
            Leaves = leaves,
            Contracted = middle.Average(o => Served.In(o, fleet, share, end)),
            Serve = served?.Said,
            ToSell = gone,
            ResalePrice =
                gone > 0 ? Median([.. _built.Select(o => ResaleOf(o.Physical, fleet, from))]) : 0,
            AskPerMillion = product == Product.Inference ? PerMillion(from, months) : double.NaN,
            Beside = beside,
            Accelerators = accelerators,
            Servers = tenor > 0 ? accelerators / fleet.PerServer : 0,
            Signs = _study.Leases.Any(l =>
                l.ToSign
                && l.Terms.Fleet == fleet.Name
                && from <= Math.Max(0, fleet.Online - _study.Plan.Start)
            ),
            SellRather =
                gone > 0 || leaves
                    ? null
                    : SellRather(
                        fleet,
                        [
                            .. accelerators > 0 ? new[] { (tenor, ask) } : [],
                            .. beside.Select(b => (b.TenorMonths, b.Ask)),
                        ]
                    ),
        };
    }

    /// <summary>Months for which a product is signed, median; 0 for what is sold by the hour or the token.</summary>
    private static int Tenor(Product? product, IReadOnlyList<Lease> signed) =>
        product is Product.TrainingLease or Product.SmallLease
            ? (int)
                Math.Round(
                    Median([
                        .. signed
                            .Where(l => l.Product == product)
                            .Select(l => (double)l.TenorMonths)
                            .DefaultIfEmpty(0),
                    ])
                )
            : 0;

    /// <summary>What to ask for a product and the price below which not to sign, money per accelerator-hour.</summary>
    private (double Ask, double Floor) Prices(
        FleetCase fleet,
        Product? product,
        int tenor,
        double quote,
        int from,
        int months
    )
    {
        // Tokens are sold at their own price: an hour of serving brings what it brings in the draws, not what an hour is let for.
        var ask =
            product == Product.Inference
                ? Median([
                    .. _built
                        .Select(o =>
                            UncontractedOf(o.Physical, fleet, Product.Inference, from, months)
                        )
                        .Where(s => s.Hours > 0)
                        .Select(s => s.Money / s.Hours),
                ])
                : quote
                    * (
                        _study.Policies.Of(fleet.Name) is AskPolicy asked ? asked.PriceOverQuote : 1
                    );
        // Whoever follows a course that earns more with what a lease would take asks for that.
        ask = Math.Max(ask, tenor > 0 ? CourseFloor(fleet, tenor) : 0);
        return (ask, Math.Min(ask, FloorOf(fleet, tenor)));
    }

    /// <summary>Price of a million answer tokens over the whole centre, median of the draws that sell any; NaN where none does.</summary>
    private double PerMillion(int from, int months) =>
        Median([
            .. _built
                .Select(o =>
                    o.Physical.Sales.FirstOrDefault(s =>
                        s.Product == Product.Inference && s.Tokens.Length > 0
                    )
                )
                .OfType<ProductSales>()
                .Select(s =>
                {
                    var span = Enumerable.Range(from, months);
                    var tokens = span.Sum(m => s.Tokens[m]);
                    return tokens > 0
                        ? 1e6 * span.Sum(m => s.GpuHours[m] * s.PricePerGpuHour[m]) / tokens
                        : double.NaN;
                })
                .Where(double.IsFinite),
        ]);

    /// <summary>What is signed or sold beside the product that brings most, where the middle of the draws has an accelerator of it.</summary>
    private List<UseBeside> Beside(
        FleetCase fleet,
        Product? most,
        IReadOnlyList<Lease> signed,
        Func<Product, double> newly,
        double quote,
        int from,
        int months
    )
    {
        var list = new List<UseBeside>();
        foreach (var product in Enum.GetValues<Product>().Where(p => p != most))
        {
            var tenor = Tenor(product, signed);
            var accelerators = newly(product);
            if (accelerators < LeastBeside)
            {
                continue;
            }
            var (ask, floor) = Prices(fleet, product, tenor, quote, from, months);
            list.Add(
                new UseBeside(
                    product,
                    tenor,
                    accelerators,
                    ask,
                    floor,
                    product == Product.Inference ? PerMillion(from, months) : double.NaN
                )
            );
        }
        return [.. list.OrderByDescending(b => b.Accelerators * b.Ask)];
    }

    /// <summary>Accelerators as a lot that can be signed: whole servers, the nearest number of them.</summary>
    private static double Lot(double accelerators, FleetCase fleet) =>
        Math.Round(accelerators / fleet.PerServer, MidpointRounding.AwayFromZero) * fleet.PerServer;

    /// <summary>That an accelerator sold is worth more than one let at the ask, with the tenors for which it is; null where it is for none, or nothing stands to be sold.</summary>
    private Phrase? SellRather(FleetCase fleet, IReadOnlyList<(int Tenor, double Ask)> leases)
    {
        var dear = leases
            .Where(l => _study.Standing && l.Tenor > 1 && SaleFloor(fleet, l.Tenor) > l.Ask)
            .DistinctBy(l => l.Tenor)
            .OrderBy(l => l.Tenor)
            .ToList();
        return dear.Count == 0
            ? null
            : Phrase.Of(
                "plan.sell.rather",
                List(dear.Select(l => Phrase.Of("flip.whole", (double)l.Tenor))),
                dear.Max(l => l.Ask),
                List(dear.Select(l => Phrase.Of("flip.price", SaleFloor(fleet, l.Tenor))))
            );
    }

    private static Phrase List(IEnumerable<Phrase> of) =>
        of.Aggregate((before, next) => Phrase.Of("list", before, next));

    /// <summary>Rent below which selling one accelerator is worth more than a lease of a tenor, in a straight line between the tenors for which it was worked out; 0 where it was for none.</summary>
    private double SaleFloor(FleetCase fleet, int tenor)
    {
        var known = floors
            .Where(f => Serves(f, fleet) && double.IsFinite(f.AgainstSale))
            .OrderBy(f => f.TenorMonths)
            .ToList();
        if (known.Count == 0)
        {
            return 0;
        }
        var below = known.LastOrDefault(f => f.TenorMonths <= tenor) ?? known[0];
        var above = known.FirstOrDefault(f => f.TenorMonths >= tenor) ?? known[^1];
        return below.TenorMonths == above.TenorMonths
            ? below.AgainstSale
            : below.AgainstSale
                + (
                    (above.AgainstSale - below.AgainstSale)
                    * (tenor - below.TenorMonths)
                    / (above.TenorMonths - below.TenorMonths)
                );
    }

    /// <summary>Accelerators of a fleet that leave for good in a quarter.</summary>
    private static double Gone(MonthlyOutlook outlook, FleetCase fleet, int from, int months)
    {
        if (outlook.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name) is not { } own)
        {
            return 0;
        }
        var planned = fleet.Online - outlook.Start;
        var before = from > Math.Max(0, planned) ? own.Installed[from - 1] : fleet.Accelerators;
        return Math.Max(0, before - own.Installed[from + months - 1]);
    }

    private static double InstalledOf(MonthlyOutlook outlook, FleetCase fleet, int month) =>
        outlook.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name)?.Installed[month] ?? 0;

    private static double ResaleOf(MonthlyOutlook outlook, FleetCase fleet, int month) =>
        outlook.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name) is { } own
            ? own.ResalePrice[month]
            : 0;

    /// <summary>A fleet that was given no name of its own is said by its server and month.</summary>
    private static Phrase Title(FleetCase fleet) =>
        fleet.Name == $"{fleet.Server} of {fleet.Online}"
            ? Phrase.Of("fleet.of", fleet.Server, fleet.Online)
            : Phrase.Of("name", fleet.Name);

    private Month End(int from, int months) => _study.Plan.Start + (from + months - 1);

    /// <summary>The product that brings most money: contracts by what is signed in the quarter, the rest by what is sold in it.</summary>
    private Product? Best(
        FleetCase fleet,
        int from,
        int months,
        List<Lease> signed,
        Func<Lease, double> part,
        Func<Product, double> newly
    )
    {
        var money = new Dictionary<Product, double>();
        foreach (var lease in signed)
        {
            money[lease.Product] =
                money.GetValueOrDefault(lease.Product)
                + (
                    part(lease)
                    * Math.Min(months, lease.TenorMonths)
                    * FleetSites.HoursPerMonth
                    * lease.PricePerGpuHour
                );
        }
        foreach (var outlook in _built)
        {
            foreach (var product in new[] { Product.Spot, Product.Inference })
            {
                money[product] =
                    money.GetValueOrDefault(product)
                    + UncontractedOf(outlook.Physical, fleet, product, from, months).Money;
            }
        }
        // Of what brings money, what is signed or sold in the middle of the draws goes first: else a quarter would sign nothing beside what it does sign.
        return money.Values.Any(m => m > 0)
            ? money
                .Where(m => m.Value > 0)
                .OrderByDescending(m => newly(m.Key) >= LeastBeside)
                .ThenByDescending(m => m.Value)
                .ThenBy(m => m.Key)
                .First()
                .Key
            : null;
    }

    /// <summary>Hours and money of what a fleet sells without a contract: its own where the outlook says them by fleet, else in proportion to what it sold.</summary>
    private static (double Hours, double Money) UncontractedOf(
        MonthlyOutlook outlook,
        FleetCase fleet,
        Product product,
        int from,
        int months
    )
    {
        if (outlook.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name) is not { } own)
        {
            return (0, 0);
        }
        double hours = 0,
            money = 0;
        var said = own.Uncontracted.Count > 0;
        foreach (
            var sales in (said ? own.Uncontracted : outlook.Sales).Where(s => s.Product == product)
        )
        {
            for (var m = from; m < from + months; m++)
            {
                var all = outlook.Fleets.Sum(f => f.HoursSold[m]);
                var sold =
                    said ? sales.GpuHours[m]
                    : all > 0 ? sales.GpuHours[m] * own.HoursSold[m] / all
                    : 0;
                hours += sold;
                money += sold * sales.PricePerGpuHour[m];
            }
        }
        return (hours, money);
    }

    private static double LetOf(MonthlyOutlook outlook, FleetCase fleet, int month) =>
        outlook.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name) is { } own
            ? own.HoursSold[month] / outlook.Hours(month)
            : 0;

    private static double QuoteOf(CentreOutlook outlook, FleetCase fleet, int month) =>
        outlook.Physical.Fleets.FirstOrDefault(f => f.Fleet == fleet.Name)
            is { Quote.Length: > 0 } own
            ? own.Quote[month]
            : outlook.MarketQuote[month];

    /// <summary>The floor for the tenor nearest to that signed: against darkness by the hour; for a lease by the course that is followed, else against waiting.</summary>
    private double FloorOf(FleetCase fleet, int tenor) =>
        NearestFloor(fleet, tenor) is not { } own ? 0
        : tenor > 0 && CourseFloor(fleet, tenor) is > 0 and var course ? course
        : tenor > 0 && double.IsFinite(own.AgainstWaiting) ? own.AgainstWaiting
        : own.AgainstDark;

    /// <summary>The floor of a lease by the course that is followed; 0 where none was found.</summary>
    private double CourseFloor(FleetCase fleet, int tenor) =>
        floors
            .Where(f => Serves(f, fleet) && double.IsFinite(f.AgainstCourse))
            .MinBy(f => Math.Abs(f.TenorMonths - tenor))
            ?.AgainstCourse
        ?? 0;

    /// <summary>Tenor by which a renewal is weighed, months.</summary>
    private const int RenewedFor = 12;

    /// <summary>Rent below which selling is worth more than a renewal: by the course that is followed, else of one accelerator sold.</summary>
    private double Sale(FleetCase fleet) =>
        CourseFloor(fleet, RenewedFor) is > 0 and var own
            ? own
            : NearestFloor(fleet, RenewedFor)?.AgainstSale ?? 0;

    /// <summary>True when the course sells the whole fleet: what a contract leaves is sold, not let again.</summary>
    private bool IsSold(FleetCase fleet) =>
        _study.Policies.Of(fleet.Name) is SellPolicy { Share: >= 1 };

    private PriceFloor? NearestFloor(FleetCase fleet, int tenor) =>
        floors
            .Where(f => Serves(f, fleet))
            .MinBy(f => Math.Abs(f.TenorMonths - Math.Max(1, tenor)));

    private static bool Serves(PriceFloor floor, FleetCase fleet) =>
        floor.Server.Length == 0 || floor.Server == fleet.Server;

    private readonly Dictionary<string, CentreOutlook[]> _middle = new(StringComparer.Ordinal);

    /// <summary>The draws in the middle of what is let over all months: the figures of all quarters are means over the same draws, so that they add up, and what can only end never grows.</summary>
    private CentreOutlook[] Middle(FleetCase fleet)
    {
        if (!_middle.TryGetValue(fleet.Name, out var middle))
        {
            var ordered = _built
                .OrderBy(o =>
                    Enumerable.Range(0, _study.Plan.Months).Sum(m => LetOf(o.Physical, fleet, m))
                )
                .ToArray();
            var n = Math.Min(ordered.Length, Math.Max(LeastMiddle, ordered.Length / MiddlePart));
            var first = (ordered.Length - n) / 2;
            _middle[fleet.Name] = middle = ordered[first..(first + n)];
        }
        return middle;
    }

    /// <summary>What is let at a quarter's end, with its parts where there are several: today's contracts, those signed after today (those that a loan asks for, or the course itself signs, among them), the rest by the hour or the token.</summary>
    private Phrase Makeup(
        FleetCase fleet,
        double share,
        CentreOutlook[] middle,
        int month,
        double let
    )
    {
        var free = middle.Average(o =>
            (
                UncontractedOf(o.Physical, fleet, Product.Spot, month, 1).Hours
                + UncontractedOf(o.Physical, fleet, Product.Inference, month, 1).Hours
            ) / o.Physical.Hours(month)
        );
        var today = Math.Min(
            middle.Average(o =>
                Served.In(o, fleet, share, month)
                - Served.ToBeSignedIn(o, fleet, share, month, Unsigned)
            ),
            let - free
        );
        var since = Math.Max(0, let - free - today);
        return new[] { today, since, free }.Count(p => p >= 0.5) > 1
            ? Phrase.Of("plan.let.parts", let, Title(fleet), today, since, free)
            : Phrase.Of("plan.let", let, Title(fleet));
    }

    private Phrase Trigger(int from, int months, Phrase let)
    {
        if (_study.Gate is { } gate && gate.DecideMonth >= from && gate.DecideMonth < from + months)
        {
            return gate.Trigger(_study.Plan.Start);
        }
        return Phrase.Of("plan.trigger.let", let, End(from, months));
    }

    private List<Phrase> Missed(
        FleetCase fleet,
        int tenor,
        double ask,
        double floor,
        Phrase? turned
    )
    {
        var steps = new List<Phrase>();
        if (floor < ask * 0.99)
        {
            // Who owns a fleet that stands can sell it instead of signing for years.
            var sale = _study.Standing && tenor > 1 ? SaleFloor(fleet, tenor) : 0;
            steps.Add(
                sale >= ask ? Phrase.Of("plan.missed.ask.dear", sale, tenor)
                : sale > floor ? Phrase.Of("plan.missed.ask.sale", floor, sale, tenor)
                : Phrase.Of("plan.missed.ask", floor)
            );
        }
        if (_study.Gate is StageGate)
        {
            steps.Add(Phrase.Of("plan.missed.stage"));
        }
        if (turned is not null)
        {
            steps.Add(turned);
        }
        if (steps.Count == 0)
        {
            steps.Add(
                Phrase.Of(
                    tenor > 0 && CourseFloor(fleet, tenor) > 0
                        ? "plan.missed.course"
                        : "plan.missed.wait",
                    floor
                )
            );
        }
        return steps;
    }

    private static double Median(double[] values) => Spread.Of(values, BadSide.Low).P50;
}
