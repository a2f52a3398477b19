using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <content>Debt, tax, terms and support.</content>
public static partial class FinanceCaseInputs
{
    private static IEnumerable<InputRow> DebtRows() =>
        [
            new("debt", InputType.List, "Tranches, most senior first."),
            Text("debt[].name", "Name of the tranche.", true),
            Number(
                "debt[].amount",
                "Money lent; silent to lend a share. The most for a sculpted tranche.",
                "0",
                0,
                1e13,
                source: "none"
            ),
            Number(
                "debt[].gearing",
                "Share of what it funds that is lent (advance rate). The most for a sculpted tranche.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Text(
                "debt[].funds",
                "Names of the capital costs it funds, parted by semicolons; silent for all."
            ),
            Choice(
                "debt[].draw",
                "When it is drawn.",
                "pro_rata",
                "pro_rata",
                "equity_first",
                "after_acceptance"
            ),
            Whole("debt[].acceptance", "Months from delivery to acceptance and draw.", "0", 0, 60),
            Whole(
                "debt[].interest_only",
                "Months of interest alone before the first principal of a draw after acceptance.",
                "0",
                0,
                60
            ),
            Choice(
                "debt[].repayment",
                "How it is repaid.",
                "annuity",
                "annuity",
                "bullet",
                "instalments",
                "sculpted"
            ),
            Whole("debt[].tenor", "Months from the first payment to maturity.", null, 1, 480, true),
            Whole("debt[].first_payment", "Month of the first payment.", "1", 0, 600),
            Number(
                "debt[].base_rate",
                "Yearly base rate, nominal.",
                "0",
                -0.05,
                0.5,
                "fraction/yr",
                "none"
            ),
            new(
                "debt[].base_rates",
                InputType.List,
                "Path of the base rate in steps, in place of one."
            ),
            Whole("debt[].base_rates[].from", "First month of the step.", null, 0, 600, true),
            Needed("debt[].base_rates[].rate", "Yearly base rate.", -0.05, 0.5, "fraction/yr"),
            Number("debt[].margin", "Yearly margin.", "0", 0, 0.5, "fraction/yr", "none"),
            Choice(
                "debt[].customer",
                "Credit of the customer whose contract carries the loan; when stated, the margin is that of his credit.",
                "unstated",
                "unstated",
                "investment_grade",
                "below_investment_grade"
            ),
            Number(
                "debt[].margin_investment_grade",
                "Margin on an investment-grade customer.",
                "0.0225",
                0,
                0.5,
                "fraction/yr",
                "catalogue, loans: CoreWeave DDTL 4.0"
            ),
            Number(
                "debt[].margin_below_investment_grade",
                "Margin otherwise.",
                "0.045",
                0,
                0.5,
                "fraction/yr",
                "catalogue, loans: CoreWeave DDTL 5.0"
            ),
            Number(
                "debt[].floor",
                "Lowest base rate charged on the floating part.",
                "-1",
                -1,
                0.5,
                "fraction/yr",
                "none"
            ),
            Number(
                "debt[].hedged_share",
                "Share swapped to a fixed rate.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Number(
                "debt[].swap_rate",
                "Fixed rate of the swap, in place of the base rate.",
                "0",
                -0.05,
                0.5,
                "fraction/yr",
                "none"
            ),
            Choice(
                "debt[].day_count",
                "Day count of interest.",
                "30/360",
                "30/360",
                "actual/360",
                "actual/365",
                "actual/actual"
            ),
            Number(
                "debt[].upfront_fee",
                "Fee on the amount at the first draw.",
                "0",
                0,
                0.2,
                "fraction",
                "none"
            ),
            Number(
                "debt[].commitment_fee",
                "Yearly fee on what is undrawn.",
                "0",
                0,
                0.1,
                "fraction/yr",
                "none"
            ),
            new("debt[].instalments", InputType.List, "Spans of equal principal."),
            Needed(
                "debt[].instalments[].share",
                "Share of the tranche repaid over the span.",
                0,
                1,
                "fraction"
            ),
            Whole("debt[].instalments[].months", "Months of the span.", null, 1, 480, true),
            Number(
                "debt[].target_cover",
                "Target cover of this and the tranches before it, for a sculpted one.",
                "1.3",
                0.5,
                10,
                source: Own
            ),
            Number(
                "debt[].merchant_target_cover",
                "Target on cash from merchant sales; 0 for the same.",
                "0",
                0,
                10,
                source: "none"
            ),
            Whole(
                "debt[].sculpt_every",
                "Months over which cash is levelled before sculpting.",
                "1",
                1,
                12
            ),
            Flag("debt[].sculpt_after_tax", "Sculpt on cash after income tax."),
            Number(
                "debt[].sweep",
                "Share of free cash that repays it early.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Flag(
                "debt[].sweep_on_contract_loss",
                "All free cash repays it once a contract is lost."
            ),
            Flag(
                "debt[].prepay_on_contract_loss",
                "The loss of a contract makes the share it carried due."
            ),
            Number(
                "debt[].borrowing_base",
                "Largest balance as a share of the fleet's second-hand value; 0 for none.",
                "0",
                0,
                5,
                "fraction",
                "none"
            ),
            Flag(
                "debt[].prorata_prepayment",
                "Early repayment shortens all instalments in proportion, not the last ones."
            ),
            Flag(
                "debt[].merchant_tail",
                "Consent to debt that runs longer than the last contract or the horizon."
            ),
            Currency("debt[].currency"),
        ];

