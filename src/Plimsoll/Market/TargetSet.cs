using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>The observations that were published by a day and dated to the end of 2024 at the latest.</summary>
/// <remarks>Given inputs (tokens, national compute, API prices) are never among them.</remarks>
public static class TargetSet
{
    /// <summary>Last day of any target: rents, fill and prices after it are held back to score forecasts.</summary>
    public static DateOnly LastDay => new(2024, 12, 31);

    /// <summary>Per observable: what it is in a path, the declared discrepancy, and whether a quarter's mean or its end is meant.</summary>
    private static readonly Dictionary<
        string,
        (Observable, double Discrepancy, bool Mean)
    > _declared = new(StringComparer.Ordinal)
    {
        ["rent 8xH100"] = (Observable.RentH, 0.10, true),
        // Four counts by four houses with four definitions: named, planned, under construction, operating.
        ["projects built+building"] = (Observable.Projects, 0.20, false),
        ["projects completed"] = (Observable.Completed, 0.20, false),
        // A count of what was reported: a floor of what happened.
        ["projects cancelled"] = (Observable.Cancelled, 0.6, false),
        // One insider's figure on centres nobody listed.
        ["utilisation (lit) of new public centres"] = (Observable.Lit, 0.3, true),
        ["8xH800/H100 server price"] = (Observable.ServerPrice, 0.12, true),
    };

    /// <summary>Targets visible in a view.</summary>
    public static IReadOnlyList<Target> Of(CatalogView view, MarketGivens givens)
    {
        var targets = new List<Target>();
        foreach (var entry in view.Entries("targets").Where(e => _declared.ContainsKey(e.Name)))
        {
            var (observable, discrepancy, mean) = _declared[entry.Name];
            foreach (var fact in entry.Series("value").Where(f => f.ValidFrom <= LastDay))
            {
                var from = Month.Of(fact.ValidFrom) - givens.Start;
                var year = observable == Observable.Cancelled;
                var (first, months) =
                    year ? (from, 12)
                    : mean ? (from, 3)
                    : (from + 2, 1);
                targets.Add(
                    new Target(
                        $"{entry.Name} {Period(fact.ValidFrom, year)}",
                        observable,
                        first,
                        months,
                        fact.Value,
                        fact.Low,
                        fact.High,
                        discrepancy,
                        fact.Source
                    )
                );
            }
        }
        targets.AddRange(TierA(view, givens.Start));
        return
        [
            .. targets
                .Where(t => t.FromMonth >= 0 && t.LastMonth < givens.KnownMonths)
                .OrderBy(t => t.LastMonth),
        ];
    }

    /// <summary>Quotes of the A tier: the only ones besides the H tier; without them nothing informs it.</summary>
    private static IEnumerable<Target> TierA(CatalogView view, Month start)
    {
        foreach (var fact in Rents(view, "8xA100 list CN"))
        {
            // A list price and what a broker takes as realised: the contract rent lies between, middle in logs.
            yield return new Target(
                $"rent 8xA100 {Period(fact.ValidFrom, false)}",
                Observable.RentA,
                Month.Of(fact.ValidFrom) - start,
                1,
                Math.Sqrt(fact.Low * fact.High),
                fact.Low,
                fact.High,
                0.2,
                fact.Source
            );
        }
        foreach (var fact in Rents(view, "8xA100 spot CN"))
        {
            yield return new Target(
                $"rent 8xA100 {Period(fact.ValidFrom, false)}",
                Observable.RentA,
                Month.Of(fact.ValidFrom) - start,
                1,
                fact.Value,
                fact.Low,
                fact.High,
                0.2,
                fact.Source
            );
        }
        var cards = Rents(view, "8xRTX4090 contract CN");
        if (cards.Count >= 2)
        {
            var (first, last) = (cards[0], cards[^1]);
            yield return new Target(
                $"change of rent 8xRTX4090 to {Period(last.ValidFrom, false)}",
                Observable.RentChangeA,
                Month.Of(first.ValidFrom) - start,
                Month.Of(last.ValidFrom) - Month.Of(first.ValidFrom) + 1,
                last.Value / first.Value,
                last.Low / first.High,
                last.High / first.Low,
                0.3,
                last.Source
            );
        }
    }

    private static IReadOnlyList<Sourced<double>> Rents(CatalogView view, string name) =>
        [.. GivenSeries.Of(view, "rents", name, "rent").Where(f => f.ValidFrom <= LastDay)];

    private static string Period(DateOnly day, bool year) =>
        year ? $"{day.Year}" : $"{day.Year}Q{((day.Month - 1) / 3) + 1}";
}
