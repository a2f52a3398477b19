namespace Plimsoll.Market.ContractMarket;

/// <summary>How demand in a market already run answers what added centres change: rents over tiers and places, and what is full.</summary>
/// <remarks>
/// The laws of <see cref="SegmentDemand"/> as ratios to what was recorded, so that nothing moves where nothing changed. Weights of near and
/// remote rents in a tier's mean are what was offered there; the full run weighs by what is installed.
/// </remarks>
internal sealed class DemandResponse
{
    private const int Needs = Segment.Needs;
    private const int Tiers = Segment.Tiers;
    private const int Cells = Segment.Count;

    private readonly MarketWorld _world;
    private readonly MarketRecord _record;
    private readonly double _elasticity;
    private readonly double _tierSensitivity;
    private readonly double _placeSensitivity;
    private readonly double _bound;
    private readonly double[] _logTier;
    private readonly double[] _perH = new double[Needs * Tiers];
    private readonly double[] _share = new double[Needs * Tiers];
    private readonly double[] _odds = new double[Needs * Tiers];
    private readonly double[] _total = new double[Needs * Tiers];
    private readonly double[] _overflow = new double[Tiers];
    private readonly double[] _wanted = new double[Cells];
    private readonly double[] _more = new double[Cells];
    private readonly double[] _moved = new double[Cells];
    private readonly double[] _stock = new double[Segment.Stocks];
    private readonly double[] _own = new double[Segment.Stocks];
    private double _tokens;

    public DemandResponse(MarketWorld world, MarketRecord record)
    {
        (_world, _record) = (world, record);
        Parameters p = world.Member.Values;
        _elasticity = p[Parameter.Elasticity];
        _tierSensitivity = p[Parameter.TierSensitivity];
        _placeSensitivity = p[Parameter.PlaceSensitivity];
        _bound = world.Off.Has(Mechanisms.LatencyReach) ? 0 : p[Parameter.LatencyBound];
        _logTier = [0, Math.Log(p[Parameter.TierRentA]), Math.Log(p[Parameter.TierRentD])];
        for (var n = 0; n < Needs; n++)
        {
            for (var k = 0; k < Tiers; k++)
            {
                _perH[(n * Tiers) + k] = DemandSplit.ServersPerH(
                    p,
                    world.Forcing.Tiers,
                    (Need)n,
                    k
                );
            }
        }
    }

    /// <summary>Demand of a segment beyond the market as it was, accelerators; it presses on rents.</summary>
    public double More(int cell) => _more[cell];

    /// <summary>The same with those who find their stock full and go on: what searches.</summary>
    public double Searching(int cell) => _more[cell] + _moved[cell];

    /// <summary>The month as it was: who chose what.</summary>
    public void Begin(int m)
    {
        _tokens = _world.Forcing.TokenElasticity[m];
        Span<double> response = stackalloc double[Needs * Tiers];
        for (var k = 0; k < Tiers; k++)
        {
            var gap = Gap(m, k);
            var (merchant, overflow) = Inference(m, gap);
            _overflow[k] = merchant + overflow > 0 ? overflow / (merchant + overflow) : 0;
            response[k] = response[Tiers + k] = Math.Exp(_elasticity * gap);
            response[(2 * Tiers) + k] = merchant + overflow;
        }
        for (var i = 0; i < _total.Length; i++)
        {
            var cell = (m * Cells) + Segment.Of(2 * (i % Tiers), i / Tiers);
            _total[i] = (double)_record.Wanted[cell] + _record.Wanted[cell + Needs];
            // Work before elasticity: its ratios are the shares of the choice.
            _share[i] = response[i] > 0 ? _total[i] / _perH[i] / response[i] : 0;
        }
        for (var n = 0; n < Needs * Tiers; n += Tiers)
        {
            var sum = _share[n] + _share[n + 1] + _share[n + 2];
            for (var k = 0; k < Tiers && sum > 0; k++)
            {
                _share[n + k] /= sum;
            }
        }
    }

