using Plimsoll.Market;

namespace Plimsoll.Hindcast;

/// <summary>Score of the forecast and its baselines on one outcome; lower is better.</summary>
/// <param name="Outcome">What came to pass.</param>
/// <param name="Model">Score of the pooled forecast.</param>
/// <param name="Baselines">Scores in the order of <see cref="Hindcast.Baselines.Names"/>; NaN where a baseline says nothing.</param>
/// <param name="Position">Share of the forecast below the outcome: 0.1 to 0.9 in eight cases of ten when the forecast's width is right.</param>
public sealed record ScoreRow(
    Outcome Outcome,
    double Model,
    IReadOnlyList<double> Baselines,
    double Position
);

/// <summary>A forecast scored on outcomes.</summary>
/// <param name="Rows">One an outcome.</param>
public sealed record ScoreTable(IReadOnlyList<ScoreRow> Rows)
{
    /// <summary>Scores a forecast.</summary>
    /// <param name="forecast">The forecast; its pooled rows count.</param>
    /// <param name="prior">The same run with the unfitted prior.</param>
    /// <param name="outcomes">Outcomes; those of quarters that were not forecast are left out.</param>
    /// <param name="seen">Targets known at the vintage.</param>
    /// <param name="givens">Dated facts of the vintage.</param>
    /// <param name="processes">Priors moved by the view.</param>
    public static ScoreTable Of(
        Forecast forecast,
        Forecast prior,
        IReadOnlyList<Outcome> outcomes,
        IReadOnlyList<Target> seen,
        MarketGivens givens,
        IReadOnlyList<Prior> processes
    )
    {
        var rows = new List<ScoreRow>();
        foreach (var outcome in outcomes)
        {
            if (forecast.Cells.All(c => c.Quarter != outcome.Quarter))
            {
                continue;
            }
            var cell = Pooled(forecast, outcome);
            double Score(IReadOnlyList<double>? sample) =>
                sample is null ? double.NaN : LogScore.Of(sample, outcome.Value, outcome.LogError);
            rows.Add(
                new ScoreRow(
                    outcome,
                    Score(cell.Sample),
                    [
                        .. Baselines
                            .All(prior, seen, givens, processes, cell.Quantity, outcome.Quarter)
                            .Select(Score),
                    ],
                    cell.Sample.Count(x => x < outcome.Value) / (double)cell.Sample.Length
                )
            );
        }
        return new ScoreTable(rows);
    }

    /// <summary>Mean scores of the model and of a baseline over the outcomes that both speak of; NaN when there are none.</summary>
    /// <param name="baseline">Index in <see cref="Hindcast.Baselines.Names"/>.</param>
    /// <param name="quantity">Only this quantity; null for all.</param>
    public (double Model, double Baseline, int Count) Mean(int baseline, string? quantity = null)
    {
        var rows = Rows.Where(r =>
                !double.IsNaN(r.Model)
                && !double.IsNaN(r.Baselines[baseline])
                && (quantity is null || r.Outcome.Quantity == quantity)
            )
            .ToList();
        return rows.Count == 0
            ? (double.NaN, double.NaN, 0)
            : (rows.Average(r => r.Model), rows.Average(r => r.Baselines[baseline]), rows.Count);
    }

    /// <summary>Quantities on which the model is no better than persistence.</summary>
    public IReadOnlyList<string> NoBetterThanPersistence =>
        [
            .. Rows.Select(r => r.Outcome.Quantity)
                .Distinct()
                .Where(q => Mean(0, q) is { Count: > 0 } mean && mean.Model >= mean.Baseline),
        ];

    private static ForecastCell Pooled(Forecast forecast, Outcome outcome) =>
        forecast.Cell(outcome.Quantity, outcome.Quarter, ForecastCell.Pooled, "half");
}
