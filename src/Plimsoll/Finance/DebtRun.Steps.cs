namespace Plimsoll.Finance;

/// <content>The steps of the waterfall.</content>
internal sealed partial class DebtRun
{
    private void Take(WaterfallStep step, int m)
    {
        switch (step)
        {
            case WaterfallStep.DebtService:
                Serve(m);
                break;
            case WaterfallStep.DebtReserve when _t.ReserveMonths == 0:
                // Nothing is reserved: not even what rounding leaves.
                break;
            case WaterfallStep.DebtReserve:
                _f.ReserveTarget[m] = Last(m) ? 0 : _debt.ReserveTarget[m] * StillOwed(m);
                Move(ref _reserve, _f.ReserveTarget[m]);
                break;
            case WaterfallStep.RefreshReserve:
                Move(ref _refresh, _c.RefreshTarget[m]);
                break;
            case WaterfallStep.Prepayment:
                Prepay(m);
                break;
            default:
                Sweep(m);
                break;
        }
    }

    /// <summary>Balance as a share of what the schedule had by now, at most 1.</summary>
    private double StillOwed(int m)
    {
        double balance = 0,
            scheduled = 0;
        for (var i = 0; i < _tranches; i++)
        {
            balance += _balance[i];
            scheduled += _debt.Balance[i][m];
        }
        return scheduled > Cent ? Math.Min(1, balance / scheduled) : 0;
    }

    private void Move(ref double account, double target)
    {
        var move = Math.Min(target - account, Free);
        account += move;
        _cash -= move;
    }

    /// <summary>Each tranche in turn: interest, interest on arrears, principal and arrears from cash, then from the reserve account, then from sponsors; the rest is in arrears.</summary>
    private void Serve(int m)
    {
        double missing = 0;
        ServeRevolver(m);
        for (var i = 0; i < _tranches; i++)
        {
            var due = _interest[i] + _charge[i] + _principal[i] + _arrears[i];
            var fromCash = Math.Min(due, Free);
            _cash -= fromCash;
            fromCash += DrawRevolver(m, due - fromCash);
            var fromReserve = Math.Min(due - fromCash, _reserve);
            _reserve -= fromReserve;
            _f.FromReserve[m] += fromReserve;
            var fromOthers = DrawLetter(m, due - fromCash - fromReserve);
            fromOthers += CallSponsors(m, due - fromCash - fromReserve - fromOthers);
            _balance[i] -= _principal[i];
            _arrears[i] = due - fromCash - fromReserve - fromOthers;
            _f.DebtPaid[m] += fromCash + fromReserve + fromOthers;
            _toLenders += fromCash + fromReserve + fromOthers;
            missing += _arrears[i];
        }
        RepayRevolver(m, Free);
        var unpaid =
            missing > Cent
            || (_cash < -Cent && Debt() > Cent)
            || (!_lineStands && _revolver > Cent);
        _missed = unpaid ? _missed + 1 : 0;
        if (_missed > _t.CureMonths)
        {
            Default(m);
        }
    }

    /// <summary>Proceeds of accelerators sold (after a default less the bills that running on has left unpaid), grants for debt and forfeited rent; then a lost contract's share; then excess over the borrowing base, which is a margin call: what cash and sponsors do not cure in time is a default.</summary>
    private void Prepay(int m)
    {
        var bills = _default >= 0 ? Math.Min(Math.Max(0, _f.Proceeds[m]), Math.Max(0, -_cash)) : 0;
        _cash += bills;
        var windfall = _f.Proceeds[m] + _f.Earmarked[m] - bills;
        _cash += windfall - Repay(m, windfall, true);
        var called = false;
        _contractLost |= _o.LostShare[m] > 0;
        _deficient = false;
        for (var i = 0; i < _tranches; i++)
        {
            var tranche = _tranche[i];
            if (tranche.PrepayOnContractLoss)
            {
                _mandatory[i] += _o.LostShare[m] * _balance[i];
                _mandatory[i] = Math.Min(_mandatory[i], _balance[i]);
                var paid = Math.Min(_mandatory[i], Free);
                _cash -= paid;
                Reduce(i, m, paid);
                _mandatory[i] -= paid;
                _deficient |= _mandatory[i] > Cent;
            }
            if (tranche.BorrowingBaseAdvance > 0 && m >= _debt.FirstPayment[i])
            {
                var room = (tranche.BorrowingBaseAdvance * _o.FleetValue[m]) - Ahead(i);
                var excess = Math.Min(_balance[i], _balance[i] - room);
                excess = excess > Cent ? excess : 0;
                var paid = Math.Min(excess, Free);
                _cash -= paid;
                paid += CallSponsors(m, excess - paid);
                // The parts of a whole balance may add up to a hair more than it.
                paid = Math.Min(paid, _balance[i]);
                Reduce(i, m, paid);
                called |= excess - paid > Cent;
            }
        }
        _deficient |= called;
        _short = called ? _short + 1 : 0;
        if (_short > _t.CureMonths)
        {
            _byMarginCall |= _default < 0;
            Default(m);
        }
    }

    /// <summary>What of money for the parts of a loan one of them is paid: by its share of what they owe.</summary>
    private double PartOf(int i, double most, double[] owed, double all) =>
        _parts.Alone(i) ? most
        : all > 0 ? most * (owed[i] / all)
        : 0;

    private double OfParts(int first, double[] owed)
    {
        double all = 0;
        for (var i = first; i < _parts.End(first); i++)
        {
            all += owed[i];
        }
        return all;
    }