    /// <summary>Log of the mean rent of a tier over its reference, as it was at a month's start.</summary>
    private double Gap(int m, int tier)
    {
        var at = (m * _record.SubSteps * Segment.Stocks) + (2 * tier);
        var both = _record.Stock[at] + _record.Stock[at + 1];
        var near = both > 0 ? _record.Stock[at] / both : 1;
        return (near * _record.LogRent[at])
            + ((1 - near) * _record.LogRent[at + 1])
            - _world.Forcing.LogReference[m]
            - _logTier[tier];
    }

    /// <summary>Inference that rents and that overflows at a rent, as <see cref="SegmentDemand"/> has it.</summary>
    private (double Merchant, double Overflow) Inference(int m, double gap)
    {
        var levels = _world.Forcing.Demand[m];
        return (
            levels.Merchant * (_tokens < 0 ? Math.Exp(_tokens * gap) : 1),
            levels.Overflow
                * _world.Member.Values[(int)Parameter.OverflowShare]
                * Math.Exp(_elasticity * gap)
        );
    }

    /// <summary>Demand of a sub-step with the shifts of rent so far and the centres' capacity.</summary>
    /// <param name="step">Sub-step from the start.</param>
    /// <param name="shift">By stock: log rent over that of the market as it was.</param>
    /// <param name="centres">The added centres.</param>
    public void Step(int step, ReadOnlySpan<double> shift, AddedCentres centres)
    {
        Span<double> move = stackalloc double[Tiers];
        Span<double> choose = stackalloc double[Tiers];
        Span<double> before = stackalloc double[Tiers];
        Span<double> now = stackalloc double[Tiers];
        for (var k = 0; k < Tiers; k++)
        {
            var n = 2 * k;
            var at = (step * Segment.Stocks) + n;
            (_stock[n], _stock[n + 1]) = (_record.Stock[at], _record.Stock[at + 1]);
            (_own[n], _own[n + 1]) = centres.Has(k)
                ? (centres.OfferedIn(n), centres.OfferedIn(n + 1))
                : (0, 0);
            var both = _stock[n] + _stock[n + 1];
            var w = both > 0 ? _stock[n] / both : 1;
            move[k] = (w * shift[n]) + ((1 - w) * shift[n + 1]);
            choose[k] = Math.Exp(-_tierSensitivity * move[k]);
            var dear = _record.LogRent[at] - _record.LogRent[at + 1];
            before[k] = DemandSplit.NearShare(_placeSensitivity, _stock[n], _stock[n + 1], dear);
            now[k] = DemandSplit.NearShare(
                _placeSensitivity,
                _stock[n] + _own[n],
                _stock[n + 1] + _own[n + 1],
                dear + shift[n] - shift[n + 1]
            );
        }
        for (var need = 0; need < Needs; need++)
        {
            var sum = 0.0;
            for (var k = 0; k < Tiers; k++)
            {
                sum += _share[(need * Tiers) + k] * choose[k];
            }
            var bound = need == (int)Need.Inference ? _bound : 0;
            for (var k = 0; k < Tiers; k++)
            {
                var i = (need * Tiers) + k;
                var cell = Segment.Of(2 * k, need);
                _odds[i] = sum > 0 ? _share[i] * choose[k] / sum : 0;
                var total =
                    _total[i] * (sum > 0 ? choose[k] / sum : 1) * Response(need, k, move[k]);
                var near = total * (bound + ((1 - bound) * now[k]));
                var nearBefore = _total[i] * (bound + ((1 - bound) * before[k]));
                _wanted[cell] = near;
                _wanted[cell + Needs] = total - near;
                _more[cell] = near - nearBefore;
                _more[cell + Needs] = total - near - (_total[i] - nearBefore);
            }
        }
        Substitution.Added(_wanted, _stock, _own, new Choice(_odds, _perH, _bound), _moved);
    }

    private double Response(int need, int tier, double move)
    {
        var elastic = Math.Exp(_elasticity * move);
        return need != (int)Need.Inference
            ? elastic
            : (_overflow[tier] * elastic)
                + ((1 - _overflow[tier]) * (_tokens < 0 ? Math.Exp(_tokens * move) : 1));
    }
}
