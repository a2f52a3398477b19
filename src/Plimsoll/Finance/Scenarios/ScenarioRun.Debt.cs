using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Plimsoll.Finance;

/// <content>Second pass: tax, debt, reserves, lock-up, default and distribution.</content>
internal sealed partial class ScenarioRun
{
    private static readonly V _cent = Vector512.Create(DebtRun.Cent);
    private static readonly V _never = Vector512.Create(-1.0);

    private V _stranded;
    private V _income;
    private V _available;
    private V _taxPaid;
    private V _provision;
    private V _pool;
    private V _poolStep;
    private V _cash;
    private V _reserve;
    private V _refresh;
    private V _support;
    private V _cures;
    private V _called;
    private V _deficient;
    private V _contractLost;
    private V _locked;
    private V _passed;
    private V _leftBySweep;
    private V _short;
    private V _failed;
    private V _missed;
    private V _default;
    private V _exposure;
    private V _toLenders;
    private V _valued;
    private V _discount;
    private V _recovered;
    private V _firstRate;
    private bool _anyDefault;
    private readonly int[] _closed = new int[ScenarioBatch.Lanes];
    private V _breach;
    private V _lowest;
    private V _coverSum;
    private V _coverCount;
    private V _interestDue;
    private V _interestAccrued;
    private V _charges;
    private V _principalDue;
    private V _equityIn;
    private V _paidOut;
    private V _equityValue;
    private V _projectValue;
    private V _equitySum;
    private V _paidSum;
    private V _shortfall;
    private V _taxSum;
    private V _lockedMonths;
    private V _highestLtv;

    private void Carry()
    {
        Reset();
        for (var m = 0; m < _n; m++)
        {
            Accrue(m);
            Tax(m);
            FundUses(m);
            Cover(m);
            foreach (var step in _order)
            {
                Take(step, m);
            }
            Settle(m);
            Distribute(m);
            Sum(m);
            if (_anyDefault)
            {
                Value(m);
                Judge(m);
            }
        }
    }

    private void Reset()
    {
        _anyDefault = false;
        Array.Fill(_closed, -1);
        _toLenders = _valued = _recovered = V.Zero;
        _discount = V.One;
        Array.Clear(_balance);
        Array.Clear(_arrears);
        Array.Clear(_accrued);
        Array.Clear(_mandatory);
        Array.Clear(_losses);
        Array.Fill(_factor, V.One);
        _income = _available = _taxPaid = _provision = V.Zero;
        _pool = _poolStep = _cash = _reserve = _refresh = V.Zero;
        ResetInstruments();
        _cures = _deficient = _contractLost = _locked = _failed = _missed = V.Zero;
        _passed = _short = _leftBySweep = V.Zero;
        _exposure = _coverSum = _coverCount = V.Zero;
        _equityValue = _projectValue = _equitySum = _paidSum = V.Zero;
        _shortfall = _taxSum = _lockedMonths = _highestLtv = V.Zero;
        for (var i = 0; i < _tranches; i++)
        {
            _arrears[i] = Of(_tranche[i].Arrears);
            _balance[i] = Of(_debt.Standing[i]);
        }
        var (locked, passed, failed, missed) = _c.Before.AtStart(_t);
        _locked = locked ? V.AllBitsSet : V.Zero;
        _passed = passed ? V.AllBitsSet : V.Zero;
        (_failed, _missed) = (Of(failed), Of(missed));
        _default = _breach = _never;
        _lowest = Of(double.PositiveInfinity);
        _support = Of(_t.SponsorSupport);
        if (_t.Opening is { AccountsFunded: true })
        {
            (_cash, _reserve) = (Liquidity(), Of(_debt.ReserveFunding.Sum()));
        }
    }

    private V Free => Max0(_cash);

    private V Debt()
    {
        var sum = _revolver;
        for (var i = 0; i < _tranches; i++)
        {
            sum += _balance[i] + _accrued[i] + _arrears[i];
        }
        return sum;
    }

    private V TermDebt() => _t.Revolver is null ? Debt() : Debt() - _revolver;

    private V NoDefault => Vector512.LessThan(_default, V.Zero);

