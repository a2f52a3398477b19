using System.Globalization;
using System.Text;
using System.Text.Json;
using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>Writes contracted terms and an outlook as a file of kind <c>finance</c> with its table: read again, it gives the same figures.</summary>
/// <remarks>
/// The outlook is written as it came about, products and running costs added up; leases keep their record, because deposits and losses of contracts are read from it.
/// A sculpted tranche is written with the schedule that it was contracted with: the outlook on which it was sized is another than the one written.
/// </remarks>
public sealed class FinanceCaseWriter
{
    private readonly StringBuilder _text = new();
    private readonly FinanceTerms _terms;
    private readonly DebtPlan _debt;
    private readonly MonthlyOutlook _outlook;

    private readonly bool _sculpts;

    /// <summary>What lenders saw, and what draws have taught them, stands in no file; when they close the centre does.</summary>
    private readonly int? _closedAfter;

    private FinanceCaseWriter(ProjectModel model, MonthlyOutlook outlook)
    {
        (_terms, _debt, _outlook) = (model.Terms, model.Debt, outlook);
        _sculpts = _terms.Tranches.Any(t => t.Repayment == Repayment.Sculpted);
        var closed = model.ClosedMonth(outlook);
        // A default that nobody closes, too: read again, the file is its lenders' own expectation.
        if (
            closed >= 0
            || _terms.Expected is not null
            || _terms.ClosedAfter is not null
            || model.RunAsGiven(outlook).DefaultMonth >= 0
        )
        {
            _closedAfter = closed < 0 ? outlook.Months : closed;
        }
    }

