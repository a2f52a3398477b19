using System.Collections.Concurrent;
using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Market.Curves;
using Plimsoll.Market.Motion;
using Plimsoll.Market.SecondHand;
using Plimsoll.Market.Store;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.ContractMarket;

/// <summary>The rents of chips in every draw: at the decision as the quotes of the day have them, from there by the motion of the draw, in step with the structure of its world.</summary>
/// <remarks>
/// The structural laws give fill, and with it the part of the motion that goes with fill; they no longer give the level. In each draw the
/// shock that all rents of a market share is the growth of the world's rent since the decision over that of the mean world, in standard
/// deviations over the worlds times the root of time, so that bad rents meet bad fill. Structural draws take the drift of their world too.
/// </remarks>
internal sealed class ChipLevels
{
    private const double HoursPerMonth = CentreFrame.HoursPerMonth;

    private readonly RentLevels _levels;
    private readonly IReadOnlyList<PreparedWorld> _worlds;
    private readonly int _first;
    private readonly int _months;
    private readonly RentSpread _growth;
    private readonly RentSpread _credit;
    private readonly ResaleLaw _resale;
    private readonly double _perDollar;
    private readonly ulong _seed;
    private readonly Dictionary<string, double[]> _shift;
    private readonly double[]? _otherShift;
    private readonly Dictionary<string, UsedLevel> _appraised;
    private readonly ConcurrentDictionary<(int Draw, string Chip), ChipTerms> _known = new();
    private readonly ConcurrentDictionary<
        (int Draw, Month Start, int Months),
        CreditFactor
    > _factors = new();

    private ChipLevels(
        MarketRequest request,
        RentLevels levels,
        IReadOnlyList<PreparedWorld> worlds,
        Month start
    )
    {
        (_levels, _worlds, _seed) = (levels, worlds, request.Seed);
        _resale = ResaleLaw.Of(request.View, request.Scenario.Market);
        _perDollar =
            NewPrice.ServerShare
            * ExchangeRate.PerDollar(request.View, levels.Currency, levels.Start);
        _months = worlds[0].Record.Path.Months;
        _first = levels.Start - start;
        _shift = [];
        _growth = RentSpread.Of([.. worlds.Select(w => Growth(w.Record.Path.StockRent[0]))]);
        _credit = RentSpread.Of([
            .. Enumerable
                .Range(0, levels.Draws)
                .Select(draw =>
                    Path(draw, Reference(Tier.H), QuoteBasis.Contract).Select(Math.Exp).ToArray()
                ),
        ]);
        foreach (
            var points in request
                .Curve.GroupBy(p => p.Accelerator)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            _shift[points.Key] = Shift(points.Key, points, start);
        }
        // What a curve says of one chip it says, on the whole, of the market: the others move with the mean of the curves.
        _otherShift =
            _shift.Count == 0
                ? null
                : [.. Enumerable.Range(0, _months).Select(m => _shift.Values.Average(x => x[m]))];
        _appraised = [];
        foreach (var points in request.ResaleCurve.GroupBy(p => p.Accelerator))
        {
            if (_resale.Draw(points.Key, _seed, 0) is not null)
            {
                Appraise(request.View, points, start);
            }
        }
    }

    /// <summary>What each curve adds to the log of the model's rents, by chip and month of the market.</summary>
    public IReadOnlyDictionary<string, double[]> Shifts => _shift;

    /// <summary>The curve over the mean of the draws, so that their mean is the curve.</summary>
    private double[] Shift(string chip, IEnumerable<ForwardPoint> points, Month start)
    {
        var curve = ForwardCurve.Logs(points, start, _months);
        var mean = LogMeanRents(chip);
        return ForwardCurve.Blended([.. curve.Select((log, m) => log - mean[m])], _first);
    }

    private double[] LogMeanRents(string chip)
    {
        var sum = new double[_months];
        for (var draw = 0; draw < _levels.Draws; draw++)
        {
            var path = Path(draw, chip, QuoteBasis.Contract);
            for (var m = 0; m < _months; m++)
            {
                sum[m] += Math.Exp(path[m]);
            }
        }
        return [.. sum.Select(x => Math.Log(x / _levels.Draws))];
    }

    /// <summary>What appraisals make of a chip's level; null where none is given, or no price of a new one is known.</summary>
    public UsedLevel? Appraised(string chip) => _appraised.GetValueOrDefault(chip);

    private void Appraise(CatalogView view, IGrouping<string, ForwardPoint> points, Month start)
    {
        var chip = points.Key;
        var tier = TierOf(view, chip);
        (int Month, double Price)[] dated =
        [
            .. points
                .GroupBy(p => p.Month - start)
                .Where(g => g.Key >= 0 && g.Key < _months)
                .Select(g => (g.Key, Math.Exp(g.Average(p => Math.Log(p.Price)))))
                .OrderBy(p => p.Key),
        ];
        if (dated.Length > 0)
        {
            _appraised[chip] = new UsedLevel(dated, _levels.Draws, Of);
        }
        UsedDraw Of(int draw)
        {
            var world = _worlds[draw % _worlds.Count];
            return new UsedDraw(
                Chip(draw, chip, tier).Used!,
                world.Market.Member.Values,
                world.Record.Path,
                (int)tier
            );
        }
    }

    /// <summary>The levels of a market that has been run; null where the day of decision lies outside its months, which then move by their laws alone.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="worlds">The national markets.</param>
    /// <param name="start">First month of the market.</param>
    public static ChipLevels? Of(
        MarketRequest request,
        IReadOnlyList<PreparedWorld> worlds,
        Month start
    )
    {
        var first = Month.Of(request.View.AsOf) - start;
        var months = worlds[0].Record.Path.Months;
        return first < 0 || first >= months
            ? null
            : new ChipLevels(
                request,
                RentLevels.Condition(
                    request.View,
                    request.Scenario.Market,
                    request.Quotes,
                    request.Seed,
                    request.Draws,
                    months - 1 - first
                ),
                worlds,
                start
            );
    }

