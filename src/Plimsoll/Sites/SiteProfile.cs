using Plimsoll.Catalog;

namespace Plimsoll.Sites;

/// <summary>How a site's overhead, price and load move through the year and the day: hours folded into factors of twelve months.</summary>
/// <remarks>
/// Hours are summed once, here; a month of a study is then one product. The yearly means of overhead, price and load are 1 each,
/// so that design PUE and tariff keep their meaning as means of the year.
/// </remarks>
public sealed class SiteProfile
{
    private readonly double[,] _overhead = new double[12, 24];
    private readonly double[,] _price = new double[12, 24];
    private readonly double[] _load = new double[24];

    /// <summary>Builds a profile.</summary>
    /// <param name="climate">Outside air.</param>
    /// <param name="cooling">How cooling follows it.</param>
    /// <param name="bands">How the price moves through day and year.</param>
    /// <param name="dailySwing">How far the load of let accelerators swings about its mean through the day, 0 (training) to 1.</param>
    /// <param name="peakHour">Hour of the highest load, 0 to 23, local time.</param>
    public SiteProfile(
        SiteClimate climate,
        CoolingRule cooling,
        TariffBands bands,
        double dailySwing,
        int peakHour
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dailySwing, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dailySwing, 1);
        Climate = climate;
        Bands = bands;
        DailySwing = dailySwing;
        var mean = 0.0;
        for (var m = 0; m < 12; m++)
        {
            for (var h = 0; h < 24; h++)
            {
                _overhead[m, h] = cooling.Overhead(climate.Temperature(m + 1, h));
                mean += _overhead[m, h] / (12 * 24);
            }
        }
        for (var h = 0; h < 24; h++)
        {
            _load[h] = 1 + (dailySwing * Math.Cos(2 * Math.PI * (h - peakHour) / 24));
        }
        for (var m = 0; m < 12; m++)
        {
            for (var h = 0; h < 24; h++)
            {
                var w = _overhead[m, h] /= mean;
                var price = _price[m, h] = bands.Factor(m + 1, h);
                Price[m] += price / 24;
                LoadPriceOf[m] += _load[h] * price / 24;
                Overhead[m] += w / 24;
                OverheadPrice[m] += w * price / 24;
                LoadOverhead[m] += _load[h] * w / 24;
                LoadOverheadPrice[m] += _load[h] * w * price / 24;
                HottestOverhead[m] = Math.Max(HottestOverhead[m], w);
            }
        }
        // A tariff without seasons has the mean price in every month, to the last bit.
        for (var m = 0; m < 12; m++)
        {
            Price[m] = Math.Abs(Price[m] - 1) < 1e-12 ? 1 : Price[m];
        }
        LoadPrice = LoadPriceOf.Average();
    }

    /// <summary>No seasons, one price, even load.</summary>
    public static SiteProfile Flat { get; } =
        new(new SiteClimate(0, 0, 0), new CoolingRule(10, 20, 0), TariffBands.Single, 0, 0);

    /// <summary>Outside air.</summary>
    public SiteClimate Climate { get; }

    /// <summary>Price through day and year.</summary>
    public TariffBands Bands { get; }

    /// <summary>Swing of the load of let accelerators through the day, 0 to 1.</summary>
    public double DailySwing { get; }

    /// <summary>Mean over a month's hours of variable overhead over its yearly mean; 12 entries, January first.</summary>
    internal double[] Overhead { get; } = new double[12];

    /// <summary>The same, weighted with the price of the hour.</summary>
    internal double[] OverheadPrice { get; } = new double[12];

    /// <summary>The same, weighted with the load of the hour.</summary>
    internal double[] LoadOverhead { get; } = new double[12];

    /// <summary>The same, weighted with load and price.</summary>
    internal double[] LoadOverheadPrice { get; } = new double[12];

    /// <summary>Highest hour of the month.</summary>
    internal double[] HottestOverhead { get; } = new double[12];

    /// <summary>Mean price of a month's hours over that of the year; 12 entries, January first.</summary>
    internal double[] Price { get; } = new double[12];

    /// <summary>Mean over a month's hours of load times price; 12 entries.</summary>
    internal double[] LoadPriceOf { get; } = new double[12];

    /// <summary>Mean over the year of load times price.</summary>
    internal double LoadPrice { get; }

    /// <summary>Share of the highest power of the eleven months before that is billed at least, 0 to 1; 0 for no ratchet.</summary>
    public double DemandRatchet { get; init; }

    /// <summary>Variable overhead of an hour over its yearly mean.</summary>
    /// <param name="monthOfYear">1 to 12.</param>
    /// <param name="hour">0 to 23.</param>
    public double OverheadAt(int monthOfYear, int hour) => _overhead[monthOfYear - 1, hour];

    /// <summary>Load of let accelerators in an hour over its daily mean.</summary>
    /// <param name="hour">0 to 23.</param>
    public double LoadAt(int hour) => _load[hour];

    /// <summary>The profile of a site as the catalogue knows it.</summary>
    /// <exception cref="KeyNotFoundException">The site is not known on the day of the view.</exception>
    /// <exception cref="FormatException">Its bands cannot be read.</exception>
    public static SiteProfile Of(CatalogView view, string site)
    {
        var entry = view.Entry("sites", site);
        var cooling = view.Entry("rules", "cooling");
        var load = view.Entry("rules", "load");
        var climate = new SiteClimate(
            entry.Number("mean_temperature").Value,
            entry.Number("temperature_amplitude").Value,
            entry.Number("daily_amplitude").Value,
            entry.Number("latitude").Value >= 0 ? 7 : 1
        );
        var bands =
            entry.TextOrNull("bands") is { } written ? TariffBands.Of(TariffBand.Parse(written))
            : entry.TextOrNull("peak_hours") is { } peak
            && entry.TextOrNull("valley_hours") is { } valley
                ? TariffBands.Of(
                    peak,
                    entry.Number("peak_ratio").Value,
                    valley,
                    entry.Number("valley_ratio").Value
                )
            : TariffBands.Single;
        return new SiteProfile(
            climate,
            new CoolingRule(
                cooling.Number("free_below").Value,
                cooling.Number("chillers_above").Value,
                cooling.Number("chiller_overhead").Value
            ),
            bands,
            load.Number("daily_swing").Value,
            (int)load.Number("peak_hour").Value
        )
        {
            DemandRatchet = entry.NumberOrNull("demand_ratchet")?.Value ?? 0,
        };
    }
}
