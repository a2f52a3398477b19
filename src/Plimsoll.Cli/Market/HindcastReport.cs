using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary>The hindcast as text and as JSON.</summary>
internal sealed class HindcastReport(
    VintageHindcast late,
    VintageHindcast early,
    IReadOnlyList<Outcome> seen,
    IReadOnlyList<Outcome>? given
)
{
    private readonly ScoreTable _early = early.Score(ForecastMode.Unconditional, seen);
    private readonly ScoreTable _earlyConditional = early.Score(ForecastMode.Conditional, seen);
    private readonly ScoreTable? _late = given is null
        ? null
        : late.Score(ForecastMode.Unconditional, given);
    private readonly ScoreTable? _lateConditional = given is null
        ? null
        : late.Score(ForecastMode.Conditional, given);

    /// <summary>The first line: whether the model beats persistence, and where it does not.</summary>
    public string Headline()
    {
        var table = _late ?? _early;
        var vintage = _late is null ? early.Vintage : late.Vintage;
        var outcomes = _late is null ? "what was known by 2024-12" : "the outcomes given";
        var (model, persistence, count) = table.Mean(0);
        var worse = table.NoBetterThanPersistence;
        var verdict =
            count == 0 ? "no outcome can be compared with persistence"
            : model < persistence ? "beats persistence on average"
            : "does NOT beat persistence on average";
        return Invariant(
                $"Vintage {vintage:yyyy-MM} on {outcomes}: the model {verdict} (log-CRPS {model:F3} against {persistence:F3}, {count} outcomes)."
            )
            + Rents(table)
            + (
                worse.Count > 0
                    ? $" It does not beat persistence on: {string.Join("; ", worse)}."
                    : ""
            );
    }

    /// <summary>Rents alone: what a study rests on, and where counts that grow make persistence an easy match they do not.</summary>
    private static string Rents(ScoreTable table)
    {
        var rows = table
            .Rows.Where(r =>
                r.Outcome.Quantity.StartsWith("rent", StringComparison.Ordinal)
                && !double.IsNaN(r.Baselines[0])
            )
            .ToList();
        return rows.Count == 0
            ? ""
            : Invariant(
                $" Rents alone: {rows.Average(r => r.Model):F3} against {rows.Average(r => r.Baselines[0]):F3}, {rows.Count} outcomes."
            );
    }

    public void Print(TextWriter to)
    {
        to.WriteLine(Headline());
        to.WriteLine();
        PrintFit(to, late);
        PrintFit(to, early);
        PrintScores(to, early, _early, "unconditional");
        PrintScores(to, early, _earlyConditional, "conditional on given tokens, compute and rules");
        if (_late is not null && _lateConditional is not null)
        {
            PrintScores(to, late, _late, "unconditional");
            PrintScores(
                to,
                late,
                _lateConditional,
                "conditional on given tokens, compute and rules"
            );
        }
        PrintForecast(to, late.Unconditional);
        PrintForecast(to, late.Conditional);
        PrintBaselines(to);
        PrintLaws(to);
    }

    private void PrintBaselines(TextWriter to)
    {
        to.WriteLine(
            $"Baselines, data to {late.Vintage:yyyy-MM-dd}, P10 / P50 / P90: rent 8xH100, CNY/server-month (all quantities with --json)"
        );
        var rent = ForecastQuantity.All[0];
        foreach (var quarter in late.Unconditional.Cells.Select(c => c.Quarter).Distinct())
        {
            var fans = late.BaselinesOf(rent, quarter)
                .Select((sample, b) => $"{Baselines.Names[b]} {Three(sample)}");
            to.WriteLine($"  {quarter}  {string.Join("   ", fans)}");
        }
        to.WriteLine();
    }

    private static string Three(double[]? sample)
    {
        if (sample is null)
        {
            return "-";
        }
        var fan = FanOf(sample);
        return $"{Number(fan.Quantile(0.1))} / {Number(fan.Quantile(0.5))} / {Number(fan.Quantile(0.9))}";
    }

    private static WeightedSample FanOf(double[] sample) =>
        WeightedSample.Of(sample, [.. sample.Select(_ => 1.0)]);

    private static void PrintFit(TextWriter to, VintageHindcast v)
    {
        to.WriteLine(
            $"Fit, data to {v.Vintage:yyyy-MM-dd}: {v.Ensemble.Members.Count} members, each run through the contract engine; width is P90 over P10; miss in standard deviations of range and declared discrepancy"
        );
        to.WriteLine(
            $"  {"target", -46} {"observed range", 25}   {"P10", 10} {"P50", 10} {"P90", 10} {"width", 6} {"miss", 6} {"< 3", 5}"
        );
        foreach (var f in v.Fit)
        {
            var range = $"{Number(f.Target.Low)} to {Number(f.Target.High)}";
            to.WriteLine(
                Invariant(
                    $"  {f.Target.Name, -46} {range, 25}   {Number(f.P10), 10} {Number(f.P50), 10} {Number(f.P90), 10} {f.Width, 6:F2} {f.MedianMiss, 6:F2} {f.Plausible, 5:P0}"
                )
            );
        }
        var implausible = v.Fit.Where(f => f.Plausible < 1).Select(f => f.Target.Name).ToList();
        to.WriteLine(
            implausible.Count == 0
                ? "  Every run lies within implausibility 3 of every target."
                : $"  Some runs lie beyond implausibility 3 of: {string.Join("; ", implausible)}."
        );
        to.WriteLine(
            "  Given, never a target: tokens, national compute, API prices, rules, reviews, the world's rent."
        );
        to.WriteLine();
    }

    private static void PrintScores(TextWriter to, VintageHindcast v, ScoreTable table, string mode)
    {
        to.WriteLine(
            $"Scores, vintage {v.Vintage:yyyy-MM}, {mode}: log-CRPS with observation error, lower is better"
        );
        to.WriteLine(
            $"  {"outcome", -36} {"observed", 10} {"model", 7} {string.Join(' ', Baselines.Names.Select(n => $"{n, 22}"))} {"position", 9}"
        );
        foreach (var r in table.Rows)
        {
            var scores = string.Join(' ', r.Baselines.Select(b => $"{Score(b), 22}"));
            var name = $"{r.Outcome.Quantity} {r.Outcome.Quarter}";
            to.WriteLine(
                Invariant(
                    $"  {name, -36} {Number(r.Outcome.Value), 10} {Score(r.Model), 7} {scores} {r.Position, 9:P0}"
                )
            );
        }
        for (var b = 0; b < Baselines.Names.Count; b++)
        {
            var (model, baseline, count) = table.Mean(b);
            if (count > 0)
            {
                to.WriteLine(
                    Invariant(
                        $"  mean over {count} outcomes: model {model:F3}, {Baselines.Names[b]} {baseline:F3}"
                    )
                );
            }
        }
        to.WriteLine();
    }

    private static void PrintForecast(TextWriter to, Forecast forecast)
    {
        var conditional = forecast.Mode == ForecastMode.Conditional;
        to.WriteLine(
            Invariant(
                $"Forecast, data to {forecast.DataTo}, {(conditional ? "conditional on given tokens, compute, rules and reviews" : "unconditional")}, pooled over laws, half of the draws with the world link; {forecast.Rejected:P1} of draws rejected by the closure"
            )
        );
        foreach (var quantity in ForecastQuantity.All)
        {
            to.WriteLine($"  {quantity.Name}, {quantity.Unit}");
            foreach (var quarter in forecast.Cells.Select(c => c.Quarter).Distinct())
            {
                var fan = forecast.Cell(quantity.Name, quarter, ForecastCell.Pooled, "half").Fan();
                to.WriteLine(
                    $"    {quarter}  P10 {Number(fan.Quantile(0.1)), 10}  P50 {Number(fan.Quantile(0.5)), 10}  P90 {Number(fan.Quantile(0.9)), 10}"
                );
            }
        }
        to.WriteLine();
    }

    private void PrintLaws(TextWriter to)
    {
        var quarters = late.Unconditional.Cells.Select(c => c.Quarter).Distinct().ToList();
        to.WriteLine("Rent of 8xH100 by law and world link, P10 / P50 / P90, CNY a server-month");
        foreach (var forecast in new[] { late.Unconditional, late.Conditional })
        {
            foreach (var link in new[] { "on", "off" })
            {
                foreach (var law in Enum.GetNames<RentLaw>().Append(ForecastCell.Pooled))
                {
                    var fans = new[] { quarters[3], quarters[^1] }.Select(q =>
                    {
                        var fan = forecast.Cell("rent 8xH100", q, law, link).Fan();
                        return $"{q} {Number(fan.Quantile(0.1)), 7} / {Number(fan.Quantile(0.5)), 7} / {Number(fan.Quantile(0.9)), 7}";
                    });
                    to.WriteLine(
                        $"  {forecast.Mode, -13} link {link, -3} {law, -12} {string.Join("   ", fans)}"
                    );
                }
            }
        }
    }

    public JsonObject ToJson() =>
        new()
        {
            ["headline"] = Headline(),
            ["vintages"] = new JsonArray(Vintage(late), Vintage(early)),
            ["scores"] = new JsonArray([
                .. new (VintageHindcast V, ScoreTable? T, string Mode)[]
                {
                    (early, _early, "unconditional"),
                    (early, _earlyConditional, "conditional"),
                    (late, _late, "unconditional"),
                    (late, _lateConditional, "conditional"),
                }
                    .Where(x => x.T is not null)
                    .Select(x => Scores(x.V, x.T!, x.Mode)),
            ]),
            ["baselines"] = new JsonArray([
                .. late
                    .Unconditional.Cells.Select(c => (c.Quantity, c.Quarter))
                    .Distinct()
                    .SelectMany(c =>
                        late.BaselinesOf(c.Quantity, c.Quarter)
                            .Select((sample, b) => BaselineRow(c.Quantity, c.Quarter, b, sample))
                    )
                    .Where(row => row is not null),
            ]),
            ["forecast"] = new JsonArray([
                .. new[] { late.Unconditional, late.Conditional }
                    .SelectMany(f => f.Cells)
                    .Select(Row),
            ]),
        };

    private static JsonObject Vintage(VintageHindcast v) =>
        new()
        {
            ["data_to"] = v.Ensemble.DataTo,
            ["members"] = v.Ensemble.Members.Count,
            ["targets"] = new JsonArray([
                .. v.Fit.Select(f => new JsonObject
                {
                    ["target"] = f.Target.Name,
                    ["low"] = f.Target.Low,
                    ["value"] = f.Target.Value,
                    ["high"] = f.Target.High,
                    ["discrepancy_log_sd"] = f.Target.Discrepancy,
                    ["p10"] = Rounded(f.P10),
                    ["p50"] = Rounded(f.P50),
                    ["p90"] = Rounded(f.P90),
                    ["width_p90_over_p10"] = Rounded(f.Width),
                    ["miss_of_median"] = Rounded(f.MedianMiss),
                    ["share_plausible"] = Rounded(f.Plausible),
                    ["source"] = f.Target.Source,
                }),
            ]),
        };

    private static JsonObject Scores(VintageHindcast v, ScoreTable table, string mode) =>
        new()
        {
            ["vintage"] = $"{v.Vintage:yyyy-MM-dd}",
            ["mode"] = mode,
            ["outcomes"] = new JsonArray([
                .. table.Rows.Select(r =>
                {
                    var row = new JsonObject
                    {
                        ["quarter"] = $"{r.Outcome.Quarter}",
                        ["observable"] = r.Outcome.Quantity,
                        ["value"] = r.Outcome.Value,
                        ["model"] = Rounded(r.Model),
                        ["position"] = Rounded(r.Position),
                    };
                    for (var b = 0; b < Baselines.Names.Count; b++)
                    {
                        row[Baselines.Names[b]] = Rounded(r.Baselines[b]);
                    }
                    return row;
                }),
            ]),
        };

    private static JsonObject? BaselineRow(
        ForecastQuantity quantity,
        Quarter quarter,
        int baseline,
        double[]? sample
    )
    {
        if (sample is null)
        {
            return null;
        }
        var row = new JsonObject
        {
            ["quarter"] = $"{quarter}",
            ["observable"] = quantity.Name,
            ["unit"] = quantity.Unit,
            ["baseline"] = Baselines.Names[baseline],
        };
        AddFan(row, FanOf(sample));
        return row;
    }

    private static void AddFan(JsonObject row, WeightedSample fan)
    {
        foreach (var p in new[] { 5, 10, 25, 50, 75, 90, 95 })
        {
            row[$"p{p}"] = Rounded(fan.Quantile(p / 100.0));
        }
    }

    private static JsonObject Row(ForecastCell c)
    {
        var row = new JsonObject
        {
            ["quarter"] = $"{c.Quarter}",
            ["observable"] = c.Quantity.Name,
            ["unit"] = c.Quantity.Unit,
            ["mode"] = c.Mode.ToString().ToLowerInvariant(),
            ["law"] = c.Law,
            ["world_link"] = c.WorldLink,
        };
        AddFan(row, c.Fan());
        return row;
    }

    private static JsonNode? Rounded(double x) =>
        double.IsFinite(x)
            ? double.Parse(
                x.ToString("G5", CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            )
            : null;

    private static string Score(double x) =>
        double.IsNaN(x) ? "-" : x.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>Three figures: no more than the inputs carry.</summary>
    private static string Number(double x)
    {
        if (!(x >= 1000))
        {
            return x.ToString("G3", CultureInfo.InvariantCulture);
        }
        var unit = Math.Pow(10, Math.Floor(Math.Log10(x)) - 2);
        return (Math.Round(x / unit) * unit).ToString("#,0", CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
