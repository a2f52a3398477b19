using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>One pass of the waterfall over the months; holds what carries from month to month.</summary>
internal sealed class WaterfallRun
{
    private readonly FinanceTerms _t;
    private readonly DebtPlan _debt;
    private readonly MonthlyOutlook _o;
    private readonly double[] _capital;
    private readonly double[] _inputVat;
    private readonly double[] _writeOff;
    private readonly double[] _fees;
    private readonly double[] _insurance;
    private readonly int _n;
    private readonly double[] _balance;
    private readonly CashFlow _f;
    private readonly double[] _nextService;
    private TaxLedger _tax;
    private double _vatCredit;
    private double _receivable;
    private double _payable;
    private double _cash;
    private double _reserve;
    private double _arrears;
    private double _basis;
    private int _missed;
    private int _default = -1;
    private int _breach = -1;
    private bool _contractLost;
    private bool _liquidityPaid;
    private bool _reservePaid;
    private double _minimumCover = double.NaN;
    private double _refreshFund;
    private LenderLoss _loss = LenderLoss.None;

    public WaterfallRun(
        FinanceTerms terms,
        DebtPlan debt,
        MonthlyOutlook outlook,
        double[] capital,
        double[] inputVat,
        double[] writeOff,
        double[] fees,
        double[] insurance
    )
    {
        (_t, _debt, _o, _capital, _inputVat, _writeOff, _fees, _insurance) = (
            terms,
            debt,
            outlook,
            capital,
            inputVat,
            writeOff,
            fees,
            insurance
        );
        _n = outlook.Months;
        _balance = new double[debt.Tranches.Count];
        _tax = new TaxLedger(terms.Tax, ((outlook.Start + (_n - 1)).Year - outlook.Start.Year) + 1);
        double[] Series() => new double[_n];
        _f = new CashFlow
        {
            Start = outlook.Start,
            Revenue = Series(),
            RunningCost = Series(),
            WorkingCapital = Series(),
            VatRecovered = Series(),
            Tax = Series(),
            Grants = Series(),
            CapitalCost = Series(),
            Proceeds = Series(),
            Cfads = Series(),
            InterestDue = Series(),
            PrincipalDue = Series(),
            DebtPaid = Series(),
            DebtDrawn = Series(),
            Prepaid = Series(),
            DebtBalance = Series(),
            Arrears = Series(),
            Reserve = Series(),
            Cash = Series(),
            EquityIn = Series(),
            Distributed = Series(),
            TrailingCover = Series(),
            Lent = debt.TotalLent,
            DefaultMonth = -1,
            BreachMonth = -1,
            Loss = LenderLoss.None,
            MinimumCover = double.NaN,
        };
        _nextService = ContractedService();
    }

    public CashFlow ToEnd()
    {
        for (var m = 0; m < _n; m++)
        {
            Operate(m);
            var interest = Draw(m);
            Tax(m, interest);
            _f.Cfads[m] =
                _f.Revenue[m]
                - _f.RunningCost[m]
                - _f.WorkingCapital[m]
                - _f.Tax[m]
                + _f.VatRecovered[m]
                + _f.Grants[m]
                - RefreshShortfall(m);
            FundBuild(m);
            Serve(m, interest);
            Sell(m);
            FillReserve(m);
            Cover(m);
            Prepay(m);
            Distribute(m);
            Close(m);
        }
        return _f with
        {
            DefaultMonth = _default,
            BreachMonth = _breach,
            Loss = _loss,
            MinimumCover = _minimumCover,
        };
    }

