using Plimsoll.Inputs;
using Plimsoll.Market.Quotes;
using Plimsoll.Studies;

namespace Plimsoll.Portfolios;

/// <summary>The inputs of a portfolio file: centres in the words of a study, what is known of each today, and what may be spent on them.</summary>
/// <remarks>
/// Every section of a study stands below <c>centres[]</c> and, for what all centres share, below <c>defaults</c>. The word <c>unknown</c> may
/// stand for any value below <c>centres[]</c>: its prior holds (<see cref="UnknownWords"/>).
/// </remarks>
public static class PortfolioInputs
{
    /// <summary>The word after <c>kind:</c>.</summary>
    public const string Kind = "portfolio";

    /// <summary>The list of centres.</summary>
    public const string Centres = "centres";

    /// <summary>What all centres share.</summary>
    public const string Defaults = "defaults";

    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>Sections and lists of a study that a centre may hold.</summary>
    internal static readonly string[] StudyParts =
    [
        "centre",
        "site",
        "hall",
        "fleet",
        "serving",
        "signed",
        "operator",
        "backstop",
        "finance",
        "decision",
        "lending",
        "options",
        "construction",
    ];

    /// <summary>The table of <c>kind: portfolio</c>.</summary>
    public static InputTable Table() =>
        new(
            Kind,
            "Several AI data centres, planned, half built or standing, that compete with each other, and what to do with each.",
            [
                .. Head(),
                .. Money(),
                .. Takers(),
                .. TableOfCentres(),
                new(
                    Defaults,
                    InputType.Section,
                    "What holds for every centre that does not say otherwise, in the sections of a study."
                ),
                .. Study($"{Defaults}.", p => p is not ("fleet" or "signed")),
                new(Centres, InputType.List, "The centres; further ones may stand in a table.")
                {
                    Max = 1000,
                },
                .. OfCentre($"{Centres}[].").Select(MayBeUnknown),
                .. Study($"{Centres}[].", _ => true).Select(MayBeUnknown),
            ]
        );