    /// <summary>The conditioned levels themselves.</summary>
    public RentLevels Levels => _levels;

    /// <summary>The chip in which a tier is counted.</summary>
    public static string Reference(Tier tier) =>
        tier switch
        {
            Tier.H => "H100 SXM5",
            Tier.A => "A100 SXM 80GB",
            Tier.D => "Ascend 910B3",
            _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "No such tier."),
        };

    /// <summary>The tier of a chip.</summary>
    /// <exception cref="KeyNotFoundException">The chip, or its tier, is not known on the day.</exception>
    public static Tier TierOf(CatalogView view, string accelerator)
    {
        var tier =
            view.Find(Accelerator.Kind, accelerator)?.TextOrNull("tier")
            ?? throw new KeyNotFoundException(
                $"The catalogue has no accelerator '{accelerator}' as of {view.AsOf:yyyy-MM-dd}."
            );
        // Chips of a cloud's own (T) are rented beside the best of others, at what their law gives.
        return tier == "T" ? Tier.H
            : Enum.TryParse<Tier>(tier, out var known) ? known
            : throw new KeyNotFoundException(
                $"The catalogue gives accelerator '{accelerator}' the tier '{tier}', which the market does not know."
            );
    }

    /// <summary>What a chip is worth in a draw.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public ChipTerms Chip(int draw, string chip, Tier tier) =>
        _known.GetOrAdd((draw, chip), _ => Draw(draw, chip, tier));

    /// <summary>What moves rents in a draw, standardised over the draws, by month of the outlook: what counterparties' odds lean on.</summary>
    public CreditFactor Credit(int draw, Month start, int months) =>
        _factors.GetOrAdd((draw, start, months), key => Factor(key.Draw, key.Start, key.Months));

    private CreditFactor Factor(int draw, Month start, int months)
    {
        var path = Path(draw, Reference(Tier.H), QuoteBasis.Contract);
        var from = start - _levels.Start + _first;
        return CreditFactor.Of([
            .. Enumerable
                .Range(0, Math.Max(1, months))
                .Select(m =>
                {
                    var at = Math.Clamp(from + m, 0, path.Length - 1);
                    return _credit.Standardise(at, path[at]);
                }),
        ]);
    }

    private ChipTerms Draw(int draw, string chip, Tier tier)
    {
        var world = _worlds[draw % _worlds.Count].Record;
        var near = Segment.Stock((int)tier, (int)Reach.Near);
        var contract = Path(draw, chip, QuoteBasis.Contract);
        var market = Path(draw, chip, QuoteBasis.Marketplace);
        var shift = new double[_months];
        var spot = new double[_months];
        for (var m = 0; m < _months; m++)
        {
            shift[m] = contract[m] + LogServerMonth - Math.Log(world.Path.StockRent[near][m]);
            var hourly = world.Path.Spot[(int)tier][m];
            // A tier that nobody has yet is not sold by the hour either: its price stands where its contracts do.
            spot[m] = double.IsNaN(hourly)
                ? shift[m]
                : market[m] + LogServerMonth - Math.Log(hourly);
        }
        var reference = Reference(tier);
        var quality =
            chip == reference
                ? 1
                : Math.Exp(_levels.Law.Quality(chip).Mean - _levels.Law.Quality(reference).Mean);
        var used = _resale.Draw(chip, _seed, draw) is { } law
            ? new UsedChip(
                law,
                _perDollar,
                [.. contract.Select(rent => rent - contract[_first])],
                Math.Exp(contract[_first]),
                Appraised(chip)
            )
            : null;
        return new ChipTerms(quality, shift, spot, used);
    }

    private static readonly double LogServerMonth = Math.Log(
        ContractEngine.PerServer * HoursPerMonth
    );

    /// <summary>Log rent of a chip by month of the market, money an accelerator-hour; before the decision it stands at that month's.</summary>
    public double[] Path(int draw, string chip, QuoteBasis basis)
    {
        var world = _worlds[draw % _worlds.Count].Record;
        var rents = world.Path.StockRent[0];
        var horizon = _months - 1 - _first;
        var structure = new double[horizon + 1];
        var drift = new double[horizon + 1];
        var fill = new double[horizon + 1];
        var last = 0.0;
        for (var h = 0; h <= horizon; h++)
        {
            var m = _first + h;
            var walk =
                h == 0
                    ? 0
                    : Math.Sqrt(h) * _growth.Standardise(m, Math.Log(rents[m] / rents[_first]));
            structure[h] = walk - last;
            drift[h] = Math.Log(rents[m] / rents[_first]);
            last = walk;
            double offered = world.Path.Offered[0][m];
            fill[h] = offered > 0 ? Math.Min(1, world.Path.Let[0][m] / offered) : 1;
        }
        var path = _levels.LogPath(draw, chip, basis, fill, structure, drift);
        var shift = _shift.GetValueOrDefault(chip) ?? _otherShift;
        var all = new double[_months];
        for (var m = 0; m < _months; m++)
        {
            var h = Math.Max(0, m - _first);
            all[m] = path[h] + (shift is null ? 0 : shift[m]);
        }
        return all;
    }

    /// <summary>Rents over that of the month of decision; before it they stand still.</summary>
    private double[] Growth(double[] rents) =>
        [.. rents.Select((rent, m) => m <= _first ? 1 : rent / rents[_first])];
}
