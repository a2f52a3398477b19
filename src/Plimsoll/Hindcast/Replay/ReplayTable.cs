using Plimsoll.Outlooks;

namespace Plimsoll.Hindcast.Replay;

/// <summary>Scores pooled over cases, as shares of persistence.</summary>
/// <param name="Name">Which cases.</param>
/// <param name="Quarters">Quarters ahead; 0 for all.</param>
/// <param name="Cases">How many.</param>
/// <param name="Persistence">Mean score of persistence, log units.</param>
/// <param name="Law">The law's over it.</param>
/// <param name="Walk">The driftless part's over it.</param>
/// <param name="LowAnchor">The law's with the cost of replacement 25 % lower, over it.</param>
/// <param name="HighAnchor">The law's with it 25 % higher, over it.</param>
/// <param name="Baselines">Each baseline's over it, on the cases where it speaks; NaN where it never does.</param>
/// <param name="Inside">Share of outcomes inside the law's 80 % interval.</param>
public sealed record ReplayRow(
    string Name,
    int Quarters,
    int Cases,
    double Persistence,
    double Law,
    double Walk,
    double LowAnchor,
    double HighAnchor,
    IReadOnlyList<double> Baselines,
    double Inside
);

/// <summary>The replay as tables: by horizon, by basis, and how forecasts and outcomes agree.</summary>
public static class ReplayTable
{
    /// <summary>A row for each horizon that has cases.</summary>
    public static IReadOnlyList<ReplayRow> ByHorizon(IReadOnlyList<ReplayScore> scores) =>
        [
            .. scores
                .GroupBy(s => s.Question.Quarters)
                .OrderBy(g => g.Key)
                .Select(g => Row("all rents", g.Key, [.. g])),
        ];

    /// <summary>A row for each basis and horizon that has cases.</summary>
    public static IReadOnlyList<ReplayRow> ByBasis(IReadOnlyList<ReplayScore> scores) =>
        [
            .. from s in scores
            group s by (s.Question.Outcome.Quote.Basis, s.Question.Quarters) into g
            orderby g.Key
            select Row(Word(g.Key.Basis), g.Key.Quarters, [.. g]),
        ];

    /// <summary>Outcomes by tenths of the law's forecast.</summary>
    public static IReadOnlyList<int> Histogram(IEnumerable<ReplayScore> scores)
    {
        var bins = new int[10];
        foreach (var score in scores)
        {
            bins[Math.Min(9, (int)(score.Place * 10))]++;
        }
        return bins;
    }

    /// <summary>Cases of a horizon whose months do not overlap, one panel after the other.</summary>
    public static IReadOnlyList<ReplayScore> Apart(
        IReadOnlyList<ReplayScore> scores,
        int quarters
    ) =>
        [
            .. scores
                .Where(s => s.Question.Quarters == quarters)
                .GroupBy(s => s.Question.Series)
                .SelectMany(g =>
                {
                    var kept = new List<ReplayScore>();
                    foreach (var s in g.OrderBy(s => s.Question.Decision))
                    {
                        if (
                            kept.Count == 0
                            || s.Question.Decision >= kept[^1].Question.Outcome.Quote.Date
                        )
                        {
                            kept.Add(s);
                        }
                    }
                    return kept;
                }),
        ];

    /// <summary>Kolmogorov's test that places are uniform: the chance of so large a distance.</summary>
    /// <remarks>Asymptotic series with Stephens' correction (1970) for few points.</remarks>
    public static double Uniformity(IEnumerable<double> places)
    {
        var sorted = places.Order().ToArray();
        if (sorted.Length == 0)
        {
            return double.NaN;
        }
        var n = (double)sorted.Length;
        double distance = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, Math.Max(sorted[i] - (i / n), ((i + 1) / n) - sorted[i]));
        }
        var root = Math.Sqrt(n);
        var x = distance * (root + 0.12 + (0.11 / root));
        double sum = 0;
        for (var k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * x * x);
        }
        return Math.Clamp(sum, 0, 1);
    }

    private static ReplayRow Row(string name, int quarters, List<ReplayScore> scores)
    {
        var persistence = scores.Average(s => s.Baselines[0]);
        double Share(Func<ReplayScore, double> of)
        {
            var spoken = scores.Where(s => !double.IsNaN(of(s))).ToList();
            return spoken.Count == 0
                ? double.NaN
                : spoken.Average(of) / spoken.Average(s => s.Baselines[0]);
        }
        return new ReplayRow(
            name,
            quarters,
            scores.Count,
            persistence,
            Share(s => s.Law),
            Share(s => s.Walk),
            Share(s => s.LowAnchor),
            Share(s => s.HighAnchor),
            [
                .. Enumerable
                    .Range(0, ReplayBaselines.Names.Count)
                    .Select(i => Share(s => s.Baselines[i])),
            ],
            scores.Average(s => s.Inside ? 1.0 : 0)
        );
    }

    private static string Word(QuoteBasis basis) =>
        basis switch
        {
            QuoteBasis.Contract => "contract",
            QuoteBasis.Marketplace => "marketplace",
            QuoteBasis.NeocloudList => "neocloud list",
            QuoteBasis.HyperscalerList => "hyperscaler list",
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis."),
        };
}
