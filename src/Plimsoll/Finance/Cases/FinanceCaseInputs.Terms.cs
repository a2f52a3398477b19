using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <content>Tax and terms.</content>
public static partial class FinanceCaseInputs
{
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
            Number(
                "tax.state_rate",
                "Rate of the state or town in place of the preset's; whether it lowers the country's tax is the preset's rule.",
                null,
                0,
                0.5,
                "fraction"
            ),
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
                "Years over which they are written off; silent for the preset's life of equipment, or 5 without a preset.",
                null,
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
            Number(
                "terms.lock_up",
                "Cover below which nothing is distributed; nothing is before the first passed test either, twelve months after the first payment, whatever this is; silent it is the covenant, so that nothing is paid out while that is broken.",
                "1.2",
                0,
                5
            ) with
            {
                DefaultFollows = "terms.covenant",
            },
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
            Whole(
                "terms.standstill",
                "Months after a default in which lenders may not close the centre.",
                "0",
                0,
                36
            ),
            Whole(
                "terms.closed_after",
                "Last month of operation where it is known when lenders close a centre in default, a month beyond the horizon when they never do; silent for the month that brings them most (in a study by what is seen each month, in a case run once by its own outlook).",
                null,
                0,
                600
            ),
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
            Whole(
                "terms.equity_cures",
                "Most months in which they do; 999 for no limit.",
                "999",
                0,
                999
            ),
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
}
