using Plimsoll.Catalog;
using Plimsoll.Market.Motion;

namespace Plimsoll.Market.SecondHand;

/// <summary>Values of used accelerators by chip, age, lot and month, as known on a day.</summary>
/// <remarks>
/// log fair = log price of a new one + used - fall x age, used and fall with priors moved by the quotes of the market (linear Gaussian, one
/// quote at a time); the quotes of a chip set its own level. Immutable.
/// </remarks>
public sealed class ResaleLaw
{
    private readonly CatalogView _view;
    private readonly string _market;
    private readonly IReadOnlyList<SecondHandQuote> _quotes;
    private readonly double[] _mean;
    private readonly double[,] _covariance;

    private ResaleLaw(
        CatalogView view,
        string market,
        IReadOnlyList<SecondHandQuote> quotes,
        double[] mean,
        double[,] covariance
    ) => (_view, _market, _quotes, _mean, _covariance) = (view, market, quotes, mean, covariance);

    /// <summary>Quotes of used chips in use.</summary>
    public IReadOnlyList<SecondHandQuote> Quotes => _quotes;

    /// <summary>Fall of the log price a year of age, after the quotes: mean and deviation.</summary>
    public (double Mean, double Deviation) YearlyFall => (_mean[1], Math.Sqrt(_covariance[1, 1]));

    /// <summary>The law as known on the day of the view.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="market">china, us, europe.</param>
    public static ResaleLaw Of(CatalogView view, string market)
    {
        var quotes = SecondHandQuote.Of(view, market);
        var (used, fall) = (SecondHandPriors.Used, SecondHandPriors.YearlyFall);
        double[] mean = [used.Mean, fall.Mean];
        var covariance = new double[,]
        {
            { used.Deviation * used.Deviation, 0 },
            { 0, fall.Deviation * fall.Deviation },
        };
        foreach (
            var quote in quotes
                .OrderBy(q => q.Chip, StringComparer.Ordinal)
                .ThenBy(q => q.AgeMonths)
        )
        {
            if (NewPrice.Dollars(view, market, quote.Chip) is { } price)
            {
                Update(mean, covariance, quote, Math.Log(price));
            }
        }
        return new ResaleLaw(view, market, quotes, mean, covariance);
    }

