using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Contracts signed before the decision: they begin as their fleets come, and bind.</content>
internal sealed partial class AddedCentre
{
    /// <summary>Rounds in which contracts look for fleets in a month.</summary>
    private const int MostRounds = 4;

    /// <summary>Accelerators below which a remainder is rounding.</summary>
    private const double Crumb = 1e-9;

    private readonly FirmLease[] _signed;

    private void StepSigned(int m, MarketMoment market)
    {
        if (_signed.Length == 0)
        {
            return;
        }
        Serve(m);
        var hours = (_plan.Start + m).Hours;
        // All are looked at before any is let go: what one leaves serves the others from the next month on, whatever their order.
        double[] sound = [.. _signed.Select(Sound)];
        var over = new List<FirmLease>();
        for (var i = 0; i < _signed.Length; i++)
        {
            var lease = _signed[i];
            if (!lease.Lives)
            {
                continue;
            }
            var record = lease.Step(m, hours, sound[i], MarketPrice(lease, market));
            if (record is not null)
            {
                _leases.Add(record);
            }
            if (!lease.Lives)
            {
                over.Add(lease);
            }
        }
        Release(over, m, market);
    }

    /// <summary>What contracts still wait for is not sold: each asks its own fleet, or all in proportion to what stands of each.</summary>
    private void Promise(int m)
    {
        for (var k = 0; k < _pools.Length; k++)
        {
            _pools[k].Promised = 0;
        }
        foreach (var lease in _signed)
        {
            var waiting = lease.Waiting;
            if (waiting <= Crumb)
            {
                continue;
            }
            var all = 0.0;
            for (var k = 0; k < _pools.Length; k++)
            {
                all += Serves(k, lease.Lease, m) ? _pools[k].Standing : 0;
            }
            for (var k = 0; k < _pools.Length && all > 0; k++)
            {
                _pools[k].Promised += Serves(k, lease.Lease, m)
                    ? waiting * _pools[k].Standing / all
                    : 0;
            }
        }
    }

