using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Pay the worst tenant to leave at once, and let what it held at the market's quote; open where a lease signed before the decision is served by the fleets in scope alone.</summary>
/// <remarks>The worst tenant is the one whose leases together pay least beside the quote of their fleets; of several the one with most rent left. It leaves with all of them, however many it signed.</remarks>
/// <param name="Share">Share of the take-or-pay rent left that is paid, 0 to 1.</param>
public sealed record LetTenantGo(double Share) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    Key,
                    "Share of the take-or-pay rent left that a tenant is paid to give up its lease; at least what the same accelerators cost it more at the quote of the day.",
                    "0.5",
                    0,
                    1,
                    "fraction",
                    prior: true
                ),
            ],
            file => new LetTenantGo(file.Number(Row))
        );

    private const string Key = "buyout_share";

    /// <summary>The row that says what a tenant is paid.</summary>
    internal const string Row = $"options.{Key}";

    /// <inheritdoc/>
    public IReadOnlyList<StudyOption> Courses(
        StudyCase standing,
        FleetScope scope,
        ICentreFacts facts
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(facts);
        var worst = Leases(standing, scope)
            .Where(l => BuyOut.MonthsLeft(l) > 0)
            .GroupBy(l => l.Terms.Tenant, StringComparer.Ordinal)
            .OrderBy(t =>
                t.Sum(l => l.Terms.Accelerators * Paid(l))
                / t.Sum(l => l.Terms.Accelerators * BuyOut.Quote(l, standing, facts))
            )
            .ThenByDescending(t => t.Sum(l => BuyOut.MonthsLeft(l) * l.Terms.Accelerators))
            .ThenBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => t.ToList())
            .FirstOrDefault();
        if (worst is null)
        {
            return [];
        }
        var paid = worst.Select(l => BuyOut.Of(l, standing, facts, Share)).ToList();
        var tenant = worst[0].Terms.Tenant;
        return
        [
            new StudyOption(
                scope.Named(Phrase.Of("option.letgo", tenant)),
                VerdictKind.LetTenantGo,
                Phrase.Of(
                    "option.letgo.said",
                    tenant,
                    paid.Sum(p => p.Cost),
                    worst.Sum(l => l.Terms.Accelerators),
                    worst.Max(BuyOut.MonthsLeft),
                    paid.Sum(p => p.Rent)
                ),
                standing with
                {
                    Leases =
                    [
                        .. standing.Leases.Where(l => !worst.Exists(w => ReferenceEquals(w, l))),
                    ],
                    Costs = [.. standing.Costs, .. paid.Select(Cost)],
                }
            ),
        ];
    }

    /// <summary>Leases served by the fleets in scope alone, whose tenants may be paid to leave: nobody signs a lease to buy it out.</summary>
    internal static IEnumerable<LeaseCase> Leases(StudyCase standing, FleetScope scope) =>
        standing.Leases.Where(l =>
            !l.OnTable && (l.Terms.Fleet is { } fleet ? scope.Holds(fleet) : scope.IsWhole)
        );

    /// <summary>What a tenant is paid, among the costs of a course.</summary>
    internal static CourseCost Cost(BuyOut paid) =>
        CourseCost.Of(Phrase.Of("cost.buyout", paid.Tenant), paid.Cost) with
        {
            IsDamages = true,
        };

    /// <summary>What an accelerator-hour under a lease brings whether used or not.</summary>
    private static double Paid(LeaseCase lease) =>
        lease.Terms.Terms.PriceAt(lease.Terms.Terms.MonthsRun) * lease.Terms.Terms.TakeOrPayShare;
}
