using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Plimsoll.Finance;

/// <content>The steps of the waterfall, and what is recorded.</content>
internal sealed partial class ScenarioRun
{
    private void Take(WaterfallStep step, int m)
    {
        switch (step)
        {
            case WaterfallStep.DebtService:
                Serve(m);
                break;
            case WaterfallStep.DebtReserve:
                if (_t.ReserveMonths > 0)
                {
                    Move(
                        ref _reserve,
                        m == _n - 1 ? V.Zero : Of(_debt.ReserveTarget[m]) * StillOwed(m)
                    );
                }
                break;
            case WaterfallStep.RefreshReserve:
                if (_t.Refresh is not null)
                {
                    Move(ref _refresh, Of(_c.RefreshTarget[m]));
                }
                break;
            case WaterfallStep.Prepayment:
                Prepay(m);
                break;
            default:
                Sweep(m);
                break;
        }
    }

    private V StillOwed(int m)
    {
        if (_k.ScheduledBalance[m] <= DebtRun.Cent)
        {
            return V.Zero;
        }
        var balance = V.Zero;
        for (var i = 0; i < _tranches; i++)
        {
            balance += _balance[i];
        }
        return Min(V.One, balance / Of(_k.ScheduledBalance[m]));
    }

    private void Move(ref V account, V target)
    {
        var move = Min(target - account, Free);
        account += move;
        _cash -= move;
    }

    private void Serve(int m)
    {
        var missing = V.Zero;
        if (_t.Revolver is not null)
        {
            ServeRevolver();
        }
        for (var i = 0; i < _tranches; i++)
        {
            var due = _interest[i] + _charge[i] + _principal[i] + _arrears[i];
            var fromCash = Min(due, Free);
            _cash -= fromCash;
            if (_t.Revolver is not null)
            {
                fromCash += DrawRevolver(due - fromCash);
            }
            var left = due - fromCash;
            var fromReserve = Min(left, _reserve);
            _reserve -= fromReserve;
            left -= fromReserve;
            var paid = fromCash + fromReserve;
            if (_hasHelp)
            {
                var others = FromOthers(m, left);
                left -= others;
                paid += others;
            }
            _toLenders += paid;
            _balance[i] -= _principal[i];
            _arrears[i] = left;
            missing += left;
        }
        if (_t.Revolver is not null)
        {
            TakeRevolver(Min(Free, _revolver), true);
        }
        var unpaid = Vector512.BitwiseOr(
            Vector512.GreaterThan(missing, _cent),
            Where(Vector512.LessThan(_cash, -_cent), Vector512.GreaterThan(Debt(), _cent))
        );
        if (_t.Revolver is not null)
        {
            unpaid = Vector512.BitwiseOr(
                unpaid,
                Vector512.AndNot(Vector512.GreaterThan(_revolver, _cent), _lineStands)
            );
        }
        _missed = Where(unpaid, _missed + V.One);
        Default(m, Vector512.GreaterThan(_missed, Of(_t.CureMonths)));
    }

    private void Prepay(int m)
    {
        if (
            _b.Proceeds.Length > 0
            || m == _n - 1
            || _b.Forfeited.Length > 0
            || _c.GrantsToDebt[m] > 0
        )
        {
            var windfall = _proceeds[m] + Earmarked(m);
            if (_anyDefault)
            {
                var bills = Where(
                    Vector512.GreaterThanOrEqual(_default, V.Zero),
                    Min(Max0(_proceeds[m]), Max0(-_cash))
                );
                _cash += bills;
                windfall -= bills;
            }
            _cash += windfall - Repay(windfall, m);
        }
        var called = V.Zero;
        var lost = LoadOrZero(_b.LostShare, m);
        _contractLost = Vector512.BitwiseOr(_contractLost, Vector512.GreaterThan(lost, V.Zero));
        _deficient = V.Zero;
        for (var i = 0; i < _tranches; i++)
        {
            var tranche = _tranche[i];
            if (tranche.PrepayOnContractLoss)
            {
                _mandatory[i] += lost * _balance[i];
                _mandatory[i] = Min(_mandatory[i], _balance[i]);
                var paid = Min(_mandatory[i], Free);
                _cash -= paid;
                Reduce(i, paid);
                _mandatory[i] -= paid;
                _deficient = Vector512.BitwiseOr(
                    _deficient,
                    Vector512.GreaterThan(_mandatory[i], _cent)
                );
            }
            if (tranche.BorrowingBaseAdvance > 0 && m >= _debt.FirstPayment[i])
            {
                var room = (Of(tranche.BorrowingBaseAdvance) * FleetValue(m)) - Ahead(i);
                var excess = Min(_balance[i], _balance[i] - room);
                excess = Where(Vector512.GreaterThan(excess, _cent), excess);
                var paid = Min(excess, Free);
                _cash -= paid;
                if (_t.SponsorSupport > 0)
                {
                    paid += CallSponsors(excess - paid);
                    paid = Min(paid, _balance[i]);
                }
                Reduce(i, paid);
                called = Vector512.BitwiseOr(called, Vector512.GreaterThan(excess - paid, _cent));
            }
        }
        if (_k.HasBorrowingBase)
        {
            _deficient = Vector512.BitwiseOr(_deficient, called);
            _short = Where(called, _short + V.One);
            Default(m, Vector512.GreaterThan(_short, Of(_t.CureMonths)));
        }
    }

