namespace Plimsoll.Finance;

/// <content>The terms.</content>
public sealed partial class FinanceCaseReader
{
    private const int Never = 100_000;

    private FinanceTerms ReadTerms()
    {
        var t = values.Section("terms");
        var preset = Preset();
        return new FinanceTerms
        {
            Currency = _currency,
            Start = _start,
            CapitalCosts = [.. values.Items("capital").Select(c => Capital(c, preset))],
            Tranches = [.. values.Items("debt").Select(Tranche)],
            GearingBase =
                t.Text("gearing_base") == "uses" ? GearingBase.Uses : GearingBase.CapitalCost,
            GearingCap = t.Number("gearing_cap"),
            Order = Order(),
            Tax = Tax(preset),
            ReserveMonths = t.Integer("reserve"),
            LiquidityMonths = t.Number("liquidity"),
            CollectionMonths = t.Integer("collection"),
            ReceivableDays = t.Number("receivable_days"),
            PayableDays = t.Number("payable_days"),
            InsuranceRate = t.Number("insurance"),
            LockUpCover = t.Number("lock_up"),
            LockUpTest = t.Text("lock_up_test") switch
            {
                "forward" => CoverTest.Forward,
                "both" => CoverTest.Both,
                _ => CoverTest.Trailing,
            },
            TrapTests = t.Integer("trap_tests"),
            CovenantCover = t.Number("covenant"),
            DefaultCover = t.Number("default_cover"),
            TestEveryMonths = t.Integer("test_every"),
            DistributeEveryMonths = t.Integer("distribute_every"),
            CureMonths = t.Integer("cure"),
            DefaultMargin = t.Number("default_margin"),
            ArrearsBearInterest = t.Flag("arrears_bear_interest"),
            SponsorSupport = t.Number("sponsor_support"),
            EquityCures = t.Integer("equity_cures"),
            EquityHurdle = t.Number("equity_hurdle"),
            ProjectRate = t.Number("project_rate"),
            SellingCost = t.Number("selling_cost"),
            RepossessionCost = t.Number("repossession_cost"),
            HoldingCost = t.Number("holding_cost"),
            Grants =
            [
                .. values
                    .Items("grants")
                    .Select(g => new Grant(
                        g.Integer("month"),
                        g.Number("amount"),
                        g.Number("clawback_share"),
                        g.Number("fill_test"),
                        MonthOrNever(g, "test_month")
                    )
                    {
                        Use = g.Text("use") == "capital" ? GrantUse.Capital : GrantUse.Debt,
                    }),
            ],
            Subsidies = [.. values.Items("subsidies").Select(Subsidy)],
            Vouchers = values.Has("vouchers") ? Vouchers(values.Section("vouchers")) : null,
            Power = values.Has("power") ? Power(values.Section("power")) : null,
            Refresh = values.Has("refresh") ? ReadRefresh(values.Section("refresh")) : null,
        };
    }

    private static int MonthOrNever(Inputs.InputValues item, string key) =>
        item.NumberOrNull(key) is { } month ? (int)month : Never;

    private TaxPreset? Preset()
    {
        if (values.Section("tax").TextOrNull("preset") is not { } name)
        {
            return null;
        }
        var first = values.Items("capital")[0];
        return TaxPreset.Of(
            view,
            name,
            _start + first.Integer("online"),
            first.NumberOrNull("unit_price") ?? 0,
            values.Section("tax").NumberOrNull("state_rate")
        );
    }

    private CapitalCost Capital(Inputs.InputValues c, TaxPreset? preset) =>
        new(
            c.Text("name"),
            c.Integer("month"),
            c.Number("amount"),
            c.Integer("online"),
            c.NumberOrNull("tax_life") ?? preset?.EquipmentLifeYears ?? 5,
            c.NumberOrNull("immediate_share") ?? preset?.ImmediateShare ?? 0,
            c.NumberOrNull("vat_rate") ?? preset?.InputVatRate ?? 0
        )
        {
            WriteOffTable = c.Text("write_off") switch
            {
                "macrs5" => WriteOffTables.Macrs5,
                "macrs15" => WriteOffTables.Macrs15,
                _ => [],
            },
            SoldWithAccelerators = c.Flag("sold_with_accelerators"),
            ResidualShare = c.Number("residual_share"),
        };

    private TaxTerms Tax(TaxPreset? preset)
    {
        if (!values.Has("tax"))
        {
            return TaxTerms.None;
        }
        var t = values.Section("tax");
        var p = preset?.Terms ?? TaxTerms.None;
        return new TaxTerms(
            t.NumberOrNull("income_rate") ?? p.IncomeRate,
            (int)(t.NumberOrNull("loss_years") ?? p.LossYears),
            t.NumberOrNull("loss_limit") ?? p.LossLimit,
            t.NumberOrNull("output_vat") ?? p.OutputVatRate
        )
        {
            SaleVatRate = t.NumberOrNull("sale_vat") ?? p.SaleVatRate,
            CostVatRate = t.Number("cost_vat"),
            SurchargeRate = t.NumberOrNull("surcharge") ?? p.SurchargeRate,
            VatRefund = t.Has("vat_refund") ? t.Flag("vat_refund") : p.VatRefund,
            InstalmentMonths = t.Integer("instalments"),
            CapitaliseInterest = t.Flag("capitalise_interest"),
            CapitalisedLifeYears = t.NumberOrNull("capitalised_life") ?? p.CapitalisedLifeYears,
        };
    }

