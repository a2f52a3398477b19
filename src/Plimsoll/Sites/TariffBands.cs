using System.Globalization;

namespace Plimsoll.Sites;

/// <summary>How the price of electricity changes through the day: peak, flat and valley hours.</summary>
/// <remarks>Only the shape; the level is the tariff, which is the mean over the 24 hours.</remarks>
public sealed class TariffBands
{
    private readonly double[] _factors;

    private TariffBands(double[] factors)
    {
        var mean = factors.Average();
        _factors = Array.ConvertAll(factors, f => f / mean);
    }

    /// <summary>One price all day.</summary>
    public static TariffBands Single { get; } = new([.. Enumerable.Repeat(1.0, 24)]);

    /// <summary>Builds bands from hours and ratios.</summary>
    /// <param name="peakHours">Spans of local hours, <c>10-14 17-21</c>; <c>23-7</c> runs through midnight.</param>
    /// <param name="peakRatio">Price in peak hours over that of flat hours, more than 0.</param>
    /// <param name="valleyHours">Spans of local hours.</param>
    /// <param name="valleyRatio">Price in valley hours over that of flat hours, more than 0.</param>
    /// <exception cref="FormatException">A span is not two hours from 0 to 24, or an hour stands in both bands.</exception>
    public static TariffBands Of(
        string peakHours,
        double peakRatio,
        string valleyHours,
        double valleyRatio
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peakRatio);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(valleyRatio);
        bool[] peak = Hours(peakHours),
            valley = Hours(valleyHours);
        var factors = new double[24];
        for (var h = 0; h < 24; h++)
        {
            if (peak[h] && valley[h])
            {
                throw new FormatException($"Hour {h} is both peak and valley.");
            }
            factors[h] =
                peak[h] ? peakRatio
                : valley[h] ? valleyRatio
                : 1;
        }
        return new TariffBands(factors);
    }

    /// <summary>Price of an hour over the mean price of the day; the mean of the 24 is 1.</summary>
    /// <param name="hour">0 to 23, local time.</param>
    public double Factor(int hour) => _factors[hour];

    private static bool[] Hours(string spans)
    {
        var hours = new bool[24];
        foreach (var span in spans.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = span.Split('-');
            if (
                ends.Length != 2
                || !int.TryParse(ends[0], CultureInfo.InvariantCulture, out var from)
                || !int.TryParse(ends[1], CultureInfo.InvariantCulture, out var to)
                || from is < 0 or > 23
                || to is < 0 or > 24
                || from == to
            )
            {
                throw new FormatException(
                    $"'{span}' is not a span of hours; write 10-14, or 23-7 through midnight."
                );
            }
            for (var h = from; h != to % 24; h = (h + 1) % 24)
            {
                hours[h] = true;
            }
        }
        return hours;
    }
}