    private void Accrue(int m)
    {
        _interestDue = _interestAccrued = _charges = _principalDue = V.Zero;
        _lineStands = m <= _c.LastDraw ? V.AllBitsSet : Vector512.GreaterThan(TermDebt(), _cent);
        var shifted = _b.RateShift.Length > 0;
        var shift = LoadOrZero(_b.RateShift, m);
        for (var i = 0; i < _tranches; i++)
        {
            var rate = shifted ? Rate(i, m, shift) : Of(_k.Rate[i][m]);
            var years = Of(_debt.YearFraction[i][m]);
            _firstRate = i == 0 ? rate : _firstRate;
            var balance = _balance[i];
            var interest = balance * (rate * years);
            _interestAccrued += interest;
            _charge[i] = _t.ArrearsBearInterest
                ? _arrears[i] * ((rate + Of(_t.DefaultMargin)) * years)
                : V.Zero;
            if (m < _debt.FirstPayment[i])
            {
                balance += interest;
                _balance[i] = balance;
                _interest[i] = V.Zero;
            }
            else
            {
                var joins =
                    m < _debt.PaidInCashFrom[i]
                        ? interest * Of(_tranche[i].PayInKind!.Share)
                        : V.Zero;
                balance += joins;
                _balance[i] = balance;
                var due = _accrued[i] + (interest - joins);
                _accrued[i] = _debt.Pays[i][m] ? V.Zero : due;
                _interest[i] = _debt.Pays[i][m] ? due : V.Zero;
                _interestDue += _interest[i];
            }
            _principal[i] =
                m >= _debt.Maturity[i]
                    ? balance
                    : Min(balance, Of(_debt.Principal[i][m]) * _factor[i]);
            if (m == _debt.RefinanceMonth[i])
            {
                Refinance(i, m);
            }
            _charges += _charge[i];
            _principalDue += _principal[i];
        }
        if (_hasLines)
        {
            AccrueLines(m);
        }
    }

    private void Tax(int m)
    {
        var last = m == _n - 1;
        var accrued = _interestAccrued + _charges + Of(_debt.Fees[m]);
        V deducted = V.Zero,
            off = V.Zero;
        if (_t.Tax.CapitaliseInterest && m < _c.FirstOnline)
        {
            _pool += accrued;
        }
        else
        {
            deducted = accrued;
            if (m == _c.FirstOnline)
            {
                _poolStep = _pool / Of(Math.Max(1, Math.Round(_t.Tax.CapitalisedLifeYears * 12)));
            }
            off = Min(_pool, _poolStep);
        }
        if (_t.Tax.InterestLimit is { } limit)
        {
            deducted = Deduct(
                limit,
                deducted,
                limit.BeforeWriteOff ? _taxable[m] + _writeOff[m] : _taxable[m],
                _k.YearEnd[m]
            );
        }
        off = last ? _pool : off;
        _pool -= off;
        V tax;
        if (_t.Tax.LossesAsTheyArise)
        {
            tax = AsItArises(_taxable[m] - deducted - off);
            _taxSum += tax;
            _cfads[m] = _operating[m] - tax;
            return;
        }
        _income += _taxable[m] - deducted - off;
        if (_k.YearEnd[m])
        {
            tax = CloseYear(_k.Year[m]) - _taxPaid;
            _taxPaid = V.Zero;
            _provision = V.Zero;
            _taxSum += tax;
        }
        else
        {
            var positive = Max0(_income);
            var due =
                (positive - Min(positive * Of(_t.Tax.LossLimit), _available))
                * Of(_t.Tax.IncomeRate);
            tax = V.Zero;
            if (_k.TaxInstalment[m])
            {
                tax = Max0(due - _taxPaid);
                _taxPaid += tax;
                _taxSum += tax;
            }
            _provision = Max0(due - _taxPaid);
        }
        _cfads[m] = _operating[m] - tax;
    }

    private V CloseYear(int year)
    {
        var income = _income;
        _income = V.Zero;
        _losses[year] = Max0(-income);
        income = Max0(income);
        var room = income * Of(_t.Tax.LossLimit);
        for (var y = Math.Max(0, year - _t.Tax.LossYears); y < year; y++)
        {
            var used = Min(room, _losses[y]);
            _losses[y] -= used;
            room -= used;
            income -= used;
        }
        _available = V.Zero;
        for (var y = Math.Max(0, year + 1 - _t.Tax.LossYears); y <= year; y++)
        {
            _available += _losses[y];
        }
        return income * Of(_t.Tax.IncomeRate);
    }

    private void FundUses(int m)
    {
        var drawn = V.Zero;
        for (var i = 0; i < _tranches; i++)
        {
            if (_debt.Draws[i][m] > 0)
            {
                drawn += Draw(i, m);
            }
        }
        var paid = _k.CapitalCost[m];
        var funded = _t.Opening is { AccountsFunded: true };
        var liquidity = m == _c.FirstCost && !funded ? Liquidity() : V.Zero;
        var funding = Of(funded ? 0 : _debt.ReserveFunding[m]);
        var fromRefresh = Min(_refresh, Of(_c.RefreshCost[m]));
        _refresh -= fromRefresh;
        _cash += liquidity;
        _reserve += funding;
        var equity = Of(paid) + liquidity + funding - drawn - fromRefresh;
        if (_k.HasCapitalGrants)
        {
            equity -= Of(_c.GrantsToCapital[m]);
        }
        _equityIn = Max0(equity);
        var surplus = Max0(-equity);
        var sound = NoDefault;
        _paidOut = Where(sound, surplus);
        _cash += Vector512.AndNot(surplus, sound);
        _cash += _cfads[m];
        if (m < _c.FirstOnline)
        {
            var beforeOpening = Max0(-_cash);
            _equityIn += beforeOpening;
            _cash += beforeOpening;
        }
        _called = V.Zero;
        if (_t.Revolver is not null)
        {
            _cash += DrawRevolver(Where(Vector512.LessThan(_cash, V.Zero), -_cash));
        }
        if (_t.SponsorSupport > 0)
        {
            _cash += CallSponsors(Where(Vector512.LessThan(_cash, V.Zero), -_cash));
        }
    }