    /// <summary>A planner may say of a centre what he does not know of it: nothing out of the ordinary is then taken.</summary>
    private static InputRow MayBeUnknown(InputRow row) =>
        row with
        {
            HasPrior = row.HasPrior || !row.Required,
        };

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the portfolio, used in titles.")
            {
                Required = true,
            },
            new(
                "explanation",
                InputType.Text,
                "What the portfolio is and where its facts come from, printed in the report."
            )
            {
                MaxLength = 32_000,
            },
            new(
                "question",
                InputType.Choice,
                "Whose question it is: a planner's, who also decides on what is planned; one owner's of all; their lender's."
            )
            {
                Default = "planner",
                Choices = ["planner", "owner", "lender"],
            },
            new(
                "decided",
                InputType.Month,
                "Month of the decision; nothing published later is seen."
            )
            {
                Required = true,
            },
            new(
                "horizon",
                InputType.Integer,
                "Months looked ahead from the month after the decision; 72 covers a loan of usual terms whose centre is decided on a year later."
            )
            {
                Default = "72",
                Min = 24,
                Max = 240,
                Unit = "months",
            },
            new("seed", InputType.Integer, "Seed of all random numbers.")
            {
                Default = "1",
                Min = 0,
                Max = 1e9,
            },
            new("market", InputType.Section, "The market that all centres sell into."),
            new(
                "market.name",
                InputType.Choice,
                "Which market: rents and currency; that of the first centre's country when silent."
            )
            {
                Choices = ["china", "us", "europe"],
            },
            .. QuoteInputs.Rows("market.quotes"),
            new(
                "market.world_link",
                InputType.Choice,
                "Whether the top tier's rent is drawn to the world's: in every draw, in none, or in half of them."
            )
            {
                Default = "half",
                Choices = ["on", "off", "half"],
            },
        ];

    private static IEnumerable<InputRow> Money() =>
        [
            new("budget", InputType.Section, "What may be spent on actions."),
            new(
                "budget.amount",
                InputType.Number,
                "Money there is for what actions cost once, what is already owed included; no limit when silent."
            )
            {
                Min = 0,
                Max = 1e14,
                Unit = "1",
            },
            new(
                "budget.owed",
                InputType.Number,
                "Money of the budget that is promised already beside the grants due to the centres."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e14,
                Unit = "1",
            },
            new(
                "value",
                InputType.Section,
                "What a plan is worth: the present value of all centres before finance at the rule's hurdle, and what is added to it here."
            ),
            new(
                "value.useful_gpu_hour",
                InputType.Number,
                "Worth to the public of an accelerator-hour in real use, beyond the rent paid for it; as a share of the rent when silent."
            )
            {
                Min = 0,
                Max = 1e4,
                Unit = "1",
            },
            new(
                "value.useful_share_of_rent",
                InputType.Number,
                "Where useful_gpu_hour is silent: that worth as a share of the rent quoted for the centre's chip on the day. When silent too, 0.5 for a planner (users' surplus of a straight demand line of elasticity -1; own prior, grade D) and 0 for an owner or a lender."
            )
            {
                Min = 0,
                Max = 20,
                Unit = "fraction",
            },
            new(
                "value.public_money",
                InputType.Number,
                "Worth of one unit of public money spent on grants, vouchers and actions, taken off."
            )
            {
                Default = "0",
                Min = 0,
                Max = 10,
                Unit = "1",
            },
            new(
                "value.lender_loss",
                InputType.Number,
                "What one unit of a lender's loss costs beyond being somebody's loss already counted."
            )
            {
                Default = "0",
                Min = 0,
                Max = 10,
                Unit = "1",
            },
            new("value.job_year", InputType.Number, "Worth of one job for a year.")
            {
                Default = "0",
                Min = 0,
                Max = 1e8,
                Unit = "1",
            },
            new(
                "value.discount_rate",
                InputType.Number,
                "Yearly rate at which use, jobs and public money of later months are discounted."
            )
            {
                Default = "0.05",
                Min = 0,
                Max = 0.5,
                Unit = "fraction/yr",
                Source = OwnPrior,
            },
        ];

    private static IEnumerable<InputRow> Takers() =>
        [
            new(
                "pool_servers",
                InputType.Number,
                "Servers of eight of a tier that clouds lease, take-or-pay, of all centres together; a tenth of what the nation has let of the tier when silent."
            )
            {
                Min = 0,
                Max = 1e7,
                Unit = "servers",
                Source = "own prior: a cloud must place what it leases",
            },
            new(
                "takers",
                InputType.List,
                "Classes of operators to whom a centre could be handed; one, as the options of the centre say, when silent."
            )
            {
                Max = 20,
            },
            new("takers[].name", InputType.Text, "Name of the class.") { Required = true },
            new(
                "takers[].capability",
                InputType.Number,
                "Capability of such an operator: 0 has never run such a fleet, 1 is the best known."
            )
            {
                Required = true,
                Min = 0,
                Max = 1,
                Unit = "1",
                OneValue = true,
            },
            new("takers[].share", InputType.Number, "Share of operating cash it keeps.")
            {
                Default = "0.25",
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source = OwnPrior,
                OneValue = true,
            },
            new(
                "takers[].price_per_server",
                InputType.Number,
                "What it pays for taking a server over; less than 0 when it must be paid."
            )
            {
                Default = "0",
                Min = -1e7,
                Max = 1e7,
                Unit = "1",
                OneValue = true,
            },
            new(
                "takers[].least_servers",
                InputType.Number,
                "It takes no centre with fewer servers."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e6,
                Unit = "servers",
                OneValue = true,
            },
        ];

    private static IEnumerable<InputRow> TableOfCentres() =>
        [
            new("table", InputType.Section, "A table of centres, one a line, beside the list."),
            new(
                "table.file",
                InputType.Text,
                "Its file (CSV), seen from the folder of this file; the header's words are keys unless the columns say otherwise."
            )
            {
                Required = true,
                MaxLength = 500,
            },
            new("table.columns", InputType.List, "What the columns of the table are called here.")
            {
                Max = 200,
            },
            new("table.columns[].column", InputType.Text, "Header of the column.")
            {
                Required = true,
            },
            new(
                "table.columns[].key",
                InputType.Text,
                "Key it holds: a path below 'centres[]', such as site.name or today.let; 'fleet.servers' and the like speak of the one fleet of a line; 'ignore' leaves it out."
            )
            {
                Required = true,
            },
        ];

    private static IEnumerable<InputRow> OfCentre(string at) =>
        [
            new($"{at}name", InputType.Text, "Name of the centre, unique in the portfolio.")
            {
                Required = true,
            },
            new(
                $"{at}state",
                InputType.Choice,
                "Where it stands: it runs, is being built, or is planned (and asks for approval)."
            )
            {
                Default = "standing",
                Choices = ["standing", "building", "planned"],
            },
            new(
                $"{at}province",
                InputType.Text,
                "Province or state, by which results are grouped."
            ),
            new($"{at}owner", InputType.Text, "Who owns it."),
            new(
                $"{at}operator_class",
                InputType.Choice,
                "What its operator is; sets the prior of its capability where the centre gives none."
            )
            {
                Choices = [.. OperatorClass.All.Select(c => c.Name)],
            },
            new(
                $"{at}project",
                InputType.CatalogName,
                "Project of the catalogue that this centre is: the market then holds it only once."
            )
            {
                CatalogKind = "projects",
            },
            new(
                $"{at}stylised",
                InputType.Boolean,
                "True for a made-up centre that stands for others of its kind."
            )
            {
                Default = "false",
            },
            new($"{at}source", InputType.Text, "Where what is said of it comes from.")
            {
                MaxLength = 2000,
            },
            new($"{at}jobs", InputType.Number, "People who work there while it is lit.")
            {
                Default = "0",
                Min = 0,
                Max = 1e6,
                Unit = "1",
                OneValue = true,
            },
            new(
                $"{at}grant_due",
                InputType.Number,
                "Public money promised to it and not yet paid; not owed when it is refused or stopped."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e13,
                Unit = "1",
                OneValue = true,
            },
            new($"{at}today", InputType.Section, "How full it is today, told apart four ways."),
            Share($"{at}today.racked", "Share of its servers that stand in racks, ready."),
            Share(
                $"{at}today.let",
                "Share of its accelerators under contract; tenants listed under 'signed' are part of it."
            ) with
            {
                Ranged = true,
            },
            Share($"{at}today.lit", "Share of its accelerators that is switched on."),
            Share(
                $"{at}today.load",
                "Share of its accelerator-hours in which work runs, let or not."
            ),
            new(
                $"{at}today.price_per_gpu_hour",
                InputType.Number,
                "Mean rent of what is let today and not listed under 'signed'; the market's of the draw when silent."
            )
            {
                Min = 0,
                Max = 1e4,
                Unit = "1",
                Ranged = true,
            },
            new(
                $"{at}today.months_left",
                InputType.Number,
                "Mean months that these tenants' contracts still run."
            )
            {
                Min = 0,
                Max = 240,
                Unit = "months",
                Ranged = true,
            },
        ];

    private static InputRow Share(string path, string meaning) =>
        new(path, InputType.Number, meaning)
        {
            Min = 0,
            Max = 1,
            Unit = "fraction",
        };

    /// <summary>The rows of a study below another key; what a centre may leave open is not required there.</summary>
    private static IEnumerable<InputRow> Study(string at, Func<string, bool> parts) =>
        StudyInputs
            .Table()
            .Rows.Where(r => StudyParts.Contains(Part(r.Path)) && parts(Part(r.Path)))
            .Select(r =>
                r with
                {
                    Path = at + r.Path,
                    Required = at.StartsWith(Centres, StringComparison.Ordinal)
                        ? r.Required && !Open.Contains(r.Path)
                        : r.Required && r.Path.Contains("[]", StringComparison.Ordinal),
                    HasPrior = r.HasPrior || r.Path == "fleet[].servers",
                    // How many servers a centre has may be known as a range only.
                    Type = r.Path == "fleet[].servers" ? InputType.Number : r.Type,
                    Ranged = r.Ranged || r.Path == "fleet[].servers",
                    Min = r.Path == "fleet" ? 0 : r.Min,
                }
            );

    /// <summary>What a study must say and a centre of a portfolio may not know.</summary>
    internal static readonly string[] Open =
    [
        "centre",
        "site",
        "fleet",
        "fleet[].server",
        "fleet[].servers",
        "fleet[].online",
        "fleet[].capex_per_server",
        "signed[].tenant",
        "signed[].price_per_gpu_hour",
        "signed[].tenor",
        "signed[].servers",
    ];

    /// <summary>True for a path of a portfolio that holds a key of a centre's study.</summary>
    /// <param name="path">As a finding names it: <c>centres[3].site.tariff</c>, <c>defaults.finance.margin</c>.</param>
    internal static bool IsOfAStudy(string path) =>
        Part(path) is "centres" or "defaults"
        && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && StudyParts.Contains(Part(path[(dot + 1)..]), StringComparer.Ordinal);

    private static string Part(string path) => path.Split('.', '[')[0];
}
