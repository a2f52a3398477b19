using Plimsoll.Decisions.BaseRates;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>The inputs of an audit file: claims of demand, what they rest on, who stands behind it.</summary>
public static class AuditInputs
{
    /// <summary>What can be claimed.</summary>
    internal static IReadOnlyList<string> Assets { get; } =
    ["power", "hall", "centre", "servers", "compute lease"];

    /// <summary>Where the cases lie.</summary>
    internal static IReadOnlyList<string> Countries { get; } = ["China", "US", "Europe", "other"];

    /// <summary>The table of <c>kind: audit</c>.</summary>
    public static InputTable Table() =>
        new(
            "audit",
            "Claims of demand with their evidence, audited against what became of such claims before; for a grantor or a lender.",
            [.. Head(), .. Claims(), .. Evidence(), .. Parties()]
        );

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the audit, used in titles.") { Required = true },
            new("explanation", InputType.Text, "What is asked for and where the papers come from.")
            {
                MaxLength = 32_000,
            },
            new(
                "decided",
                InputType.Month,
                "Month of the decision: no case whose outcome was known later is seen."
            )
            {
                Required = true,
            },
            new("for", InputType.Choice, "Who asks: one who grants a subsidy, or one who lends.")
            {
                Default = "grantor",
                Choices = ["grantor", "lender"],
            },
            new("country", InputType.Choice, "Where the claim is to come true.")
            {
                Default = "China",
                Choices = Countries,
            },
            new(
                "asset",
                InputType.Choice,
                "What is claimed to be let, delivered or energised; its cases are matched first."
            )
            {
                Default = "compute lease",
                Choices = Assets,
            },
            new("unit", InputType.Choice, "Unit of every amount claimed and evidenced.")
            {
                Default = "servers",
                Choices = ["servers", "accelerators", "racks", "MW", "PFLOP/s", "money"],
            },
            new("currency", InputType.Choice, "Currency of the subsidies.")
            {
                Default = "CNY",
                Choices = ["CNY", "USD", "EUR"],
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
            new("draws", InputType.Integer, "Draws for the intervals.")
            {
                Default = "1000",
                Min = 100,
                Max = 20_000,
                Unit = "1",
            },
            new("seed", InputType.Integer, "Seed of all random numbers.")
            {
                Default = "1",
                Min = 0,
                Max = 1e9,
                Unit = "1",
            },
        ];

    private static IEnumerable<InputRow> Claims() =>
        [
            new("claims", InputType.List, "What is claimed, one entry an applicant or a phase.")
            {
                Required = true,
                Min = 1,
                Max = 200,
            },
            new("claims[].name", InputType.Text, "Name of the claim; evidence refers to it.")
            {
                Required = true,
            },
            new("claims[].by", InputType.Text, "Who claims it.") { Default = "the sponsor" },
            new(
                "claims[].group",
                InputType.Text,
                "Group that controls the one who claims; papers of its other companies are marked. The one who claims itself when left out."
            ),
            new(
                "claims[].amount",
                InputType.Number,
                "What is claimed to be let once ramped up, in the file's unit."
            )
            {
                Required = true,
                Min = 1e-6,
                Max = 1e12,
                Unit = "1",
                OneValue = true,
            },
            new(
                "claims[].market",
                InputType.Number,
                "What the place can take of it in all, in the file's unit: what is let there today and may come. No claim is supported beyond it; not known when left out."
            )
            {
                Min = 0,
                Max = 1e12,
                Unit = "1",
                OneValue = true,
            },
            new("claims[].months", InputType.Integer, "Months for which it is claimed.")
            {
                Default = "36",
                Min = 1,
                Max = 360,
                Unit = "months",
            },
            new(
                "claims[].subsidy",
                InputType.Number,
                "Subsidy asked for on the strength of the claim, in the file's currency; 0 for none."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e13,
                Unit = "1",
                OneValue = true,
            },
        ];

    private static IEnumerable<InputRow> Evidence() =>
        [
            new("evidence", InputType.List, "What the claims rest on, one entry a paper.")
            {
                Max = 1000,
            },
            new("evidence[].claim", InputType.Text, "Name of the claim; the only one if left out."),
            new("evidence[].kind", InputType.Choice, "What the paper is.")
            {
                Required = true,
                Choices = EvidenceKind.Words,
            },
            new("evidence[].tenant", InputType.Text, "Who is to pay.") { Default = "not named" },
            new(
                "evidence[].amount",
                InputType.Number,
                "What the paper speaks of, in the file's unit."
            )
            {
                Required = true,
                Min = 0,
                Max = 1e12,
                Unit = "1",
                OneValue = true,
            },
            new(
                "evidence[].capacity",
                InputType.Text,
                "Hall, line or megawatts the paper rests on; what stands behind several papers counts once."
            ),
            new(
                "evidence[].additional",
                InputType.Boolean,
                "It speaks of another need of the tenant than the tenant's other papers."
            )
            {
                Default = "false",
            },
            new("evidence[].signed", InputType.Month, "When it was signed."),
            new("evidence[].names_chip", InputType.Boolean, "It names the accelerator.")
            {
                Default = "false",
            },
            new("evidence[].names_delivery_date", InputType.Boolean, "It names a delivery date.")
            {
                Default = "false",
            },
            new(
                "evidence[].prepaid_share",
                InputType.Number,
                "Share of the paper's value paid in advance; it counts as secured."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1,
                Unit = "fraction",
                OneValue = true,
            },
            new(
                "evidence[].termination_fee",
                InputType.Boolean,
                "The tenant owes a fee when it walks away."
            )
            {
                Default = "false",
            },
            new("evidence[].note", InputType.Text, "Anything else.") { MaxLength = 32_000 },
        ];

    private static IEnumerable<InputRow> Parties() =>
        [
            new("parties", InputType.List, "What is known of tenants.") { Max = 1000 },
            new("parties[].name", InputType.Text, "Name as in the evidence.") { Required = true },
            new(
                "parties[].group",
                InputType.Text,
                "Group that controls it; companies of one group count as one tenant."
            ),
            new(
                "parties[].need",
                InputType.Number,
                "What it is known to need in all, in the file's unit; without it the largest of its papers."
            )
            {
                Min = 0,
                Max = 1e12,
                Unit = "1",
                OneValue = true,
            },
            new("parties[].note", InputType.Text, "How that is known.") { MaxLength = 32_000 },
            new("capacities", InputType.List, "What stands behind papers: halls, lines, megawatts.")
            {
                Max = 1000,
            },
            new("capacities[].name", InputType.Text, "Name as in the evidence.")
            {
                Required = true,
            },
            new("capacities[].amount", InputType.Number, "What it is in all, in the file's unit.")
            {
                Required = true,
                Min = 0,
                Max = 1e12,
                Unit = "1",
                OneValue = true,
            },
        ];
}
