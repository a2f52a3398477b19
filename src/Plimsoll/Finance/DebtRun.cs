using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>Second pass over the months: tax, debt, reserves, lock-up, default and distribution.</summary>
internal sealed partial class DebtRun
{
    /// <summary>Half a cent: less is nothing.</summary>
    internal const double Cent = 0.005;

    private readonly FinanceTerms _t;
    private readonly DebtPlan _debt;
    private readonly ContractedMonths _c;
    private readonly OutlookMonths _o;
    private readonly MonthlyOutlook _outlook;
    private readonly CashFlow _f;
    private readonly double[] _taxable;
    private readonly int _n;
    private readonly DebtTranche[] _tranche;
    private readonly LoanParts _parts;
    private readonly WaterfallStep[] _order;
    private readonly int _tranches;
    private readonly int _firstPayment;
    private readonly double _liquidity;

    private readonly double[] _balance;
    private readonly double[] _arrears;
    private readonly double[] _factor;
    private readonly double[] _mandatory;
    private readonly double[] _interest;
    private readonly double[] _accrued;
    private readonly double[] _charge;
    private readonly double[] _principal;
    private readonly LossLedger _losses;
    private double _pool;
    private double _poolStep;
    private double _cash;
    private double _reserve;
    private double _refresh;
    private double _revolver;
    private double _letters;
    private InterestLedger _interestLedger;
    private double _support;
    private int _cures;
    private bool _deficient;
    private bool _contractLost;
    private bool _locked;
    private bool _passed;

    /// <summary>Free cash above what is kept that a sweep of the month before left and equity did not get.</summary>
    private double _leftBySweep;
    private int _short;
    private double _lent;
    private int _failed;
    private int _missed;
    private int _default = -1;
    private int _breach = -1;
    private bool _byMarginCall;
    private double _exposure;
    private double _toLenders;
    private double _valued;
    private double _discount;
    private double _recovered;
    private double _lowest = double.NaN;
    private int _lowestMonth = -1;
    private double _coverSum;
    private int _coverCount;

    public DebtRun(
        FinanceTerms terms,
        DebtPlan debt,
        ContractedMonths contracted,
        OutlookMonths months,
        MonthlyOutlook outlook,
        CashFlow flow,
        double[] taxable
    )
    {
        (_t, _debt, _c, _o, _outlook, _f, _taxable) = (
            terms,
            debt,
            contracted,
            months,
            outlook,
            flow,
            taxable
        );
        _n = flow.Months;
        _tranche = [.. debt.Tranches];
        _parts = new LoanParts(_tranche);
        _order = [.. terms.Order];
        _tranches = debt.Tranches.Count;
        _firstPayment = debt.FirstPaymentMonth;
        _balance = new double[_tranches];
        _arrears = new double[_tranches];
        _factor = new double[_tranches];
        Array.Fill(_factor, 1);
        _mandatory = new double[_tranches];
        _interest = new double[_tranches];
        _accrued = new double[_tranches];
        _charge = new double[_tranches];
        _principal = new double[_tranches];
        for (var i = 0; i < _tranches; i++)
        {
            _arrears[i] = _tranche[i].Arrears;
            _balance[i] = debt.Standing[i];
        }
        (_locked, _passed, _failed, _missed) = contracted.Before.AtStart(terms);
        _losses = new LossLedger(terms.Tax, (flow.Start + (_n - 1)).Year - flow.Start.Year + 1);
        _support = terms.SponsorSupport;
        var first = Array.FindIndex(outlook.Installed, x => x > 0);
        _liquidity =
            first < 0 ? 0 : terms.LiquidityMonths * flow.RunningCost[Math.Min(_n - 1, first + 1)];
        if (Funded)
        {
            (_cash, _reserve, _liquidity) = (_liquidity, debt.ReserveFunding.Sum(), 0);
        }
        _f = _f with
        {
            OpeningArrears = _tranche.Sum(t => t.Arrears),
            OpeningDebt = debt.Standing.Sum(),
            OpeningCash = _cash + _reserve,
        };
        _f = _f with { OpeningEquity = Owned(_f) };
    }

