using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>Reads debt, accounts, support and tax from a group of keys: the root of a finance case, or section <c>finance</c> of a study.</summary>
public static class DebtTermsReader
{
    private const int Never = 100_000;

    /// <summary>All tranches, most senior first.</summary>
    /// <param name="root">The group in which list <c>debt</c> stands.</param>
    public static IReadOnlyList<DebtTranche> Tranches(InputValues root) =>
        [.. root.Items("debt").Select(Tranche)];

    /// <summary>Terms with the accounts, tests and costs of default that a group of keys states; covenant and hurdle are left as they are.</summary>
    /// <param name="t">The group.</param>
    /// <param name="on">Terms to which they are added.</param>
    public static FinanceTerms Accounts(InputValues t, FinanceTerms on) =>
        on with
        {
            GearingBase =
                t.Text("gearing_base") == "uses" ? GearingBase.Uses : GearingBase.CapitalCost,
            GearingCap = t.Number("gearing_cap"),
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
            DefaultCover = t.Number("default_cover"),
            TestEveryMonths = t.Integer("test_every"),
            DistributeEveryMonths = t.Integer("distribute_every"),
            CureMonths = t.Integer("cure"),
            StandstillMonths = t.Integer("standstill"),
            ClosedAfter = t.NumberOrNull("closed_after") is { } closed ? (int)closed : null,
            DefaultMargin = t.Number("default_margin"),
            ArrearsBearInterest = t.Flag("arrears_bear_interest"),
            SponsorSupport = t.Number("sponsor_support"),
            EquityCures = t.Integer("equity_cures"),
            ProjectRate = t.Number("project_rate"),
            SellingCost = t.Number("selling_cost"),
            RepossessionCost = t.Number("repossession_cost"),
            HoldingCost = t.Number("holding_cost"),
            ReserveLetter =
                t.Number("letter_of_credit") > 0
                    ? new ReserveLetter(t.Number("letter_of_credit"), t.Number("letter_fee"))
                    : null,
            Revolver =
                t.Number("revolver") > 0
                    ? new Revolver(
                        t.Number("revolver"),
                        t.Number("revolver_rate"),
                        t.Number("revolver_fee")
                    )
                    : null,
        };

    /// <summary>Terms with the waterfall, grants, subsidies, vouchers and replacement that a group of keys states.</summary>
    /// <param name="root">The group.</param>
    /// <param name="on">Terms to which they are added.</param>
    public static FinanceTerms Support(InputValues root, FinanceTerms on) =>
        on with
        {
            Order = Order(root),
            Grants =
            [
                .. on.Grants,
                .. root.Items("grants")
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
            Subsidies = [.. root.Items("subsidies").Select(Subsidy)],
            Vouchers = root.Has("vouchers") ? Vouchers(root.Section("vouchers")) : null,
            Refresh = root.Has("refresh") ? ReadRefresh(root.Section("refresh")) : null,
        };

    private static int MonthOrNever(InputValues item, string key) =>
        item.NumberOrNull(key) is { } month ? (int)month : Never;

    /// <summary>Tax on income and on sales: what a preset says, with the section's own numbers in its place one by one.</summary>
    /// <param name="t">The section.</param>
    /// <param name="p">The preset's.</param>
    public static TaxTerms Tax(InputValues t, TaxTerms p) =>
        new(
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
            InstalmentMonths = t.Has("instalments") ? t.Integer("instalments") : p.InstalmentMonths,
            CapitaliseInterest = t.Has("capitalise_interest")
                ? t.Flag("capitalise_interest")
                : p.CapitaliseInterest,
            CapitalisedLifeYears = t.NumberOrNull("capitalised_life") ?? p.CapitalisedLifeYears,
            InterestLimit = t.NumberOrNull("interest_limit") is { } share
                ? new InterestLimit(share, t.Flag("interest_limit_before_write_off"))
                : p.InterestLimit,
            LossesAsTheyArise = t.Has("losses_as_they_arise")
                ? t.Flag("losses_as_they_arise")
                : p.LossesAsTheyArise,
        };

    private static IReadOnlyList<WaterfallStep> Order(InputValues root)
    {
        var steps = root.Items("waterfall");
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

    private static DebtTranche Tranche(InputValues d) =>
        new()
        {
            Name = d.Text("name"),
            Amount = d.Number("amount"),
            Gearing = d.Number("gearing"),
            Commitment = d.Number("commitment"),
            Arrears = d.Number("arrears"),
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
            FirstPaymentMonth = (int)(d.NumberOrNull("first_payment") ?? 1),
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
            Schedule = d.Numbers("schedule"),
            TargetCover = d.Number("target_cover"),
            MerchantTargetCover = d.Number("merchant_target_cover"),
            DownsideTargetCover = d.Number("downside_target_cover"),
            SculptEveryMonths = d.Integer("sculpt_every"),
            SculptAfterTax = d.Flag("sculpt_after_tax"),
            SweepShare = d.Number("sweep"),
            SweepOnContractLoss = d.Flag("sweep_on_contract_loss"),
            PrepayOnContractLoss = d.Flag("prepay_on_contract_loss"),
            BorrowingBaseAdvance = d.Number("borrowing_base"),
            ProRataPrepayment = d.Flag("prorata_prepayment"),
            Cap =
                d.Number("cap_share") > 0 || d.Has("cap_rate") || d.Has("collar_floor")
                    ? new RateCap(
                        d.Number("cap_share"),
                        d.NumberOrNull("cap_rate") ?? double.NaN,
                        d.Number("collar_floor"),
                        d.Number("cap_premium")
                    )
                    : null,
            PayInKind =
                d.Number("pik_share") > 0
                    ? new PayInKind(d.Number("pik_share"), d.Integer("pik_months"))
                    : null,
            Refinancing =
                d.Integer("refinance_tenor") > 0
                    ? new Refinancing(
                        d.Integer("amortisation"),
                        d.Integer("refinance_tenor"),
                        d.Number("refinance_margin"),
                        d.Number("refinance_fee"),
                        d.Number("refinance_ltv"),
                        d.Number("refinance_cover")
                    )
                    : null,
            PrepaymentCharge =
                d.Integer("make_whole_until") > 0 || d.Flag("hedge_break")
                    ? new PrepaymentCharge(d.Integer("make_whole_until"), d.Flag("hedge_break"))
                    : null,
        };

    private static OperatingSubsidy Subsidy(InputValues s) =>
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

    private static VoucherTerms Vouchers(InputValues v) =>
        new(
            v.Integer("paid_after"),
            v.Number("clawback_share"),
            v.Number("fill_test"),
            MonthOrNever(v, "test_month")
        );

    /// <summary>Power bought whether used or not, in months of the outlook.</summary>
    /// <param name="p">The section.</param>
    public static TakeOrPayPower Power(InputValues p) =>
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

    private static Refresh ReadRefresh(InputValues r) =>
        new(r.Integer("month"), r.Number("cost"))
        {
            FromMonth = r.Integer("from"),
            TaxLifeYears = r.Number("tax_life"),
            InputVatRate = r.Number("vat_rate"),
        };
}
