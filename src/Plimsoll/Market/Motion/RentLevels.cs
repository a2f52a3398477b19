using System.Collections.Concurrent;
using MathNet.Numerics.LinearAlgebra;
using Plimsoll.Catalog;
using Plimsoll.Market.Hedonics;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>Rents of a market by chip and basis, in every draw: at the month of decision as its quotes have them, and month by month from there.</summary>
/// <remarks>Immutable; paths are computed when asked for, are the same whatever else was asked, and may be asked for on several threads.</remarks>
public sealed class RentLevels
{
    private readonly RentPrior _prior;
    private readonly QuoteUpdate _update;
    private readonly Vector<double>?[] _residuals;
    private readonly ulong _seed;
    private readonly IReadOnlyList<PanelQuote> _quotes;

    // Computed once for a chip and basis, since every draw asks for it.
    private readonly ConcurrentDictionary<(string Chip, QuoteBasis Basis), Known> _known = new();

    private RentLevels(
        RentPrior prior,
        QuoteUpdate update,
        Vector<double>?[] residuals,
        IReadOnlyList<PanelQuote> quotes,
        ulong seed,
        int horizon
    ) =>
        (_prior, _update, _residuals, _quotes, _seed, Horizon) = (
            prior,
            update,
            residuals,
            quotes,
            seed,
            horizon
        );

    /// <summary>Name of the market.</summary>
    public string Market => _prior.Market.Name;

    /// <summary>Currency of every rent here.</summary>
    public Currency Currency => _prior.Market.Currency;

    /// <summary>Month 0: that of the decision.</summary>
    public Month Start => _prior.Start;

    /// <summary>Draws.</summary>
    public int Draws => _residuals.Length;

    /// <summary>Months after month 0.</summary>
    public int Horizon { get; }

    /// <summary>Draws' worth of information left: all of them, since the quotes move the draws and weight none.</summary>
    public double EffectiveSize => Draws;

    /// <summary>Quotes that were read, in the market's currency.</summary>
    public IReadOnlyList<PanelQuote> Quotes => _quotes;

    /// <summary>Quotes that contradict each other; the level between them is smoothed.</summary>
    public IReadOnlyList<QuoteConflict> Conflicts =>
        QuoteConflict.Of(_quotes, b => _prior.Widths[b].Value);

    /// <summary>Width by basis.</summary>
    public IReadOnlyDictionary<QuoteBasis, SeriesWidth> Widths => _prior.Widths;

    /// <summary>Quality of chips on the day.</summary>
    public HedonicLaw Law => _prior.Law;

    /// <summary>Conditions the rents of a market on every quote visible on the day of the view and on the study's own.</summary>
    /// <param name="view">The catalogue as known on the day of decision; its month is month 0.</param>
    /// <param name="market">china, us, europe.</param>
    /// <param name="own">The study's own quotes, in the market's currency.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draws">Draws, at least 1.</param>
    /// <param name="horizon">Months after month 0, at least 0.</param>
    /// <exception cref="KeyNotFoundException">No such market, or a quote names a chip that is not known.</exception>
    /// <exception cref="ArgumentException">An own quote is dated after the decision.</exception>
    public static RentLevels Condition(
        CatalogView view,
        string market,
        IReadOnlyList<Quote> own,
        ulong seed,
        int draws,
        int horizon
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        var link = MarketLink.Of(market);
        var quotes = MarketQuotes.Of(view, link, own);
        var prior = new RentPrior(view, link);
        var update = new QuoteUpdate(
            prior,
            quotes,
            [.. quotes.Select(q => Math.Log(q.Quote.PerGpuHour))]
        );
        var residuals = new Vector<double>?[draws];
        var walks = new RentWalks();
        for (var draw = 0; draw < draws; draw++)
        {
            residuals[draw] = update.Residual(seed, draw, walks);
        }
        return new RentLevels(prior, update, residuals, quotes, seed, horizon);
    }

    /// <summary>By which law the rents of a draw move; shares as in <see cref="MotionPriors"/>, spread evenly over the draws.</summary>
    public MotionKind Kind(int draw)
    {
        // Even spread whatever the number of draws: steps of the golden section.
        var place = ((draw + 1) * 0.6180339887498949) % 1;
        return place < MotionPriors.WalkShare ? MotionKind.RandomWalk
            : place < MotionPriors.WalkShare + MotionPriors.RevertingShare ? MotionKind.Reverting
            : MotionKind.Structural;
    }

    /// <summary>Log rent of a chip on a basis at month 0, money of <see cref="Currency"/> per accelerator-hour.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public double LogLevel(int draw, string chip, QuoteBasis basis)
    {
        return LogLevel(draw, Rent(chip, basis), new RentWalks());
    }

    /// <summary>Log rents at month 0 of every draw: faster than one by one.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public double[] LogLevels(string chip, QuoteBasis basis)
    {
        var rent = Rent(chip, basis);
        var walks = new RentWalks();
        return [.. Enumerable.Range(0, Draws).Select(d => LogLevel(d, rent, walks))];
    }

    /// <summary>What a panel would print at month 0 in every draw: the level and what lasts of the panel's difference from it.</summary>
    /// <param name="panel">Any quote of the panel, chip and basis.</param>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public double[] LogPrints(PanelQuote panel)
    {
        var point = _prior.Point(panel, RentPrior.Window);
        var rent = new Known(point, _update.Covariance(point), null, 0);
        var walks = new RentWalks();
        return [.. Enumerable.Range(0, Draws).Select(d => LogLevel(d, rent, walks))];
    }

