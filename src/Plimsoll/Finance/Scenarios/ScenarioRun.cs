using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Plimsoll.Finance;

/// <summary>The monthly model on eight scenarios at once, step for step in the order of <see cref="OperatingRun"/> and <see cref="DebtRun"/>, which are its reference.</summary>
/// <remarks>Every operation stands in the order of the plain run, and neither fuses multiplications with additions, so that both give the same bits.</remarks>
internal sealed partial class ScenarioRun
{
    private readonly FinanceTerms _t;
    private readonly DebtPlan _debt;
    private readonly ContractedMonths _c;
    private readonly ScenarioBatch _b;
    private readonly int _n;
    private readonly DebtTranche[] _tranche;
    private readonly LoanParts _parts;
    private readonly WaterfallStep[] _order;
    private readonly Grant[] _grants;
    private readonly OperatingSubsidy[] _subsidies;
    private readonly int _tranches;
    private readonly int _firstPayment;
    private readonly ScenarioConstants _k;

    private readonly V[] _running;
    private readonly V[] _operating;
    private readonly V[] _taxable;
    private readonly V[] _writeOff;
    private readonly V[] _proceeds;
    private readonly V[] _fill;
    private readonly V[] _cfads;
    private readonly V[] _due;
    private readonly V[] _losses;
    private readonly V[] _received;
    private readonly V[] _balance;
    private readonly V[] _arrears;
    private readonly V[] _factor;
    private readonly V[] _mandatory;
    private readonly V[] _interest;
    private readonly V[] _accrued;
    private readonly V[] _charge;
    private readonly V[] _principal;
    private int _at;

    public ScenarioRun(
        FinanceTerms terms,
        DebtPlan debt,
        ContractedMonths contracted,
        ScenarioBatch batch,
        ScenarioConstants constants
    )
    {
        (_t, _debt, _c, _b, _k) = (terms, debt, contracted, batch, constants);
        _n = batch.Months;
        _tranche = [.. debt.Tranches];
        _parts = new LoanParts(_tranche);
        _order = [.. terms.Order];
        _grants = [.. terms.Grants];
        _subsidies = [.. terms.Subsidies];
        _tranches = debt.Tranches.Count;
        _firstPayment = debt.FirstPaymentMonth;
        _hasLines = terms.ReserveLetter is not null || terms.Revolver is not null;
        _hasHelp = terms.ReserveLetter is not null || terms.SponsorSupport > 0;
        V[] Months() => new V[_n];
        V[] PerTranche() => new V[_tranches];
        _running = Months();
        _operating = Months();
        _taxable = Months();
        _writeOff = Months();
        _proceeds = Months();
        _fill = Months();
        _cfads = Months();
        _due = Months();
        _losses = new V[constants.Years + 1];
        _received = new V[terms.Subsidies.Count];
        _balance = PerTranche();
        _arrears = PerTranche();
        _factor = PerTranche();
        _mandatory = PerTranche();
        _interest = PerTranche();
        _accrued = PerTranche();
        _charge = PerTranche();
        _principal = PerTranche();
    }

    /// <summary>Rows of the block, for the tests that hold it to the plain run; null to keep none.</summary>
    public ScenarioTrace? Trace { get; init; }

    /// <summary>True to find the month in which lenders close a centre in default.</summary>
    public bool MayClose { get; init; }

    /// <summary>Runs one block and writes its figures.</summary>
    public void Block(int block, ScenarioFigures figures)
    {
        _at = block * _n * ScenarioBatch.Lanes;
        Operate();
        Carry();
        Record(block, figures);
    }

    private static V Of(double value) => Vector512.Create(value);

    private static V Max0(V value) => Vector512.MaxNative(V.Zero, value);

    private static V Min(V a, V b) => Vector512.MinNative(a, b);

    private static V Pick(V mask, V yes, V no) => Vector512.ConditionalSelect(mask, yes, no);