    /// <summary>Balances of the tranches before one, which are paid first from the same fleet.</summary>
    private V Ahead(int i)
    {
        var ahead = V.Zero;
        for (var j = 0; j < i; j++)
        {
            ahead += _balance[j];
        }
        return ahead;
    }

    private V Draw(int i, int m)
    {
        var standing = Of(m == 0 ? _debt.Standing[i] : 0);
        var planned = _debt.Draws[i][m] - (m == 0 ? _debt.Standing[i] : 0);
        if (planned <= 0)
        {
            return standing;
        }
        var advance = _tranche[i].BorrowingBaseAdvance;
        var drawn = Of(planned);
        if (advance > 0)
        {
            drawn = Min(drawn, Max0((Of(advance) * FleetValue(m)) - Ahead(i) - _balance[i]));
        }
        drawn = Where(NoDefault, drawn);
        var before = Math.Max(0, _debt.Balance[i][m] - planned);
        _factor[i] = ((_factor[i] * Of(before)) + drawn) / Of(before + planned);
        _balance[i] += drawn;
        return drawn + standing;
    }

    private V Liquidity()
    {
        var liquidity = V.Zero;
        var missing = Vector512<double>.AllBitsSet;
        for (var m = 0; m < _n && missing != V.Zero; m++)
        {
            var first = Where(Vector512.GreaterThan(Load(_b.Installed, m), V.Zero), missing);
            liquidity = Pick(
                first,
                Of(_t.LiquidityMonths) * _running[Math.Min(_n - 1, m + 1)],
                liquidity
            );
            missing = Vector512.AndNot(missing, first);
        }
        return liquidity;
    }

    private V CallSponsors(V missing)
    {
        var first = Vector512.Equals(_called, V.Zero);
        var spent = Where(first, Vector512.GreaterThanOrEqual(_cures, Of(_t.EquityCures)));
        var may = Vector512.AndNot(
            Where(Vector512.GreaterThan(missing, _cent), Vector512.GreaterThan(_support, V.Zero)),
            spent
        );
        _cures += Where(Where(first, may), V.One);
        var called = Where(may, Min(missing, _support));
        _support -= called;
        _called += called;
        _equityIn += called;
        return called;
    }

    private void Cover(int m)
    {
        _due[m] = _interestDue + _principalDue;
        if (!_c.TestMonth[m])
        {
            return;
        }
        var (cover, has) = Trailing(m);
        var tested = V.AllBitsSet;
        if (_b.LastOperation.Length > 0)
        {
            tested = Vector512.LessThanOrEqual(
                Of(m),
                Vector512.LoadUnsafe(ref _b.LastOperation[_at / _n])
            );
            has = Where(tested, has);
        }
        _coverSum += Where(has, cover);
        _coverCount += Where(has, V.One);
        _lowest = Pick(Where(has, Vector512.LessThan(cover, _lowest)), cover, _lowest);
        var broken = Where(has, Vector512.LessThan(cover, Of(_t.CovenantCover)));
        _breach = Pick(Where(broken, Vector512.LessThan(_breach, V.Zero)), Of(m), _breach);
        if (_t.DefaultCover > 0)
        {
            Default(m, Where(has, Vector512.LessThan(cover, Of(_t.DefaultCover))));
        }
        var passes = has;
        if (_t.LockUpTest != CoverTest.Trailing)
        {
            var (forward, hasForward) = Forward(m);
            if (_t.LockUpTest == CoverTest.Forward)
            {
                (cover, has) = (forward, hasForward);
                passes = has;
            }
            else
            {
                var both = Where(has, hasForward);
                cover = Pick(both, Min(cover, forward), Pick(has, cover, forward));
                has = Vector512.BitwiseOr(has, hasForward);
                passes = both;
            }
        }
        if (_b.LastOperation.Length > 0)
        {
            has = Where(tested, has);
            passes = Where(tested, passes);
        }
        var locked = Where(has, Vector512.LessThan(cover, Of(_t.LockUpCover)));
        var passed = Where(passes, Vector512.GreaterThanOrEqual(cover, Of(_t.LockUpCover)));
        _locked = Pick(tested, locked, _locked);
        _passed = Pick(tested, passed, _passed);
        _failed = Pick(locked, _failed + V.One, Vector512.AndNot(_failed, has));
    }