    private V PartOf(int i, V most, V[] owed, V all)
    {
        if (_parts.Alone(i))
        {
            return most;
        }
        var some = Vector512.GreaterThan(all, V.Zero);
        return Where(some, most * (owed[i] / Pick(some, all, V.One)));
    }

    private V OfParts(int first, V[] owed)
    {
        var all = V.Zero;
        for (var i = first; i < _parts.End(first); i++)
        {
            all += owed[i];
        }
        return all;
    }

    private V RepayParts(int first, V left, int chargedIn)
    {
        var (most, all) = (left, OfParts(first, _arrears));
        for (var i = first; i < _parts.End(first); i++)
        {
            var arrears = Min(PartOf(i, most, _arrears, all), _arrears[i]);
            _arrears[i] -= arrears;
            left -= arrears;
            _toLenders += arrears;
        }
        (most, all) = (left, OfParts(first, _balance));
        for (var i = first; i < _parts.End(first); i++)
        {
            var part = PartOf(i, most, _balance, all);
            if (chargedIn >= 0 && _tranche[i].PrepaymentCharge is { } charge)
            {
                var share = ChargeOf(charge, i, chargedIn);
                var charged = Min(part / (V.One + share), _balance[i]);
                left -= charged;
                Reduce(i, charged);
                left -= Charge(charged * share);
                continue;
            }
            var balance = Min(part, _balance[i]);
            left -= balance;
            Reduce(i, balance);
        }
        return left;
    }

    private V Repay(V most, int chargedIn = -1)
    {
        var left = Max0(most);
        if (_t.Revolver is not null)
        {
            var line = Min(left, _revolver);
            left -= line;
            TakeRevolver(line, false);
        }
        for (var first = 0; first < _tranches; first = _parts.End(first))
        {
            left = RepayParts(first, left, chargedIn);
        }
        return Max0(most) - left;
    }

    private void Reduce(int i, V paid)
    {
        if (_tranche[i].ProRataPrepayment)
        {
            var some = Vector512.GreaterThan(_balance[i], V.Zero);
            _factor[i] = Pick(
                some,
                _factor[i] * (V.One - (paid / Pick(some, _balance[i], V.One))),
                _factor[i]
            );
        }
        _balance[i] -= paid;
        _toLenders += paid;
    }

    private V Kept(int m)
    {
        if (m == _n - 1)
        {
            return V.Zero;
        }
        var kept = _running[m] * Of(_t.LiquidityMonths);
        if (_c.KeepsService)
        {
            kept += Of(_c.CollectionTarget[m]) * StillOwed(m);
        }
        return kept + _provision;
    }

    private void Sweep(int m)
    {
        var defaulted = Vector512.GreaterThanOrEqual(_default, V.Zero);
        var anyDefault = defaulted != V.Zero;
        if (!_k.MaySweep && !anyDefault)
        {
            return;
        }
        var free = Max0(_cash - Kept(m));
        var all =
            _t.TrapTests > 0 ? Vector512.GreaterThanOrEqual(_failed, Of(_t.TrapTests)) : V.Zero;
        if (anyDefault)
        {
            // Lanes in default repay arrears and balances with all that is free; the others repay nothing here.
            _cash -= Repay(Where(defaulted, free));
        }
        var fresh = Max0(free - _leftBySweep);
        V pool = V.Zero,
            part = V.Zero,
            owed = V.Zero;
        for (var i = 0; i < _tranches; i++)
        {
            if (_parts.First(i) == i)
            {
                (pool, part, owed) = (free, fresh, OfParts(i, _balance));
            }
            if (m < _debt.FirstPayment[i])
            {
                continue;
            }
            var tranche = _tranche[i];
            var whole = tranche.SweepOnContractLoss ? Vector512.BitwiseOr(all, _contractLost) : all;
            if (tranche.SweepShare >= 1)
            {
                whole = V.AllBitsSet;
            }
            var most = PartOf(i, Pick(whole, pool, part * Of(tranche.SweepShare)), _balance, owed);
            if (tranche.PrepaymentCharge is { } charge)
            {
                var each = ChargeOf(charge, i, m);
                var repaid = Vector512.AndNot(Min(_balance[i], most / (V.One + each)), defaulted);
                free -= repaid;
                _cash -= repaid;
                Reduce(i, repaid);
                var charged = Charge(repaid * each);
                free -= charged;
                fresh = Max0(fresh - repaid - charged);
                _cash -= charged;
                continue;
            }
            var paid = Vector512.AndNot(Min(_balance[i], most), defaulted);
            free -= paid;
            fresh = Max0(fresh - paid);
            _cash -= paid;
            Reduce(i, paid);
        }
    }

