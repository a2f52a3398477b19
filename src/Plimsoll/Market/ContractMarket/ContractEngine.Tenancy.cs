namespace Plimsoll.Market.ContractMarket;

/// <content>Contracts run, end, are renewed, renegotiated and broken; vouchers pay part of them.</content>
public sealed partial class ContractEngine
{
    private ContractRow[] _rows = new ContractRow[4096];
    private int _rowCount;
    private int[] _ending = [];
    private double[] _voucherLeft = [];
    private double[] _voucherPaid = [];
    private double[] _relief = [];

    private void BeginTenancy()
    {
        _rowCount = 0;
        var span = _months * Cells;
        if (_ending.Length < span)
        {
            _ending = new int[span];
        }
        Array.Clear(_ending, 0, span);
        _voucherLeft = new double[_world.Vouchers.Count];
        _voucherPaid = new double[_world.Vouchers.Count];
        _relief = new double[_world.Vouchers.Count * Needs];
    }

    private void Add(
        int centre,
        int cell,
        int accelerators,
        double logPrice,
        int begin,
        int end,
        ulong key,
        double voucher
    )
    {
        if (_rowCount == _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }
        _rows[_rowCount++] = new ContractRow
        {
            Centre = centre,
            Accelerators = accelerators,
            EndMonth = end,
            Entry = Enter(centre, cell, accelerators, begin, voucher),
            Cell = (byte)cell,
            LogPrice = logPrice,
            Key = key,
        };
        Ending(end, cell, accelerators);
    }

    private void Ending(int month, int cell, int accelerators)
    {
        if (month < _months)
        {
            _ending[(month * Cells) + cell] += accelerators;
        }
    }

    /// <summary>Contracts let at the start are of all ages.</summary>
    private void AgeAtStart()
    {
        Array.Clear(_ending, 0, _months * Cells);
        for (var i = 0; i < _rowCount; i++)
        {
            ref var row = ref _rows[i];
            row.EndMonth = 1 + (int)(KeyedDraws.At(row.Key, 3) * row.EndMonth);
            Ending(row.EndMonth, row.Cell, row.Accelerators);
        }
    }

    /// <summary>The contracts of a month's start: those at their end go if no longer wanted, else stay or search again; the others may break or bargain.</summary>
    private void Settle(int m)
    {
        var drop = _record.DropChance.AsSpan(m * Cells, Cells);
        for (var cell = 0; cell < Cells; cell++)
        {
            double ending = _ending[(m * Cells) + cell];
            var held = _let[cell] + (_added?.Held(cell) ?? 0);
            ending += _added?.Ending(cell, m) ?? 0;
            var surplus = Math.Max(0, held - _demand[cell] - _moved[cell]);
            drop[cell] = ending > 0 ? (float)Math.Min(1, surplus / ending) : 0;
        }
        for (var i = _rowCount - 1; i >= 0; i--)
        {
            ref var row = ref _rows[i];
            if (row.EndMonth <= m)
            {
                AtEnd(i, ref row, m, drop[row.Cell]);
            }
            else
            {
                Underway(i, ref row, m);
            }
        }
    }

    private void AtEnd(int i, ref ContractRow row, int m, double drop)
    {
        var luck = KeyedDraws.At(row.Key, 1000 + (2 * m));
        ref var c = ref _centres[row.Centre];
        if (
            luck < drop
            || KeyedDraws.At(row.Key, 1001 + (2 * m))
                >= TenancyRules.Stay(_terms, c.Capability, c.LogAsk)
        )
        {
            Remove(i, m);
            return;
        }
        var k = row.Cell / Needs;
        var tenor = Buyer.Tenor(
            drop < 1 ? (luck - drop) / (1 - drop) : luck,
            row.Cell % Needs,
            _terms,
            _p
        );
        row.LogPrice = SigningPrice(k, c.LogAsk);
        row.EndMonth = m + tenor;
        Ending(row.EndMonth, row.Cell, row.Accelerators);
        _signed[k] += row.Accelerators;
        _signedMoney[k] += row.Accelerators * Math.Exp(row.LogPrice);
        Renew(ref row, m);
    }

    private void Underway(int i, ref ContractRow row, int m)
    {
        var rent = _logRent[row.Cell / Needs];
        var gap = Math.Max(0, row.LogPrice - rent);
        var luck = KeyedDraws.At(row.Key, 1000 + (2 * m));
        var breach = TenancyRules.Breach(_terms, _terms.BreachBase, gap);
        if (luck < breach)
        {
            if (row.EndMonth < _months)
            {
                _ending[(row.EndMonth * Cells) + row.Cell] -= row.Accelerators;
            }
            Remove(i, m);
        }
        else if (luck < breach + TenancyRules.Renegotiation(_terms, gap))
        {
            row.LogPrice = Math.Max(
                rent + (0.5 * gap),
                Math.Min(row.LogPrice, _centres[row.Centre].LogAvoidable)
            );
        }
    }

    private void Remove(int i, int m)
    {
        ref var row = ref _rows[i];
        _centres[row.Centre].Let -= row.Accelerators;
        _let[row.Cell] -= row.Accelerators;
        Close(row, m);
        _rows[i] = _rows[--_rowCount];
    }

    /// <summary>Budgets begin anew each January; relief is what a voucher takes off a tenant's rent as seen when choosing.</summary>
    private void RenewVouchers(int m)
    {
        for (var v = 0; v < _voucherLeft.Length; v++)
        {
            var scheme = _world.Vouchers[v];
            var open = On(Mechanisms.Vouchers) && m >= scheme.From && m < scheme.Until;
            if (!open)
            {
                _voucherLeft[v] = 0;
            }
            else if (m == scheme.From || (_forcing.Start + m).MonthOfYear == 1)
            {
                _voucherLeft[v] = scheme.BudgetPerYear;
            }
            _record.VoucherLeft[(v * _months) + m] = _voucherLeft[v];
            for (var j = 0; j < Needs; j++)
            {
                var share =
                    _voucherLeft[v] > 0 && scheme.Serves((Need)j)
                        ? Math.Min(scheme.Share, scheme.CapPerUser / MeanYear((Need)j))
                        : 0;
                _relief[(v * Needs) + j] =
                    share > 0 ? Math.Pow(1 - Math.Min(0.95, share), -_terms.PriceWeight) : 1;
            }
        }
    }

    /// <summary>First year's rent of a mean contract of a need, money.</summary>
    private double MeanYear(Need need) =>
        _terms.MeanAccelerators[(int)need] / PerServer * 12 * Math.Exp(_logRent[0]);

    /// <summary>A voucher pays its share of the first year's rent, up to its cap and what is left of the year's budget.</summary>
    private double Pay(int v, Need need, int accelerators, double logPrice, int tenor)
    {
        var scheme = _world.Vouchers[v];
        if (!scheme.Serves(need))
        {
            return 0;
        }
        var rent = accelerators / PerServer * Math.Exp(logPrice) * Math.Min(12, tenor);
        var paid = Math.Min(Math.Min(rent * scheme.Share, scheme.CapPerUser), _voucherLeft[v]);
        _voucherLeft[v] -= paid;
        _voucherPaid[v] += paid;
        return paid;
    }
}