    private void Operate(int m)
    {
        var revenue = _o.Revenue(m);
        var cost = _insurance[m] + PowerShortfall(m);
        foreach (var split in _o.Costs)
        {
            cost += split.Total(m);
        }
        _f.Revenue[m] = revenue;
        _f.RunningCost[m] = cost;
        var receivable = revenue * _t.ReceivableDays / 30;
        var payable = cost * _t.PayableDays / 30;
        _f.WorkingCapital[m] = receivable - _receivable - (payable - _payable);
        (_receivable, _payable) = (receivable, payable);
        _vatCredit += _inputVat[m];
        var recovered = Math.Min(_vatCredit, revenue * _t.Tax.OutputVatRate);
        _vatCredit -= recovered;
        _f.VatRecovered[m] = recovered;
        foreach (var grant in _t.Grants)
        {
            _f.Grants[m] += grant.Month == m ? grant.Amount : 0;
            _f.Grants[m] -=
                grant.TestMonth == m && MeanFill(m) < grant.FillTest
                    ? grant.Amount * grant.ClawbackShare
                    : 0;
        }
        foreach (var lease in _o.Leases)
        {
            _contractLost |= lease.Breached && lease.EndedMonth <= m;
        }
    }

    private double MeanFill(int m)
    {
        double sum = 0;
        var from = Math.Max(0, m - 11);
        for (var k = from; k <= m; k++)
        {
            sum += _o.Fill(k);
        }
        return sum / (m - from + 1);
    }

    private double PowerShortfall(int m)
    {
        if (
            _t.Power is not { } power
            || m < power.StartMonth
            || m >= power.StartMonth + power.TermMonths
            || m > power.ExitMonth
        )
        {
            return 0;
        }
        var ramp =
            power.RampMonths <= 0
                ? 1
                : Math.Min(1, (m - power.StartMonth + 1.0) / power.RampMonths);
        var minimum = power.ContractKw * (_o.Start + m).Hours * power.MinimumShare * ramp;
        var exit = m == power.ExitMonth ? minimum * power.ExitFeeMonths : 0;
        return (Math.Max(0, minimum - _o.EnergyKwh[m]) + exit) * power.PricePerKwh;
    }

    private double RefreshShortfall(int m)
    {
        if (_t.Refresh is not { } refresh || m > refresh.Month)
        {
            return 0;
        }
        var put = refresh.Cost / (refresh.Month + 1);
        _refreshFund += put;
        return put;
    }

    /// <summary>Draws debt and works out the interest due; interest before the first payment is added to the principal.</summary>
    private double Draw(int m)
    {
        double due = 0;
        for (var i = 0; i < _balance.Length; i++)
        {
            var interest = _balance[i] * _debt.Tranches[i].Rate / 12;
            if (m < _debt.Tranches[i].FirstPaymentMonth)
            {
                _balance[i] += interest;
            }
            else
            {
                due += interest;
            }
            _balance[i] += _debt.Draws[i][m];
            _f.DebtDrawn[m] += _debt.Draws[i][m];
        }
        return due;
    }

    private void Tax(int m, double interest)
    {
        var sales = _o.SaleProceeds.Length > 0 ? _o.SaleProceeds[m] : 0;
        _basis += _capital[m] - _writeOff[m];
        var basisSold =
            sales > 0 && m > 0 && _o.Installed[m - 1] > 0
                ? Math.Max(0, _basis) * Math.Max(0, 1 - (_o.Installed[m] / _o.Installed[m - 1]))
                : 0;
        _basis -= basisSold;
        _tax.Add(
            _f.Revenue[m]
                - _f.RunningCost[m]
                + _f.Grants[m]
                - _writeOff[m]
                - interest
                - _fees[m]
                + sales
                - basisSold
        );
        var month = _o.Start + m;
        if (month.MonthOfYear == 12 || m == _n - 1)
        {
            _f.Tax[m] = _tax.Close(month.Year - _o.Start.Year);
        }
    }

    /// <summary>Capital cost, its value added tax, fees and first reserves, less what debt funds, come from equity.</summary>
    private void FundBuild(int m)
    {
        var uses = _capital[m] + _inputVat[m] + _fees[m];
        _f.CapitalCost[m] = uses;
        if (!_liquidityPaid && uses > 0)
        {
            _liquidityPaid = true;
            var first = Array.FindIndex(_o.Installed, x => x > 0);
            var cost = first < 0 ? 0 : _o.Costs.Sum(c => c.Total(Math.Min(_n - 1, first + 1)));
            _cash += cost * _t.LiquidityMonths;
            uses += cost * _t.LiquidityMonths;
        }
        if (
            !_reservePaid
            && _t.ReserveMonths > 0
            && _balance.Length > 0
            && m + 1 >= _debt.Tranches.Min(t => t.FirstPaymentMonth)
        )
        {
            _reservePaid = true;
            _reserve = ReserveTarget(m);
            uses += _reserve;
        }
        var equity = uses - _f.DebtDrawn[m];
        _f.EquityIn[m] = Math.Max(0, equity);
        _cash += Math.Max(0, -equity);
    }

