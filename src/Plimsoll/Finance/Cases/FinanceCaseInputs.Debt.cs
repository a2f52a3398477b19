using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <content>Debt.</content>
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
            Number(
                "debt[].commitment",
                "Sum to which its lender commits, the most that is lent: cost above plan is equity's. 0 for no such sum; in a study what the gearing lends at the file's own cost.",
                "0",
                0,
                1e13,
                source: "none"
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
            Whole(
                "debt[].payment_every",
                "Months between payments: 1, 3, 6 or 12; interest accrues monthly.",
                "1",
                1,
                12
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
                "0.06",
                0,
                0.5,
                "fraction/yr",
                "catalogue, loans: CoreWeave DDTL 2.0, investment-grade contracts"
            ),
            Number(
                "debt[].margin_below_investment_grade",
                "Margin otherwise.",
                "0.13",
                0,
                0.5,
                "fraction/yr",
                "catalogue, loans: CoreWeave DDTL 2.0, other contracts"
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
                "Fixed rate of the swap, in place of the base rate; needed when a share is swapped.",
                null,
                -0.05,
                0.5,
                "fraction/yr"
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
            new(
                "debt[].schedule",
                InputType.NumberList,
                "Shares of all principal by month from the first payment on, in place of spans: one schedule whatever is drawn when."
            )
            {
                Max = 480,
            },
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
            Number(
                "debt[].downside_target_cover",
                "Target cover on the downside as well, for a sculpted one: of a study the draw that nine in ten are better than. 0 to size on one outlook alone.",
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
                "Largest balance, with those of the tranches before it, as a share of the fleet's second-hand value; 0 for none.",
                "0",
                0,
                5,
                "fraction",
                "none"
            ),
            Number(
                "debt[].arrears",
                "Service due before the start and not paid, beside what is outstanding.",
                "0",
                0,
                1e13,
                source: "none"
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
}
