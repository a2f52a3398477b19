using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>The inputs of a voucher file: which schemes are tried in which market.</summary>
public static class VoucherInputs
{
    /// <summary>The table of <c>kind: voucher</c>.</summary>
    public static InputTable Table() =>
        new(
            "voucher",
            "Compute vouchers tried in a market: hours added, what would have been rented anyway, money per added hour, who gains.",
            [
                new("name", InputType.Text, "Name of the scheme, used in titles.")
                {
                    Required = true,
                },
                new("explanation", InputType.Text, "What it is for.") { MaxLength = 32_000 },
                new(
                    "market",
                    InputType.Text,
                    "File of kind market that it is tried in, beside this file; its own vouchers are left out."
                )
                {
                    Required = true,
                    MaxLength = 1_000,
                },
                new(
                    "centres",
                    InputType.List,
                    "Centres where vouchers may be used; all of the market's when left out."
                )
                {
                    Max = 1000,
                },
                new("centres[].name", InputType.Text, "Name as in the market file.")
                {
                    Required = true,
                },
                new("who", InputType.Choice, "Tenants that may use them.")
                {
                    Default = "all",
                    Choices = ["all", "small", "training", "inference"],
                },
                new("from", InputType.Month, "First month; the market's when left out."),
                new("until", InputType.Month, "First month without them; never when left out."),
                new(
                    "face_values",
                    InputType.NumberList,
                    "Face values to try: share of a contract's first year that a voucher pays."
                )
                {
                    Default = "0.1 0.2 0.3 0.5",
                    Min = 1,
                    Max = 12,
                },
                new(
                    "budgets",
                    InputType.NumberList,
                    "Budgets to try, money a calendar year in the market's currency; 0 is tried always."
                )
                {
                    Required = true,
                    Min = 1,
                    Max = 12,
                },
                new(
                    "cap_per_user",
                    InputType.Number,
                    "Most that one contract draws; no cap when left out."
                )
                {
                    Min = 0,
                    Max = 1e12,
                    Unit = "1",
                    OneValue = true,
                },
                new(
                    "limit",
                    InputType.Number,
                    "Most that may be spent a year: the best scheme within it is sought; the largest budget when left out."
                )
                {
                    Min = 0,
                    Max = 1e13,
                    Unit = "1",
                    OneValue = true,
                },
                new(
                    "hour_worth",
                    InputType.Number,
                    "Most that an added hour is worth to those who pay: no dearer scheme is advised. One and a half times the rent of an hour where it would hold when left out: its rent, and half as much again for what its use is worth beyond it (own prior)."
                )
                {
                    Min = 0,
                    Max = 1e6,
                    Unit = "1",
                    OneValue = true,
                },
                new(
                    "build_share",
                    InputType.Number,
                    "Share of a server's price that a grant on building pays, for comparison."
                )
                {
                    Default = "0.3",
                    Min = 0.01,
                    Max = 1,
                    Unit = "fraction",
                    Source = "own prior; replace it with the grant's terms",
                    Grade = Grade.D,
                    OneValue = true,
                },
                new(
                    "build_months",
                    InputType.Integer,
                    "Months until a hall built with such a grant opens."
                )
                {
                    Default = "9",
                    Min = 0,
                    Max = 60,
                    Unit = "months",
                    Source = "own prior",
                    Grade = Grade.D,
                },
                new(
                    "recovery",
                    InputType.Number,
                    "Share of a clawback that is got back from those who did not deliver."
                )
                {
                    Default = "0.5",
                    Min = 0,
                    Max = 1,
                    Unit = "fraction",
                    Source = "own prior; no case with a published recovery was found",
                    Grade = Grade.D,
                    OneValue = true,
                },
                new("draws", InputType.Integer, "Histories drawn; the market's when left out.")
                {
                    Min = 20,
                    Max = 5000,
                    Unit = "1",
                },
            ]
        );
}
