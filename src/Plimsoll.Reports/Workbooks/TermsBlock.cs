using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Terms of the whole centre as named assumptions.</summary>
internal sealed class TermsBlock
{
    /// <summary>Writes them.</summary>
    public TermsBlock(Scalars s, FinanceTerms t)
    {
        s.Heading("Tax");
        var tax = t.Tax;
        IncomeRate = s.Add(
            "tax_income_rate",
            "income tax rate",
            tax.IncomeRate,
            "share",
            look: Look.InputPercent
        );
        LossYears = s.Add(
            "tax_loss_years",
            "years a loss may be carried forward",
            tax.LossYears,
            "years",
            "99 for no expiry."
        );
        LossLimit = s.Add(
            "tax_loss_limit",
            "income that losses may offset in a year",
            tax.LossLimit,
            "share",
            look: Look.InputPercent
        );
        OutputVat = s.Add(
            "vat_sales",
            "value added tax on sales",
            tax.OutputVatRate,
            "share",
            look: Look.InputPercent
        );
        SaleVat = s.Add(
            "vat_fleet_sales",
            "value added tax on accelerators sold",
            tax.SaleVatRate,
            "share",
            look: Look.InputPercent
        );
        CostVat = s.Add(
            "vat_costs",
            "value added tax within running cost",
            tax.CostVatRate,
            "share of running cost",
            look: Look.InputPercent
        );
        Surcharge = s.Add(
            "vat_surcharge",
            "surcharge on value added tax paid over",
            tax.SurchargeRate,
            "share",
            look: Look.InputPercent
        );
        VatRefund = s.Switch(
            "vat_refund",
            "unused input tax is refunded the month after",
            tax.VatRefund
        );
        Instalments = s.Add(
            "tax_instalments",
            "months between instalments of income tax",
            tax.InstalmentMonths,
            "months",
            "On the income of the year so far; settled in December and in the last month."
        );
        CapitaliseInterest = s.Switch(
            "tax_capitalise",
            "interest and fees before the first fleet is online join the tax base",
            tax.CapitaliseInterest
        );
        LossesAsTheyArise = s.Switch(
            "tax_losses_as_they_arise",
            "losses are used month by month, and tax is paid each month",
            tax.LossesAsTheyArise,
            "Built into the formulas; do not change it here."
        );
        if (tax.InterestLimit is { } limit)
        {
            InterestLimit = s.Add(
                "tax_interest_limit",
                "interest deducted in a year, at most",
                limit.Share,
                "share of income before interest",
                look: Look.InputPercent
            );
            InterestLimitBeforeWriteOff = s.Switch(
                "tax_interest_limit_before_write_off",
                "that income is before write-off",
                limit.BeforeWriteOff
            );
        }
        CapitalisedYears = s.Add(
            "tax_capitalised_years",
            "years over which they are written off",
            tax.CapitalisedLifeYears,
            "years"
        );

        s.Heading("Working capital, insurance and reserves");
        ReceivableDays = s.Add(
            "receivable_days",
            "revenue is collected after",
            t.ReceivableDays,
            "days",
            "A month has 30 days."
        );
        PayableDays = s.Add(
            "payable_days",
            "running cost is paid after",
            t.PayableDays,
            "days",
            "A month has 30 days."
        );
        Insurance = s.Add(
            "insurance_rate",
            "insurance",
            t.InsuranceRate,
            "of capital cost a year",
            look: Look.InputPercent
        );
        ReserveMonths = s.Add(
            "reserve_months",
            "debt service reserve account",
            t.ReserveMonths,
            "months of debt service"
        );
        if (t.ReserveLetter is { } letter)
        {
            LetterShare = s.Add(
                "letter_share",
                "of it by letter of credit of the sponsor",
                letter.Share,
                "share",
                look: Look.InputPercent
            );
            LetterFee = s.Add(
                "letter_fee",
                "fee of the letter of credit",
                letter.Fee,
                "a year",
                look: Look.InputPercent
            );
        }
        if (t.Revolver is { } line)
        {
            LineLimit = s.Add(
                "line_limit",
                "working-capital line",
                line.Limit,
                "money",
                look: Look.InputMoney
            );
            LineRate = s.Add("line_rate", "its rate", line.Rate, "a year", look: Look.InputPercent);
            LineFee = s.Add(
                "line_fee",
                "fee on what of it is not drawn",
                line.Fee,
                "a year",
                look: Look.InputPercent
            );
        }
        Liquidity = s.Add(
            "liquidity_months",
            "liquidity",
            t.LiquidityMonths,
            "months of running cost"
        );
        CollectionMonths = s.Add(
            "collection_months",
            "collection account",
            t.CollectionMonths,
            "months of debt service"
        );

        s.Heading("Covenants, default and distribution");
        GearingCap = s.Add(
            "gearing_cap",
            "largest gearing",
            t.GearingCap,
            "share",
            look: Look.InputPercent
        );
        LockUp = s.Add(
            "lockup_cover",
            "cover below which nothing is distributed",
            t.LockUpCover,
            "times"
        );
        LockUpTest = s.Add(
            "lockup_test",
            "cover that the lock-up looks at",
            (int)t.LockUpTest,
            "0 behind, 1 ahead, 2 both"
        );
        TrapTests = s.Add(
            "trap_tests",
            "failed tests in a row after which trapped cash repays debt",
            t.TrapTests,
            "tests, 0 = never"
        );
        Covenant = s.Add(
            "covenant_cover",
            "cover below which the covenant is broken",
            t.CovenantCover,
            "times"
        );
        DefaultCover = s.Add(
            "default_cover",
            "cover below which a test is a default",
            t.DefaultCover,
            "times, 0 = none"
        );
        TestEvery = s.Add("test_every", "months between tests", t.TestEveryMonths, "months");
        DistributeEvery = s.Add(
            "distribute_every",
            "months between distributions",
            t.DistributeEveryMonths,
            "months"
        );
        Cure = s.Add(
            "cure_months",
            "months in which a missed payment may be made good",
            t.CureMonths,
            "months"
        );
        DefaultMargin = s.Add(
            "default_margin",
            "margin on arrears",
            t.DefaultMargin,
            "a year",
            look: Look.InputPercent
        );
        ArrearsInterest = s.Switch(
            "arrears_interest",
            "arrears bear interest",
            t.ArrearsBearInterest
        );
        Support = s.Add(
            "sponsor_support",
            "money sponsors stand ready to pay in",
            t.SponsorSupport,
            "money",
            look: Look.InputMoney
        );
        (EquityCures, CuresLimited) = s.Limit(
            "equity_cures",
            "most months in which they do",
            t.EquityCures,
            FinanceTerms.NoLimitOfCures,
            "months"
        );

        s.Heading("Returns and the end");
        Hurdle = s.Add(
            "equity_hurdle",
            "yearly return equity demands",
            t.EquityHurdle,
            "a year",
            look: Look.InputPercent
        );
        ProjectRate = s.Add(
            "project_rate",
            "yearly rate at which project cash is discounted",
            t.ProjectRate,
            "a year",
            look: Look.InputPercent
        );
        SellingCost = s.Add(
            "selling_cost",
            "cost of selling the fleet at the end",
            t.SellingCost,
            "share of its value",
            look: Look.InputPercent
        );
        Repossession = s.Add(
            "repossession_cost",
            "cost of repossession",
            t.RepossessionCost,
            "share of its value",
            look: Look.InputPercent
        );
        Holding = s.Add(
            "holding_cost",
            "cost of holding a repossessed fleet",
            t.HoldingCost,
            "share of its value a month",
            look: Look.InputPercent
        );

        s.Heading("Take-or-pay power");
        var p = t.Power ?? new TakeOrPayPower(0, 0, 0, 0, 0, 0, 100_000, 0);
        PowerKw = s.Add("power_kw", "power contracted", p.ContractKw, "kW");
        PowerShare = s.Add(
            "power_minimum",
            "least energy paid",
            p.MinimumShare,
            "share of contracted",
            look: Look.InputPercent
        );
        PowerRamp = s.Add("power_ramp", "ramp of the minimum", p.RampMonths, "months");
        PowerStart = s.Add("power_start", "first month", p.StartMonth, "from 0");
        PowerTerm = s.Add("power_term", "term", p.TermMonths, "months");
        PowerPrice = s.Add(
            "power_price",
            "price of energy not taken",
            p.PricePerKwh,
            "money per kWh"
        );
        PowerExit = s.Add(
            "power_exit",
            "month in which it is left",
            Math.Min(p.ExitMonth, 100_000),
            "from 0; 100,000 = never"
        );
        PowerExitFee = s.Add(
            "power_exit_fee",
            "exit fee",
            p.ExitFeeMonths,
            "months of the minimum"
        );

        s.Heading("Replacement of accelerators and vouchers");
        var r = t.Refresh ?? new Refresh(100_000, 0);
        RefreshMonth = s.Add(
            "refresh_month",
            "month of replacement",
            r.Month,
            "from 0; 100,000 = never"
        );
        RefreshCost = s.Add("refresh_cost", "its cost", r.Cost, "money", look: Look.InputMoney);
        RefreshFrom = s.Add(
            "refresh_from",
            "first month in which the reserve is built",
            r.FromMonth,
            "from 0"
        );
        RefreshLife = s.Add("refresh_life", "tax life of what is bought", r.TaxLifeYears, "years");
        RefreshVat = s.Add(
            "refresh_vat",
            "input tax on it",
            r.InputVatRate,
            "share",
            look: Look.InputPercent
        );
        var v = t.Vouchers ?? new VoucherTerms(0, 0, 0, 100_000);
        VoucherDelay = s.Add(
            "voucher_delay",
            "vouchers are paid after",
            v.PaidAfterMonths,
            "months"
        );
        VoucherClawback = s.Add(
            "voucher_clawback",
            "share of vouchers paid back when the test fails",
            v.ClawbackShare,
            "share",
            look: Look.InputPercent
        );
        VoucherFill = s.Add(
            "voucher_fill",
            "fill below which it fails",
            v.FillTest,
            "share",
            look: Look.InputPercent
        );
        VoucherTest = s.Add("voucher_test", "month of the test", v.TestMonth, "from 0");
    }

