namespace Plimsoll.Market.ContractMarket;

/// <content>Buyers look for a centre: logit choice by price, fit and trust among what is lit and free, then a check that the block is there.</content>
public sealed partial class ContractEngine
{
    private readonly int[][] _live = [.. Enumerable.Range(0, Stocks).Select(_ => new int[256])];
    private readonly int[] _liveCount = new int[Stocks];
    private readonly int[] _largest = new int[Stocks];
    private readonly double[][] _prefix =
    [
        .. Enumerable.Range(0, Cells).Select(_ => new double[256]),
    ];
    private byte[] _attempts = new byte[16_384];
    private int _attemptCount;

    private void BeginSearch()
    {
        Array.Clear(_liveCount);
        _attemptCount = 0;
        _record.FirstBuyer[0] = 0;
    }

    /// <summary>What each centre asks this month, how attractive that makes it, and how much of its free capacity it lights.</summary>
    /// <remarks>Centres differ in price among themselves; their mean ask, by free capacity, is the rent that the law gives.</remarks>
    private void Ask(int k)
    {
        var live = _live[k];
        var rent = _logRent[k];
        double sum = 0,
            free = 0;
        for (var i = 0; i < _liveCount[k]; i++)
        {
            ref var c = ref _centres[live[i]];
            var vacancy = c.Eligible > 0 ? (double)c.Free / c.Eligible : 0;
            c.LogAsk = c.Markup - (_terms.VacancyDiscount * Math.Max(0, vacancy - _natural));
            sum += c.LogAsk * c.Free;
            free += c.Free;
        }
        var mean = free > 0 ? sum / free : 0;
        for (var i = 0; i < _liveCount[k]; i++)
        {
            ref var c = ref _centres[live[i]];
            var wish = c.LogAsk - mean;
            var margin = rent + wish - c.LogAvoidable;
            var lit = On(Mechanisms.DarkDecision)
                ? Math.Clamp(0.5 + (margin / _terms.LitBand), 0, 1)
                : 1;
            c.Lit += _terms.LitSpeed * (lit - c.Lit);
            c.LogAsk = Math.Max(wish, c.LogAvoidable - rent);
            c.Pull = Math.Exp(c.Trust - (_terms.PriceWeight * c.LogAsk));
        }
    }

    /// <summary>Lays out what is lit and free in a stock: the running sums of attraction by need, the stock, the largest block.</summary>
    private void Offer(int k)
    {
        var live = _live[k];
        var (p0, p1, p2) = (_prefix[k * Needs], _prefix[(k * Needs) + 1], _prefix[(k * Needs) + 2]);
        double s0 = 0,
            s1 = 0,
            s2 = 0;
        int stock = 0,
            eligible = 0,
            largest = 0;
        for (var i = 0; i < _liveCount[k]; i++)
        {
            ref var c = ref _centres[live[i]];
            var offered = (int)((c.Lit * c.Free) + 0.5);
            c.Offered = offered;
            stock += c.Let + offered;
            eligible += Math.Max(c.Let, c.Eligible);
            largest = Math.Max(largest, offered);
            var pull = offered >= c.MinimumLot ? c.Pull * offered : 0;
            if (c.Scheme < 0)
            {
                s0 += pull * c.Fabric;
                s1 += pull;
                s2 += pull;
            }
            else
            {
                var relief = c.Scheme * Needs;
                s0 += pull * c.Fabric * _relief[relief];
                s1 += pull * _relief[relief + 1];
                s2 += pull * _relief[relief + 2];
            }
            p0[i] = s0;
            p1[i] = s1;
            p2[i] = s2;
        }
        _offered[k] = stock + (_added?.OfferedIn(k) ?? 0);
        _eligible[k] = eligible + (_added?.EligibleIn(k) ?? 0);
        _largest[k] = largest;
    }

    /// <summary>Mean contract of a cell: beyond a number of tenants demand grows mostly by larger ones: their size with its power 3/4.</summary>
    private double MeanSize(int cell)
    {
        var mean = _terms.MeanAccelerators[cell % Needs];
        var crowd = _demand[cell] / (mean * _terms.TenantsPerCell);
        return crowd > 1 ? mean * Math.Sqrt(crowd * Math.Sqrt(crowd)) : mean;
    }

    /// <summary>Buyers of one cell search in one sub-step; a compound Poisson stream whose mean is what is due.</summary>
    private void Search(int step, int cell, double gap, double search)
    {
        var n = _liveCount[cell / Needs];
        var weight = n > 0 ? _prefix[cell][n - 1] : 0;
        var size = MeanSize(cell);
        var at = (step * Cells) + cell;
        var due = Math.Max(0, gap) * search;
        _record.Gap[at] = (float)gap;
        _record.Weight[at] = (float)weight;
        _record.MeanSize[(step / _terms.SubSteps * Cells) + cell] = (float)size;
        if (due > 0 && (weight > 0 || _added is not null))
        {
            Search(KeyedDraws.Combine(_key, (ulong)at), step, cell, due, weight, size);
        }
        _record.FirstBuyer[at + 1] = _attemptCount;
    }

