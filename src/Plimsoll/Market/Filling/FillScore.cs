namespace Plimsoll.Market.Filling;

/// <summary>How a law of filling does on centres of a market that it has not seen.</summary>
/// <param name="Centres">Centres scored.</param>
/// <param name="Law">Mean log score, the fill taken as a share of ones; higher is better.</param>
/// <param name="BaseRate">The same of the mean fill of the other markets.</param>
/// <param name="Area">Share of pairs of a fuller and an emptier centre that the law orders right: area under the curve.</param>
public sealed record FillScore(int Centres, double Law, double BaseRate, double Area)
{
    /// <summary>Leaves each market out in turn.</summary>
    /// <param name="centres">Centres whose fate is known.</param>
    /// <param name="keep">Which of them are scored: merchants apart from those committed, for example.</param>
    public static FillScore LeaveMarketOut(
        IReadOnlyList<FilledCentre> centres,
        Func<FilledCentre, bool> keep
    )
    {
        var forecasts = new List<(double Forecast, double Base, double Fill)>();
        foreach (var market in centres.GroupBy(c => c.Market))
        {
            var others = centres.Where(c => c.Market != market.Key).ToList();
            var law = FillLaw.Fit(others);
            var rate = others.Average(c => c.Fill);
            forecasts.AddRange(market.Where(keep).Select(c => (law.Fill(c), rate, c.Fill)));
        }
        return new FillScore(
            forecasts.Count,
            forecasts.Average(f => Score(f.Forecast, f.Fill)),
            forecasts.Average(f => Score(f.Base, f.Fill)),
            Order(forecasts)
        );
    }

    private static double Score(double forecast, double fill) =>
        (fill * Math.Log(forecast)) + ((1 - fill) * Math.Log(1 - forecast));

    private static double Order(List<(double Forecast, double Base, double Fill)> forecasts)
    {
        double right = 0,
            pairs = 0;
        foreach (var a in forecasts)
        {
            foreach (var b in forecasts.Where(b => a.Fill > b.Fill + 0.2))
            {
                pairs++;
                right +=
                    a.Forecast > b.Forecast ? 1
                    : a.Forecast == b.Forecast ? 0.5
                    : 0;
            }
        }
        return pairs == 0 ? double.NaN : right / pairs;
    }
}
