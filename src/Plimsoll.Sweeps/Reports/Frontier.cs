using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Sweeps.Reports;

/// <summary>The plans that no other plan of the sweep beats in both mean equity NPV and the chance of default.</summary>
/// <remarks>Pareto; plans are compared within a currency, whatever their study, as one may choose among them.</remarks>
public sealed class Frontier
{
    private readonly List<Entry> _all = [];

    /// <summary>A run that may stand on the frontier.</summary>
    /// <param name="Currency">Currency of the gain.</param>
    /// <param name="Gain">Mean equity NPV of the plan.</param>
    /// <param name="Risk">Chance of a payment default of the plan, 0 to 1.</param>
    /// <param name="Run">Its number.</param>
    /// <param name="Study">Its study.</param>
    /// <param name="Values">Value of each axis.</param>
    /// <param name="Verdict">Its verdict.</param>
    public sealed record Entry(
        string Currency,
        double Gain,
        double Risk,
        long Run,
        string Study,
        IReadOnlyList<JsonNode> Values,
        string Verdict
    );

    /// <summary>Adds a run; one without gain or risk is left out.</summary>
    internal void Add(SweepRow row)
    {
        if (
            row.Number("options[0].meanEquityNpv") is { } gain
            && row.Number("options[0].default.value") is { } risk
        )
        {
            _all.Add(
                new Entry(
                    row.Words("currency") ?? "",
                    gain,
                    risk,
                    row.Point.Number,
                    row.Point.Study.Name,
                    row.Point.Values,
                    row.Words("verdict.kind") ?? ""
                )
            );
        }
    }

    /// <summary>All runs with gain and risk.</summary>
    public IReadOnlyList<Entry> All => _all;

    /// <summary>The frontier of each currency, the safest first.</summary>
    public IReadOnlyList<Entry> Best()
    {
        var best = new List<Entry>();
        foreach (
            var group in _all.GroupBy(e => e.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            var highest = double.NegativeInfinity;
            foreach (
                var entry in group
                    .OrderBy(e => e.Risk)
                    .ThenByDescending(e => e.Gain)
                    .ThenBy(e => e.Run)
            )
            {
                if (entry.Gain > highest)
                {
                    highest = entry.Gain;
                    best.Add(entry);
                }
            }
        }
        return best;
    }

    /// <summary>The frontier as CSV.</summary>
    public string Csv(Sweep sweep)
    {
        var csv = new StringBuilder();
        string[] header =
        [
            "run",
            "study",
            .. sweep.Axes.Select(a => a.Name),
            "currency",
            "equity_npv_mean",
            "default",
            "verdict",
        ];
        csv.AppendJoin(',', header.Select(CsvCell.Of)).Append('\n');
        foreach (var e in Best())
        {
            csv.AppendJoin(
                    ',',
                    [
                        e.Run.ToString(CultureInfo.InvariantCulture),
                        CsvCell.Of(e.Study),
                        .. e.Values.Select(v => CsvCell.Of(JsonCell.Words(v)!)),
                        e.Currency,
                        e.Gain.ToString("R", CultureInfo.InvariantCulture),
                        e.Risk.ToString("R", CultureInfo.InvariantCulture),
                        e.Verdict,
                    ]
                )
                .Append('\n');
        }
        return csv.ToString();
    }
}
