using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Hindcast.Replay;

namespace Plimsoll.Cli.Market;

/// <summary>The replay as tables in Markdown, worst first, and as JSON.</summary>
/// <param name="replay">The replay.</param>
/// <param name="luck">Cost of the law in driftless markets, by quarters ahead.</param>
/// <param name="worlds">Driftless markets simulated.</param>
/// <param name="advice">What the advice would have earned.</param>
internal sealed class ReplayReport(
    MarketReplay replay,
    IReadOnlyDictionary<int, double> luck,
    int worlds,
    IReadOnlyList<AdviceOutcome> advice
)
{
    private static readonly Dictionary<int, (double Law, double Luck)> _asked = new()
    {
        [1] = (0.95, 1.05),
        [2] = (0.92, 1.08),
        [4] = (0.90, 1.10),
    };

    public void Print(TextWriter output)
    {
        var scores = replay.Scores;
        output.WriteLine($"## {replay.Market}: {scores.Count} cases");
        output.WriteLine();
        Table(output, ReplayTable.ByHorizon(scores), true);
        output.WriteLine("By basis, worst first:");
        output.WriteLine();
        Table(output, [.. ReplayTable.ByBasis(scores).OrderByDescending(r => r.Law)], false);
        foreach (var (quarters, cost) in luck.OrderBy(l => l.Key))
        {
            output.WriteLine(
                Text(
                    $"In {worlds} driftless markets the law costs {cost:0.000} of the true one at {quarters} quarters; asked for at most {_asked[quarters].Luck:0.00}: {Met(cost <= _asked[quarters].Luck)}."
                )
            );
        }
        output.WriteLine();
        var inside = scores.Count == 0 ? double.NaN : scores.Average(s => s.Inside ? 1.0 : 0);
        output.WriteLine(
            Text(
                $"Pooled 80 % intervals hold {100 * inside:0} % of outcomes; asked for 75 to 92: {Met(inside is >= 0.75 and <= 0.92)}."
            )
        );
        output.WriteLine(
            "Outcomes by tenth of the forecast, all cases: "
                + string.Join(" ", ReplayTable.Histogram(scores))
        );
        foreach (var quarters in ReplayCase.Horizons)
        {
            var apart = ReplayTable.Apart(scores, quarters);
            var p = ReplayTable.Uniformity(apart.Select(s => s.Place));
            output.WriteLine(
                Text(
                    $"{quarters} quarters, months that do not overlap: {string.Join(" ", ReplayTable.Histogram(apart))}; {apart.Count} outcomes, p = {p:0.000}; asked for above .01: {Met(p > 0.01)}."
                )
            );
        }
        output.WriteLine();
        Advice(output);
    }

    public JsonObject ToJson()
    {
        static JsonNode? Number(double x) => double.IsNaN(x) ? null : Math.Round(x, 4);
        JsonObject Row(ReplayRow r) =>
            new()
            {
                ["name"] = r.Name,
                ["quarters"] = r.Quarters,
                ["cases"] = r.Cases,
                ["persistence"] = Number(r.Persistence),
                ["law"] = Number(r.Law),
                ["driftless"] = Number(r.Walk),
                ["anchorLower"] = Number(r.LowAnchor),
                ["anchorHigher"] = Number(r.HighAnchor),
                ["baselines"] = new JsonObject(
                    ReplayBaselines.Names.Select(
                        (n, i) => KeyValuePair.Create(n, Number(r.Baselines[i]))
                    )
                ),
                ["inside80"] = Number(r.Inside),
            };
        return new JsonObject
        {
            ["market"] = replay.Market,
            ["cases"] = replay.Scores.Count,
            ["byHorizon"] = new JsonArray([.. ReplayTable.ByHorizon(replay.Scores).Select(Row)]),
            ["byBasis"] = new JsonArray([.. ReplayTable.ByBasis(replay.Scores).Select(Row)]),
            ["histogram"] = new JsonArray([
                .. ReplayTable.Histogram(replay.Scores).Select(n => (JsonNode)n),
            ]),
            ["driftlessCost"] = new JsonObject(
                luck.OrderBy(l => l.Key)
                    .Select(l =>
                        KeyValuePair.Create(
                            l.Key.ToString(CultureInfo.InvariantCulture),
                            Number(l.Value)
                        )
                    )
            ),
            ["advice"] = new JsonArray([
                .. advice.Select(a => new JsonObject
                {
                    ["decision"] = a.Decision.ToString(),
                    ["hold"] = a.Hold,
                    ["build"] = a.Build,
                    ["holdEarned"] = Math.Round(a.HoldEarned),
                    ["buildEarned"] = Math.Round(a.BuildEarned),
                }),
            ]),
        };
    }

    private static void Table(TextWriter output, IReadOnlyList<ReplayRow> rows, bool asked)
    {
        output.WriteLine(
            "| rents | quarters | cases | persistence | law | driftless part | anchor -25 % | anchor +25 % | "
                + string.Join(" | ", ReplayBaselines.Names.Skip(1))
                + " | in 80 % | asked for |"
        );
        output.WriteLine(
            "|---|---|---|---|---|---|---|---|"
                + string.Concat(ReplayBaselines.Names.Skip(1).Select(_ => "---|"))
                + "---|---|"
        );
        foreach (var r in rows)
        {
            var least = asked ? _asked[r.Quarters].Law : 1.10;
            output.WriteLine(
                Text(
                    $"| {r.Name} | {r.Quarters} | {r.Cases} | {r.Persistence:0.000} | {r.Law:0.00} | {r.Walk:0.00} | {r.LowAnchor:0.00} | {r.HighAnchor:0.00} | "
                )
                    + string.Join(
                        " | ",
                        r.Baselines.Skip(1).Select(b => double.IsNaN(b) ? "" : Text($"{b:0.00}"))
                    )
                    + Text(
                        $" | {100 * r.Inside:0} % | at most {least:0.00}: {Met(r.Law <= least)} |"
                    )
            );
        }
        output.WriteLine();
    }

    private void Advice(TextWriter output)
    {
        if (advice.Count == 0)
        {
            output.WriteLine("Value of the advice: no decision whose year has been printed.");
            return;
        }
        output.WriteLine(
            "Value of the advice, dollars an H100 over the year after a decision (second-hand value at its end derived):"
        );
        output.WriteLine();
        output.WriteLine(
            "| decision | advice | holding over selling | advice | building over not |"
        );
        output.WriteLine("|---|---|---|---|---|");
        foreach (var a in advice)
        {
            output.WriteLine(
                Text(
                    $"| {a.Decision} | {(a.Hold ? "hold" : "sell")} | {a.HoldEarned:0} | {(a.Build ? "build" : "do not build")} | {a.BuildEarned:0} |"
                )
            );
        }
        var hold = advice.Average(a => a.Hold ? a.HoldEarned : 0);
        var build = advice.Average(a => a.Build ? a.BuildEarned : 0);
        output.WriteLine();
        output.WriteLine(
            Text(
                $"Mean of {advice.Count} decisions, over never: as advised {hold:0} (hold or sell) and {build:0} (build or not); always hold {advice.Average(a => a.HoldEarned):0}, always build {advice.Average(a => a.BuildEarned):0}; a coin half of each."
            )
        );
    }

    private static string Met(bool met) => met ? "met" : "NOT met";

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
