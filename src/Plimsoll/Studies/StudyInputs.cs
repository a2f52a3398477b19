using Plimsoll.Contracts;
using Plimsoll.Inputs;
using Plimsoll.Market.Curves;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Options.Sponsor;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Studies;

/// <summary>The inputs of a study file: what the decision is about, and the rows of the layers below.</summary>
public static class StudyInputs
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>The table of <c>kind: study</c>.</summary>
    public static InputTable Table() =>
        new(
            "study",
            "One AI data centre, planned or standing, and the question asked about it.",
            StudyRanges.Marked([
                .. Head(),
                .. Centre(),
                .. Sites.SiteInputs.Rows(),
                .. HallLease.Rows,
                .. Fleet(),
                .. ServingInputs.Rows(),
                .. Signed(),
                .. ActualMonths.Rows,
                ActualsTable.Row,
                .. Finance.FinanceInputs.Rows(),
                .. DecisionInputs.Rows(),
                .. Decisions.Lending.LendingInputs.Rows(),
                .. Options(),
                .. ForecastInputs.Rows(),
                .. Catalog.WrittenHardware.Rows(),
            ])
        );

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the study, used in titles.") { Required = true },
            new(
                "explanation",
                InputType.Text,
                "What the case is and where its facts come from, printed in the report."
            )
            {
                MaxLength = 32_000,
            },
            new(
                "question",
                InputType.Choice,
                "Whose question it is: the sponsor of a planned centre, its lender, the owner of a standing one, the sponsor of a half-built one, or an operator with a lease on the table."
            )
            {
                Required = true,
                Choices = [.. QuestionKind.All.Select(q => q.Name)],
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
                "Months looked ahead from the month after the decision."
            )
            {
                Default = "96",
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
            new("market", InputType.Section, "The market the centre sells into."),
            new(
                "market.name",
                InputType.Choice,
                "Which market: rents and the study's currency; that of the site's country when silent."
            )
            {
                Choices = [.. MarketLink.All.Select(m => m.Name)],
            },
            .. QuoteInputs.Rows("market.quotes"),
            .. CurveInputs.Rows("market"),
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

    private static IEnumerable<InputRow> Centre() =>
        [
            new("centre", InputType.Section, "Who runs it and what it may sell.")
            {
                Required = true,
            },
            new("centre.operator", InputType.Text, "Who operates it.") { Default = "not named" },
            new(
                "centre.operator_capability",
                InputType.Number,
                "Capability of the operator: 0 has never run such a fleet, 1 is the best known. Better left out where centre.record is given, which it overrules."
            )
            {
                Default = "0.5",
                DefaultLow = 0.3,
                DefaultHigh = 0.7,
                Min = 0,
                Max = 1,
                Source = OwnPrior,
                Unit = "1",
            },
            .. OperatorRecord.Rows("centre.record"),
            new(
                "centre.captive_share",
                InputType.Number,
                "Share of capacity the owner keeps for itself."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new("centre.minimum_lot", InputType.Number, "Smallest lot offered.")
            {
                Default = "8",
                Min = 1,
                Max = 100_000,
                Unit = "GPU",
            },
            new(
                "centre.voucher_scheme",
                InputType.CatalogName,
                "Voucher scheme whose tenants may rent here."
            )
            {
                CatalogKind = "vouchers",
            },
            new(
                "centre.sells_training_leases",
                InputType.Boolean,
                "Offers long leases of many accelerators for training."
            )
            {
                Default = "true",
            },
            new("centre.sells_small_leases", InputType.Boolean, "Offers leases of a few servers.")
            {
                Default = "true",
            },
            new("centre.sells_spot", InputType.Boolean, "Offers accelerators by the hour.")
            {
                Default = "true",
            },
            new(
                "centre.sells_inference",
                InputType.Boolean,
                "Serves tokens under a latency promise."
            )
            {
                Default = "false",
            },
        ];

    private static IEnumerable<InputRow> Fleet() =>
        [
            new("fleet", InputType.List, "The servers, by the time they come.")
            {
                Required = true,
                Min = 1,
                Max = 50,
            },
            new(
                "fleet[].name",
                InputType.Text,
                "Name of the fleet, to which leases refer; that of its server and month when silent."
            ),
            new(
                "fleet[].server",
                InputType.CatalogName,
                "Server in the catalogue; it names the accelerator."
            )
            {
                Required = true,
                CatalogKind = "servers",
            },
            new("fleet[].servers", InputType.Integer, "How many.")
            {
                Required = true,
                Min = 1,
                Max = 1_000_000,
                Unit = "servers",
            },
            new(
                "fleet[].online",
                InputType.Month,
                "Month in which they are planned to be ready for sale."
            )
            {
                Required = true,
            },
            new(
                "fleet[].capex_per_server",
                InputType.Number,
                "All-in capital cost of a server with its share of network, storage, hall and power, tax excluded, in the study's currency; 'unknown' takes the prices of the catalogue."
            )
            {
                Required = true,
                HasPrior = true,
                Min = 0,
                Max = 1e9,
                Unit = "1",
                Money = "/server",
            },
            new(
                "fleet[].training_fabric",
                InputType.Boolean,
                "True when its network lets one job span the fleet."
            )
            {
                Default = "true",
            },
        ];

    private static IEnumerable<InputRow> Signed() =>
        [.. LeaseInputs.Rows(), .. LeaseInputs.OperatorRows(), .. LeaseInputs.BackstopRows()];

    private static IEnumerable<InputRow> Options() =>
        [
            new("options", InputType.Section, "The alternatives compared."),
            .. SponsorOptions.Kinds.SelectMany(k => k.Rows),
            .. OwnerOptions.Kinds.SelectMany(k => k.Rows),
            .. QuestionKind.All.SelectMany(k => k.Rows),
        ];
}
