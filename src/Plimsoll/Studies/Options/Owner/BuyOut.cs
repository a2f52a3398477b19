using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>What a tenant is paid to give up a lease before its end: a share of the rent left under take-or-pay, and at least what the same accelerators cost it more elsewhere.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Rent">Rent left under take-or-pay, money.</param>
/// <param name="Dearer">What the quote of the day costs the tenant more over the months left, money, 0 or more.</param>
/// <param name="Share">Share of the rent left that is paid, 0 to 1.</param>
public sealed record BuyOut(LeaseCase Lease, double Rent, double Dearer, double Share)
{
    /// <summary>What is paid at once, money, 0 or more: rent that the tenant owes is set off against it.</summary>
    public double Cost => Math.Max(0, Math.Max(Share * Rent, Dearer) - Lease.Terms.Terms.Arrears);

    /// <summary>Who is paid.</summary>
    public string Tenant => Lease.Terms.Tenant;

    /// <summary>Months of a lease that are left when the outlook begins.</summary>
    public static int MonthsLeft(LeaseCase lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var terms = lease.Terms.Terms;
        return Math.Max(0, terms.TenorMonths - terms.MonthsRun);
    }

    /// <summary>Reckons it.</summary>
    /// <param name="lease">A lease signed before the decision.</param>
    /// <param name="centre">The centre that serves it.</param>
    /// <param name="facts">The quotes of the day.</param>
    /// <param name="share">Share of the rent left that is paid, 0 to 1.</param>
    /// <param name="months">The first of the months left that count; all by default.</param>
    public static BuyOut Of(
        LeaseCase lease,
        StudyCase centre,
        ICentreFacts facts,
        double share,
        int months = int.MaxValue
    )
    {
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(facts);
        var left = Math.Min(months, MonthsLeft(lease));
        var terms = lease.Terms.Terms;
        var quote = Quote(lease, centre, facts);
        var hours = terms.Accelerators * FleetSites.HoursPerMonth;
        double rent = 0,
            dearer = 0;
        for (var k = 0; k < left; k++)
        {
            var price = terms.PriceAt(terms.MonthsRun + k);
            rent += hours * price * terms.TakeOrPayShare;
            dearer += hours * Math.Max(0, quote - price);
        }
        return new BuyOut(lease, rent, dearer, share);
    }

    /// <summary>Quote of the day of what serves a lease, money per accelerator-hour: of its fleet, else the mean over all.</summary>
    public static double Quote(LeaseCase lease, StudyCase centre, ICentreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(facts);
        var fleets = centre.Fleets.Where(f => f.Name == lease.Terms.Fleet).ToList();
        fleets = fleets.Count > 0 ? fleets : [.. centre.Fleets];
        return fleets.Sum(f => f.Accelerators * facts.QuoteOf(f)) / fleets.Sum(f => f.Accelerators);
    }
}