    public CashFlow ToEnd()
    {
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
            Close(m);
            Value(m);
        }
        return _f with
        {
            Lent = _lent,
            DefaultMonth = _default,
            BreachMonth = _breach,
            MarginCallDefault = _byMarginCall,
            CovenantCover = _t.CovenantCover,
            Loss =
                _default < 0
                    ? LenderLoss.None
                    : new LenderLoss(
                        _default,
                        _exposure,
                        Math.Min(_exposure, _recovered),
                        _outlook.ResalePrice[_default],
                        Math.Max(0, _outlook.MonthsToSell[_default])
                    ),
            MinimumCover = _lowest,
            MinimumCoverMonth = _lowestMonth,
            AverageCover = _coverCount > 0 ? _coverSum / _coverCount : double.NaN,
        };
    }

    /// <summary>True when accounts stand filled as the outlook begins.</summary>
    private bool Funded => _t.Opening is { AccountsFunded: true };

    /// <summary>What is owned less what is owed as the outlook begins.</summary>
    private double Owned(CashFlow f)
    {
        var collected = OperatingRun.Lag.Of(_t.ReceivableDays);
        var paid = OperatingRun.Lag.Of(_t.PayableDays);
        return _c.OpeningBook
            + collected.Outstanding(OperatingRun.RevenueBefore(_t.Opening, _o))
            - paid.Outstanding(OperatingRun.CostBefore(_t.Opening, f))
            + f.OpeningCash
            - f.OpeningArrears
            - _t.CapitalCosts.Where(c => c.DebtStanding).Sum(c => c.Amount);
    }

    private bool Last(int m) => m == _n - 1;

    private double Debt()
    {
        var sum = _revolver;
        for (var i = 0; i < _tranches; i++)
        {
            sum += _balance[i] + _accrued[i] + _arrears[i];
        }
        return sum;
    }

    /// <summary>Debt without the working-capital line, on which cover is tested.</summary>
    private double TermDebt() => _revolver > 0 ? Debt() - _revolver : Debt();

    private double Free => Math.Max(0, _cash);

    /// <summary>Interest on the balance and the arrears at the month's start; before the first payment it is added to the balance. Then what principal is due.</summary>
    private void Accrue(int m)
    {
        _lineStands = m <= _c.LastDraw || TermDebt() > Cent;
        for (var i = 0; i < _tranches; i++)
        {
            var tranche = _tranche[i];
            var rate = tranche.RateAt(m, _o.RateShift[m]);
            var years = _debt.YearFraction[i][m];
            var interest = _balance[i] * (rate * years);
            _charge[i] = _t.ArrearsBearInterest
                ? _arrears[i] * ((rate + _t.DefaultMargin) * years)
                : 0;
            _f.TrancheRate[i][m] = rate;
            _f.TrancheInterest[i][m] = interest;
            _f.InterestAccrued[m] += interest;
            if (m < _debt.FirstPayment[i])
            {
                _balance[i] += interest;
                _interest[i] = 0;
                _f.InterestCapitalised[m] += interest;
            }
            else
            {
                var joins = m < _debt.PaidInCashFrom[i] ? interest * tranche.PayInKind!.Share : 0;
                _balance[i] += joins;
                _f.InterestCapitalised[m] += joins;
                _accrued[i] += interest - joins;
                _interest[i] = 0;
                if (_debt.Pays[i][m])
                {
                    (_interest[i], _accrued[i]) = (_accrued[i], 0);
                }
                _f.InterestDue[m] += _interest[i];
            }
            _principal[i] =
                m >= _debt.Maturity[i]
                    ? _balance[i]
                    : Math.Min(_balance[i], _debt.Principal[i][m] * _factor[i]);
            if (m == _debt.RefinanceMonth[i])
            {
                Refinance(i, m);
            }
            _f.ArrearsInterest[m] += _charge[i];
            _f.TranchePrincipal[i][m] = _principal[i];
            _f.PrincipalDue[m] += _principal[i];
        }
        AccrueLines(m);
    }

    /// <summary>Interest and fees before the first fleet is online join a pool that is written off evenly; later ones are deducted at once.</summary>
    private void Tax(int m)
    {
        var accrued = _f.InterestAccrued[m] + _f.ArrearsInterest[m] + _debt.Fees[m];
        _f.Fees[m] = _debt.Fees[m];
        double deducted = 0,
            off = 0;
        if (_t.Tax.CapitaliseInterest && m < _c.FirstOnline)
        {
            _pool += accrued;
            _f.Capitalised[m] = accrued;
        }
        else
        {
            deducted = accrued;
            if (m == _c.FirstOnline)
            {
                _poolStep = _pool / Math.Max(1, Math.Round(_t.Tax.CapitalisedLifeYears * 12));
            }
            off = Math.Min(_pool, _poolStep);
        }
        var month = _f.Start + m;
        if (_t.Tax.InterestLimit is { } limit)
        {
            deducted = _interestLedger.Add(
                limit,
                deducted,
                _taxable[m] + (limit.BeforeWriteOff ? _f.WriteOff[m] : 0),
                month.MonthOfYear == 12 || Last(m)
            );
            _f.InterestCarried[m] = _interestLedger.Carried;
        }
        off = Last(m) ? _pool : off;
        _pool -= off;
        _f.WriteOff[m] += off;
        _f.BookValue[m] += _pool;
        _f.TaxableIncome[m] = _taxable[m] - deducted - off;
        _f.Tax[m] = _losses.Add(
            _f.TaxableIncome[m],
            month.Year - _f.Start.Year,
            month.MonthOfYear % Math.Max(1, _t.Tax.InstalmentMonths) == 0,
            month.MonthOfYear == 12 || Last(m)
        );
        _f.LossCarried[m] = _losses.Available;
        _f.TaxProvision[m] = _losses.Provision;
        _f.Cfads[m] = _f.OperatingCash[m] - _f.Tax[m];
    }

    /// <summary>Uses less debt drawn, grants and the refresh reserve come from equity; what is drawn beyond the uses of the month pays bridge money back. Running cost before the first fleet is online is a use too.</summary>
    private void FundUses(int m)
    {
        var drawn = 0.0;
        for (var i = 0; i < _tranches; i++)
        {
            drawn += Draw(i, m);
        }
        _f.DebtDrawn[m] = drawn;
        _lent += drawn;
        var paid = _c.Capital[m] + _c.RefreshCost[m] + _c.InputVat[m] + _debt.Fees[m];
        _f.CapitalCost[m] = paid;
        var liquidity = m == _c.FirstCost ? _liquidity : 0;
        var fromRefresh = Math.Min(_refresh, _c.RefreshCost[m]);
        _refresh -= fromRefresh;
        _cash += liquidity;
        var funding = Funded ? 0 : _debt.ReserveFunding[m];
        _reserve += funding;
        var equity = paid + liquidity + funding - drawn - fromRefresh - _c.GrantsToCapital[m];
        _f.EquityIn[m] = Math.Max(0, equity);
        var surplus = Math.Max(0, -equity);
        if (_default < 0)
        {
            _f.BridgeReturned[m] = surplus;
        }
        else
        {
            _cash += surplus;
        }
        _cash += _f.Cfads[m];
        if (m < _c.FirstOnline)
        {
            var beforeOpening = Math.Max(0, -_cash);
            _f.EquityIn[m] += beforeOpening;
            _cash += beforeOpening;
        }
        if (_cash < 0)
        {
            _cash += DrawRevolver(m, -_cash);
        }
        if (_cash < 0)
        {
            _cash += CallSponsors(m, -_cash);
        }
    }

    /// <summary>Balances of the tranches before one, which are paid first from the same fleet.</summary>
    private double Ahead(int i)
    {
        var ahead = 0.0;
        for (var j = 0; j < i; j++)
        {
            ahead += _balance[j];
        }
        return ahead;
    }

    /// <summary>What a tranche pays out: as contracted while there is no default, and never more than its borrowing base has room for. Later instalments shrink with what was not drawn.</summary>
    private double Draw(int i, int m)
    {
        var standing = m == 0 ? _debt.Standing[i] : 0;
        var planned = _debt.Draws[i][m] - standing;
        if (planned <= 0)
        {
            return _f.TrancheDrawn[i][m] = standing;
        }
        var advance = _tranche[i].BorrowingBaseAdvance;
        var drawn =
            _default >= 0 ? 0
            : advance > 0
                ? Math.Min(
                    planned,
                    Math.Max(0, (advance * _o.FleetValue[m]) - Ahead(i) - _balance[i])
                )
            : planned;
        var before = Math.Max(0, _debt.Balance[i][m] - planned);
        _factor[i] = ((_factor[i] * before) + drawn) / (before + planned);
        _balance[i] += drawn;
        return _f.TrancheDrawn[i][m] = drawn + standing;
    }

    private double CallSponsors(int m, double missing)
    {
        var first = _f.SponsorSupport[m] == 0;
        if (missing <= Cent || _support <= 0 || (first && _cures >= _t.EquityCures))
        {
            return 0;
        }
        _cures += first ? 1 : 0;
        var called = Math.Min(missing, _support);
        _support -= called;
        _f.SponsorSupport[m] += called;
        _f.EquityIn[m] += called;
        return called;
    }

    /// <summary>Cover behind and ahead; at test months the covenant, the lock-up and the default cover are judged.</summary>
    private void Cover(int m)
    {
        _f.ForwardCover[m] = Forward(m);
        var cover = _f.TrailingCover[m] = Trailing(m);
        // A closed centre is not tested: it earns nothing by intent.
        _f.Tested[m] = _c.TestMonth[m] && (_f.ClosedMonth < 0 || m <= _f.ClosedMonth);
        if (!_f.Tested[m])
        {
            return;
        }
        if (!double.IsNaN(cover))
        {
            _coverSum += cover;
            _coverCount++;
            if (double.IsNaN(_lowest) || cover < _lowest)
            {
                (_lowest, _lowestMonth) = (cover, m);
            }
            if (cover < _t.CovenantCover && _breach < 0)
            {
                _breach = m;
            }
            if (_t.DefaultCover > 0 && cover < _t.DefaultCover)
            {
                Default(m);
            }
        }
        var ahead = _f.ForwardCover[m];
        var judged = _t.LockUpTest switch
        {
            CoverTest.Trailing => cover,
            CoverTest.Forward => ahead,
            CoverTest.Both => Lower(cover, ahead),
            _ => throw new InvalidOperationException($"No test for {_t.LockUpTest}."),
        };
        _locked = judged < _t.LockUpCover;
        // A test without a figure is not passed; it is not failed either.
        _passed =
            judged >= _t.LockUpCover
            && !(_t.LockUpTest == CoverTest.Both && double.IsNaN(cover + ahead));
        _failed =
            _locked ? _failed + 1
            : double.IsNaN(judged) ? _failed
            : 0;
    }

    private static double Lower(double a, double b) =>
        double.IsNaN(a) ? b
        : double.IsNaN(b) ? a
        : Math.Min(a, b);

    private double Trailing(int m)
    {
        var before = _c.MonthsBefore(m, _firstPayment);
        if (before < 0)
        {
            return double.NaN;
        }
        double cash = _c.Before.Cash[before],
            due = _c.Before.Due[before];
        for (var k = m - ServiceToDate.Window + 1 + before; k <= m; k++)
        {
            cash += _f.Cfads[k];
            due += _f.InterestDue[k] + _f.PrincipalDue[k];
        }
        return due > 0 && (TermDebt() > Cent || _f.PrincipalDue[m] > 0) ? cash / due : double.NaN;
    }

    private double Forward(int m)
    {
        if (
            m + ServiceToDate.Window >= _n
            || TermDebt() <= Cent
            || OwedAhead(m) is not (> Cent and var owed)
        )
        {
            return double.NaN;
        }
        double cash = 0;
        for (var k = m + 1; k <= m + ServiceToDate.Window; k++)
        {
            cash += _f.OperatingCash[k];
        }
        return cash / owed;
    }

    /// <summary>Service of the twelve months ahead at the contract's rates on what is drawn and not repaid: instalments shrink with what was not drawn, and end with the balance; interest goes with the balance.</summary>
    /// <remarks>Exact where the balance is the schedule's or a part of it; where early repayment has shortened the last instalments, interest is counted as if the balance ran with the schedule's, a little too high.</remarks>
    private double OwedAhead(int m)
    {
        double owed = 0;
        for (var i = 0; i < _tranches; i++)
        {
            var left = Math.Max(0, _balance[i] - _principal[i]);
            var (scheduled, coming) = (_debt.Balance[i][m], _c.ForwardPrincipal[i][m]);
            var added = coming + (_debt.Balance[i][m + ServiceToDate.Window] - scheduled);
            owed += Math.Min(_factor[i] * coming, Math.Max(0, left + added));
            owed +=
                (scheduled > Cent ? Math.Min(1, left / scheduled) : 1) * _c.ForwardInterest[i][m];
        }
        return owed;
    }

    private void Default(int m)
    {
        if (_default >= 0)
        {
            return;
        }
        _default = m;
        _exposure = Debt();
        _valued = _toLenders;
        _discount = 1;
    }

    /// <summary>What lenders were paid in the month since the default, as of the default.</summary>
    private void Value(int m)
    {
        if (_default < 0)
        {
            return;
        }
        if (m > _default)
        {
            _discount /= 1 + (_f.TrancheRate[0][m] * _debt.YearFraction[0][m]);
        }
        _recovered += (_toLenders - _valued) * _discount;
        _valued = _toLenders;
    }
}
