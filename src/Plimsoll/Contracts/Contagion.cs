namespace Plimsoll.Contracts;

/// <summary>One contract as an exposure to its tenant.</summary>
/// <param name="Counterparty">Who owes.</param>
/// <param name="Centre">Which centre it stands in.</param>
/// <param name="MonthlyRent">Rent of a full month, money.</param>
public readonly record struct Exposure(string Counterparty, string Centre, double MonthlyRent);

/// <summary>What the failure of one counterparty takes down at once.</summary>
/// <param name="Counterparty">Who.</param>
/// <param name="Centres">Centres in which it rents.</param>
/// <param name="Contracts">Contracts it holds.</param>
/// <param name="Odds">Share of the draws in which it fails within the horizon, 0 to 1.</param>
/// <param name="MonthlyRent">Rent a month that goes with it.</param>
/// <param name="RentShare">That rent over the rent of all contracts, 0 to 1.</param>
/// <param name="OthersFallToo">Where it fails, share of draws in which another counterparty fails as well, 0 to 1; NaN when it never fails.</param>
/// <param name="OthersFall">Share of all draws in which another counterparty fails, 0 to 1: what the line above would be without a common factor.</param>
public sealed record Contagion(
    string Counterparty,
    int Centres,
    int Contracts,
    double Odds,
    double MonthlyRent,
    double RentShare,
    double OthersFallToo,
    double OthersFall
)
{
    /// <summary>One line a counterparty, largest rent first; the order of exposures and draws changes nothing.</summary>
    /// <param name="exposures">All contracts of all centres.</param>
    /// <param name="draws">Paths of all counterparties, one list a draw.</param>
    public static IReadOnlyList<Contagion> Of(
        IReadOnlyList<Exposure> exposures,
        IReadOnlyList<IReadOnlyList<CounterpartyPath>> draws
    )
    {
        var failed = draws
            .Select(d =>
                d.Where(p => p.DefaultMonth < int.MaxValue)
                    .Select(p => p.Name)
                    .ToHashSet(StringComparer.Ordinal)
            )
            .ToList();
        var all = exposures
            .OrderBy(e => e.MonthlyRent)
            .ThenBy(e => e.Counterparty, StringComparer.Ordinal)
            .Sum(e => e.MonthlyRent);
        return
        [
            .. exposures
                .GroupBy(e => e.Counterparty, StringComparer.Ordinal)
                .Select(g => Line(g.Key, [.. g], failed, all))
                .OrderByDescending(c => c.MonthlyRent)
                .ThenBy(c => c.Counterparty, StringComparer.Ordinal),
        ];
    }

    private static Contagion Line(
        string name,
        IReadOnlyList<Exposure> held,
        List<HashSet<string>> failed,
        double all
    )
    {
        var rent = held.Select(e => e.MonthlyRent).Order().Sum();
        var fell = failed.Count(f => f.Contains(name));
        var others = failed.Count(f => f.Count > (f.Contains(name) ? 1 : 0));
        var both = failed.Count(f => f.Contains(name) && f.Count > 1);
        return new Contagion(
            name,
            held.Select(e => e.Centre).Distinct(StringComparer.Ordinal).Count(),
            held.Count,
            failed.Count > 0 ? (double)fell / failed.Count : 0,
            rent,
            all > 0 ? rent / all : 0,
            fell > 0 ? (double)both / fell : double.NaN,
            failed.Count > 0 ? (double)others / failed.Count : 0
        );
    }
}