    public Expr IncomeRate { get; }
    public Expr LossYears { get; }
    public Expr LossLimit { get; }
    public Expr OutputVat { get; }
    public Expr SaleVat { get; }
    public Expr CostVat { get; }
    public Expr Surcharge { get; }
    public Expr VatRefund { get; }
    public Expr Instalments { get; }
    public Expr CapitaliseInterest { get; }
    public Expr CapitalisedYears { get; }
    public Expr LossesAsTheyArise { get; }
    public Expr InterestLimit { get; }
    public Expr InterestLimitBeforeWriteOff { get; }
    public Expr LetterShare { get; }
    public Expr LetterFee { get; }
    public Expr LineLimit { get; }
    public Expr LineRate { get; }
    public Expr LineFee { get; }
    public Expr ReceivableDays { get; }
    public Expr PayableDays { get; }
    public Expr Insurance { get; }
    public Expr ReserveMonths { get; }
    public Expr Liquidity { get; }
    public Expr CollectionMonths { get; }
    public Expr GearingCap { get; }
    public Expr LockUp { get; }
    public Expr LockUpTest { get; }
    public Expr TrapTests { get; }
    public Expr Covenant { get; }
    public Expr DefaultCover { get; }
    public Expr TestEvery { get; }
    public Expr DistributeEvery { get; }
    public Expr Cure { get; }
    public Expr DefaultMargin { get; }
    public Expr ArrearsInterest { get; }
    public Expr Support { get; }
    public Expr EquityCures { get; }
    public Expr CuresLimited { get; }
    public Expr Hurdle { get; }
    public Expr ProjectRate { get; }
    public Expr SellingCost { get; }
    public Expr Repossession { get; }
    public Expr Holding { get; }
    public Expr PowerKw { get; }
    public Expr PowerShare { get; }
    public Expr PowerRamp { get; }
    public Expr PowerStart { get; }
    public Expr PowerTerm { get; }
    public Expr PowerPrice { get; }
    public Expr PowerExit { get; }
    public Expr PowerExitFee { get; }
    public Expr RefreshMonth { get; }
    public Expr RefreshCost { get; }
    public Expr RefreshFrom { get; }
    public Expr RefreshLife { get; }
    public Expr RefreshVat { get; }
    public Expr VoucherDelay { get; }
    public Expr VoucherClawback { get; }
    public Expr VoucherFill { get; }
    public Expr VoucherTest { get; }
}