    private void Serve(int m, double interest)
    {
        double principal = 0;
        for (var i = 0; i < _balance.Length; i++)
        {
            principal += Math.Min(_balance[i], _debt.Principal[i][m]);
        }
        _f.InterestDue[m] = interest;
        _f.PrincipalDue[m] = principal;
        var due = interest + principal + _arrears;
        _cash += _f.Cfads[m];
        var paid = Math.Min(due, Math.Max(0, _cash));
        _cash -= paid;
        var fromReserve = Math.Min(due - paid, _reserve);
        _reserve -= fromReserve;
        paid += fromReserve;
        if (_cash < 0)
        {
            var support = Math.Min(-_cash, _reserve);
            _reserve -= support;
            _cash += support;
        }
        for (var i = 0; i < _balance.Length; i++)
        {
            _balance[i] -= Math.Min(_balance[i], _debt.Principal[i][m]);
        }
        _arrears = due - paid;
        _f.DebtPaid[m] = paid;
        _missed =
            _arrears > 1e-6 * (1 + due)
            || (_cash < -1e-6 * (1 + Math.Abs(_f.RunningCost[m])) && _balance.Length > 0)
                ? _missed + 1
                : 0;
        if (_missed > _t.CureMonths && _default < 0)
        {
            _default = m;
            _loss = Recover(m);
        }
    }

    private LenderLoss Recover(int m)
    {
        var exposure = _balance.Sum() + _arrears;
        var months = Math.Max(0, _o.MonthsToSell[m]);
        var sold = Math.Min(_n - 1, m + (int)Math.Ceiling(months));
        var value = _o.ResalePrice[sold] * _o.Installed[m];
        var rate = _debt.Tranches.Count > 0 ? _debt.Tranches[0].Rate : 0;
        var net = value * Math.Max(0, 1 - _t.RepossessionCost - (_t.HoldingCost * months));
        var recovered = Math.Min(
            exposure,
            (net * Math.Pow(1 + (rate / 12), -months)) + Math.Max(0, _reserve) + Math.Max(0, _cash)
        );
        return new LenderLoss(m, exposure, recovered, _o.ResalePrice[m], months);
    }

    /// <summary>Proceeds of accelerators sold repay debt first; at the end of the horizon the fleet is sold.</summary>
    private void Sell(int m)
    {
        var proceeds = _o.SaleProceeds.Length > 0 ? _o.SaleProceeds[m] : 0;
        if (m == _n - 1)
        {
            proceeds += _o.ResalePrice[m] * _o.Installed[m] * (1 - _t.SellingCost);
            _cash += _reserve + _refreshFund;
            _reserve = 0;
        }
        if (_t.Refresh is { } refresh && refresh.Month == m)
        {
            _refreshFund = 0;
        }
        _f.Proceeds[m] = proceeds;
        _cash += proceeds;
        var repay = m == _n - 1 ? Math.Max(0, _cash) : proceeds;
        if (repay > 0)
        {
            _cash -= Repay(m, repay);
        }
    }

    private double Repay(int m, double most)
    {
        var left = most;
        var arrears = Math.Min(left, _arrears);
        _arrears -= arrears;
        left -= arrears;
        for (var i = 0; i < _balance.Length && left > 0; i++)
        {
            var paid = Math.Min(left, _balance[i]);
            _balance[i] -= paid;
            left -= paid;
        }
        _f.Prepaid[m] += most - left;
        return most - left;
    }

    private double ReserveTarget(int m)
    {
        double sum = 0;
        for (var k = m + 1; k <= m + _t.ReserveMonths && k < _n; k++)
        {
            sum += _nextService[k];
        }
        return sum;
    }