    private IReadOnlyList<WaterfallStep> Order()
    {
        var steps = values.Items("waterfall");
        return steps.Count == 0
            ? FinanceTerms.DefaultOrder
            :
            [
                .. steps.Select(s =>
                    s.Text("step") switch
                    {
                        "debt_service" => WaterfallStep.DebtService,
                        "debt_reserve" => WaterfallStep.DebtReserve,
                        "refresh_reserve" => WaterfallStep.RefreshReserve,
                        "prepayment" => WaterfallStep.Prepayment,
                        _ => WaterfallStep.Sweep,
                    }
                ),
            ];
    }

    private static DebtTranche Tranche(Inputs.InputValues d) =>
        new()
        {
            Name = d.Text("name"),
            Amount = d.Number("amount"),
            Gearing = d.Number("gearing"),
            Funds =
            [
                .. (d.TextOrNull("funds") ?? "").Split(
                    ';',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                ),
            ],
            Draw = d.Text("draw") switch
            {
                "equity_first" => DrawRule.EquityFirst,
                "after_acceptance" => DrawRule.AfterAcceptance,
                _ => DrawRule.ProRata,
            },
            AcceptanceMonths = d.Integer("acceptance"),
            InterestOnlyMonths = d.Integer("interest_only"),
            Repayment = d.Text("repayment") switch
            {
                "bullet" => Repayment.Bullet,
                "instalments" => Repayment.Instalments,
                "sculpted" => Repayment.Sculpted,
                _ => Repayment.Annuity,
            },
            TenorMonths = d.Integer("tenor"),
            FirstPaymentMonth = d.Integer("first_payment"),
            PaymentEveryMonths = d.Integer("payment_every"),
            BaseRate = d.Number("base_rate"),
            BaseRates =
            [
                .. d.Items("base_rates")
                    .Select(r => new RateStep(r.Integer("from"), r.Number("rate"))),
            ],
            Margin = d.Number("margin"),
            MarginByCredit = new MarginGrid(
                d.Number("margin_investment_grade"),
                d.Number("margin_below_investment_grade")
            ),
            Customer = d.Text("customer") switch
            {
                "investment_grade" => CustomerCredit.InvestmentGrade,
                "below_investment_grade" => CustomerCredit.BelowInvestmentGrade,
                _ => CustomerCredit.Unstated,
            },
            BaseFloor = d.Number("floor"),
            HedgedShare = d.Number("hedged_share"),
            SwapRate = d.NumberOrNull("swap_rate"),
            DayCount = d.Text("day_count") switch
            {
                "actual/360" => DayCount.Actual360,
                "actual/365" => DayCount.Actual365,
                "actual/actual" => DayCount.ActualActual,
                _ => DayCount.Thirty360,
            },
            UpfrontFee = d.Number("upfront_fee"),
            CommitmentFee = d.Number("commitment_fee"),
            Instalments =
            [
                .. d.Items("instalments")
                    .Select(s => new InstalmentSpan(s.Number("share"), s.Integer("months"))),
            ],
            TargetCover = d.Number("target_cover"),
            MerchantTargetCover = d.Number("merchant_target_cover"),
            SculptEveryMonths = d.Integer("sculpt_every"),
            SculptAfterTax = d.Flag("sculpt_after_tax"),
            SweepShare = d.Number("sweep"),
            SweepOnContractLoss = d.Flag("sweep_on_contract_loss"),
            PrepayOnContractLoss = d.Flag("prepay_on_contract_loss"),
            BorrowingBaseAdvance = d.Number("borrowing_base"),
            ProRataPrepayment = d.Flag("prorata_prepayment"),
        };

    private static OperatingSubsidy Subsidy(Inputs.InputValues s) =>
        new(
            s.Text("name"),
            s.Integer("from"),
            s.Integer("months"),
            s.Number("per_month"),
            s.Number("per_kwh"),
            s.Number("per_gpu_hour"),
            s.NumberOrNull("budget") ?? double.PositiveInfinity,
            s.Number("clawback_share"),
            s.Number("fill_test"),
            MonthOrNever(s, "test_month")
        );

    private static VoucherTerms Vouchers(Inputs.InputValues v) =>
        new(
            v.Integer("paid_after"),
            v.Number("clawback_share"),
            v.Number("fill_test"),
            MonthOrNever(v, "test_month")
        );

    private static TakeOrPayPower Power(Inputs.InputValues p) =>
        new(
            p.Number("contract_kw"),
            p.Number("minimum_share"),
            p.Integer("ramp"),
            p.Integer("from"),
            p.Integer("term"),
            p.Number("price_per_kwh"),
            MonthOrNever(p, "exit_month"),
            p.Number("exit_fee")
        );

    private static Refresh ReadRefresh(Inputs.InputValues r) =>
        new(r.Integer("month"), r.Number("cost"))
        {
            FromMonth = r.Integer("from"),
            TaxLifeYears = r.Number("tax_life"),
            InputVatRate = r.Number("vat_rate"),
        };
}
