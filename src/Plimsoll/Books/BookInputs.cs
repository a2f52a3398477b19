using Plimsoll.Inputs;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;

namespace Plimsoll.Books;

/// <summary>The inputs of a book file.</summary>
public static class BookInputs
{
    private const string Own = "own prior; replace it with your own figure";

    /// <summary>Classes of counterparties by their words.</summary>
    internal static IReadOnlyDictionary<string, Contracts.CreditClass> Classes { get; } =
        new Dictionary<string, Contracts.CreditClass>(StringComparer.Ordinal)
        {
            ["investment grade"] = Contracts.CreditClass.InvestmentGrade,
            ["rated below"] = Contracts.CreditClass.RatedBelow,
            ["funded lab"] = Contracts.CreditClass.FundedLab,
            ["start-up"] = Contracts.CreditClass.StartUp,
            ["affiliate"] = Contracts.CreditClass.Affiliate,
            ["public body"] = Contracts.CreditClass.PublicBody,
        };

    /// <summary>The table of <c>kind: book</c>.</summary>
    public static InputTable Table() =>
        new(
            "book",
            "A lender's book: loans that share tenants, operators and chips, in one market.",
            [.. Head(), .. Parties(), .. Loans()]
        );

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the book, used in titles.") { Required = true },
            new("explanation", InputType.Text, "What it is and where its figures come from.")
            {
                MaxLength = 32_000,
            },
            new(
                "decided",
                InputType.Month,
                "Month of the decision: nothing published later is seen."
            )
            {
                Required = true,
            },
            new("market", InputType.Choice, "Market of rents and of used accelerators.")
            {
                Default = "china",
                Choices = [.. MarketLink.All.Select(m => m.Name)],
            },
            new(
                "currency",
                InputType.Choice,
                "Currency of every amount: the market's, in which its rents and prices are."
            )
            {
                Choices = ["CNY", "USD", "EUR"],
            },
            new("draws", InputType.Integer, "Joint draws.")
            {
                Default = "2000",
                Min = 50,
                Max = 50_000,
                Unit = "1",
            },
            new("seed", InputType.Integer, "Seed of all random numbers.")
            {
                Default = "1",
                Min = 0,
                Max = 1e9,
                Unit = "1",
            },
            new(
                "glut",
                InputType.Number,
                "Share of the market's capacity that finds no use; it presses used prices."
            )
            {
                Default = "0.3",
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source = Own,
                Grade = Grade.D,
                OneValue = true,
            },
            new(
                "dark_months",
                InputType.Integer,
                "Months that an operator's failure leaves a centre dark before another steps in."
            )
            {
                Default = "3",
                Min = 0,
                Max = 60,
                Unit = "months",
                Source = Own,
                Grade = Grade.D,
            },
            new("chips", InputType.List, "How large the market of a chip is.") { Max = 50 },
            new("chips[].name", InputType.CatalogName, "The chip.")
            {
                Required = true,
                CatalogKind = "accelerators",
            },
            new(
                "chips[].stock",
                InputType.Number,
                "Accelerators of it in the market: what a sale of collateral meets."
            )
            {
                Required = true,
                Min = 1,
                Max = 1e8,
                Unit = "GPU",
                OneValue = true,
            },
            new(
                "chips[].new_price",
                InputType.Number,
                "What a new one costs today, in the file's currency; the catalogue's price of the last two years when left out."
            )
            {
                Min = 1,
                Max = 1e8,
                Unit = "1",
                OneValue = true,
            },
        ];

    private static IEnumerable<InputRow> Parties() =>
        [
            new(
                "counterparties",
                InputType.List,
                "Tenants and operators; the same name is the same company in every loan and fails once."
            )
            {
                Max = 500,
            },
            new("counterparties[].name", InputType.Text, "Its name.") { Required = true },
            new("counterparties[].class", InputType.Choice, "How good it is for its word.")
            {
                Required = true,
                Choices = [.. Classes.Keys],
            },
            new(
                "counterparties[].yearly_default_rate",
                InputType.Number,
                "Chance of default in a year; that of its class when left out."
            )
            {
                Min = 0,
                Max = 0.99,
                Unit = "fraction/yr",
                OneValue = true,
            },
            new(
                "counterparties[].parent",
                InputType.Text,
                "Counterparty of this file whose failure takes it along."
            ),
        ];

    private static IEnumerable<InputRow> Loans() =>
        [
            new("loans", InputType.List, "The loans.")
            {
                Required = true,
                Min = 1,
                Max = 500,
            },
            new("loans[].name", InputType.Text, "Its name.") { Required = true },
            new("loans[].outstanding", InputType.Number, "Outstanding today.")
            {
                Required = true,
                Min = 1,
                Max = 1e13,
                Unit = "1",
                OneValue = true,
            },
            new("loans[].rate", InputType.Number, "Yearly rate, paid monthly.")
            {
                Default = "0.06",
                Min = 0,
                Max = 0.5,
                Unit = "fraction/yr",
                Source = Own,
                OneValue = true,
            },
            new("loans[].months_left", InputType.Integer, "Months to maturity.")
            {
                Required = true,
                Min = 1,
                Max = 240,
                Unit = "months",
            },
            new(
                "loans[].repayment",
                InputType.Choice,
                "annuity, or bullet: principal at maturity, refinanced as far as the collateral carries it."
            )
            {
                Default = "annuity",
                Choices = ["annuity", "bullet"],
            },
            new("loans[].chip", InputType.CatalogName, "Chip of the collateral.")
            {
                Required = true,
                CatalogKind = "accelerators",
            },
            new("loans[].accelerators", InputType.Number, "Accelerators.")
            {
                Required = true,
                Min = 1,
                Max = 1e7,
                Unit = "GPU",
                OneValue = true,
            },
            new("loans[].age_months", InputType.Integer, "Age of the collateral today.")
            {
                Default = "12",
                Min = 0,
                Max = 240,
                Unit = "months",
            },
            new("loans[].place", InputType.Text, "Where it stands.") { Default = "not given" },
            new("loans[].operator", InputType.Text, "Who runs it, a counterparty of this file."),
            new(
                "loans[].running_cost",
                InputType.Number,
                "Running cost, money an accelerator and month."
            )
            {
                Required = true,
                Min = 0,
                Max = 1e6,
                Unit = "1",
                OneValue = true,
            },
            new(
                "loans[].merchant_fill",
                InputType.Number,
                "Share of accelerators without a lease that finds other tenants at the market's rent."
            )
            {
                Default = "0.35",
                DefaultLow = 0.1,
                DefaultHigh = 0.7,
                Ranged = true,
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source =
                    "own prior within the published lit shares of 2024-25 and full fleets abroad",
                Grade = Grade.D,
            },
            new(
                "loans[].reserve_months",
                InputType.Number,
                "Months of debt service held in reserve."
            )
            {
                Default = "3",
                Min = 0,
                Max = 36,
                Unit = "months",
                Source = Own,
                OneValue = true,
            },
            new("loans[].leases", InputType.List, "Leases behind it.") { Max = 100 },
            new(
                "loans[].leases[].tenant",
                InputType.Text,
                "Who owes the rent, a counterparty of this file."
            )
            {
                Required = true,
            },
            new("loans[].leases[].accelerators", InputType.Number, "Accelerators let.")
            {
                Required = true,
                Min = 0,
                Max = 1e7,
                Unit = "GPU",
                OneValue = true,
            },
            new(
                "loans[].leases[].price_per_gpu_hour",
                InputType.Number,
                "Rent, tax excluded, money an accelerator-hour."
            )
            {
                Required = true,
                Min = 0,
                Max = 10_000,
                Unit = "1",
                OneValue = true,
            },
            new("loans[].leases[].months_left", InputType.Integer, "Months it still runs.")
            {
                Required = true,
                Min = 1,
                Max = 360,
                Unit = "months",
            },
        ];
}