    private static IEnumerable<InputRow> TaxRows() =>
        [
            new("tax", InputType.Section, "Tax; silent for none."),
            new(
                "tax.preset",
                InputType.CatalogName,
                "Tax of a country from dated catalogue rows; numbers below take its place one by one."
            )
            {
                CatalogKind = "tax",
            },
            Number("tax.income_rate", "Rate on taxable income.", null, 0, 1, "fraction"),
            Whole(
                "tax.loss_years",
                "Years a loss is carried forward; 99 for no expiry.",
                null,
                0,
                99
            ),
            Number(
                "tax.loss_limit",
                "Share of income that losses may offset.",
                null,
                0,
                1,
                "fraction"
            ),
            Number("tax.output_vat", "Value added tax on sales.", null, 0, 0.5, "fraction"),
            Number(
                "tax.sale_vat",
                "Value added tax on accelerators sold.",
                null,
                0,
                0.5,
                "fraction"
            ),
            Number(
                "tax.cost_vat",
                "Value added tax within running cost.",
                "0",
                0,
                0.5,
                "fraction",
                "none"
            ),
            Number(
                "tax.surcharge",
                "Surcharge on value added tax paid over.",
                null,
                0,
                0.5,
                "fraction"
            ),
            Flag(
                "tax.vat_refund",
                "A credit that sales do not use up is refunded in the next month."
            ),
            Whole(
                "tax.instalments",
                "Months between instalments of income tax: 1, 3 or 12.",
                "3",
                1,
                12
            ),
            Flag(
                "tax.capitalise_interest",
                "Interest and fees before opening join the assets.",
                true
            ),
            Number(
                "tax.capitalised_life",
                "Years over which they are written off.",
                "5",
                0.1,
                60,
                "years"
            ),
        ];

    private static IEnumerable<InputRow> TermRows() =>
        [
            new("terms", InputType.Section, "Accounts, tests, default, rates of return."),
            Choice(
                "terms.gearing_base",
                "What gearing is a share of.",
                "capital_cost",
                "capital_cost",
                "uses"
            ),
            Number(
                "terms.gearing_cap",
                "Largest share that debt may fund.",
                "0.85",
                0,
                1,
                "fraction"
            ),
            Whole("terms.reserve", "Months of debt service in the reserve account.", "0", 0, 36),
            Number("terms.liquidity", "Months of running cost held as cash.", "0", 0, 36, "months"),
            Whole(
                "terms.collection",
                "Months of coming debt service kept in the collection account.",
                "0",
                0,
                12
            ),
            Number(
                "terms.receivable_days",
                "Days after which revenue is collected.",
                "0",
                0,
                365,
                source: "none"
            ),
            Number(
                "terms.payable_days",
                "Days after which running cost is paid.",
                "0",
                0,
                365,
                source: "none"
            ),
            Number(
                "terms.insurance",
                "Yearly insurance as a share of capital cost.",
                "0",
                0,
                0.1,
                "fraction/yr",
                "none"
            ),
            Number("terms.lock_up", "Cover below which nothing is distributed.", "1.15", 0, 5),
            Choice(
                "terms.lock_up_test",
                "Cover that the lock-up looks at.",
                "trailing",
                "trailing",
                "forward",
                "both"
            ),
            Whole(
                "terms.trap_tests",
                "Failed tests in a row after which trapped cash repays debt; 0 for never.",
                "0",
                0,
                40
            ),
            Number(
                "terms.covenant",
                "Trailing cover below which the covenant is broken.",
                "1.2",
                0,
                5
            ),
            Number(
                "terms.default_cover",
                "Trailing cover below which a test is a default; 0 for none.",
                "0",
                0,
                5,
                source: "none"
            ),
            Whole("terms.test_every", "Months between tests.", "3", 1, 12),
            Whole("terms.distribute_every", "Months between distributions.", "1", 1, 12),
            Whole("terms.cure", "Months in which a missed payment may be made good.", "3", 0, 24),
            Number(
                "terms.default_margin",
                "Yearly margin of arrears.",
                "0",
                0,
                0.2,
                "fraction/yr",
                "none"
            ),
            Flag("terms.arrears_bear_interest", "Arrears bear interest.", true),
            Number(
                "terms.sponsor_support",
                "Money that sponsors stand ready to pay in.",
                "0",
                0,
                1e13,
                source: "none"
            ),
            Whole("terms.equity_cures", "Most months in which they do.", "999", 0, 999),
            Number(
                "terms.equity_hurdle",
                "Yearly return that equity demands.",
                "0.15",
                -0.5,
                1,
                "fraction/yr"
            ),
            Number(
                "terms.project_rate",
                "Yearly rate that discounts project cash.",
                "0.1",
                -0.5,
                1,
                "fraction/yr"
            ),
            Number(
                "terms.selling_cost",
                "Share of second-hand value lost in selling at the end.",
                "0.05",
                0,
                0.9,
                "fraction"
            ),
            Number(
                "terms.repossession_cost",
                "Share of it that repossession costs.",
                "0.05",
                0,
                0.9,
                "fraction"
            ),
            Number(
                "terms.holding_cost",
                "Share of it that a month of holding costs.",
                "0.01",
                0,
                0.2,
                "fraction"
            ),
            new("waterfall", InputType.List, "Order of the waterfall; distribution comes last."),
            new("waterfall[].step", InputType.Choice, "A step.")
            {
                Required = true,
                Choices =
                [
                    "debt_service",
                    "debt_reserve",
                    "refresh_reserve",
                    "prepayment",
                    "sweep",
                ],
            },
        ];