    private void Settle(int m)
    {
        if (m != _n - 1)
        {
            return;
        }
        _cash += _reserve + _refresh;
        _reserve = _refresh = V.Zero;
        _cash -= Repay(Free);
        Default(m, Vector512.GreaterThan(Debt(), _cent));
    }

    private void Distribute(int m)
    {
        var last = m == _n - 1;
        var owes = Vector512.GreaterThan(Debt(), _cent);
        _lockedMonths += Where(Where(owes, _locked), V.One);
        if (!_c.PayoutMonth[m] && !last)
        {
            return;
        }
        var barred = V.Zero;
        if (!last)
        {
            var arrears = V.Zero;
            for (var i = 0; i < _tranches; i++)
            {
                arrears += _arrears[i];
            }
            barred = Vector512.BitwiseOr(
                Vector512.BitwiseOr(~_passed, _deficient),
                Vector512.BitwiseOr(
                    Vector512.GreaterThan(arrears, _cent),
                    Vector512.GreaterThanOrEqual(_default, V.Zero)
                )
            );
            for (var i = 0; i < _tranches; i++)
            {
                if (m < Math.Max(_debt.FirstPayment[i], _debt.PaidInCashFrom[i]))
                {
                    barred = Vector512.BitwiseOr(barred, Vector512.GreaterThan(_balance[i], _cent));
                }
            }
            if (_t.Revolver is not null)
            {
                barred = Vector512.BitwiseOr(barred, Vector512.GreaterThan(_revolver, _cent));
            }
            barred = Where(owes, m < _firstPayment ? Vector512<double>.AllBitsSet : barred);
            if (m < _c.LastDraw)
            {
                barred = Vector512.BitwiseOr(barred, Vector512.AndNot(NoDefault, owes));
            }
        }
        var paid = Vector512.AndNot(Max0(_cash - Kept(m)), barred);
        _paidOut += paid;
        _cash -= paid;
    }

    /// <summary>Adds the month to every figure.</summary>
    private void Sum(int m)
    {
        var debt = Debt();
        if (_k.MaySweep)
        {
            _leftBySweep = m < _firstPayment ? V.Zero : Max0(_cash - Kept(m));
        }
        _equitySum += _equityIn;
        _paidSum += _paidOut;
        var borne = m == _n - 1 ? _equityIn + Where(NoDefault, Max0(-_cash)) : _equityIn;
        _equityValue += (_paidOut - borne) * Of(_k.EquityDiscount[m]);
        _projectValue +=
            (
                _cfads[m]
                + _proceeds[m]
                + (Earmarked(m) + Of(_c.GrantsToCapital[m]))
                - Of(_k.CapitalCost[m])
            ) * Of(_k.ProjectDiscount[m]);
        _shortfall += Where(Vector512.GreaterThan(_due[m], V.Zero), Max0(_due[m] - _cfads[m]));
        if (_tranches > 0)
        {
            var value = FleetValue(m);
            var counts = Where(
                Vector512.GreaterThan(value, V.Zero),
                Vector512.GreaterThan(debt, _cent)
            );
            var ratio = Where(counts, debt / Pick(counts, value, V.One));
            _highestLtv = Vector512.MaxNative(_highestLtv, ratio);
        }
        Trace?.Add(m, _cfads[m], debt, _cash, _reserve, _equityIn, _paidOut);
    }

    private void Record(int block, ScenarioFigures figures)
    {
        var debt = Debt();
        for (var lane = 0; lane < ScenarioBatch.Lanes; lane++)
        {
            var s = (block * ScenarioBatch.Lanes) + lane;
            if (s >= figures.Count)
            {
                return;
            }
            var count = _coverCount[lane];
            figures.MinimumCover[s] = count > 0 ? _lowest[lane] : double.NaN;
            figures.AverageCover[s] = count > 0 ? _coverSum[lane] / count : double.NaN;
            figures.BreachMonth[s] = (int)_breach[lane];
            figures.DefaultMonth[s] = (int)_default[lane];
            figures.ClosedMonth[s] = _closed[lane];
            figures.EquityValue[s] = _equityValue[lane];
            figures.ProjectValue[s] = _projectValue[lane];
            figures.EquityIn[s] = _equitySum[lane];
            figures.Distributed[s] = _paidSum[lane];
            figures.Shortfall[s] = _shortfall[lane];
            figures.StrandedVat[s] = _stranded[lane];
            figures.Tax[s] = _taxSum[lane];
            figures.DebtLeft[s] = debt[lane];
            figures.LockedMonths[s] = _lockedMonths[lane];
            figures.HighestLoanToValue[s] = _highestLtv[lane];
            figures.Loss[s] = Loss(s, lane, (int)_default[lane]);
        }
    }

    private LenderLoss Loss(int scenario, int lane, int month)
    {
        if (month < 0)
        {
            return LenderLoss.None;
        }
        var at = _b.At(scenario) + (month * ScenarioBatch.Lanes);
        return new LenderLoss(
            month,
            _exposure[lane],
            Math.Min(_exposure[lane], _recovered[lane]),
            _b.ResalePrice[at],
            Math.Max(0, _b.MonthsToSell[at])
        );
    }
}