    /// <summary>The file.</summary>
    /// <param name="name">Name of the case.</param>
    /// <param name="explanation">What it is and where it comes from, for its first line.</param>
    /// <param name="table">File name of the table beside it.</param>
    /// <param name="model">Its terms, contracted.</param>
    /// <param name="outlook">The outlook of the table.</param>
    public static string Yaml(
        string name,
        string explanation,
        string table,
        ProjectModel model,
        MonthlyOutlook outlook
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(outlook);
        return new FinanceCaseWriter(model, outlook).Write(name, explanation, table);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Words as a scalar that no reader takes for anything else.</summary>
    private static string Quoted(string words) => JsonSerializer.Serialize(words);

    private void Line(int depth, string key, string value) =>
        _text.Append(' ', 2 * depth).Append(key).Append(": ").Append(value).Append('\n');

    private void Put(int depth, string key, double value) => Line(depth, key, Number(value));

    private void Put(int depth, string key, bool value) =>
        Line(depth, key, value ? "true" : "false");

    private void Item(int depth, string key, string value) =>
        _text
            .Append(' ', 2 * (depth - 1))
            .Append("- ")
            .Append(key)
            .Append(": ")
            .Append(value)
            .Append('\n');

    private void Head(int depth, string key) =>
        _text.Append(' ', 2 * depth).Append(key).Append(":\n");

    private string Write(string name, string explanation, string table)
    {
        _text.Append("# ").Append(explanation).Append('\n');
        Line(0, "kind", "finance");
        Line(0, "name", Quoted(name));
        Line(0, "currency", _terms.Currency.Code);
        Line(0, "start", $"{_outlook.Start}");
        Put(0, "months", _outlook.Months);
        Head(0, "outlook");
        Line(1, "csv", Quoted(table));
        Leases();
        Head(0, "capital");
        foreach (var cost in _terms.CapitalCosts)
        {
            Capital(cost);
        }
        if (_terms.Tranches.Count > 0)
        {
            Head(0, "debt");
            for (var i = 0; i < _terms.Tranches.Count; i++)
            {
                Tranche(i);
            }
        }
        Opening();
        List(
            0,
            "before",
            _terms.Before.Months,
            b => [("cash", b.Cash), ("due", b.Due), ("paid", b.Paid)]
        );
        Tax();
        Terms();
        Head(0, "waterfall");
        foreach (var step in _terms.Order)
        {
            Item(1, "step", FinanceWords.Of(step));
        }
        Support();
        return _text.ToString();
    }

    private void Leases()
    {
        if (_outlook.Leases.Count == 0)
        {
            return;
        }
        Head(1, "leases");
        foreach (var lease in _outlook.Leases)
        {
            Item(2, "name", Quoted(lease.Id));
            Put(2, "from", lease.StartMonth);
            Put(2, "months", lease.TenorMonths);
            Put(2, "accelerators", lease.Accelerators);
            Put(2, "price", lease.PricePerGpuHour);
            Put(2, "prepaid_months", lease.PrepaidMonths);
            Put(2, "ended", Math.Min(lease.EndedMonth, _outlook.Months));
            Put(2, "broken", lease.Breached);
        }
    }

    private void Opening()
    {
        if (_terms.Opening is not { } opening)
        {
            return;
        }
        Head(0, "opening");
        if (opening.Revenue is { } revenue)
        {
            Put(1, "revenue", revenue);
        }
        if (opening.RunningCost is { } cost)
        {
            Put(1, "running_cost", cost);
        }
        Put(1, "accounts_funded", opening.AccountsFunded);
        if (opening.Assets.Count == 0)
        {
            return;
        }
        Head(1, "assets");
        foreach (var asset in opening.Assets)
        {
            Item(2, "name", Quoted(asset.Name));
            Put(2, "cost", asset.Cost);
            Put(2, "book", asset.Book);
            Put(2, "from", asset.FromMonth);
            Put(2, "months_left", asset.MonthsLeft);
        }
    }

    private void Capital(CapitalCost cost)
    {
        Item(1, "name", Quoted(cost.Name));
        Put(1, "amount", cost.Amount / (1 + cost.SalesTaxRate));
        Put(1, "sales_tax", cost.SalesTaxRate);
        Put(1, "month", cost.Month);
        Put(1, "online", cost.OnlineMonth);
        Put(1, "tax_life", cost.TaxLifeYears);
        Put(1, "immediate_share", cost.ImmediateShare);
        Put(1, "vat_rate", cost.InputVatRate);
        Line(1, "write_off", FinanceWords.OfTable(cost.WriteOffTable));
        Put(1, "debt_standing", cost.DebtStanding);
        Put(1, "expensed", cost.Expensed);
        Put(1, "sold_with_accelerators", cost.SoldWithAccelerators);
        Put(1, "residual_share", cost.ResidualShare);
    }

    private void Tranche(int i)
    {
        var t = _terms.Tranches[i];
        var sculpted = t.Repayment == Repayment.Sculpted;
        Item(1, "name", Quoted(t.Name));
        // Beside a sculpted one the sizes hang together: all are written as they were solved.
        if (_sculpts || t.Amount > 0)
        {
            Put(1, "amount", _sculpts ? _debt.Lent[i] : t.Amount);
        }
        else
        {
            Put(1, "gearing", t.Gearing);
        }
        if (t.Commitment > 0)
        {
            Put(1, "commitment", t.Commitment);
        }
        if (t.Funds.Count > 0)
        {
            Line(1, "funds", Quoted(string.Join("; ", t.Funds)));
        }
        Line(1, "draw", FinanceWords.Of(t.Draw));
        Put(1, "acceptance", t.AcceptanceMonths);
        var accepted = t.Draw == DrawRule.AfterAcceptance;
        if (accepted)
        {
            Put(1, "interest_only", t.InterestOnlyMonths);
        }
        Line(1, "repayment", sculpted ? "instalments" : FinanceWords.Of(t.Repayment));
        Put(1, "tenor", t.TenorMonths);
        if (!accepted)
        {
            Put(1, "first_payment", t.FirstPaymentMonth);
        }
        Put(1, "payment_every", t.PaymentEveryMonths);
        if (t.BaseRates.Count == 0)
        {
            Put(1, "base_rate", t.BaseRate);
        }
        List(1, "base_rates", t.BaseRates, r => [("from", r.FromMonth), ("rate", r.Rate)]);
        Put(1, "margin", t.MarginInForce);
        Put(1, "floor", t.BaseFloor);
        Put(1, "hedged_share", t.HedgedShare);
        if (t.SwapRate is { } swap && t.HedgedShare > 0)
        {
            Put(1, "swap_rate", swap);
        }
        Line(1, "day_count", FinanceWords.Of(t.DayCount));
        Put(1, "upfront_fee", t.UpfrontFee);
        Put(1, "commitment_fee", t.CommitmentFee);
        List(
            1,
            "instalments",
            t.Repayment == Repayment.Instalments ? t.Instalments : [],
            s => [("share", s.Share), ("months", s.Months)]
        );
        double[] schedule = [.. sculpted ? Contracted(i) : t.Schedule];
        if (schedule.Length > 0)
        {
            Line(1, "schedule", $"[{string.Join(", ", schedule.Select(Number))}]");
        }
        Put(1, "arrears", t.Arrears);
        Put(1, "sweep", t.SweepShare);
        Put(1, "sweep_on_contract_loss", t.SweepOnContractLoss);
        Put(1, "prepay_on_contract_loss", t.PrepayOnContractLoss);
        Put(1, "borrowing_base", t.BorrowingBaseAdvance);
        Put(1, "prorata_prepayment", t.ProRataPrepayment);
        Instruments(t);
        // Whoever wrote the terms consented; the file has to say so again.
        Put(1, "merchant_tail", true);
    }

    private void Instruments(DebtTranche t)
    {
        if (t.Cap is { } cap)
        {
            Put(1, "cap_share", cap.Share);
            Put(1, "cap_rate", cap.Cap);
            Put(1, "collar_floor", cap.Floor);
            Put(1, "cap_premium", cap.Premium);
        }
        if (t.PayInKind is { } kind)
        {
            Put(1, "pik_share", kind.Share);
            Put(1, "pik_months", kind.Months);
        }
        if (t.Refinancing is { } again)
        {
            Put(1, "refinance_tenor", again.TenorMonths);
            Put(1, "amortisation", again.AmortisationMonths);
            Put(1, "refinance_margin", again.Margin);
            Put(1, "refinance_fee", again.Fee);
            Put(1, "refinance_ltv", again.LoanToValue);
            Put(1, "refinance_cover", again.Cover);
        }
        if (t.PrepaymentCharge is { } charge)
        {
            Put(1, "make_whole_until", charge.MakeWholeUntil);
            Put(1, "hedge_break", charge.HedgeBreak);
        }
    }

    /// <summary>The principal that a sculpted tranche was contracted with, as a share a month; evenly where nothing is lent.</summary>
    private IEnumerable<double> Contracted(int i)
    {
        var t = _terms.Tranches[i];
        var all = _debt.Principal[i].Sum();
        return Enumerable
            .Range(t.FirstPaymentMonth, t.TenorMonths)
            .Select(m =>
                all <= 0 ? 1.0 / t.TenorMonths
                : m < _debt.Principal[i].Length ? _debt.Principal[i][m] / all
                : 0
            );
    }

    private void List<T>(
        int depth,
        string key,
        IReadOnlyList<T> rows,
        Func<T, (string Key, double Value)[]> cells
    )
    {
        if (rows.Count == 0)
        {
            return;
        }
        Head(depth, key);
        foreach (var row in rows)
        {
            var first = true;
            foreach (var (name, value) in cells(row))
            {
                if (first)
                {
                    Item(depth + 1, name, Number(value));
                }
                else
                {
                    Put(depth + 1, name, value);
                }
                first = false;
            }
        }
    }

    private void Tax()
    {
        var t = _terms.Tax;
        Head(0, "tax");
        Put(1, "income_rate", t.IncomeRate);
        Put(1, "loss_years", t.LossYears);
        Put(1, "loss_limit", t.LossLimit);
        Put(1, "output_vat", t.OutputVatRate);
        Put(1, "sale_vat", t.SaleVatRate);
        Put(1, "cost_vat", t.CostVatRate);
        Put(1, "surcharge", t.SurchargeRate);
        Put(1, "vat_refund", t.VatRefund);
        Put(1, "instalments", t.InstalmentMonths);
        Put(1, "capitalise_interest", t.CapitaliseInterest);
        Put(1, "capitalised_life", t.CapitalisedLifeYears);
        Put(1, "losses_as_they_arise", t.LossesAsTheyArise);
        if (t.InterestLimit is { } limit)
        {
            Put(1, "interest_limit", limit.Share);
            Put(1, "interest_limit_before_write_off", limit.BeforeWriteOff);
        }
    }

    private void Terms()
    {
        var t = _terms;
        Head(0, "terms");
        Line(1, "gearing_base", FinanceWords.Of(t.GearingBase));
        Put(1, "gearing_cap", t.GearingCap);
        Put(1, "reserve", t.ReserveMonths);
        Put(1, "liquidity", t.LiquidityMonths);
        Put(1, "collection", t.CollectionMonths);
        Put(1, "receivable_days", t.ReceivableDays);
        Put(1, "payable_days", t.PayableDays);
        Put(1, "insurance", t.InsuranceRate);
        Put(1, "lock_up", t.LockUpCover);
        Line(1, "lock_up_test", FinanceWords.Of(t.LockUpTest));
        Put(1, "trap_tests", t.TrapTests);
        Put(1, "covenant", t.CovenantCover);
        Put(1, "default_cover", t.DefaultCover);
        Put(1, "test_every", t.TestEveryMonths);
        Put(1, "distribute_every", t.DistributeEveryMonths);
        Put(1, "cure", t.CureMonths);
        Put(1, "standstill", t.StandstillMonths);
        if (_closedAfter is { } closed)
        {
            Put(1, "closed_after", closed);
        }
        Put(1, "default_margin", t.DefaultMargin);
        Put(1, "arrears_bear_interest", t.ArrearsBearInterest);
        Put(1, "sponsor_support", t.SponsorSupport);
        Put(1, "equity_cures", t.EquityCures);
        Put(1, "equity_hurdle", t.EquityHurdle);
        Put(1, "project_rate", t.ProjectRate);
        Put(1, "selling_cost", t.SellingCost);
        Put(1, "repossession_cost", t.RepossessionCost);
        Put(1, "holding_cost", t.HoldingCost);
        if (t.ReserveLetter is { } letter)
        {
            Put(1, "letter_of_credit", letter.Share);
            Put(1, "letter_fee", letter.Fee);
        }
        if (t.Revolver is { } line)
        {
            Put(1, "revolver", line.Limit);
            Put(1, "revolver_rate", line.Rate);
            Put(1, "revolver_fee", line.Fee);
        }
    }

    private void Support()
    {
        var t = _terms;
        if (t.Grants.Count > 0)
        {
            Head(0, "grants");
        }
        foreach (var grant in t.Grants)
        {
            Item(1, "month", Number(grant.Month));
            Put(1, "amount", grant.Amount);
            Put(1, "clawback_share", grant.ClawbackShare);
            Put(1, "fill_test", grant.FillTest);
            Dated(1, "test_month", grant.TestMonth);
            Line(1, "use", FinanceWords.Of(grant.Use));
        }
        if (t.Subsidies.Count > 0)
        {
            Head(0, "subsidies");
        }
        foreach (var s in t.Subsidies)
        {
            Item(1, "name", Quoted(s.Name));
            Put(1, "from", s.FromMonth);
            Put(1, "months", s.Months);
            Put(1, "per_month", s.PerMonth);
            Put(1, "per_kwh", s.PerKwh);
            Put(1, "per_gpu_hour", s.PerGpuHour);
            if (double.IsFinite(s.Budget))
            {
                Put(1, "budget", s.Budget);
            }
            Put(1, "clawback_share", s.ClawbackShare);
            Put(1, "fill_test", s.FillTest);
            Dated(1, "test_month", s.TestMonth);
        }
        if (t.Vouchers is { } v)
        {
            Head(0, "vouchers");
            Put(1, "paid_after", v.PaidAfterMonths);
            Put(1, "clawback_share", v.ClawbackShare);
            Put(1, "fill_test", v.FillTest);
            Dated(1, "test_month", v.TestMonth);
        }
        if (t.Power is { } p)
        {
            Head(0, "power");
            Put(1, "contract_kw", p.ContractKw);
            Put(1, "minimum_share", p.MinimumShare);
            Put(1, "ramp", p.RampMonths);
            Put(1, "from", p.StartMonth);
            Put(1, "term", p.TermMonths);
            Put(1, "price_per_kwh", p.PricePerKwh);
            Dated(1, "exit_month", p.ExitMonth);
            Put(1, "exit_fee", p.ExitFeeMonths);
        }
        if (t.Refresh is { } r)
        {
            Head(0, "refresh");
            Put(1, "month", r.Month);
            Put(1, "cost", r.Cost);
            Put(1, "from", r.FromMonth);
            Put(1, "tax_life", r.TaxLifeYears);
            Put(1, "vat_rate", r.InputVatRate);
        }
    }

    /// <summary>A month that may be never: silence says so.</summary>
    private void Dated(int depth, string key, int month)
    {
        if (month < _outlook.Months)
        {
            Put(depth, key, month);
        }
    }
}
