using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Lease everything that is not let to one cloud, take-or-pay, below the quote of the day; open where something is free.</summary>
/// <param name="Discount">Discount on today's quote at which it would sign for all, 0 to 1.</param>
/// <param name="TenorMonths">Months it would sign for, at least 1.</param>
/// <param name="MonthlyBreachHazard">Chance a month that it leaves, 0 to 1.</param>
public sealed record LeaseToCloud(double Discount, int TenorMonths, double MonthlyBreachHazard)
    : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "cloud_discount",
                    "Discount on today's quoted rent at which a cloud would lease all that is free, take-or-pay.",
                    "0.35",
                    0,
                    0.95,
                    "fraction",
                    prior: true
                ),
                OptionRow.Months(
                    "cloud_tenor",
                    "Months for which such a cloud would sign.",
                    "36",
                    1,
                    240,
                    prior: true
                ),
                OptionRow.Number(
                    "cloud_breach_hazard",
                    "Chance a month that such a cloud leaves.",
                    "0.002",
                    0,
                    1,
                    "fraction",
                    prior: true
                ),
            ],
            file => new LeaseToCloud(
                file.Number("options.cloud_discount"),
                file.Integer("options.cloud_tenor"),
                file.Number("options.cloud_breach_hazard")
            )
        );

    /// <summary>Name under which the cloud stands among the leases.</summary>
    internal const string Tenant = "a cloud";

    /// <summary>Share of the accelerators that can be let: the rest is under repair.</summary>
    private const double MostLet = 0.97;

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
        var leases = scope
            .Fleets.Select(f => (Fleet: f, Free: Free(standing, f)))
            .Where(f => f.Free >= f.Fleet.PerServer)
            .Select(f => new LeaseCase(
                new SignedLease(
                    Tenant,
                    f.Free,
                    (1 - Discount) * facts.QuoteOf(f.Fleet),
                    Math.Min(TenorMonths, standing.Plan.Months),
                    1,
                    0,
                    MonthlyBreachHazard
                )
                {
                    Fleet = f.Fleet.Name,
                },
                null
            )
            {
                ToSign = true,
            })
            .ToList();
        return leases.Count == 0
            ? []
            :
            [
                new StudyOption(
                    scope.Named(Phrase.Of("option.cloud")),
                    VerdictKind.LeaseToCloud,
                    Phrase.Of(
                        "option.cloud.chips",
                        leases.Sum(l => l.Terms.Accelerators),
                        TenorMonths,
                        Prices(leases),
                        Discount
                    ),
                    standing with
                    {
                        Leases = [.. standing.Leases, .. leases],
                    }
                ),
            ];
    }

    private static Phrase Prices(IEnumerable<LeaseCase> leases) =>
        leases
            .Select(l => Words.Round(l.Terms.PricePerGpuHour, 2))
            .Distinct(StringComparer.Ordinal)
            .Select(price => Phrase.Of("name", price))
            .Aggregate((before, next) => Phrase.Of("list", before, next));

    /// <summary>Accelerators of a fleet, in whole servers, that no lease signed beforehand has; leases of no named fleet take from all in proportion.</summary>
    private static double Free(StudyCase standing, FleetCase fleet)
    {
        var own = standing
            .Leases.Where(l => l.Terms.Fleet == fleet.Name)
            .Sum(l => l.Terms.Accelerators);
        var shared = standing
            .Leases.Where(l => l.Terms.Fleet is null)
            .Sum(l => l.Terms.Accelerators);
        var let = own + (shared * fleet.Accelerators / standing.Accelerators);
        var free = Math.Max(0, (MostLet * fleet.Accelerators) - let);
        return Math.Floor((free + 1e-9) / fleet.PerServer) * fleet.PerServer;
    }
}
