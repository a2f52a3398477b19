using Plimsoll.Catalog;
using Plimsoll.Market.Hedonics;

namespace Plimsoll.Market.Motion;

/// <summary>The rent at which a new server of the day would just pay: the level that rents are drawn to over years.</summary>
/// <remarks>
/// Per sold accelerator-hour: (price x all-in x recovery + yearly running cost) / (hours x fill). Recovery is that of an annuity with a
/// residual. A chip is worth no more than what a better one costs at its quality, so that a new generation lowers the anchor of the old.
/// Stopford 2009, chapter 14 (newbuilding parity); the four constants are own priors, whose spread is <see cref="Deviation"/>.
/// </remarks>
public static class ReplacementCost
{
    /// <summary>Deviation of the log of the anchor: it is uncertain by a quarter.</summary>
    public const double Deviation = 0.25;

    /// <summary>Server, network, storage and installation over the price of the accelerators alone.</summary>
    /// <remarks>A cluster of 1,000 H100 cost 350 million yuan all in (November 2024): 1.6 times 30,000 dollars a chip.</remarks>
    public const double AllIn = 1.5;

    /// <summary>Cost of capital a year.</summary>
    public const double CapitalCost = 0.12;

    /// <summary>Years of use.</summary>
    public const double Years = 5;

    /// <summary>Share of the price left at the end.</summary>
    public const double Residual = 0.10;

    /// <summary>Share of the hours sold over the years.</summary>
    public const double Fill = 0.75;

    /// <summary>Running cost per watt of board power and hour, dollars: power, hall and staff of about 0.5 dollars an hour for a chip of 700 W.</summary>
    public const double RunningPerWattHour = 0.0007;

    private const double HoursPerYear = 8760;

    /// <summary>Rent that pays for a new chip of this kind, or for the cheapest better one at its quality.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="law">Quality of chips on the day.</param>
    /// <param name="market">Market in which it is bought: china, us, europe.</param>
    /// <param name="chip">The chip.</param>
    /// <returns>Dollars per sold accelerator-hour; null when no price of any chip is known. Where neither the chip nor a better one has a price, that of the chip nearest in quality is scaled to it.</returns>
    public static double? DollarsPerGpuHour(
        CatalogView view,
        HedonicLaw law,
        string market,
        string chip
    )
    {
        var quality = law.Quality(chip).Mean;
        double? least = null;
        (double Distance, double Cost) nearest = (double.PositiveInfinity, 0);
        foreach (var other in view.Entries(Accelerator.Kind))
        {
            if (
                !DateOnly.TryParse(other.TextOrNull("launch"), out var launch)
                || launch > view.AsOf
                || NewPrice.Dollars(view, market, other.Name) is not { } price
            )
            {
                continue;
            }
            var better = law.Quality(other.Name).Mean - quality;
            var cost = Hourly(price, other.Number("board_power").Value) / Math.Exp(better);
            if (other.Name == chip || better >= 0)
            {
                least = least is { } known ? Math.Min(known, cost) : cost;
            }
            if (Math.Abs(better) < nearest.Distance)
            {
                nearest = (Math.Abs(better), cost);
            }
        }
        return least ?? (double.IsFinite(nearest.Distance) ? nearest.Cost : null);
    }

    /// <summary>Rent that pays for a chip of a price and a board power.</summary>
    /// <param name="price">Dollars for the accelerator, more than 0.</param>
    /// <param name="boardPower">Watts.</param>
    /// <returns>Dollars per sold accelerator-hour.</returns>
    public static double Hourly(double price, double boardPower)
    {
        var growth = Math.Pow(1 + CapitalCost, -Years);
        var recovery = (1 - (Residual * growth)) * CapitalCost / (1 - growth);
        var running = RunningPerWattHour * boardPower * HoursPerYear;
        return ((price * AllIn * recovery) + running) / (HoursPerYear * Fill);
    }
}
