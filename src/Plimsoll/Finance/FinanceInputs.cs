using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>The inputs of section <c>finance</c>.</summary>
public static class FinanceInputs
{
    private const string Own = "own prior; replace it with the term sheet";

    /// <summary>Rows of section <c>finance</c>. Rates are yearly and nominal, paid monthly as a twelfth; flows fall at month end.</summary>
    public static IEnumerable<InputRow> Rows()
    {
        InputRow[] own = [.. All()];
        var named = own.Select(r => r.Path).ToHashSet(StringComparer.Ordinal);
        return own.Concat(StudyDebtInputs.Rows(named))
            .Select(r =>
                r with
                {
                    OneValue = r.Type == InputType.Number && !UncertainTerms.Takes(r.Path),
                    Ranged = UncertainTerms.Takes(r.Path),
                }
            );
    }

    private static IEnumerable<InputRow> All() =>
        [
            new("finance", InputType.Section, "Who pays for it and on what terms."),
            new(
                "finance.gearing",
                InputType.Number,
                "Share of capital cost (tax excluded) that is lent."
            )
            {
                Default = "0.7",
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source = Own,
            },
            new(
                "finance.existing_debt",
                InputType.Number,
                "Debt outstanding at the decision on a standing centre, in the study's currency; lent instead of the gearing."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e13,
                Unit = "1",
            },
            new(
                "finance.arrears",
                InputType.Number,
                "Service of that debt due before the decision and not paid, beside what is outstanding; silent for what the months of 'actuals' leave unpaid."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e13,
                Unit = "1",
            },
            new(
                "finance.base_rate",
                InputType.Number,
                "Yearly base rate; silent for the one-year loan prime rate of China as known on the day, for loans in yuan only: a study in another currency gives its own."
            )
            {
                Default = "0.0345",
                Min = -0.02,
                Max = 0.3,
                Unit = "fraction/yr",
                Source = "one-year loan prime rate of China, August 2023 to July 2024",
                Grade = Grade.A,
            },
            new(
                "finance.forward_rates",
                InputType.List,
                "Forward rates of the base rate in steps, in place of one rate; each draw moves about them."
            ),
            new(
                "finance.forward_rates[].from",
                InputType.Integer,
                "First month of the step, from 0, the month after the decision."
            )
            {
                Required = true,
                Min = 0,
                Max = 600,
                Unit = "months",
            },
            new("finance.forward_rates[].rate", InputType.Number, "Yearly base rate.")
            {
                Required = true,
                Min = -0.05,
                Max = 0.5,
                Unit = "fraction/yr",
            },
            new(
                "finance.rate_volatility",
                InputType.Number,
                "Deviation of the yearly change of the base rate in the draws; 0 to keep it as contracted; silent for that of the currency's rate as known on the day (catalogue, interest-rates, from memory)."
            )
            {
                Min = 0,
                Max = 0.1,
                Unit = "fraction/yr",
            },
            new(
                "finance.rate_half_life",
                InputType.Number,
                "Years after which half of such a change is gone."
            )
            {
                Default = "5",
                Min = 0.1,
                Max = 100,
                Unit = "years",
                Source = "own prior",
                Grade = Grade.D,
            },
            new("finance.margin", InputType.Number, "Yearly margin over the base rate.")
            {
                Default = "0.025",
                Min = 0,
                Max = 0.3,
                Unit = "fraction/yr",
                Source =
                    "own prior; loans on accelerators abroad paid 400 to 1,300 basis points over the base rate in 2023-25 (catalogue, loans)",
                Grade = Grade.D,
            },
            new("finance.tenor", InputType.Integer, "Months from the first payment to maturity.")
            {
                Default = "60",
                Min = 12,
                Max = 240,
                Unit = "months",
                Source = Own,
            },
            new(
                "finance.maturity",
                InputType.Month,
                "Month of the last payment of debt outstanding, in place of the tenor."
            ),
            new(
                "finance.grace",
                InputType.Integer,
                "Months between the last fleet's coming and the first payment; interest meanwhile is added to the debt."
            )
            {
                Default = "6",
                Min = 0,
                Max = 60,
                Unit = "months",
                Source = Own,
            },
            new("finance.repayment", InputType.Choice, "How principal is repaid.")
            {
                Default = "annuity",
                Choices = ["annuity", "bullet", "instalments"],
            },
            new(
                "finance.front_share",
                InputType.Number,
                "Share of principal repaid over the front span when repaid by instalments; the rest follows evenly."
            )
            {
                Default = "0.5",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new("finance.front_months", InputType.Integer, "Months of that front span.")
            {
                Default = "30",
                Min = 1,
                Max = 240,
                Unit = "months",
            },
            new("finance.upfront_fee", InputType.Number, "Fee on the amount lent.")
            {
                Default = "0.01",
                Min = 0,
                Max = 0.1,
                Unit = "fraction",
                Source = Own,
            },
            new("finance.commitment_fee", InputType.Number, "Yearly fee on what is not yet drawn.")
            {
                Default = "0.003",
                Min = 0,
                Max = 0.05,
                Unit = "fraction/yr",
                Source = Own,
            },
            new(
                "finance.reserve",
                InputType.Integer,
                "Months of debt service held in a reserve account; of an owner's centre what it holds already, nothing when silent."
            )
            {
                Default = "3",
                DefaultWhere = ("question", "owner", "0"),
                Min = 0,
                Max = 24,
                Unit = "months",
                Source = Own,
            },
            new(
                "finance.liquidity",
                InputType.Number,
                "Months of running cost paid in as cash by equity at the start; of an owner's centre what it holds already, nothing when silent."
            )
            {
                Default = "3",
                DefaultWhere = ("question", "owner", "0"),
                Min = 0,
                Max = 36,
                Unit = "months",
                Source = Own,
            },
            new("finance.sweep", InputType.Number, "Share of free cash that repays debt early.")
            {
                Default = "0",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "finance.prorata_prepayment",
                InputType.Boolean,
                "Early repayment, from sales too, shortens all instalments in proportion, not the last ones."
            )
            {
                Default = "false",
            },
            new(
                "finance.lock_up",
                InputType.Number,
                "Trailing cover below which nothing is paid out; nothing is before the first passed test either, twelve months after the first payment, whatever this is; silent it is the covenant, so that nothing is paid out while that is broken."
            )
            {
                Default = "1.2",
                DefaultFollows = "decision.covenant_dscr",
                Min = 0,
                Max = 5,
                Unit = "1",
                Source = Own,
            },
            new(
                "finance.cure",
                InputType.Integer,
                "Months in which a missed payment may be made good before it is a default."
            )
            {
                Default = "3",
                Min = 0,
                Max = 24,
                Unit = "months",
                Source = Own,
            },
            new(
                "finance.insurance",
                InputType.Number,
                "Yearly insurance as a share of capital cost."
            )
            {
                Default = "0.004",
                Min = 0,
                Max = 0.1,
                Unit = "fraction/yr",
                Source = Own,
            },
            new("finance.receivable_days", InputType.Number, "Days of revenue outstanding.")
            {
                Default = "45",
                Min = 0,
                Max = 365,
                Unit = "1",
                Source = Own,
            },
            new("finance.payable_days", InputType.Number, "Days of running cost unpaid.")
            {
                Default = "30",
                Min = 0,
                Max = 365,
                Unit = "1",
                Source = Own,
            },
            new(
                "finance.tax",
                InputType.CatalogName,
                "Tax preset of the catalogue; that of the site's country when silent."
            )
            {
                CatalogKind = "tax",
            },
            new(
                "finance.state_tax",
                InputType.Number,
                "Rate of the state or town in place of the preset's; whether it lowers the country's tax is the preset's rule."
            )
            {
                Min = 0,
                Max = 0.5,
                Unit = "fraction",
            },
            new(
                "finance.sales_tax",
                InputType.Number,
                "Sales tax on top of the servers' price, never recovered: paid, funded and written off with it."
            )
            {
                Default = "0",
                Min = 0,
                Max = 0.5,
                Unit = "fraction",
            },
            new(
                "finance.selling_cost",
                InputType.Number,
                "Share of second-hand value lost in selling at the end."
            )
            {
                Default = "0.05",
                Min = 0,
                Max = 0.9,
                Unit = "fraction",
                Source = Own,
            },
            new(
                "finance.grant",
                InputType.Number,
                "Grant received with the last fleet, in the study's currency."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e12,
                Unit = "1",
            },
            new(
                "finance.grant_fill_test",
                InputType.Number,
                "Mean fill of the second year below which the grant is paid back."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new("finance.power", InputType.Section, "Power bought whether used or not."),
            new("finance.power.contract_kw", InputType.Number, "Power contracted.")
            {
                Required = true,
                Min = 0,
                Max = 1e7,
                Unit = "kW",
            },
            new(
                "finance.power.minimum_share",
                InputType.Number,
                "Share of contracted energy paid at least."
            )
            {
                Default = "0.85",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "finance.power.ramp",
                InputType.Integer,
                "Months over which the minimum rises to its full share."
            )
            {
                Default = "48",
                Min = 0,
                Max = 240,
                Unit = "months",
            },
            new("finance.power.term", InputType.Integer, "Months of the contract.")
            {
                Default = "96",
                Min = 1,
                Max = 480,
                Unit = "months",
            },
            new(
                "finance.power.price_per_kwh",
                InputType.Number,
                "Paid per kWh not taken, in the study's currency."
            )
            {
                Required = true,
                Min = 0,
                Max = 10,
                Unit = "1",
            },
            new(
                "finance.power.exit_after",
                InputType.Integer,
                "Months after which the contract is left; silent for never."
            )
            {
                Min = 1,
                Max = 480,
                Unit = "months",
            },
            new(
                "finance.power.exit_fee",
                InputType.Number,
                "Months of the minimum paid on leaving."
            )
            {
                Default = "36",
                Min = 0,
                Max = 240,
                Unit = "months",
            },
        ];
}
