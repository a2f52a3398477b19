using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Hindcast;

/// <summary>A forecast written down before anyone scores it.</summary>
public static class FrozenForecast
{
    private static readonly double[] _levels = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

    /// <summary>Rows: quarter, observable, unit, mode, law, world-link, p5 to p95, and the file that holds the widest sample of the quantity.</summary>
    /// <param name="forecasts">Forecasts, one a mode.</param>
    /// <param name="samplesFile">Name of the file that <see cref="Samples"/> is written to.</param>
    public static string Quantiles(IEnumerable<Forecast> forecasts, string samplesFile)
    {
        var csv = new StringBuilder(
            "quarter,observable,unit,mode,law,world-link,p5,p10,p25,p50,p75,p90,p95,widest samples file\n"
        );
        foreach (var cell in forecasts.SelectMany(f => f.Cells))
        {
            var fan = cell.Fan();
            csv.Append(Key(cell))
                .Append(',')
                .AppendJoin(',', _levels.Select(p => Text(fan.Quantile(p))))
                .Append(',')
                .Append(samplesFile)
                .Append('\n');
        }
        return csv.ToString();
    }

    /// <summary>Equally likely values of the widest rows, those pooled over laws and the link: 99 quantiles of each, enough to score by.</summary>
    public static string Samples(IEnumerable<Forecast> forecasts)
    {
        var csv = new StringBuilder("quarter,observable,unit,mode,law,world-link")
            .AppendJoin("", Enumerable.Range(1, 99).Select(i => $",q{i:00}"))
            .Append('\n');
        foreach (
            var cell in forecasts
                .SelectMany(f => f.Cells)
                .Where(c => c.Law == ForecastCell.Pooled && c.WorldLink == "half")
        )
        {
            var fan = cell.Fan();
            csv.Append(Key(cell))
                .AppendJoin(
                    "",
                    Enumerable.Range(1, 99).Select(i => "," + Text(fan.Quantile(i / 100.0)))
                )
                .Append('\n');
        }
        return csv.ToString();
    }

    /// <summary>SHA-256 of a text in UTF-8.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Key(ForecastCell c) =>
        string.Join(
            ',',
            c.Quarter,
            c.Quantity.Name,
            c.Quantity.Unit,
            c.Mode.ToString().ToLowerInvariant(),
            c.Law,
            c.WorldLink
        );

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
