using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>The inputs of a file of kind <c>finance</c>: an outlook given from outside and the terms.</summary>
public static partial class FinanceCaseInputs
{
    private const string Own = "own prior; replace it with the term sheet";

    /// <summary>The table of the kind.</summary>
    public static InputTable Table() =>
        new(
            "finance",
            "Project finance of one centre on a given outlook.",
            Rows()
                .Select(r =>
                    r with
                    {
                        OneValue = r.Type == InputType.Number,
                        SilenceIsNone = r.Source is "" or "none" || r.Default is "0",
                    }
                )
        );

    /// <summary>All rows; a case is run once, so that a range would change nothing.</summary>
    private static IEnumerable<InputRow> Rows() =>
        [
            .. General(),
            .. OutlookRows(),
            .. CapitalRows(),
            .. DebtRows(),
            .. TaxRows(),
            .. TermRows(),
            .. SupportRows(),
            .. InstrumentRows(),
        ];

    private static InputRow Number(
        string path,
        string description,
        string? fallback,
        double min,
        double max,
        string unit = "1",
        string source = Own
    ) =>
        new(path, InputType.Number, description)
        {
            Default = fallback,
            Min = min,
            Max = max,
            Unit = unit,
            Source = fallback is null ? "" : source,
        };

    private static InputRow Needed(
        string path,
        string description,
        double min,
        double max,
        string unit = "1"
    ) =>
        new(path, InputType.Number, description)
        {
            Required = true,
            Min = min,
            Max = max,
            Unit = unit,
        };

    private static InputRow Whole(
        string path,
        string description,
        string? fallback,
        double min,
        double max,
        bool required = false
    ) =>
        new(path, InputType.Integer, description)
        {
            Default = fallback,
            Required = required,
            Min = min,
            Max = max,
            Unit = "months",
            Source = fallback is null ? "" : Own,
        };

    private static InputRow Choice(
        string path,
        string description,
        string fallback,
        params string[] choices
    ) => new(path, InputType.Choice, description) { Default = fallback, Choices = choices };

    private static InputRow Flag(string path, string description, bool fallback = false) =>
        new(path, InputType.Boolean, description) { Default = fallback ? "true" : "false" };

    private static InputRow Text(string path, string description, bool required = false) =>
        new(path, InputType.Text, description) { Required = required };

    private static InputRow Currency(string path) =>
        Text(path, "Currency of this item; must be the file's. There is no conversion here.");

    private static IEnumerable<InputRow> General() =>
        [
            Text("name", "Name of the case.", true),
            Text("currency", "Currency of every amount, three capital letters.", true),
            new("start", InputType.Month, "Month 0, the first of the horizon.") { Required = true },
            Whole("months", "Months of the horizon; month 0 is the first.", null, 1, 600, true),
        ];

