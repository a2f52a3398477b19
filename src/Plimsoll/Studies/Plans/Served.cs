using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Plans;

/// <summary>Contracts signed before the decision that run at the end of a quarter: whom a fleet serves, and until when.</summary>
/// <param name="Accelerators">Under contract, median of the draws, more than 0.</param>
/// <param name="ToBeSigned">Those of them that nobody has signed today: what a loan asks to be let first, what the course itself signs; median of the draws.</param>
/// <param name="Tenants">Whom they serve, each until when, the largest first.</param>
/// <param name="Next">Those of them whose contracts end first.</param>
/// <param name="Until">Last month of the contract that ends first by its term.</param>
internal sealed record Served(
    double Accelerators,
    double ToBeSigned,
    Phrase Tenants,
    Phrase Next,
    Month Until
)
{
    /// <summary>Tenants named; the others are counted.</summary>
    private const int Named = 3;

    /// <summary>Months before its end in which a renewal is opened, the notice usual in leases of capacity; own reading.</summary>
    private const int RenewalMonths = 12;

    /// <summary>Reads the contracts of a fleet; null when none runs in the middle of the draws.</summary>
    /// <param name="built">The draws in which the centre is built.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="share">Its share of the centre's accelerators, for contracts of no named fleet.</param>
    /// <param name="month">Last month (from 0) of the quarter.</param>
    /// <param name="start">First month of the outlook.</param>
    /// <param name="unsigned">True for a lease that nobody has signed today.</param>
    public static Served? Of(
        IReadOnlyList<CentreOutlook> built,
        FleetCase fleet,
        double share,
        int month,
        Month start,
        Func<Lease, bool> unsigned
    )
    {
        bool Running(Lease l) => Runs(l, fleet, month);
        double Median(Func<CentreOutlook, double> of) =>
            Spread.Of([.. built.Select(of)], BadSide.Low).P50;
        var accelerators = Median(o => In(o, fleet, share, month));
        if (accelerators <= 0)
        {
            return null;
        }
        // The terms are the same in every draw; which tenants are left is not: those left in most draws are named.
        var tenants = built
            .SelectMany(o => o.Physical.Leases.Where(Running))
            .GroupBy(l => (l.Tenant, End: l.StartMonth + l.TenorMonths))
            .Where(g => 2 * g.Count() >= built.Count)
            .OrderByDescending(g => g.First().Accelerators)
            .ThenBy(g => g.Key.Tenant, StringComparer.Ordinal)
            .Select(g => g.Key)
            .ToList();
        if (tenants.Count == 0)
        {
            return null;
        }
        var first = tenants.Min(t => t.End);
        return new Served(
            accelerators,
            Median(o => ToBeSignedIn(o, fleet, share, month, unsigned)),
            Names(tenants, t => Phrase.Of("plan.tenant", t.Said, start + (t.End - 1))),
            Names([.. tenants.Where(t => t.End == first)], t => t.Said),
            start + (first - 1)
        );
    }

    /// <summary>Accelerators of a fleet under contract at the end of a month in one draw, those that a loan asks to be let first included, 0 or more.</summary>
    public static double In(CentreOutlook outlook, FleetCase fleet, double share, int month) =>
        Sum(outlook, fleet, share, month, _ => true);

    /// <summary>Those of <see cref="In"/> that nobody has signed today.</summary>
    public static double ToBeSignedIn(
        CentreOutlook outlook,
        FleetCase fleet,
        double share,
        int month,
        Func<Lease, bool> unsigned
    ) => Sum(outlook, fleet, share, month, unsigned);

    private static double Sum(
        CentreOutlook outlook,
        FleetCase fleet,
        double share,
        int month,
        Func<Lease, bool> counts
    ) =>
        outlook
            .Physical.Leases.Where(l => Runs(l, fleet, month) && counts(l))
            .Sum(l => l.Accelerators * (l.Fleet.Length == 0 ? share : 1));

    private static bool Runs(Lease l, FleetCase fleet, int month) =>
        l.Signed
        && (l.Fleet.Length == 0 || l.Fleet == fleet.Name)
        && l.StartMonth <= month
        && l.EndedMonth > month;

    /// <summary>What is served, in words.</summary>
    public Phrase Said =>
        ToBeSigned >= 0.5
            ? Phrase.Of("plan.serve.tobesigned", Accelerators, Tenants, ToBeSigned)
            : Phrase.Of("plan.serve", Accelerators, Tenants);

    /// <summary>What to watch while it runs, or the renewal when its end is near.</summary>
    /// <param name="from">First month of the quarter.</param>
    /// <param name="ask">Price to ask, money per accelerator-hour.</param>
    /// <param name="floor">Price below which not to renew.</param>
    /// <param name="sale">Rent below which selling is worth more, where the fleet is sold as its contracts end; else null.</param>
    public Phrase Watch(Month from, double ask, double floor, double? sale) =>
        sale is { } worth ? Phrase.Of("plan.trigger.ends", Next, Until, worth)
        : Until - from <= RenewalMonths ? Phrase.Of("plan.trigger.renew", Next, Until, ask, floor)
        : Phrase.Of("plan.trigger.serve", Next, Until + (-RenewalMonths));

    private static Phrase Names(
        List<(string Tenant, int End)> tenants,
        Func<(Phrase Said, int End), Phrase> each
    )
    {
        var said = tenants
            .Take(Named)
            .Select(t => each((TenantsToBeSigned.Said(t.Tenant), t.End)))
            .Aggregate((before, next) => Phrase.Of("list", before, next));
        return tenants.Count > Named ? Phrase.Of("list.more", said, tenants.Count - Named) : said;
    }
}