    /// <summary>What a lot fetches on the day.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="ageMonths">Age, at least 0.</param>
    /// <param name="lot">Accelerators for sale, more than 0.</param>
    /// <param name="stock">Accelerators of this chip in the market, at least the lot.</param>
    /// <param name="glut">Share of the market's capacity that finds no use, 0 to 1.</param>
    /// <returns>Null when no price of a new one is known either.</returns>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public ResaleValue? Value(string chip, double ageMonths, double lot, double stock, double glut)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ageMonths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lot);
        ArgumentOutOfRangeException.ThrowIfLessThan(stock, lot);
        if (NewPrice.Dollars(_view, _market, chip) is not { } price)
        {
            return null;
        }
        var buyers = ResaleBuyers.Of(_view, _market, chip);
        var years = ageMonths / 12;
        var quoted = _quotes.Any(q => q.Chip == chip);
        var variance =
            _covariance[0, 0]
            - (2 * years * _covariance[0, 1])
            + (years * years * _covariance[1, 1])
            + (quoted ? 0 : Math.Pow(SecondHandPriors.UnquotedDeviation, 2));
        var fair =
            price * Math.Max(SecondHandPriors.Scrap, Math.Exp(_mean[0] - (_mean[1] * years)));
        var press = Press(lot, stock, glut, buyers.Share);
        return new ResaleValue(
            fair,
            fair * Math.Exp(-SecondHandPriors.Orderly - press),
            // In a hurry the same lot presses twice as hard.
            fair * Math.Exp(-SecondHandPriors.Forced - (2 * press)),
            Math.Sqrt(variance),
            Months(lot, stock, glut, buyers.Share),
            quoted,
            buyers
        );
    }

    /// <summary>What a chip fetches in a draw by its age: one level and one fall from what the quotes leave open.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">The draw.</param>
    /// <returns>Null when no price of a new one is known.</returns>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public ResaleDraw? Draw(string chip, ulong seed, int draw)
    {
        if (NewPrice.Dollars(_view, _market, chip) is not { } price)
        {
            return null;
        }
        var first = KeyedNormals.One(seed, draw, $"resale used {_market}");
        var second = KeyedNormals.One(seed, draw, $"resale fall {_market}");
        // The lower factor of the two by two covariance.
        var a = Math.Sqrt(_covariance[0, 0]);
        var b = _covariance[1, 0] / a;
        var c = Math.Sqrt(Math.Max(0, _covariance[1, 1] - (b * b)));
        var quoted = _quotes.Any(q => q.Chip == chip);
        var own = quoted
            ? 0
            : SecondHandPriors.UnquotedDeviation
                * KeyedNormals.One(seed, draw, $"resale {_market} {chip}");
        return new ResaleDraw(
            Math.Log(price) + Math.Min(0, _mean[0] + (a * first) + own),
            Math.Max(0, _mean[1] + (b * first) + (c * second)),
            Math.Log(price * SecondHandPriors.Scrap),
            Math.Log(price) + SecondHandPriors.Shortage,
            ResaleBuyers.Of(_view, _market, chip).Share,
            quoted
        );
    }

    /// <summary>Log fair values of months 0 to the horizon in a draw: one error of the day, the fall with age, and what rents take along.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="ageMonths">Age at month 0.</param>
    /// <param name="rents">Log rents of the chip by month from 0, of the same draw.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">The draw.</param>
    /// <returns>As many months as rents; null when no price of a new one is known.</returns>
    public double[]? LogPath(
        string chip,
        double ageMonths,
        ReadOnlySpan<double> rents,
        ulong seed,
        int draw
    )
    {
        if (Value(chip, ageMonths, 1, 1e9, 0) is not { } today)
        {
            return null;
        }
        var error = today.LogDeviation * KeyedNormals.One(seed, draw, $"resale {_market} {chip}");
        var fall = YearlyFall;
        // A draw's fall is its own, yet a price never rises with age alone.
        var slope = Math.Max(
            0,
            fall.Mean + (fall.Deviation * KeyedNormals.One(seed, draw, $"resale fall {_market}"))
        );
        var most =
            Math.Log(NewPrice.Dollars(_view, _market, chip)!.Value) + SecondHandPriors.Shortage;
        var path = new double[rents.Length];
        for (var month = 0; month < path.Length; month++)
        {
            path[month] = Math.Min(
                most,
                Math.Log(today.Fair)
                    + error
                    - (slope * month / 12)
                    + (SecondHandPriors.RentElasticity * (rents[month] - rents[0]))
            );
        }
        return path;
    }

    /// <summary>Discount of a lot beyond that of a single server, in logs: rises with the lot over a year's turnover and with the glut.</summary>
    internal static double Press(double lot, double stock, double glut, double buyers) =>
        (SecondHandPriors.LotSlope * Math.Log(1 + YearsOfTurnover(lot, stock, buyers)))
        + (SecondHandPriors.GlutDiscount * Math.Clamp(glut, 0, 1));

    /// <summary>Months of an orderly sale: the lot over a year's turnover, longer in a glut.</summary>
    internal static double Months(double lot, double stock, double glut, double buyers) =>
        Math.Min(
            SecondHandPriors.MostMonths,
            SecondHandPriors.LeastMonths
                + (12 * YearsOfTurnover(lot, stock, buyers) * (1 + (2 * Math.Clamp(glut, 0, 1))))
        );

    private static double YearsOfTurnover(double lot, double stock, double buyers) =>
        lot / (stock * SecondHandPriors.Turnover * buyers);

    private static void Update(
        double[] mean,
        double[,] covariance,
        SecondHandQuote quote,
        double logNew
    )
    {
        double[] row = [1, -quote.AgeMonths / 12];
        var deal =
            Math.Log(quote.Dollars) - (quote.Basis == "asking" ? SecondHandPriors.AskOverDeal : 0);
        var spread = new double[2];
        for (var i = 0; i < 2; i++)
        {
            spread[i] = (covariance[i, 0] * row[0]) + (covariance[i, 1] * row[1]);
        }
        var variance =
            (row[0] * spread[0]) + (row[1] * spread[1]) + (quote.LogError * quote.LogError);
        var miss = deal - logNew - (row[0] * mean[0]) - (row[1] * mean[1]);
        for (var i = 0; i < 2; i++)
        {
            mean[i] += spread[i] * miss / variance;
        }
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                covariance[i, j] -= spread[i] * spread[j] / variance;
            }
        }
    }
}