    private double RepayParts(int first, int m, double left, bool charged)
    {
        var (most, all) = (left, OfParts(first, _arrears));
        for (var i = first; i < _parts.End(first); i++)
        {
            var arrears = Math.Min(PartOf(i, most, _arrears, all), _arrears[i]);
            _arrears[i] -= arrears;
            left -= arrears;
            _f.DebtPaid[m] += arrears;
            _toLenders += arrears;
        }
        (most, all) = (left, OfParts(first, _balance));
        for (var i = first; i < _parts.End(first); i++)
        {
            var charge = charged ? ChargeOf(i, m) : 0;
            var part = PartOf(i, most, _balance, all);
            var balance = Math.Min(charge == 0 ? part : part / (1 + charge), _balance[i]);
            left -= balance;
            Reduce(i, m, balance);
            left -= Charge(m, balance * charge);
        }
        return left;
    }

    /// <summary>Repays arrears, then balances, most senior first, parts of one loan side by side, and says how much it took.</summary>
    private double Repay(int m, double most, bool charged = false)
    {
        var left = Math.Max(0, most);
        if (_revolver > 0)
        {
            var line = Math.Min(left, _revolver);
            left -= line;
            TakeRevolver(m, line);
        }
        for (var first = 0; first < _tranches; first = _parts.End(first))
        {
            left = RepayParts(first, m, left, charged);
        }
        return Math.Max(0, most) - left;
    }

    private void Reduce(int i, int m, double paid)
    {
        if (_tranche[i].ProRataPrepayment && _balance[i] > 0)
        {
            _factor[i] *= 1 - (paid / _balance[i]);
        }
        _balance[i] -= paid;
        _toLenders += paid;
        _f.TranchePrepaid[i][m] += paid;
        _f.Prepaid[m] += paid;
    }

    /// <summary>Cash that stays: running cost of the liquidity months, coming debt service in the collection account, income tax accrued.</summary>
    private double Kept(int m) =>
        Last(m)
            ? 0
            : (_f.RunningCost[m] * _t.LiquidityMonths)
                + (_c.CollectionTarget[m] * StillOwed(m))
                + _f.TaxProvision[m];

    private void Sweep(int m)
    {
        var free = Math.Max(0, _cash - Kept(m));
        var all = _default >= 0 || (_t.TrapTests > 0 && _failed >= _t.TrapTests);
        if (_default >= 0)
        {
            var repaid = Repay(m, free);
            _cash -= repaid;
            return;
        }
        // What a sweep left once and could not be distributed is not free a second time.
        var fresh = Math.Max(0, free - _leftBySweep);
        double whole = 0,
            part = 0,
            owed = 0;
        for (var i = 0; i < _tranches; i++)
        {
            var tranche = _tranche[i];
            if (_parts.First(i) == i)
            {
                (whole, part, owed) = (free, fresh, OfParts(i, _balance));
            }
            var share =
                m < _debt.FirstPayment[i] ? 0
                : all || (tranche.SweepOnContractLoss && _contractLost) ? 1
                : tranche.SweepShare;
            var charge = ChargeOf(i, m);
            var most = PartOf(i, share >= 1 ? whole : part * share, _balance, owed);
            var paid = Math.Min(_balance[i], charge == 0 ? most : most / (1 + charge));
            free -= paid;
            _cash -= paid;
            Reduce(i, m, paid);
            var charged = Charge(m, paid * charge);
            free -= charged;
            fresh = Math.Max(0, fresh - paid - charged);
            _cash -= charged;
        }
    }

    /// <summary>In the last month every account is released and repays what debt is left.</summary>
    private void Settle(int m)
    {
        if (!Last(m))
        {
            return;
        }
        _cash += _reserve + _refresh;
        (_reserve, _refresh) = (0, 0);
        _cash -= Repay(m, Free);
        if (Debt() > Cent)
        {
            Default(m);
        }
    }

    private void Distribute(int m)
    {
        double arrears = 0;
        for (var i = 0; i < _tranches; i++)
        {
            arrears += _arrears[i];
        }
        var owes = Debt() > Cent;
        var barred = owes
            ? !_passed
                || _deficient
                || arrears > Cent
                || _default >= 0
                || _revolver > Cent
                || Capitalises(m)
            : m < _c.LastDraw && _default < 0;
        _f.Locked[m] = owes && _locked;
        if ((barred || !_c.PayoutMonth[m]) && !Last(m))
        {
            return;
        }
        var paid = Math.Max(0, _cash - Kept(m));
        _f.Distributed[m] += paid;
        _cash -= paid;
    }

    /// <summary>True while interest of any tranche that is drawn joins its balance.</summary>
    private bool Capitalises(int m)
    {
        var any = m < _firstPayment;
        for (var i = 0; i < _tranches; i++)
        {
            any |=
                m < Math.Max(_debt.FirstPayment[i], _debt.PaidInCashFrom[i]) && _balance[i] > Cent;
        }
        return any;
    }

    private void Close(int m)
    {
        _leftBySweep = m < _firstPayment ? 0 : Math.Max(0, _cash - Kept(m));
        for (var i = 0; i < _tranches; i++)
        {
            _f.TrancheBalance[i][m] = _balance[i];
            _f.TrancheArrears[i][m] = _arrears[i];
            _f.Arrears[m] += _arrears[i];
        }
        _f.DebtBalance[m] = Debt();
        _f.Revolver[m] = _revolver;
        _f.Reserve[m] = _reserve;
        _f.RefreshReserve[m] = _refresh;
        _f.Cash[m] = Free;
        _f.Unpaid[m] = Math.Max(0, -_cash);
    }
}