    private (V Cover, V Has) Trailing(int m)
    {
        var before = _c.MonthsBefore(m, _firstPayment);
        if (before < 0)
        {
            return (V.Zero, V.Zero);
        }
        V cash = Of(_c.Before.Cash[before]),
            due = Of(_c.Before.Due[before]);
        for (var k = m - ServiceToDate.Window + 1 + before; k <= m; k++)
        {
            cash += _cfads[k];
            due += _due[k];
        }
        var owes = Vector512.BitwiseOr(
            Vector512.GreaterThan(TermDebt(), _cent),
            Vector512.GreaterThan(_principalDue, V.Zero)
        );
        var has = Where(owes, Vector512.GreaterThan(due, V.Zero));
        return (cash / Pick(has, due, V.One), has);
    }

    private (V Cover, V Has) Forward(int m)
    {
        if (m + ServiceToDate.Window >= _n)
        {
            return (V.Zero, V.Zero);
        }
        var cash = V.Zero;
        for (var k = m + 1; k <= m + ServiceToDate.Window; k++)
        {
            cash += _operating[k];
        }
        var owed = OwedAhead(m);
        var has = Where(
            Vector512.GreaterThan(owed, _cent),
            Vector512.GreaterThan(TermDebt(), _cent)
        );
        return (cash / Pick(has, owed, V.One), has);
    }

    /// <summary>As in the plain run.</summary>
    private V OwedAhead(int m)
    {
        var owed = V.Zero;
        for (var i = 0; i < _tranches; i++)
        {
            var left = Max0(_balance[i] - _principal[i]);
            var (scheduled, coming) = (_debt.Balance[i][m], _c.ForwardPrincipal[i][m]);
            var added = coming + (_debt.Balance[i][m + ServiceToDate.Window] - scheduled);
            owed += Min(_factor[i] * Of(coming), Max0(left + Of(added)));
            owed +=
                (scheduled > DebtRun.Cent ? Min(V.One, left / Of(scheduled)) : V.One)
                * Of(_c.ForwardInterest[i][m]);
        }
        return owed;
    }

    private void Default(int m, V mask)
    {
        mask = Where(mask, NoDefault);
        if (mask == V.Zero)
        {
            return;
        }
        _anyDefault = true;
        _default = Pick(mask, Of(m), _default);
        _exposure = Pick(mask, Debt(), _exposure);
        _valued = Pick(mask, _toLenders, _valued);
    }

    private void Value(int m)
    {
        var past = Where(
            Vector512.GreaterThanOrEqual(_default, V.Zero),
            Vector512.LessThan(_default, Of(m))
        );
        _discount = Pick(
            past,
            _discount / (V.One + (_firstRate * Of(_debt.YearFraction[0][m]))),
            _discount
        );
        var since = Vector512.GreaterThanOrEqual(_default, V.Zero);
        _recovered += Where(since, (_toLenders - _valued) * _discount);
        _valued = Pick(since, _toLenders, _valued);
    }

    /// <summary>Lenders decide lane by lane, as in <see cref="Enforcement.Month"/>.</summary>
    private void Judge(int m)
    {
        if (!MayClose || m >= _n - 1)
        {
            return;
        }
        var debt = Debt();
        for (var lane = 0; lane < ScenarioBatch.Lanes; lane++)
        {
            if (
                _closed[lane] >= 0
                || _default[lane] < 0
                || m < _default[lane] + _t.StandstillMonths
                || debt[lane] <= DebtRun.Cent
            )
            {
                continue;
            }
            double Read(double[] series, int month) =>
                series[_at + (month * ScenarioBatch.Lanes) + lane];
            var from = Math.Max(0, m - Enforcement.MonthsSeen + 1);
            var cash = 0.0;
            for (var k = from; k <= m; k++)
            {
                cash += _cfads[k][lane];
            }
            var before = Math.Max(0, m - Enforcement.PriceMonths);
            var seen = new Seen(
                cash / (m - from + 1),
                Read(_b.ResalePrice, m),
                Read(_b.ResalePrice, before),
                m - before,
                Read(_b.Installed, m),
                Read(_b.MonthsToSell, m),
                _debt.Tranches[0].RateAt(0),
                debt[lane],
                _reserve[lane] + _cash[lane],
                _n - 1 - m
            );
            var closes = _t.ClosedAfter is { } known ? m >= known : Enforcement.Closes(_t, seen);
            _closed[lane] = closes ? m : -1;
        }
    }
}