    private static IEnumerable<InputRow> SupportRows() =>
        [
            new("grants", InputType.List, "Grants with clawback."),
            Whole("grants[].month", "Month received.", null, 0, 600, true),
            Needed("grants[].amount", "Money.", 0, 1e12),
            Number(
                "grants[].clawback_share",
                "Share paid back when the fill test fails.",
                "1",
                0,
                1,
                "fraction"
            ),
            Number(
                "grants[].fill_test",
                "Mean fill of twelve months below which it is paid back.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Whole("grants[].test_month", "Month of the test; silent for none.", null, 0, 600),
            Currency("grants[].currency"),
            new("subsidies", InputType.List, "Running subsidies with clawback."),
            Text("subsidies[].name", "Name.", true),
            Whole("subsidies[].from", "First month.", null, 0, 600, true),
            Whole("subsidies[].months", "Months it runs.", null, 1, 600, true),
            Number("subsidies[].per_month", "Money a month.", "0", 0, 1e12, source: "none"),
            Number("subsidies[].per_kwh", "Money per kWh.", "0", 0, 10, source: "none"),
            Number("subsidies[].per_gpu_hour", "Money per hour sold.", "0", 0, 1e4, source: "none"),
            Number("subsidies[].budget", "Most in all; silent for no limit.", null, 0, 1e12),
            Number(
                "subsidies[].clawback_share",
                "Share of all received that is paid back when the fill test fails.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Number(
                "subsidies[].fill_test",
                "Mean fill of twelve months below which it is paid back.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Whole("subsidies[].test_month", "Month of the test; silent for none.", null, 0, 600),
            new("vouchers", InputType.Section, "How vouchers within prices are paid."),
            Whole("vouchers.paid_after", "Months after the sale.", "0", 0, 60),
            Number(
                "vouchers.clawback_share",
                "Share of all vouchers that is paid back when the fill test fails.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Number(
                "vouchers.fill_test",
                "Mean fill of twelve months below which they are.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Whole("vouchers.test_month", "Month of the test; silent for none.", null, 0, 600),
            new("power", InputType.Section, "Power bought whether used or not."),
            Needed("power.contract_kw", "Power contracted.", 0, 1e7, "kW"),
            Number(
                "power.minimum_share",
                "Share of contracted energy paid at least.",
                "0.85",
                0,
                1,
                "fraction"
            ),
            Whole(
                "power.ramp",
                "Months over which the minimum rises to its full share.",
                "0",
                0,
                240
            ),
            Whole("power.from", "First month.", "1", 0, 600),
            Whole("power.term", "Months of the contract.", "120", 1, 600),
            Needed("power.price_per_kwh", "Money per kWh not taken.", 0, 10),
            Whole("power.exit_month", "Month in which it is left; silent for never.", null, 0, 600),
            Number(
                "power.exit_fee",
                "Months of the minimum paid on leaving.",
                "0",
                0,
                240,
                "months",
                "none"
            ),
            Currency("power.currency"),
            new("refresh", InputType.Section, "Replacement of accelerators."),
            Whole("refresh.month", "Month of replacement.", null, 1, 600, true),
            Needed("refresh.cost", "Money then, tax excluded.", 0, 1e13),
            Whole("refresh.from", "First month in which the reserve is built.", "1", 0, 600),
            Number("refresh.tax_life", "Years of write-off.", "5", 0.1, 60, "years"),
            Number("refresh.vat_rate", "Value added tax on top.", "0", 0, 0.5, "fraction", "none"),
        ];
}