    private static V Where(V mask, V value) => Vector512.BitwiseAnd(mask, value);

    private V Load(double[] series, int month) =>
        Vector512.LoadUnsafe(ref series[_at + (month * ScenarioBatch.Lanes)]);

    private V LoadOrZero(double[] series, int month) =>
        series.Length == 0 ? V.Zero : Load(series, month);

    private V FleetValue(int m) => Load(_b.ResalePrice, m) * Load(_b.Installed, m);

    /// <summary>First pass: everything that does not depend on debt.</summary>
    private void Operate()
    {
        var tax = _t.Tax;
        var hasSold = _b.SoldShare.Length > 0;
        var hasVouchers = _b.Vouchers.Length > 0;
        var delay = _t.Vouchers?.PaidAfterMonths ?? 0;
        var (collect, pay) = (_k.Collected, _k.Paid);
        V owned = V.One,
            fleetBook = Of(_c.OpeningBook),
            otherBook = V.Zero,
            vouchers = V.Zero,
            credit = V.Zero,
            receivable = V.Zero,
            payable = V.Zero;
        Array.Clear(_received);
        if (_k.NeedsFill)
        {
            Fill();
        }
        var (revenueBefore, costBefore) = (V.Zero, V.Zero);
        if (_t.Opening is { } opening)
        {
            revenueBefore = opening.Revenue is { } revenue ? Of(revenue) : Tenants(0, hasVouchers);
            receivable = revenueBefore * Of(collect.Months + collect.Rest);
        }
        for (var m = 0; m < _n; m++)
        {
            var last = m == _n - 1;
            var earned = Load(_b.Revenue, m);
            var forfeited = LoadOrZero(_b.Forfeited, m);
            var revenue = earned + forfeited;
            var cost = Load(_b.Cost, m);
            var sold = hasSold ? Load(_b.SoldShare, m) : V.Zero;
            var insurance = (Of(_c.FleetInsurance[m]) * owned) + Of(_c.OtherInsurance[m]);
            var running = cost + insurance + PowerShortfall(m);
            var proceeds = LoadOrZero(_b.Proceeds, m);
            proceeds += last
                ? (FleetValue(m) * Of(1 - _t.SellingCost)) + Of(_c.OtherResidual)
                : V.Zero;
            _proceeds[m] = proceeds;

            var refund = tax.VatRefund ? credit : V.Zero;
            var inCosts = cost * Of(tax.CostVatRate);
            var available = credit - refund + Of(_c.InputVat[m]) + inCosts;
            var onSales = (revenue * Of(tax.OutputVatRate)) + (proceeds * Of(tax.SaleVatRate));
            var recovered = Min(available, onSales);
            credit = available - recovered;
            if (last && tax.VatRefund)
            {
                refund += credit;
                credit = V.Zero;
            }
            var vat = recovered + refund - inCosts;
            running += (onSales - recovered) * Of(tax.SurchargeRate);
            _running[m] = running;

            if (m == 0 && _t.Opening is { } before)
            {
                costBefore = before.RunningCost is { } told ? Of(told) : running;
                payable = costBefore * Of(pay.Months + pay.Rest);
            }
            var (receivableBefore, payableBefore) = (receivable, payable);
            var cashIn =
                (m >= collect.Months ? Tenants(m - collect.Months, hasVouchers) : revenueBefore)
                * Of(1 - collect.Rest);
            cashIn +=
                (m > collect.Months ? Tenants(m - collect.Months - 1, hasVouchers) : revenueBefore)
                * Of(collect.Rest);
            if (hasVouchers)
            {
                vouchers += Load(_b.Vouchers, m);
                cashIn += m >= delay ? Load(_b.Vouchers, m - delay) : V.Zero;
            }
            var cashOut =
                (m >= pay.Months ? _running[m - pay.Months] : costBefore) * Of(1 - pay.Rest);
            cashOut += (m > pay.Months ? _running[m - pay.Months - 1] : costBefore) * Of(pay.Rest);
            receivable = last ? V.Zero : receivable + (earned - cashIn);
            payable = last ? V.Zero : payable + (running - cashOut);
            var working = receivable - receivableBefore - (payable - payableBefore);

            var grants = Of(_c.Grants[m]) + Support(m, vouchers);
            _operating[m] =
                revenue
                - running
                - working
                + vat
                + grants
                - (forfeited + Of(_c.GrantsToDebt[m]))
                - Of(_c.GrantsToCapital[m]);

            var fleetOff = Of(_c.FleetWriteOff[m]) * owned;
            fleetBook += Of(_c.FleetCapital[m]) + Of(_c.RefreshCost[m]) - fleetOff;
            otherBook += Of(_c.OtherCapital[m] - _c.OtherWriteOff[m]);
            var bookSold = last ? fleetBook + otherBook : fleetBook * sold;
            fleetBook = last ? V.Zero : fleetBook - bookSold;
            owned *= V.One - sold;
            _writeOff[m] = fleetOff + Of(_c.OtherWriteOff[m]);
            _taxable[m] =
                revenue
                - running
                + grants
                - _writeOff[m]
                + proceeds
                - bookSold
                - (last ? credit : V.Zero);
        }
        _stranded = credit;
    }