    private void Search(ulong key, int step, int cell, double due, double weight, double size)
    {
        var failures = 0;
        var unheard = _terms.Unheard;
        double position = 0;
        for (var n = 0; ; n++)
        {
            var own = KeyedDraws.Combine(key, (ulong)n);
            position += Buyer.Gap(own) * size;
            if (position >= due)
            {
                return;
            }
            var buyer = Buyer.Of(own, cell, size, _terms, _sizes, _p);
            if (failures >= _terms.FailureRun)
            {
                if (!(_added?.HasRoom(cell) ?? false) || unheard-- <= 0)
                {
                    return;
                }
                Ask(ref buyer, step, cell, 0, out _);
                continue;
            }
            var found = Ask(ref buyer, step, cell, weight, out var asked);
            failures = found ? 0 : failures + 1;
            Note(asked, found);
        }
    }

    /// <summary>One buyer asks centre after centre. True when it signed.</summary>
    private bool Ask(ref Buyer buyer, int step, int cell, double weight, out int asked)
    {
        var k = cell / Needs;
        var hopeless = weight <= 0 || buyer.Least > _largest[k];
        var own = _added?.Weight(cell) ?? 0;
        asked = _terms.Attempts;
        for (var a = 0; a < _terms.Attempts; a++)
        {
            var first = KeyedDraws.At(buyer.Key, Buyer.FirstChoice + (2 * a));
            if (own > 0 && first * (own + weight) < own)
            {
                if (AskAdded(buyer, first * (own + weight) / own, cell, k))
                {
                    asked = a + 1;
                    return true;
                }
                continue;
            }
            if (hopeless)
            {
                if (own <= 0)
                {
                    return false;
                }
                continue;
            }
            var second = KeyedDraws.At(buyer.Key, Buyer.FirstChoice + (2 * a) + 1);
            var i = Find(_prefix[cell], _liveCount[k], second * weight);
            if (Sign(_live[k][i], buyer, step, cell))
            {
                asked = a + 1;
                return true;
            }
        }
        return false;
    }

    private bool AskAdded(in Buyer buyer, double chance, int cell, int k)
    {
        var logRent = _logRent[k];
        if (
            !_added!.Take(
                buyer,
                chance,
                cell,
                logRent,
                false,
                out var let,
                out var logPrice,
                out var taker
            )
        )
        {
            return false;
        }
        _signed[k] += let;
        _signedMoney[k] += let * Math.Exp(logPrice);
        if (taker is { Scheme: >= 0 })
        {
            _voucherLeft[taker.Scheme] -= taker.PaidLast;
        }
        return true;
    }

    /// <summary>First index whose running sum exceeds the target.</summary>
    private static int Find(double[] sums, int count, double target)
    {
        int low = 0,
            high = count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sums[middle] > target)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        return low;
    }

    private bool Sign(int index, in Buyer buyer, int step, int cell)
    {
        ref var c = ref _centres[index];
        if (
            c.Offered < buyer.Least
            || c.Offered < c.MinimumLot
            || buyer.Accelerators * 2 < c.MinimumLot
        )
        {
            return false;
        }
        var let = Math.Min(c.Offered, Math.Max(buyer.Accelerators, c.MinimumLot));
        c.Offered -= let;
        c.Let += let;
        _let[cell] += let;
        var k = cell / Needs;
        var price = SigningPrice(k, c.LogAsk);
        var month = step / _terms.SubSteps;
        var paid =
            c.Scheme >= 0 ? Pay(c.Scheme, (Need)(cell % Needs), let, price, buyer.TenorMonths) : 0;
        _signed[k] += let;
        _signedMoney[k] += let * Math.Exp(price);
        Add(index, cell, let, price, month, month + buyer.TenorMonths, buyer.Key, paid);
        return true;
    }

    /// <summary>Log of the price of a new contract: nobody pays more than buying costs, unless rents are imposed.</summary>
    private double SigningPrice(int k, double logAsk) =>
        _forcing.LogImposed is null
            ? Math.Min(_logRent[k] + logAsk, _rents.LogCeiling(k / 2))
            : _logRent[k] + logAsk;

    private void Note(int asked, bool found)
    {
        if (_attemptCount == _attempts.Length)
        {
            Array.Resize(ref _attempts, _attempts.Length * 2);
        }
        _attempts[_attemptCount++] = (byte)(asked | (found ? 0x80 : 0));
    }

    /// <summary>At the start servers are let up to what is wanted and to natural vacancy, with contracts of all ages.</summary>
    private void LetAtStart()
    {
        for (var k = 0; k < Stocks; k++)
        {
            var wanted = OfStock(_demand, k);
            for (var pass = 0; pass < 4 && wanted > 0; pass++)
            {
                Offer(k);
                var target = Math.Min(wanted, _offered[k] * (1 - _natural));
                for (var j = 0; j < Needs && _liveCount[k] > 0; j++)
                {
                    var cell = (k * Needs) + j;
                    var due = (target * _demand[cell] / wanted) - _let[cell];
                    var weight = _prefix[cell][_liveCount[k] - 1];
                    if (due > 0 && weight > 0)
                    {
                        var key = KeyedDraws.Combine(_key ^ 0x5AFE, (ulong)((pass * Cells) + cell));
                        Search(key, 0, cell, due, weight, MeanSize(cell));
                    }
                }
            }
            _signed[k] = _signedMoney[k] = 0;
        }
        AgeAtStart();
        _attemptCount = 0;
    }
}