    /// <summary>What comes is shared among those who wait by what each still wants; each asks its own fleet, or all in proportion to what is free.</summary>
    private void Serve(int m)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            double[] free = [.. _pools.Select(pool => Math.Max(0, pool.Installed - pool.Firm))];
            double[] waiting = [.. _signed.Select(lease => lease.Waiting)];
            var given = false;
            for (var k = 0; k < _pools.Length; k++)
            {
                var asked = 0.0;
                for (var i = 0; i < _signed.Length; i++)
                {
                    asked += Asked(i, k, free, waiting, m);
                }
                for (var i = 0; i < _signed.Length && asked > Crumb; i++)
                {
                    var own = Asked(i, k, free, waiting, m) * Math.Min(1, free[k] / asked);
                    if (own > Crumb)
                    {
                        Give(_signed[i], k, own);
                        given = true;
                    }
                }
            }
            if (!given)
            {
                return;
            }
        }
    }

    private double Asked(int i, int k, double[] free, double[] waiting, int m)
    {
        if (waiting[i] <= Crumb || free[k] <= Crumb || !Serves(k, _signed[i].Lease, m))
        {
            return 0;
        }
        var all = 0.0;
        for (var j = 0; j < free.Length; j++)
        {
            all += Serves(j, _signed[i].Lease, m) ? free[j] : 0;
        }
        return waiting[i] * free[k] / all;
    }

    private bool Serves(int pool, SignedLease lease, int m) => _pools[pool].Serves(lease.Fleet, m);

    private void Give(FirmLease lease, int k, double accelerators)
    {
        if (accelerators == 0)
        {
            return;
        }
        lease.Serve(k, accelerators);
        if (lease.Apart)
        {
            _pools[k].Apart += accelerators;
        }
        else
        {
            var cell = FirmCell(k);
            _held[cell] = Math.Max(0, _held[cell] + (accelerators * _pools[k].Quality));
        }
        if (accelerators > 0)
        {
            _pools[k].Hold(accelerators, true);
        }
        else
        {
            _pools[k].Release(-accelerators, true);
        }
    }

    /// <summary>Segment in which contracts signed beforehand are counted.</summary>
    private int FirmCell(int k) => Segment.Of(_f.MainStock(_pools[k].Tier), (int)Need.Training);

    /// <summary>Share of what serves a contract that is in working order once free machines stand in for those under repair.</summary>
    private double Sound(FirmLease lease)
    {
        double sound = 0,
            all = 0;
        for (var k = 0; k < _pools.Length; k++)
        {
            var own = lease.ServedBy(k);
            all += own;
            sound +=
                own > 0 ? own * Math.Min(1, _pools[k].Sound / Math.Max(Crumb, _pools[k].Firm)) : 0;
        }
        return all > 0 ? sound / all : 1;
    }

    /// <summary>Rent of the market now of what serves a contract.</summary>
    private double MarketPrice(FirmLease lease, MarketMoment market)
    {
        double money = 0,
            all = 0;
        for (var k = 0; k < _pools.Length; k++)
        {
            var own = lease.ServedBy(k);
            all += own;
            money +=
                own
                * CentreFrame.PerHour(
                    market.LogRent[_f.MainStock(_pools[k].Tier)] + _pools[k].Shift(_month)
                );
        }
        return all > 0 ? money / all : 0;
    }

    /// <summary>Contracts are over: what they held is to let, and where a term ran out the tenant may stay at the market's price, like any other; who is asked first is drawn.</summary>
    private void Release(List<FirmLease> over, int m, MarketMoment market)
    {
        var ending = new List<(FirmLease Lease, int Pool, double Own, ulong Key)>();
        foreach (var lease in over)
        {
            for (var k = 0; k < _pools.Length; k++)
            {
                var own = lease.ServedBy(k);
                if (own <= 0)
                {
                    continue;
                }
                Give(lease, k, -own);
                if (lease.Reason == LeaseEnd.Expired)
                {
                    ending.Add((lease, k, own, Decisions(lease, m)));
                }
            }
        }
        foreach (var (lease, k, own, key) in ending.OrderBy(e => e.Key))
        {
            MayStay(lease, k, own, m, market, key);
        }
    }

    /// <summary>Key of what a tenant decides in a month.</summary>
    private ulong Decisions(FirmLease lease, int m) =>
        KeyedDraws.Combine(
            LeaseLuck.Of(_of.Seed, _of.Draw, lease.Terms.Tenant.Name).Key,
            (ulong)(m + _f.Offset)
        );

    private void MayStay(FirmLease lease, int k, double own, int m, MarketMoment market, ulong key)
    {
        var pool = _pools[k];
        var (cell, stock) = (FirmCell(k), _f.MainStock(pool.Tier));
        var luck = KeyedDraws.At(key, 0);
        var drop = market.DropChance[cell];
        var rent = market.LogRent[stock] + pool.Shift(m);
        if (luck >= drop && !pool.Keeps(own, false))
        {
            Move(cell, own * pool.Quality, false, key);
        }
        if (
            pool.Keeps(own, false)
            && luck >= drop
            && !pool.TooDear(stock, rent)
            && KeyedDraws.At(key, 1)
                < TenancyRules.Stay(_terms, pool.Capability, pool.LogAsk(stock))
        )
        {
            Renew(
                new Contract(
                    k,
                    cell,
                    lease.Terms.Id + " renewed",
                    lease.Lease.Tenant,
                    Product.TrainingLease,
                    m,
                    m,
                    own,
                    0,
                    0,
                    false,
                    key
                ),
                rent,
                drop < 1 ? (luck - drop) / (1 - drop) : luck
            );
        }
    }

    /// <summary>Rent of the month, shared out to the fleets by what each serves, and what else the contracts bring or cost.</summary>
    private void BookSigned(int m)
    {
        foreach (var pool in _pools)
        {
            pool.Left = 0;
        }
        foreach (var lease in _signed)
        {
            var now = lease.Flow(m);
            _s.ContractIncome[m] += now.ExitFee + now.TerminationPaid - now.DelayDamages;
            _s.ContractIncome[m] += now.ArrearsPaid;
            _s.StepInFee[m] += now.StepInFee;
            if (!now.Running)
            {
                continue;
            }
            _s.Training.Hours[m] += now.Hours;
            _s.Training.Money[m] += now.Due;
            _s.Contracted[m] += now.Due;
            for (var k = 0; k < _pools.Length; k++)
            {
                var share = lease.ServedBy(k) / lease.Served;
                _pools[k].Left += (1 - now.TakenShare) * lease.ServedBy(k);
                _pools[k].Series.Hours[m] += share * now.Hours;
                _pools[k].Series.Money[m] += share * now.Due;
            }
        }
    }
}