    private V Earmarked(int m) => LoadOrZero(_b.Forfeited, m) + Of(_c.GrantsToDebt[m]);

    private V Tenants(int m, bool hasVouchers) =>
        hasVouchers ? Load(_b.Revenue, m) - Load(_b.Vouchers, m) : Load(_b.Revenue, m);

    private V PowerShortfall(int m)
    {
        if (_t.Power is not { } power)
        {
            return V.Zero;
        }
        var missing = Max0(Of(_k.PowerMinimum[m]) - LoadOrZero(_b.Energy, m));
        return (missing + Of(_k.PowerExit[m])) * Of(power.PricePerKwh);
    }

    private void Fill()
    {
        for (var m = 0; m < _n; m++)
        {
            var installed =
                Load(_b.Installed, m)
                * Of(_b.HoursPerMonth > 0 ? _b.HoursPerMonth : (_b.Start + m).Hours);
            var some = Vector512.GreaterThan(installed, V.Zero);
            _fill[m] = Where(some, LoadOrZero(_b.Hours, m) / Pick(some, installed, V.One));
        }
    }

    private V MeanFill(int m)
    {
        var sum = V.Zero;
        var from = Math.Max(0, m - 11);
        for (var k = from; k <= m; k++)
        {
            sum += _fill[k];
        }
        return sum / Of(m - from + 1);
    }

    private V Below(int m, double test) => Vector512.LessThan(MeanFill(m), Of(test));

    private V Support(int m, V vouchers)
    {
        var sum = V.Zero;
        foreach (var grant in _grants)
        {
            if (grant.TestMonth == m)
            {
                sum -= Where(Below(m, grant.FillTest), Of(grant.Amount * grant.ClawbackShare));
            }
        }
        for (var i = 0; i < _received.Length; i++)
        {
            var s = _subsidies[i];
            if (m >= s.FromMonth && m < s.FromMonth + s.Months)
            {
                var paid = Min(
                    Of(s.Budget) - _received[i],
                    Of(s.PerMonth)
                        + (Of(s.PerKwh) * LoadOrZero(_b.Energy, m))
                        + (Of(s.PerGpuHour) * LoadOrZero(_b.Hours, m))
                );
                _received[i] += paid;
                sum += paid;
            }
            if (s.TestMonth == m)
            {
                sum -= Where(Below(m, s.FillTest), _received[i] * Of(s.ClawbackShare));
            }
        }
        if (_t.Vouchers is { } v && v.TestMonth == m)
        {
            sum -= Where(Below(m, v.FillTest), vouchers * Of(v.ClawbackShare));
        }
        return sum;
    }
}
