using Plimsoll.Inputs;

namespace Plimsoll.Contracts;

/// <summary>The inputs of leases, of the operator and of a promise to buy unsold hours, for any kind of file that has them.</summary>
public static class LeaseInputs
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>Rows of a list of leases.</summary>
    /// <param name="list">Key of the list, such as <c>signed</c>.</param>
    /// <param name="size">Key of the size of a lease, such as <c>servers</c>.</param>
    /// <param name="unit">Unit of the size.</param>
    public static IEnumerable<InputRow> Rows(
        string list = "signed",
        string size = "servers",
        string unit = "servers"
    ) =>
        [
            new(list, InputType.List, "Contracts signed before the decision.") { Max = 200 },
            .. new[]
            {
                Head($"{list}[].", size, unit),
                Credit($"{list}[]."),
                Price($"{list}[]."),
                Rights($"{list}[]."),
            }
                .SelectMany(rows => rows)
                // Of a tenant of whom nothing more is known, nothing out of the ordinary is taken to be agreed.
                .Select(r => r with { HasPrior = r.HasPrior || r.Default is "0" }),
        ];

    /// <summary>Rows of the operator as a company that may fail: section <c>operator</c>.</summary>
    public static IEnumerable<InputRow> OperatorRows() =>
        [
            new(
                "operator",
                InputType.Section,
                "The operator as a company that may fail apart from its tenants."
            ),
            Class(
                "operator.class",
                "Its class as a credit; without class and hazard it counts as rated below investment grade where a tenant's class is given, and else never fails."
            ),
            Share(
                "operator.monthly_hazard",
                "Chance a month that it fails, in place of its class's; 0 for one that never does."
            ),
            new(
                "operator.step_in",
                InputType.Boolean,
                "Whether another operator may be put in its place; else every contract ends with it."
            )
            {
                Default = "true",
            },
            Months(
                "operator.dark_months",
                "Months in which nothing runs while it is replaced.",
                60
            ) with
            {
                Default = "3",
                Source = OwnPrior,
            },
            Share("operator.fee", "Share of the rent that the new operator keeps.") with
            {
                Default = "0.1",
                Source = OwnPrior,
            },
            Share("operator.tenant_stays", "Odds that a tenant stays through the dark months.") with
            {
                Default = "0.7",
                Source = OwnPrior,
            },
        ];

    /// <summary>Rows of a promise to buy unsold hours: section <c>backstop</c>.</summary>
    public static IEnumerable<InputRow> BackstopRows() =>
        [
            new("backstop", InputType.Section, "A promise to buy hours that stay unsold."),
            new("backstop.buyer", InputType.Text, "Who buys.") { Required = true },
            Class("backstop.class", "The buyer's class as a credit."),
            Share("backstop.monthly_hazard", "Chance a month that the buyer fails."),
            new(
                "backstop.price_per_gpu_hour",
                InputType.Number,
                "Price of an accelerator-hour bought, tax excluded, in the study's currency."
            )
            {
                Required = true,
                Min = 0,
                Max = 10_000,
                Unit = "1",
                Money = "/GPU-h",
            },
            new("backstop.servers", InputType.Number, "Most servers bought at a time.")
            {
                Required = true,
                Min = 0,
                Max = 1_000_000,
                Unit = "servers",
            },
            new("backstop.from", InputType.Month, "First month in which it holds.")
            {
                Required = true,
            },
            new("backstop.until", InputType.Month, "Month in which it no longer holds.")
            {
                Required = true,
            },
        ];

    private static IEnumerable<InputRow> Head(string at, string size, string unit) =>
        [
            new(at + "tenant", InputType.Text, "Who rents.") { Required = true },
            new(
                at + "name",
                InputType.Text,
                "Name of the contract, where a tenant holds several; the tenant's when silent."
            ),
            new(
                at + "fleet",
                InputType.Text,
                "Name of the fleet that serves it; all fleets together when silent."
            ),
            new(at + size, InputType.Number, "How many are rented.")
            {
                Required = true,
                Min = 0,
                Max = 1_000_000,
                Unit = unit,
            },
            new(
                at + "price_per_gpu_hour",
                InputType.Number,
                "Agreed price of an accelerator-hour, tax excluded, in the study's currency."
            )
            {
                Required = true,
                HasPrior = true,
                Min = 0,
                Max = 10_000,
                Unit = "1",
                Money = "/GPU-h",
            },
            new(at + "tenor", InputType.Integer, "Months agreed from the month the fleet is ready.")
            {
                Required = true,
                HasPrior = true,
                Min = 1,
                Max = 240,
                Unit = "months",
            },
            Months(
                at + "months_run",
                "Months of it that had run when the study begins, for a tenant already there.",
                239
            ) with
            {
                Default = "0",
            },
            Share(at + "take_or_pay", "Share of the available hours paid whether used or not.") with
            {
                Default = "1",
            },
            new(
                at + "arrears",
                InputType.Number,
                "Rent due before the decision and not paid, in the study's currency: made good in equal parts while the tenant pays, at its recovery share when it fails."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e12,
                Unit = "1",
                Money = "",
                OneValue = true,
            },
            new(
                at + "months_behind",
                InputType.Number,
                "The same in months of its rent, in place of the money."
            )
            {
                Default = "0",
                Min = 0,
                Max = 60,
                Unit = "months",
                OneValue = true,
            },
            new(
                at + "arrears_months",
                InputType.Integer,
                "Months over which a tenant that pays makes its arrears good."
            )
            {
                Default = "6",
                Min = 1,
                Max = 120,
                Unit = "months",
                Source = OwnPrior,
            },
            new(at + "prepaid_months", InputType.Number, "Months of rent paid at the start.")
            {
                Default = "0",
                Min = 0,
                Max = 60,
                Unit = "months",
            },
        ];

    private static IEnumerable<InputRow> Credit(string at) =>
        [
            Class(
                at + "class",
                "The tenant's class as a credit; it sets default rate, recovery and what a falling market does. Without it the stated hazard alone governs."
            ),
            Share(
                at + "monthly_breach_hazard",
                "Chance a month that the tenant breaks the contract; with a class, in place of the class's default rate."
            ) with
            {
                Default = "0.01",
                DefaultLow = 0.002,
                DefaultHigh = 0.03,
                Source = OwnPrior,
            },
            Share(
                at + "default_rate",
                "The tenant's chance of default in a year, in place of its class's."
            ) with
            {
                Unit = "fraction/yr",
            },
            new(
                at + "arrears_default_factor",
                InputType.Number,
                "Times by which the default intensity of a tenant in arrears is higher in the first year than it would be."
            )
            {
                Default = "3",
                DefaultLow = 1.5,
                DefaultHigh = 6,
                Min = 1,
                Max = 100,
                Unit = "1",
                Source =
                    "own prior; no public record of compute leases says how often a tenant behind with its rent fails",
            },
            Share(
                at + "recovery",
                "Share of a claim on the tenant that is collected, in place of its class's."
            ),
            new(
                at + "credit_loading",
                InputType.Number,
                "Log by which its default rate rises when rents fall by one standard deviation, in place of its class's."
            )
            {
                Min = 0,
                Max = 3,
                Unit = "1",
            },
            Slope(at + "breach_per_log", "is broken"),
            Slope(at + "reprice_per_log", "is cut half-way to the market's price"),
            new(at + "guarantor", InputType.Text, "Who pays in the tenant's place."),
            Class(at + "guarantor_class", "The guarantor's class as a credit."),
            new(at + "parent", InputType.Text, "Whose failure takes the tenant along."),
            Class(at + "parent_class", "The parent's class as a credit."),
        ];

    private static IEnumerable<InputRow> Price(string at) =>
        [
            new(at + "steps", InputType.List, "Prices that hold from later months on.")
            {
                Max = 60,
            },
            Months(at + "steps[].from", "Month of the contract, 0 at its start.", 239) with
            {
                Required = true,
            },
            new(
                at + "steps[].price_per_gpu_hour",
                InputType.Number,
                "Price of an accelerator-hour from then on, in the study's currency."
            )
            {
                Required = true,
                Min = 0,
                Max = 10_000,
                Unit = "1",
                Money = "/GPU-h",
            },
            new(at + "index", InputType.Number, "Yearly rise of the price, at each anniversary.")
            {
                Default = "0",
                Min = -0.5,
                Max = 0.5,
                Unit = "fraction/yr",
            },
        ];

    private static IEnumerable<InputRow> Rights(string at) =>
        [
            new(at + "ready", InputType.Month, "Month by which the accelerators are promised."),
            Months(
                at + "long_stop",
                "Months after that date at which an undelivered contract ends.",
                60
            ),
            new(
                at + "delay_damages",
                InputType.Number,
                "Share of the rent owed to the tenant for every month of delay."
            )
            {
                Default = "0",
                Min = 0,
                Max = 5,
                Unit = "fraction",
            },
            Share(at + "availability", "Share of the agreed hours that must be available."),
            new(
                at + "availability_credit",
                InputType.Number,
                "Share of the month's rent credited for every percentage point below it."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            Share(
                at + "availability_credit_cap",
                "Largest share of a month's rent that is credited."
            ) with
            {
                Default = "1",
            },
            Share(at + "terminate_below", "Availability below which the tenant may leave."),
            Months(
                at + "terminate_after",
                "Months in a row below it after which it leaves.",
                60
            ) with
            {
                Default = "3",
                Min = 1,
            },
            Months(at + "exit_after", "Months after which the tenant may leave for a fee.", 240),
            new(at + "exit_fee", InputType.Number, "Months of rent owed on leaving early.")
            {
                Min = 0,
                Max = 240,
                Unit = "months",
            },
            Months(at + "extension", "Months by which the tenant may stay on at the end.", 240) with
            {
                Min = 1,
            },
            new(
                at + "extension_price",
                InputType.Number,
                "Price of the extension over the last price agreed."
            )
            {
                Min = 0,
                Max = 5,
                Unit = "fraction",
            },
            new(
                at + "termination_months",
                InputType.Number,
                "Months of rent owed by the tenant on breach or default, collected at its recovery share."
            )
            {
                Default = "0",
                Min = 0,
                Max = 240,
                Unit = "months",
            },
        ];

    private static InputRow Class(string path, string what) =>
        new(path, InputType.Choice, what) { Choices = CreditTerms.WordsOfAll };

    private static InputRow Share(string path, string what) =>
        new(path, InputType.Number, what)
        {
            Min = 0,
            Max = 1,
            Unit = "fraction",
        };

    private static InputRow Months(string path, string what, int most) =>
        new(path, InputType.Integer, what)
        {
            Min = 0,
            Max = most,
            Unit = "months",
        };

    private static InputRow Slope(string path, string what) =>
        new(
            path,
            InputType.Number,
            $"Chance a month that the contract {what}, per log unit of its price over the market's, in place of its class's."
        )
        {
            Min = 0,
            Max = 1,
            Unit = "1",
        };
}
