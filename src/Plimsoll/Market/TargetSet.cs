using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>An observation that a market run is held against.</summary>
/// <param name="Observable">What was observed.</param>
/// <param name="FromMonth">First month it speaks of, from the start of the market.</param>
/// <param name="Months">Months it speaks of.</param>
/// <param name="Value">Best estimate.</param>
/// <param name="LogError">Standard deviation of its log: its range and the declared discrepancy together.</param>
/// <param name="Discrepancy">The declared discrepancy: how far the model may be from the truth, standard deviation of the log.</param>
/// <param name="Source">Where it stands.</param>
public sealed record Target(
    string Observable,
    int FromMonth,
    int Months,
    double Value,
    double LogError,
    double Discrepancy,
    string Source
)
{
    /// <summary>What a path says of it.</summary>
    public double Of(MarketPath path)
    {
        double sum = 0;
        for (var m = FromMonth; m < FromMonth + Months; m++)
        {
            sum += Observable switch
            {
                "rent 8xH100" => path.Quote[0][m],
                "rent 8xA100" => path.Quote[1][m],
                "projects built+building" => path.Projects[m],
                "projects completed" => path.Completed[m],
                "projects cancelled" => path.Cancelled[Math.Min(m + 11, path.Months - 1)],
                _ => path.Lit(m),
            };
        }
        return sum / Months;
    }

    /// <summary>Distance of a path from it in standard deviations; more than 3 is implausible.</summary>
    public double Implausibility(MarketPath path) =>
        Math.Abs(Math.Log(Math.Max(1e-9, Of(path)) / Value)) / LogError;
}

/// <summary>The observations that were published by a day and dated to the end of 2024 at the latest.</summary>
public static class TargetSet
{
    private static readonly Dictionary<string, (double Discrepancy, int Months)> _declared = new(
        StringComparer.Ordinal
    )
    {
        ["rent 8xH100"] = (0.10, 3),
        ["projects built+building"] = (0.20, 3),
        ["projects completed"] = (0.20, 1),
        ["projects cancelled"] = (0.6, 1),
        ["utilisation (lit) of new public centres"] = (0.3, 1),
    };

    /// <summary>Targets visible in a view; given inputs (tokens, national compute) are never among them.</summary>
    public static IReadOnlyList<Target> Of(CatalogView view, MarketGivens givens)
    {
        var last = new DateOnly(2024, 12, 31);
        var targets = new List<Target>();
        foreach (var entry in view.Entries("targets").Where(e => _declared.ContainsKey(e.Name)))
        {
            var (discrepancy, months) = _declared[entry.Name];
            foreach (var fact in entry.Series("value").Where(f => f.ValidFrom <= last))
            {
                var from = Month.Of(fact.ValidFrom) - givens.Start;
                var at = months == 3 ? from : from + 2;
                targets.Add(
                    new Target(
                        entry.Name,
                        entry.Name == "projects cancelled" ? from : at,
                        months,
                        fact.Value,
                        Error(fact, discrepancy),
                        discrepancy,
                        fact.Source
                    )
                );
            }
        }
        if (view.Find("rents", "8xA100 spot CN") is { } a100)
        {
            targets.AddRange(
                a100.Series("rent")
                    .Where(f => f.ValidFrom <= last)
                    .Select(f => new Target(
                        "rent 8xA100",
                        Month.Of(f.ValidFrom) - givens.Start,
                        1,
                        f.Value,
                        Error(f, 0.2),
                        0.2,
                        f.Source
                    ))
            );
        }
        return
        [
            .. targets.Where(t => t.FromMonth >= 0 && t.FromMonth + t.Months <= givens.KnownMonths),
        ];
    }

    private static double Error(Sourced<double> fact, double discrepancy)
    {
        var range = fact.High > fact.Low ? Math.Log(fact.High / fact.Low) / 2.563 : 0.05;
        return Math.Sqrt((range * range) + (discrepancy * discrepancy));
    }
}