    private static IEnumerable<InputRow> OutlookRows() =>
        [
            new("outlook", InputType.Section, "What the centre does and sells.")
            {
                Required = true,
            },
            Text(
                "outlook.csv",
                "A table beside this file with one row a month, in place of the rows below; columns are listed in docs/model/finance.md."
            ),
            new(
                "outlook.leases",
                InputType.List,
                "Records of the leases behind the table 'csv': deposits and lost contracts are read from them, rent from the table."
            ),
            Text("outlook.leases[].name", "Name of the lease.", true),
            Whole("outlook.leases[].from", "First month.", null, 0, 600, true),
            Whole("outlook.leases[].months", "Months agreed.", null, 1, 600, true),
            Needed("outlook.leases[].accelerators", "Accelerators let.", 0, 1e7, "GPU"),
            Needed(
                "outlook.leases[].price",
                "Money for an accelerator-hour, tax excluded.",
                0,
                1e6
            ),
            Number(
                "outlook.leases[].prepaid_months",
                "Months of rent paid at signing and earned last.",
                "0",
                0,
                120,
                "months"
            ),
            Whole(
                "outlook.leases[].ended",
                "Month in which it ended; silent for its agreed end.",
                null,
                0,
                1200
            ),
            Flag("outlook.leases[].broken", "True when the tenant broke it before its term."),
            Number(
                "outlook.hours_per_month",
                "Hours of a month; 0 for those of the calendar.",
                "0",
                0,
                744,
                source: "calendar"
            ),
            Number("outlook.accelerators", "Accelerators installed.", null, 0, 1e7, "GPU"),
            Whole("outlook.online", "First month in which they are installed.", "1", 0, 600),
            new("outlook.sales", InputType.List, "Sales, each a ramp over a span of months."),
            Text("outlook.sales[].name", "Name of the sale.", true),
            Choice(
                "outlook.sales[].product",
                "What is sold.",
                "training_lease",
                "training_lease",
                "small_lease",
                "spot",
                "inference"
            ),
            Whole("outlook.sales[].from", "First month.", null, 0, 600, true),
            Whole(
                "outlook.sales[].to",
                "Last month; silent for the end of the horizon.",
                null,
                0,
                600
            ),
            Needed("outlook.sales[].accelerators", "Accelerators set aside for it.", 0, 1e7, "GPU"),
            Number(
                "outlook.sales[].sold_share",
                "Share of their hours sold.",
                "1",
                0,
                1,
                "fraction"
            ),
            Number(
                "outlook.sales[].sold_share_end",
                "That share in the last month; it moves evenly. Silent for no change.",
                null,
                0,
                1,
                "fraction"
            ),
            Needed(
                "outlook.sales[].price",
                "Money for an accelerator-hour, tax excluded, vouchers included.",
                0,
                1e6
            ),
            Number(
                "outlook.sales[].price_end",
                "That price in the last month; it moves evenly. Silent for no change.",
                null,
                0,
                1e6
            ),
            Flag(
                "outlook.sales[].contracted",
                "True when a contract binds the buyer for the span."
            ),
            Number(
                "outlook.sales[].prepaid_months",
                "Months of rent paid at signing and earned last.",
                "0",
                0,
                120,
                "months"
            ),
            Number(
                "outlook.sales[].voucher_share",
                "Share of the price that the state pays by voucher.",
                "0",
                0,
                1,
                "fraction"
            ),
            Number(
                "outlook.sales[].tokens_per_gpu_hour",
                "Tokens sold in an hour, for inference.",
                "0",
                0,
                1e12,
                "tokens"
            ),
            Currency("outlook.sales[].currency"),
            new(
                "outlook.breaches",
                InputType.List,
                "Contracts broken before their end, as a script."
            ),
            Text("outlook.breaches[].sale", "Name of the contracted sale.", true),
            Whole(
                "outlook.breaches[].month",
                "First month without the tenant.",
                null,
                0,
                600,
                true
            ),
            Whole("outlook.breaches[].empty", "Months until they are let again.", "6", 0, 600),
            Number(
                "outlook.breaches[].relet_share",
                "Share of their hours sold from then on.",
                "0",
                0,
                1,
                "fraction"
            ),
            Number("outlook.breaches[].relet_price", "Money for an hour then.", "0", 0, 1e6),
            new("outlook.costs", InputType.List, "Running costs, each over a span of months."),
            Text("outlook.costs[].name", "Name of the cost.", true),
            Whole("outlook.costs[].from", "First month.", "1", 0, 600),
            Whole(
                "outlook.costs[].to",
                "Last month; silent for the end of the horizon.",
                null,
                0,
                600
            ),
            Number("outlook.costs[].per_month", "Money a month.", "0", 0, 1e12),
            Number("outlook.costs[].per_gpu_hour", "Money for each hour sold.", "0", 0, 1e6),
            Number(
                "outlook.costs[].growth",
                "Yearly growth from the first month on.",
                "0",
                -0.5,
                1,
                "fraction/yr"
            ),
            Choice(
                "outlook.costs[].stops",
                "What would stop it: darkness, closing, or nothing.",
                "when_dark",
                "when_dark",
                "on_closing",
                "never"
            ),
            Currency("outlook.costs[].currency"),
            Number(
                "outlook.energy_kwh",
                "Energy bought for each accelerator-hour sold.",
                "0",
                0,
                100,
                "kWh"
            ),
            Number(
                "outlook.resale_price",
                "Second-hand price of an accelerator in month 0.",
                "0",
                0,
                1e9
            ),
            Number(
                "outlook.resale_fall",
                "Yearly fall of that price.",
                "0.3",
                -1,
                0.99,
                "fraction/yr"
            ),
            Number(
                "outlook.months_to_sell",
                "Months that selling the fleet takes.",
                "6",
                0,
                120,
                "months"
            ),
            new("outlook.sold", InputType.List, "Accelerators sold before the end, as a script."),
            Whole("outlook.sold[].month", "Month of the sale.", null, 0, 600, true),
            Needed("outlook.sold[].accelerators", "How many.", 0, 1e7, "GPU"),
            Needed("outlook.sold[].price", "Money for each, all discounts taken off.", 0, 1e9),
            Number(
                "outlook.rate_shift",
                "Added to every base rate of floating debt.",
                "0",
                -0.1,
                0.2,
                "fraction/yr",
                "none"
            ),
        ];

    private static IEnumerable<InputRow> CapitalRows() =>
        [
            new("capital", InputType.List, "Capital costs.") { Required = true, Min = 1 },
            Text("capital[].name", "Name of the cost.", true),
            Needed("capital[].amount", "Money, tax excluded.", 0, 1e13),
            Whole("capital[].month", "Month of payment.", "0", 0, 600),
            Whole(
                "capital[].online",
                "Month from which it is written off and insured.",
                "1",
                0,
                600
            ),
            Number(
                "capital[].tax_life",
                "Years of straight-line write-off for tax; silent for the preset's life of equipment, else 5.",
                null,
                0.1,
                60,
                "years"
            ),
            Number(
                "capital[].immediate_share",
                "Share written off at once; silent for the preset's.",
                null,
                0,
                1,
                "fraction"
            ),
            Choice(
                "capital[].write_off",
                "How the rest is written off.",
                "straight",
                "straight",
                "macrs5",
                "macrs15"
            ),
            Number(
                "capital[].vat_rate",
                "Value added tax on top; silent for the preset's, else none.",
                null,
                0,
                0.5,
                "fraction"
            ),
            Flag(
                "capital[].debt_standing",
                "True for the money of debt that stands at the start: spent before, no asset, nothing of it written off or insured."
            ),
            Flag(
                "capital[].expensed",
                "True for what buys nothing that lasts, as damages or a fee: deducted in the month of payment, no asset, not insured."
            ),
            Flag("capital[].sold_with_accelerators", "False for halls and grid connections.", true),
            Number(
                "capital[].residual_share",
                "Value at the end of the horizon as a share of the amount, for what is not sold with the accelerators.",
                "0",
                0,
                1,
                "fraction"
            ),
            Number(
                "capital[].unit_price",
                "Price of one piece, for limits of immediate deduction; silent for none.",
                null,
                0,
                1e12
            ),
            Currency("capital[].currency"),
        ];
}
