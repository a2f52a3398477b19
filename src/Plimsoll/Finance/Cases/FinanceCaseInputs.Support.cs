using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <content>Support, power and replacement.</content>
public static partial class FinanceCaseInputs
{
    private static IEnumerable<InputRow> SupportRows() =>
        [
            new(
                "opening",
                InputType.Section,
                "What a centre that stands brings with it when the outlook begins."
            ),
            Number(
                "opening.revenue",
                "Revenue of each month before, by which what is not yet collected is reckoned; silent for that of the first month.",
                null,
                0,
                1e13
            ),
            Number(
                "opening.running_cost",
                "Running cost of each month before, by which what is not yet paid is reckoned; silent for that of the first month.",
                null,
                0,
                1e13
            ),
            new(
                "opening.accounts_funded",
                InputType.Boolean,
                "Whether liquidity and debt service reserve stand in their accounts already; else equity pays them in."
            )
            {
                Default = "true",
            },
            new("opening.assets", InputType.List, "Assets bought before.") { Max = 200 },
            new("opening.assets[].name", InputType.Text, "What it is.") { Required = true },
            Needed(
                "opening.assets[].cost",
                "What it cost, tax excluded; insured at this.",
                0,
                1e13
            ),
            Needed("opening.assets[].book", "Of it what is not yet written off.", 0, 1e13),
            Whole("opening.assets[].from", "Month from which that is written off.", "0", 0, 600),
            Whole(
                "opening.assets[].months_left",
                "Months over which it is written off evenly.",
                null,
                1,
                1200,
                true
            ),
            new(
                "before",
                InputType.List,
                "Months of debt service before the start as they were, the earliest first, the last the month before it: the first windows of twelve months reach back into them."
            )
            {
                Max = 240,
            },
            Needed("before[].cash", "Cash available for debt service.", -1e13, 1e13),
            Needed("before[].due", "Interest and principal due.", 0, 1e13),
            Number(
                "before[].paid",
                "Paid to lenders of what was due then or before; silent for all that was due.",
                null,
                0,
                1e13
            ),
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
            Choice(
                "grants[].use",
                "Where it goes: it repays debt early, or pays capital cost in place of equity; never cash for debt service.",
                "debt",
                "debt",
                "capital"
            ),
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
