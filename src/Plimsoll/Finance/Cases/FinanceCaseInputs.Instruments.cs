using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <content>Instruments beside the plain loan.</content>
public static partial class FinanceCaseInputs
{
    private static IEnumerable<InputRow> InstrumentRows() =>
        [
            Number(
                "debt[].cap_share",
                "Share whose base rate is capped, beside what is swapped.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Number(
                "debt[].cap_rate",
                "Highest base rate on that share; needed when a share is capped.",
                null,
                -0.05,
                0.5,
                "fraction/yr"
            ),
            Number(
                "debt[].collar_floor",
                "Lowest base rate on that share, which makes the cap a collar; -1 for none.",
                "-1",
                -1,
                0.5,
                "fraction/yr",
                "none"
            ),
            Number(
                "debt[].cap_premium",
                "Premium of the cap at the first draw, of what it covers.",
                "0",
                0,
                0.2,
                "fraction",
                "none"
            ),
            Number(
                "debt[].pik_share",
                "Share of the interest that joins the balance in place of being paid.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Whole(
                "debt[].pik_months",
                "Months from the first payment on for which it does.",
                "0",
                0,
                480
            ),
            Whole(
                "debt[].refinance_tenor",
                "Months of the loan that repays what is left at the end of the tenor (mini-perm); 0 for none: it is due.",
                "0",
                0,
                480
            ),
            Whole(
                "debt[].amortisation",
                "Months over which principal is reckoned until then, longer than the tenor; 0 for tenor and new tenor together.",
                "0",
                0,
                960
            ),
            Number(
                "debt[].refinance_margin",
                "Margin of the new loan over the base rate of each month.",
                "0.06",
                0,
                0.5,
                "fraction/yr"
            ),
            Number(
                "debt[].refinance_fee",
                "Fee on the new loan, due at once.",
                "0.01",
                0,
                0.2,
                "fraction"
            ),
            Number(
                "debt[].refinance_ltv",
                "Largest new loan as a share of the fleet's second-hand value; 0 for no limit.",
                "0",
                0,
                5,
                "fraction",
                "none"
            ),
            Number(
                "debt[].refinance_cover",
                "Cover that operating cash of the twelve months before must give on level service of the new loan; 0 for no limit.",
                "0",
                0,
                10,
                source: "none"
            ),
            Whole(
                "debt[].make_whole_until",
                "Month before which early repayment by sale, grant, forfeited rent or sweep makes good the lost margin; 0 for none.",
                "0",
                0,
                600
            ),
            Flag(
                "debt[].hedge_break",
                "Early repayment closes the swap on what is repaid, at the then base rate."
            ),
            Number(
                "terms.letter_of_credit",
                "Share of the reserve account's target for which the sponsor's letter of credit stands.",
                "0",
                0,
                1,
                "fraction",
                "none"
            ),
            Number(
                "terms.letter_fee",
                "Yearly fee on it, due with debt service.",
                "0.02",
                0,
                0.2,
                "fraction/yr"
            ),
            Number(
                "terms.revolver",
                "Limit of a working-capital line ahead of all debt; 0 for none.",
                "0",
                0,
                1e13,
                source: "none"
            ),
            Number(
                "terms.revolver_rate",
                "Yearly all-in rate of the line.",
                "0.08",
                0,
                0.5,
                "fraction/yr"
            ),
            Number(
                "terms.revolver_fee",
                "Yearly fee on what of it is not drawn.",
                "0.005",
                0,
                0.1,
                "fraction/yr"
            ),
            Number(
                "tax.interest_limit",
                "Share of the year's income before interest that deducted interest may take, as section 163(j) sets it (0.3); the rest is carried forward. Silent for no limit.",
                null,
                0,
                1,
                "fraction"
            ),
            Flag(
                "tax.interest_limit_before_write_off",
                "That income is before write-off too (2018 to 2021, and from 2025).",
                true
            ),
            Flag(
                "tax.losses_as_they_arise",
                "Losses are used in the next month with income, and tax is paid each month."
            ),
            Number(
                "capital[].sales_tax",
                "Sales tax on top of the amount, never recovered: paid, funded and written off with it.",
                "0",
                0,
                0.5,
                "fraction",
                "none"
            ),
        ];
}