    private void FillReserve(int m)
    {
        if (!_reservePaid || m == _n - 1)
        {
            return;
        }
        var target = _balance.Sum() < 1e-9 ? 0 : ReserveTarget(m);
        var move = Math.Min(target - _reserve, Math.Max(0, _cash));
        _reserve += move;
        _cash -= move;
    }

    /// <summary>Trailing cover on what was due; tested at the terms' frequency once twelve months of service are past.</summary>
    private void Cover(int m)
    {
        _f.TrailingCover[m] = double.NaN;
        var first =
            _debt.Tranches.Count == 0 ? int.MaxValue : _debt.Tranches.Min(t => t.FirstPaymentMonth);
        if (first == int.MaxValue || m < first + 11)
        {
            return;
        }
        double cash = 0,
            due = 0;
        for (var k = m - 11; k <= m; k++)
        {
            cash += _f.Cfads[k];
            due += _f.InterestDue[k] + _f.PrincipalDue[k];
        }
        if (due <= 0 || (_balance.Sum() <= 0 && _f.PrincipalDue[m] <= 0))
        {
            return;
        }
        var cover = cash / due;
        _f.TrailingCover[m] = cover;
        if ((m - first - 11) % _t.TestEveryMonths == 0)
        {
            _minimumCover = double.IsNaN(_minimumCover) ? cover : Math.Min(_minimumCover, cover);
            if (cover < _t.CovenantCover && _breach < 0)
            {
                _breach = m;
            }
        }
    }

    private void Prepay(int m)
    {
        for (var i = 0; i < _balance.Length; i++)
        {
            var tranche = _debt.Tranches[i];
            if (_cash <= 0 || _balance[i] <= 0 || m < tranche.FirstPaymentMonth)
            {
                continue;
            }
            var share = tranche.SweepOnContractLoss && _contractLost ? 1 : tranche.SweepShare;
            var sweep = _cash * share;
            if (tranche.BorrowingBaseAdvance > 0)
            {
                var allowed = tranche.BorrowingBaseAdvance * _o.ResalePrice[m] * _o.Installed[m];
                sweep = Math.Max(sweep, Math.Min(_cash, _balance[i] - allowed));
            }
            sweep = Math.Min(sweep, _balance[i]);
            _balance[i] -= sweep;
            _cash -= sweep;
            _f.Prepaid[m] += sweep;
        }
    }

    private void Distribute(int m)
    {
        if (_default >= 0)
        {
            _cash = Math.Min(_cash, 0);
            return;
        }
        var locked =
            _arrears > 0
            || (!double.IsNaN(_f.TrailingCover[m]) && _f.TrailingCover[m] < _t.LockUpCover);
        var beforeService = _balance.Length > 0 && m < _debt.Tranches.Min(t => t.FirstPaymentMonth);
        var keep = m == _n - 1 ? 0 : _f.RunningCost[m] * _t.LiquidityMonths;
        if ((locked || beforeService) && m < _n - 1)
        {
            return;
        }
        var paid = Math.Max(0, _cash - keep);
        _f.Distributed[m] = paid;
        _cash -= paid;
    }

    private void Close(int m)
    {
        _f.DebtBalance[m] = _balance.Sum() + _arrears;
        _f.Arrears[m] = _arrears;
        _f.Reserve[m] = _reserve;
        _f.Cash[m] = _cash;
        if (m == _n - 1 && _default < 0 && _f.DebtBalance[m] > 1e-6 * (1 + _debt.TotalLent))
        {
            _default = m;
            _loss = new LenderLoss(m, _f.DebtBalance[m], 0, _o.ResalePrice[m], _o.MonthsToSell[m]);
        }
    }

    private double[] ContractedService()
    {
        var service = new double[_n];
        for (var i = 0; i < _balance.Length; i++)
        {
            double balance = 0;
            for (var m = 0; m < _n; m++)
            {
                var interest = balance * _debt.Tranches[i].Rate / 12;
                if (m < _debt.Tranches[i].FirstPaymentMonth)
                {
                    balance += interest;
                }
                else
                {
                    service[m] += interest + _debt.Principal[i][m];
                }
                balance += _debt.Draws[i][m] - _debt.Principal[i][m];
            }
        }
        return service;
    }
}
