using MathNet.Numerics.Distributions;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Hindcast.Replay;

/// <summary>The plain forecasts that the market's law has to beat in the replay; written down before the law was first scored.</summary>
public static class ReplayBaselines
{
    /// <summary>Names in printed order. Persistence comes first: every score is told as a share of its.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["persistence", "random walk .30", "trend", "prior", "constant ratio"];

    /// <summary>Points of a forecast: the middles of equal shares.</summary>
    public const int Points = 400;

    /// <summary>Width a year of the random walk.</summary>
    private const double WalkWidth = 0.30;

    /// <summary>Months of history that a trend is drawn from.</summary>
    private const int TrendMonths = 12;

    /// <summary>Longest extrapolation of a trend, in logs a year: beyond it nothing in this market went on.</summary>
    private const double MostTrend = 1.0;

    /// <summary>Forecasts of a case in the order of <see cref="Names"/>; null where one says nothing.</summary>
    /// <param name="question">The case.</param>
    /// <param name="view">The catalogue of the day of the forecast.</param>
    /// <param name="levels">Rents of that day, for the prior and the widths.</param>
    /// <returns>Values per accelerator-hour, equally likely.</returns>
    public static IReadOnlyList<double[]?> All(
        ReplayCase question,
        CatalogView view,
        RentLevels levels
    ) =>
        [
            Persistence(question, levels),
            Walk(question),
            Trend(question, levels),
            Prior(question, levels),
            ConstantRatio(question, view, levels),
        ];

    /// <summary>The last quote known stays, with its own error; width and degrees of freedom of the basis, from the quote to the outcome.</summary>
    public static double[] Persistence(ReplayCase question, RentLevels levels)
    {
        var width = levels.Widths[question.Latest.Quote.Basis];
        return Student(
            Math.Log(question.Latest.Quote.PerGpuHour),
            Spread(question, width.Value),
            width.Freedom
        );
    }

    private static double[] Walk(ReplayCase question) =>
        Student(
            Math.Log(question.Latest.Quote.PerGpuHour),
            Spread(question, WalkWidth),
            double.PositiveInfinity
        );

    // The slope of the last year's quotes goes on; without two quotes three months apart there is none.
    private static double[] Trend(ReplayCase question, RentLevels levels)
    {
        var last = question.Latest.Quote;
        var first = question.History.FirstOrDefault(q => last.Date - q.Quote.Date <= TrendMonths)!;
        var months = last.Date - first.Quote.Date;
        var slope =
            months >= 3
                ? Math.Clamp(
                    Math.Log(last.PerGpuHour / first.Quote.PerGpuHour) * 12 / months,
                    -MostTrend,
                    MostTrend
                )
                : 0;
        var width = levels.Widths[last.Basis];
        var years = (question.MonthsAhead + question.Age) / 12.0;
        return Student(
            Math.Log(last.PerGpuHour) + (slope * years),
            Spread(question, width.Value),
            width.Freedom
        );
    }

    // What is held before any quote is read: the cost of replacement, the chip's quality and the basis.
    private static double[] Prior(ReplayCase question, RentLevels levels)
    {
        var quote = question.Latest.Quote;
        var (mean, deviation) = levels.Prior(quote.Accelerator, quote.Basis);
        var width = levels.Widths[quote.Basis].Value;
        var spread = Math.Sqrt(
            (deviation * deviation) + (width * width * question.MonthsAhead / 12.0)
        );
        return Student(mean, spread, double.PositiveInfinity);
    }

    // China's contract stays at the ratio to the world's at which it was last seen.
    private static double[]? ConstantRatio(ReplayCase question, CatalogView view, RentLevels levels)
    {
        var quote = question.Latest.Quote;
        if (question.Market != "china" || quote.Basis != QuoteBasis.Contract)
        {
            return null;
        }
        var world = QuoteBook
            .Of(view, "us")
            .Quotes.Where(q =>
                q.Quote.Basis == QuoteBasis.Contract && q.Quote.Accelerator == "H100 SXM5"
            )
            .OrderBy(q => q.Quote.Date)
            .ToList();
        var then = world.LastOrDefault(q => q.Quote.Date <= quote.Date);
        if (then is null)
        {
            return null;
        }
        var log =
            Math.Log(quote.PerGpuHour)
            + Math.Log(world[^1].Quote.PerGpuHour / then.Quote.PerGpuHour)
            + Math.Log(Rate(view, question.Decision) / Rate(view, quote.Date));
        var width = levels.Widths[quote.Basis];
        return Student(log, Spread(question, width.Value), width.Freedom);
    }

    private static double Rate(CatalogView view, Month month) =>
        view.Entry("currency-rates", "CNY per USD")
            .Series("rate")
            .LastOrDefault(r => r.ValidFrom <= month.LastDay)
            ?.Value
        ?? 7;

    private static double Spread(ReplayCase question, double width)
    {
        var error = question.Latest.Quote.LogError;
        var years = (question.MonthsAhead + question.Age) / 12.0;
        return Math.Sqrt((error * error) + (width * width * years));
    }

    private static double[] Student(double log, double spread, double freedom)
    {
        var values = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            var p = (i + 0.5) / Points;
            var q = double.IsInfinity(freedom)
                ? Normal.InvCDF(0, 1, p)
                : StudentT.InvCDF(0, 1, freedom, p);
            values[i] = Math.Exp(log + (spread * q));
        }
        return values;
    }
}
