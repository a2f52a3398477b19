using System.Globalization;

namespace Plimsoll.Sites;

/// <summary>How the price of electricity changes through the day and the year: peak, flat and valley hours, by season where the tariff has seasons.</summary>
/// <remarks>Only the shape; the level is the tariff, which is the mean over all hours of twelve months of equal weight.</remarks>
public sealed class TariffBands
{
    private readonly double[,] _factors;

    private TariffBands(double[,] ratios)
    {
        var mean = 0.0;
        foreach (var ratio in ratios)
        {
            mean += ratio;
        }
        mean /= ratios.Length;
        _factors = new double[12, 24];
        for (var m = 0; m < 12; m++)
        {
            for (var h = 0; h < 24; h++)
            {
                _factors[m, h] = ratios[m, h] / mean;
            }
        }
    }

    /// <summary>One price all day.</summary>
    public static TariffBands Single { get; } = Of([]);

    /// <summary>Builds bands that are the same in every month from hours and ratios.</summary>
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
        var ratios = new double[12, 24];
        for (var h = 0; h < 24; h++)
        {
            if (peak[h] && valley[h])
            {
                throw new FormatException($"Hour {h} is both peak and valley.");
            }
            for (var m = 0; m < 12; m++)
            {
                ratios[m, h] =
                    peak[h] ? peakRatio
                    : valley[h] ? valleyRatio
                    : 1;
            }
        }
        return new TariffBands(ratios);
    }

    /// <summary>Builds bands by month and hour; hours in none have the price 1 to which the ratios refer.</summary>
    /// <param name="bands">In any order.</param>
    /// <exception cref="FormatException">A span cannot be read, or an hour of a month stands in two bands.</exception>
    public static TariffBands Of(IReadOnlyList<TariffBand> bands)
    {
        var ratios = new double[12, 24];
        foreach (var band in bands)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(band.Ratio);
            bool[] months = Months(band.Months),
                hours = Hours(band.Hours);
            for (var m = 0; m < 12; m++)
            {
                for (var h = 0; h < 24; h++)
                {
                    if (!months[m] || !hours[h])
                    {
                        continue;
                    }
                    if (ratios[m, h] > 0)
                    {
                        throw new FormatException(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"Hour {h} of month {m + 1} stands in two bands."
                            )
                        );
                    }
                    ratios[m, h] = band.Ratio;
                }
            }
        }
        for (var m = 0; m < 12; m++)
        {
            for (var h = 0; h < 24; h++)
            {
                ratios[m, h] = ratios[m, h] > 0 ? ratios[m, h] : 1;
            }
        }
        return new TariffBands(ratios);
    }

    /// <summary>Price of an hour in January over the mean price; that of every month where the bands know no seasons.</summary>
    /// <param name="hour">0 to 23, local time.</param>
    public double Factor(int hour) => _factors[0, hour];

    /// <summary>Price of an hour over the mean price of the year; the mean of the 288 is 1.</summary>
    /// <param name="monthOfYear">1 to 12.</param>
    /// <param name="hour">0 to 23, local time.</param>
    public double Factor(int monthOfYear, int hour) => _factors[monthOfYear - 1, hour];

    private static bool[] Hours(string spans)
    {
        var hours = new bool[24];
        foreach (var (from, to) in Spans(spans, 0, 24, "hours", "10-14, or 23-7 through midnight"))
        {
            if (from > 23 || from == to)
            {
                throw Wrong($"{from}-{to}", "hours", "10-14, or 23-7 through midnight");
            }
            var h = from;
            do
            {
                hours[h] = true;
                h = (h + 1) % 24;
            } while (h != to % 24);
        }
        return hours;
    }

    private static bool[] Months(string spans)
    {
        var months = new bool[12];
        foreach (
            var (from, to) in Spans(spans, 1, 12, "months", "6-8, 7, or 11-2 through New Year")
        )
        {
            var m = from;
            months[m - 1] = true;
            while (m != to)
            {
                m = (m % 12) + 1;
                months[m - 1] = true;
            }
        }
        return months;
    }

    private static IEnumerable<(int From, int To)> Spans(
        string spans,
        int least,
        int most,
        string what,
        string example
    )
    {
        foreach (var span in spans.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = span.Split('-');
            if (ends.Length == 1 && what == "months")
            {
                ends = [span, span];
            }
            if (
                ends.Length != 2
                || !int.TryParse(ends[0], CultureInfo.InvariantCulture, out var from)
                || !int.TryParse(ends[1], CultureInfo.InvariantCulture, out var to)
                || from < least
                || from > most
                || to < least
                || to > most
            )
            {
                throw Wrong(span, what, example);
            }
            yield return (from, to);
        }
    }

    private static FormatException Wrong(string span, string what, string example) =>
        new($"'{span}' is not a span of {what}; write {example}.");
}

/// <summary>Hours of some months in which electricity has a price of its own.</summary>
/// <param name="Months">Spans of months, <c>6-8</c>, <c>7</c>, <c>11-2</c>.</param>
/// <param name="Hours">Spans of local hours, <c>10-14 17-21</c>, <c>0-24</c>.</param>
/// <param name="Ratio">Price over that of hours in no band, more than 0.</param>
public sealed record TariffBand(string Months, string Hours, double Ratio)
{
    /// <summary>Bands as a catalogue row holds them: <c>6-8@10-14 17-21=1.7; 6-8@23-7=0.4</c>.</summary>
    /// <param name="text">The row's text.</param>
    /// <exception cref="FormatException">It is not of this form.</exception>
    public static IReadOnlyList<TariffBand> Parse(string text) =>
        [
            .. text.Split(
                    ';',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                )
                .Select(part =>
                    part.Split('@', '=') is [var months, var hours, var ratio]
                    && double.TryParse(
                        ratio,
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                        ? new TariffBand(months, hours, number)
                        : throw new FormatException(
                            $"'{part}' is not a band; write months@hours=ratio, for example 6-8@10-14=1.7."
                        )
                ),
        ];

    /// <summary>Bands as a catalogue row holds them.</summary>
    public static string Text(IEnumerable<TariffBand> bands) =>
        string.Join(
            "; ",
            bands.Select(b =>
                string.Create(CultureInfo.InvariantCulture, $"{b.Months}@{b.Hours}={b.Ratio:R}")
            )
        );
}
