namespace Plimsoll.Market.ContractMarket;

/// <content>Contract rent and spot rent, two processes; quotes follow; investors smooth.</content>
public sealed partial class ContractEngine
{
    private readonly double[] _expected = new double[Segment.Tiers];

    /// <summary>Highest share of free capacity sold by the hour: it must be there when asked for. Own prior.</summary>
    private const double MostSpotUse = 0.9;

    private void MoveRents(int m, int step, double dt)
    {
        for (var k = 0; k < Stocks; k++)
        {
            MoveRent(k, m, step);
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var rent = Mean(_logRent, 2 * k);
            _expected[k] += _rents.Expect * (rent - _expected[k]);
            var offered = _offered[2 * k] + _offered[(2 * k) + 1];
            var vacant = offered - LetIn(2 * k) - LetIn((2 * k) + 1);
            var vacancy = offered > 0 ? Math.Max(0, vacant) / offered : 0;
            _logSpot[k] += RentLaws.SpotStep(dt, _logSpot[k], rent, vacancy - _natural, _p);
        }
        _gap = _expected[0] - _logReference[0];
    }

    private void MoveRent(int k, int m, int step)
    {
        var let = LetIn(k);
        var wanted = OfStock(_demand, k);
        var at = (step * Stocks) + k;
        _record.Stock[at] = (float)_offered[k];
        _record.Eligible[at] = (float)_eligible[k];
        _record.Let[at] = (float)let;
        _record.Demand[at] = (float)wanted;
        if (_forcing.LogImposed is { } imposed && !double.IsNaN(imposed[m]))
        {
            _logRent[k] = imposed[m] + _logReference[k / 2] - _logReference[0];
        }
        else if (_eligible[k] > 0)
        {
            var state = new StockState(_offered[k], let, wanted, _eligible[k]);
            _logRent[k] = _rents.Next(
                k,
                m,
                _logRent[k],
                _logReference[k / 2],
                state,
                out var bounded
            );
            _record.Path.AtBound[m] += bounded ? 1 : 0;
        }
        _logQuote[k] += _rents.Quote * (_logRent[k] - _logQuote[k]);
    }

    private double LetIn(int k) => OfStock(_let, k) + (_added?.LetIn(k) ?? 0);

    /// <summary>Demand by the hour takes a share of what is lit and free wherever spot rent covers avoidable cost.</summary>
    private void SellByTheHour(int tier, int m)
    {
        double open = 0,
            wanted = 0;
        for (var k = 2 * tier; k < (2 * tier) + 2; k++)
        {
            var live = _live[k];
            for (var i = 0; i < _liveCount[k]; i++)
            {
                ref var c = ref _centres[live[i]];
                c.Offered = (int)((c.Lit * c.Free) + 0.5);
                open += _logSpot[tier] >= c.LogAvoidable ? c.Offered : 0;
            }
            wanted +=
                _terms.SpotShare
                * (
                    _demand[Segment.Of(k, (int)Need.Small)]
                    + _demand[Segment.Of(k, (int)Need.Inference)]
                );
        }
        var use = open > 0 ? Math.Min(MostSpotUse, wanted / open) : 0;
        for (var k = 2 * tier; k < (2 * tier) + 2; k++)
        {
            var live = _live[k];
            for (var i = 0; i < _liveCount[k]; i++)
            {
                ref var c = ref _centres[live[i]];
                c.Spot = _logSpot[tier] >= c.LogAvoidable ? c.Offered * use : 0;
            }
        }
        _record.SpotUse[tier][m] = use;
    }

    private void Write(int m)
    {
        var path = _record.Path;
        path.Compute = _forcing.Tiers.Compute;
        double wanted = 0,
            training = 0;
        for (var need = 0; need < Needs; need++)
        {
            double sum = 0;
            for (var k = 0; k < Stocks; k++)
            {
                sum += _demand[Segment.Of(k, need)] / PerServer;
            }
            path.Needs[need][m] = sum;
            wanted += sum;
            training += need == (int)Need.Training ? sum : 0;
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            WriteTier(k, m, path);
        }
        for (var k = 0; k < Stocks; k++)
        {
            _record.Transacted[k][m] = _signed[k] > 0 ? _signedMoney[k] / _signed[k] : double.NaN;
            path.StockRent[k][m] = Math.Exp(_logRent[k]);
            path.StockLet[k][m] = LetIn(k) / PerServer;
            path.StockOffered[k][m] = _offered[k] / PerServer;
        }
        for (var cell = 0; cell < Cells; cell++)
        {
            _record.Wanted[(m * Cells) + cell] = (float)_demand[cell];
        }
        path.TrainingShare[m] = wanted > 0 ? training / wanted : 0;
        path.Projects[m] = _underWay + _completed;
        path.Completed[m] = _completed;
        path.Cancelled[m] = _cancelled;
        path.Reference[m] = Math.Exp(_logReference[0]);
        path.World[m] = Math.Exp(_forcing.LogWorld[m]);
        path.TokenUse[m] = _forcing.Demand[m].TokenUse;
        path.Usable[m] = _forcing.Demand[m].Usable;
    }

    private void WriteTier(int k, int m, MarketPath path)
    {
        _record.Expected[k][m] = _expected[k];
        var (n, r) = (2 * k, (2 * k) + 1);
        var installed = _installed[k] + (_added?.InstalledIn(k) ?? 0);
        path.Capacity[k][m] = installed / PerServer;
        path.Offered[k][m] = (_offered[n] + _offered[r]) / PerServer;
        path.Let[k][m] = (LetIn(n) + LetIn(r)) / PerServer;
        path.Demand[k][m] = (OfStock(_demand, n) + OfStock(_demand, r)) / PerServer;
        path.Signed[k][m] = (_signed[n] + _signed[r]) / PerServer;
        path.Quote[k][m] = installed > 0 ? Math.Exp(Mean(_logQuote, n)) : double.NaN;
        path.Rent[k][m] = _signed[n] + _signed[r] > 0 ? Math.Exp(Mean(_logRent, n)) : double.NaN;
        path.Spot[k][m] = installed > 0 ? Math.Exp(_logSpot[k]) : double.NaN;
    }

    /// <summary>Mean of a log over the near and the remote stock of a tier, by what is installed.</summary>
    private double Mean(double[] logs, int near)
    {
        var sum = _installedIn[near] + _installedIn[near + 1];
        return sum > 0
            ? ((logs[near] * _installedIn[near]) + (logs[near + 1] * _installedIn[near + 1])) / sum
            : logs[near];
    }
}
