using Plimsoll.Catalog;
using Plimsoll.Market.Hedonics;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>Log rents of every chip and basis of a market before its quotes are read: means, covariances and draws.</summary>
/// <remarks>A Gaussian process over chip, basis and month: standing parts with a prior each, and walks since the first month of the window.</remarks>
internal sealed class RentPrior
{
    /// <summary>Months before the decision from which quotes are read; older ones say nothing that newer ones do not.</summary>
    public const int Window = 36;

    private readonly CatalogView _view;
    private readonly string _root;
    private readonly double _offsetDeviation;
    private readonly double _level;
    private readonly HedonicLaw _law;
    private readonly Dictionary<QuoteBasis, SeriesWidth> _widths;

    public RentPrior(CatalogView view, MarketLink market)
    {
        _view = view;
        _root = market.Reference ?? market.Name;
        _offsetDeviation = market.Reference is null ? 0 : market.ReferenceDeviation;
        _law = HedonicLaw.Fit(view);
        Market = market;
        Start = Month.Of(view.AsOf);
        Rate = ExchangeRate.PerDollar(view, market.Currency, Start);
        _level = Math.Log(
            Anchor(ChipNeeds.Reference)
                ?? throw new KeyNotFoundException(
                    $"No price of any accelerator is known as of {view.AsOf:yyyy-MM-dd}: rents have no level to start from."
                )
        );
        var history = QuoteBook.Of(view, _root).Quotes;
        _widths = Enum.GetValues<QuoteBasis>()
            .ToDictionary(b => b, b => SeriesWidth.Of(history, b));
    }

    /// <summary>The market.</summary>
    public MarketLink Market { get; }

    /// <summary>Month of decision.</summary>
    public Month Start { get; }

    /// <summary>Units of the market's currency for a dollar at the decision.</summary>
    public double Rate { get; }

    /// <summary>Quality of chips on the day.</summary>
    public HedonicLaw Law => _law;

    /// <summary>Width by basis.</summary>
    public IReadOnlyDictionary<QuoteBasis, SeriesWidth> Widths => _widths;

    /// <summary>Market whose names key the parts and shocks: the one whose quotes are read.</summary>
    public string Root => _root;

    /// <summary>Contract rent at the cost of replacement of a chip, in the market's currency per accelerator-hour; null when no price is known.</summary>
    public double? Anchor(string chip) =>
        ReplacementCost.DollarsPerGpuHour(_view, _law, Market.Name, chip) * Rate;

    /// <summary>Contract rent at which a server of a chip is better dark, in the market's currency per accelerator-hour.</summary>
    public double Dark(string chip) =>
        ReplacementCost.RunningPerWattHour
        * _view.Entry(Accelerator.Kind, chip).Number("board_power").Value
        * SupplyAnswer.AvoidableShare
        * Rate;

    /// <summary>Mean of the log rent.</summary>
    public double Mean(string chip, QuoteBasis basis) =>
        _level + MotionPriors.Basis(basis).Mean + _law.Quality(chip).Mean;

    /// <summary>Deviation of each standing part, in the order of <see cref="RentFactors.Parts"/>.</summary>
    public double[] PartDeviations(string chip, QuoteBasis basis) =>
        [
            MotionPriors.LevelDeviation,
            MotionPriors.Basis(basis).Deviation,
            chip == ChipNeeds.Reference
                ? 0
                : Math.Max(MotionPriors.LeastQualityDeviation, _law.Quality(chip).Deviation),
            MotionPriors.PairDeviation,
        ];

    /// <summary>A rent at the start of a month counted from the first of the window.</summary>
    public RentPoint Point(string chip, QuoteBasis basis, int month) =>
        new(
            RentFactors.Parts(_root, chip, basis),
            PartDeviations(chip, basis),
            RentFactors.Shocks(_root, chip, basis),
            [.. RentFactors.Shares(basis).Select(share => _widths[basis].Value * Math.Sqrt(share))],
            Mean(chip, basis),
            month
        );

    /// <summary>What a panel prints of a rent: the rent and what lasts of the panel's difference from it.</summary>
    public RentPoint Point(PanelQuote quote, int month)
    {
        var point = Point(quote.Quote.Accelerator, quote.Quote.Basis, month);
        if (quote.Panel == PanelQuote.OwnPanel)
        {
            return point;
        }
        var name = $"panel {_root} {quote.Panel} {quote.Quote.Accelerator} {quote.Quote.Basis}";
        return point with
        {
            Parts = [.. point.Parts, name],
            PartDeviations = [.. point.PartDeviations, MotionPriors.Panel(quote.Quote.Basis)],
        };
    }

    /// <summary>Covariance of two log rents.</summary>
    public static double Covariance(RentPoint a, RentPoint b)
    {
        double sum = 0;
        for (var i = 0; i < Math.Min(a.Parts.Length, b.Parts.Length); i++)
        {
            if (a.Parts[i] == b.Parts[i])
            {
                sum += a.PartDeviations[i] * b.PartDeviations[i];
            }
        }
        var years = Math.Min(a.Month, b.Month) / 12.0;
        for (var i = 0; i < a.Shocks.Length; i++)
        {
            if (a.Shocks[i] == b.Shocks[i])
            {
                sum += a.Loadings[i] * b.Loadings[i] * years;
            }
        }
        return sum;
    }

    /// <summary>A draw of a log rent.</summary>
    public static double Draw(RentPoint point, ulong seed, int draw, RentWalks walks)
    {
        var log = point.Mean;
        for (var i = 0; i < point.Parts.Length; i++)
        {
            log += point.PartDeviations[i] * walks.Part(seed, draw, point.Parts[i]);
        }
        for (var i = 0; i < point.Shocks.Length; i++)
        {
            log += point.Loadings[i] * walks.Sum(seed, draw, point.Shocks[i], point.Month);
        }
        return log;
    }

    /// <summary>A draw of what separates the market's level from that of the market it leans on; 0 when it leans on none.</summary>
    public double Offset(ulong seed, int draw) =>
        _offsetDeviation == 0
            ? 0
            : _offsetDeviation * KeyedNormals.One(seed, draw, $"offset {Market.Name}");
}

/// <summary>A log rent at a month: what it is made of.</summary>
/// <param name="Parts">Names of its standing parts.</param>
/// <param name="PartDeviations">Their deviations.</param>
/// <param name="Shocks">Names of its shocks.</param>
/// <param name="Loadings">Deviation of a year of each shock.</param>
/// <param name="Mean">Prior mean.</param>
/// <param name="Month">Months since the first of the window.</param>
internal sealed record RentPoint(
    string[] Parts,
    double[] PartDeviations,
    string[] Shocks,
    double[] Loadings,
    double Mean,
    int Month
);
