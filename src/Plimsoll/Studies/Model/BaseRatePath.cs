using MathNet.Numerics.Distributions;
using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Sampling;

namespace Plimsoll.Studies.Model;

/// <summary>How the base rate of floating debt moves about the path it was contracted on: a shift that reverts to nothing, so that the mean of the draws is the contracted path or the forward rates given for it.</summary>
/// <param name="Volatility">Deviation of its change over a year without reversion, as a yearly rate (0.01 is one point).</param>
/// <param name="HalfLifeYears">Years after which half of a shift is gone.</param>
/// <param name="Seed">Seed of the run.</param>
/// <remarks>Ornstein and Uhlenbeck 1930, as Vasicek 1977 uses it for rates, in monthly steps. Normal, so that rates may fall below 0; floors are terms of the loan.</remarks>
public sealed record BaseRatePath(double Volatility, double HalfLifeYears, ulong Seed)
{
    /// <summary>Readings below which no volatility is fitted.</summary>
    private const int LeastReadings = 4;

    /// <summary>The series that floats loans in a currency; null where the catalogue has none.</summary>
    /// <param name="currency">Of the loan.</param>
    public static string? SeriesOf(Currency currency) =>
        currency == Currency.Usd ? "SOFR"
        : currency == Currency.Cny ? "China loan prime rate 1 year"
        : null;

    /// <summary>Deviation of the yearly change of a rate: root of the squared changes between readings over the years between them.</summary>
    /// <param name="view">What is known on the day; nothing later enters.</param>
    /// <param name="currency">Of the loan.</param>
    /// <returns>As a yearly rate; 0 where fewer than four readings are known. Trends are not taken apart from chance, so that it is the deviation about no change.</returns>
    public static double Fitted(CatalogView view, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (
            SeriesOf(currency) is not { } name
            || view.Find("interest-rates", name)?.Series("rate") is not { } known
            || known.Count < LeastReadings
        )
        {
            return 0;
        }
        double squares = 0;
        for (var i = 1; i < known.Count; i++)
        {
            squares += Math.Pow(known[i].Value - known[i - 1].Value, 2);
        }
        var years = (known[^1].ValidFrom.DayNumber - known[0].ValidFrom.DayNumber) / 365.25;
        return Math.Sqrt(squares / years);
    }

    /// <summary>Shift of the base rate by month; the same in every course of a draw.</summary>
    /// <param name="draw">From 0.</param>
    /// <param name="months">Months of the outlook.</param>
    public double[] Shift(int draw, int months)
    {
        var shift = new double[months];
        if (Volatility <= 0)
        {
            return [];
        }
        var stream = RandomStream.Keyed(Seed, draw, EntityId.Of("base rate"), Purpose.Shocks);
        var kept = Math.Pow(0.5, 1 / (12 * HalfLifeYears));
        var step = Volatility / Math.Sqrt(12);
        // The rate of the first month is the contracted one: it is known.
        for (var m = 1; m < months; m++)
        {
            shift[m] =
                (kept * shift[m - 1]) + (step * Normal.InvCDF(0, 1, stream.NextOpenUniform()));
        }
        return shift;
    }
}
