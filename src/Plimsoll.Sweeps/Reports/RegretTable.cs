using System.Globalization;
using System.Text;
using Plimsoll.Inputs;

namespace Plimsoll.Sweeps.Reports;

/// <summary>What it costs to hold to one option whatever the inputs are: its mean equity NPV below that of the best option of each run.</summary>
/// <remarks>Regret after Savage (1951). Options are told apart by study and name; amounts are of the study's currency.</remarks>
public sealed class RegretTable
{
    private readonly Dictionary<(string Study, string Option), Gathered> _options = [];

    /// <summary>One line of the table.</summary>
    /// <param name="Study">The study.</param>
    /// <param name="Option">Name of the option.</param>
    /// <param name="Currency">Currency of the amounts.</param>
    /// <param name="Runs">Runs in which it was compared.</param>
    /// <param name="BestShare">Share of them in which none was better, 0 to 1.</param>
    /// <param name="MeanNpv">Mean of its mean equity NPV.</param>
    /// <param name="MeanRegret">Mean regret, at least 0.</param>
    /// <param name="P90Regret">Regret not exceeded in nine runs of ten.</param>
    /// <param name="LargestRegret">Largest regret.</param>
    /// <param name="LargestAt">Number of the run in which it is largest.</param>
    public sealed record Line(
        string Study,
        string Option,
        string Currency,
        long Runs,
        double BestShare,
        double MeanNpv,
        double MeanRegret,
        double P90Regret,
        double LargestRegret,
        long LargestAt
    );

    /// <summary>Adds a run.</summary>
    internal void Add(SweepRow row)
    {
        var values = new List<(string Option, double Npv)>();
        foreach (var option in row.Options())
        {
            if (JsonCell.Words(option[0]) is { } name && JsonCell.Number(option[2]) is { } npv)
            {
                values.Add((name, npv));
            }
        }
        if (values.Count < 2)
        {
            return;
        }
        var best = values.Max(v => v.Npv);
        foreach (var (option, npv) in values)
        {
            var key = (row.Point.Study.Name, option);
            if (!_options.TryGetValue(key, out var gathered))
            {
                _options[key] = gathered = new Gathered(row.Words("currency") ?? "");
            }
            gathered.Add(npv, best - npv, row.Point.Number);
        }
    }

    /// <summary>The table, by study; within one the smallest largest regret first.</summary>
    public IReadOnlyList<Line> Lines() =>
        [
            .. _options
                .Select(o => o.Value.Line(o.Key.Study, o.Key.Option))
                .OrderBy(l => l.Study, StringComparer.Ordinal)
                .ThenBy(l => l.LargestRegret)
                .ThenBy(l => l.Option, StringComparer.Ordinal),
        ];

    /// <summary>The table as CSV.</summary>
    public string Csv()
    {
        var csv = new StringBuilder(
            "study,option,currency,runs,best_share,equity_npv_mean,regret_mean,regret_p90,regret_largest,regret_largest_run\n"
        );
        foreach (var l in Lines())
        {
            csv.AppendJoin(
                    ',',
                    CsvCell.Of(l.Study),
                    CsvCell.Of(l.Option),
                    l.Currency,
                    l.Runs.ToString(CultureInfo.InvariantCulture),
                    Number(l.BestShare),
                    Number(l.MeanNpv),
                    Number(l.MeanRegret),
                    Number(l.P90Regret),
                    Number(l.LargestRegret),
                    l.LargestAt.ToString(CultureInfo.InvariantCulture)
                )
                .Append('\n');
        }
        return csv.ToString();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Gathered(string currency)
    {
        private readonly List<double> _regrets = [];
        private double _npv;
        private long _best;
        private double _largest = -1;
        private long _largestAt;

        public void Add(double npv, double regret, long run)
        {
            _regrets.Add(regret);
            _npv += npv;
            _best += regret == 0 ? 1 : 0;
            if (regret > _largest)
            {
                (_largest, _largestAt) = (regret, run);
            }
        }

        public Line Line(string study, string option)
        {
            var sorted = _regrets.Order().ToArray();
            return new Line(
                study,
                option,
                currency,
                sorted.Length,
                _best / (double)sorted.Length,
                _npv / sorted.Length,
                sorted.Average(),
                sorted[(int)Math.Ceiling(0.9 * sorted.Length) - 1],
                _largest,
                _largestAt
            );
        }
    }
}