    /// <summary>Mean and deviation over draws without number of the log rent at month 0, in closed form.</summary>
    public (double Mean, double Deviation) Posterior(string chip, QuoteBasis basis)
    {
        var (mean, deviation) = _update.Posterior(Rent(chip, basis).Point);
        var offset = _prior.Market.Reference is null ? 0 : _prior.Market.ReferenceDeviation;
        return (mean, Math.Sqrt((deviation * deviation) + (offset * offset)));
    }

    /// <summary>Mean and deviation of the log rent at month 0 before any quote is read.</summary>
    public (double Mean, double Deviation) Prior(string chip, QuoteBasis basis)
    {
        var point = Rent(chip, basis).Point;
        return (point.Mean, Math.Sqrt(RentPrior.Covariance(point, point)));
    }

    /// <summary>On what the rent of a chip on a basis at month 0 rests.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public LevelEvidence Evidence(string chip, QuoteBasis basis)
    {
        var point = Rent(chip, basis).Point;
        var (mean, deviation) = _update.Posterior(point);
        var prior = RentPrior.Covariance(point, point);
        return new LevelEvidence(
            point.Mean,
            mean,
            deviation * deviation / prior,
            [
                .. _update
                    .Shifts(point)
                    .Select((shift, i) => new QuoteShift(_quotes[i], shift))
                    .OrderByDescending(s => Math.Abs(s.LogShift)),
            ]
        );
    }

    /// <summary>The same rents with the cost of replacement moved, to see what rests on it.</summary>
    /// <param name="logShift">Added to the log of the anchor.</param>
    public RentLevels WithAnchor(double logShift) =>
        new(_prior, _update, _residuals, _quotes, _seed, Horizon) { AnchorShift = logShift };

    /// <summary>Log by which the cost of replacement is moved; 0 unless asked for.</summary>
    public double AnchorShift { get; private init; }

    /// <summary>Log rents of months 0 to the horizon in a draw.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="basis">The basis.</param>
    /// <param name="fill">Share of the market's capacity in use by month from 0, for the spikes of a marketplace; empty when unknown.</param>
    /// <param name="structure">Shocks of the market by month from 0, of unit variance, as the structure of the draw's world has them; empty to draw them.</param>
    /// <param name="drift">Log by which the structure of the draw's world moves rents from month 0, by month; a structural draw moves by it, no other does.</param>
    /// <returns>Horizon + 1 logs of money of <see cref="Currency"/> per accelerator-hour.</returns>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public double[] LogPath(
        int draw,
        string chip,
        QuoteBasis basis,
        ReadOnlySpan<double> fill = default,
        ReadOnlySpan<double> structure = default,
        ReadOnlySpan<double> drift = default
    )
    {
        var start = LogLevel(draw, chip, basis);
        var contract =
            basis == QuoteBasis.Contract ? start : LogLevel(draw, chip, QuoteBasis.Contract);
        var known = Rent(chip, basis);
        double? anchor = known.Anchor is { } cost
            ? Math.Log(cost) + AnchorShift + AnchorError(draw)
            : null;
        // A list or a marketplace stands above the contract by what it does today.
        var answer = new SupplyAnswer(
            anchor is { } at
                ? at + SupplyAnswer.Scarcity + start - contract
                : double.PositiveInfinity,
            Math.Log(known.Dark) + start - contract
        );
        return RentPath.Of(
            _seed,
            draw,
            _prior.Root,
            chip,
            basis,
            Widths[basis],
            start,
            Kind(draw) == MotionKind.Reverting ? anchor - contract : null,
            Horizon,
            answer,
            fill,
            structure,
            Kind(draw) == MotionKind.Structural ? drift : default
        );
    }

    /// <summary>A standard normal for each draw on which contracts' credit loads: the shocks of the first twelve months that all contract rents of the market share.</summary>
    /// <returns>Exactly standard normal over draws; falls with rents.</returns>
    public double YearShock(int draw)
    {
        string[] shared =
        [
            "world",
            $"market {_prior.Root}",
            $"basis {_prior.Root} {QuoteBasis.Contract}",
        ];
        var shares = RentFactors.Shares(QuoteBasis.Contract);
        var sums = new double[13];
        double variance = 0;
        for (var i = 0; i < shared.Length; i++)
        {
            RentPath.Add(_seed, draw, shared[i], Math.Sqrt(shares[i]), sums);
            variance += shares[i];
        }
        return sums.Sum() / Math.Sqrt(12 * variance);
    }

    /// <summary>How month 0 stands to the newest quote of every chip, basis and publisher, newest first.</summary>
    public IReadOnlyList<QuoteFit> Fits() => QuoteFits.Of(this);

    private double AnchorError(int draw) =>
        ReplacementCost.Deviation * KeyedNormals.One(_seed, draw, $"anchor {_prior.Root}");

    private double LogLevel(int draw, Known rent, RentWalks walks)
    {
        var log = RentPrior.Draw(rent.Point, _seed, draw, walks) + _prior.Offset(_seed, draw);
        return rent.Cross is { } cross ? log + (cross * _residuals[draw]!) : log;
    }

    private Known Rent(string chip, QuoteBasis basis) =>
        _known.GetOrAdd(
            (chip, basis),
            key =>
            {
                var point = _prior.Point(key.Chip, key.Basis, RentPrior.Window);
                return new Known(
                    point,
                    _update.Covariance(point),
                    _prior.Anchor(key.Chip),
                    _prior.Dark(key.Chip)
                );
            }
        );

    private sealed record Known(
        RentPoint Point,
        Vector<double>? Cross,
        double? Anchor,
        double Dark
    );
}
