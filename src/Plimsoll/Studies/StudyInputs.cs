using Plimsoll.Contracts;
using Plimsoll.Inputs;
using Plimsoll.Market.Curves;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Performance;
using Plimsoll.Quantities;
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
            [
                .. Head(),
                .. Centre(),
                .. Sites.SiteInputs.Rows(),
                .. HallLease.Rows,
                .. Fleet(),
                .. Serving(),
                .. Signed(),
                .. Finance.FinanceInputs.Rows(),
                .. Decision(),
                .. Decisions.Lending.LendingInputs.Rows(),
                .. Options(),
                .. Forecast(),
            ]
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

    private static IEnumerable<InputRow> Serving() =>
        [
            new(
                "serving",
                InputType.Section,
                "The model served and the latency promised: what an accelerator-hour earns in inference."
            ),
            new("serving.model", InputType.CatalogName, "Model served.")
            {
                CatalogKind = "models",
                Default = "Llama-2 70B",
                Source = "a mid-size open model of the time",
                Grade = Grade.D,
            },
            new("serving.precision", InputType.Choice, "Precision of the weights.")
            {
                Default = "fp8",
                Choices = ["bf16", "fp8", "fp4", "int8", "int4"],
            },
            new("serving.engine", InputType.Choice, "Engine that serves it.")
            {
                Default = "vllm",
                Choices = [.. ServingEngines.Words],
                Source = "the most measured open engine",
                Grade = Grade.B,
            },
            new(
                "serving.engine_version",
                InputType.Text,
                "Its version, as 0.11; the newest measured by the decision when silent, with the spread over versions in the error."
            )
            {
                MaxLength = 40,
            },
            new(
                "serving.memory_utilisation",
                InputType.Number,
                "Share of an accelerator's memory that the engine may fill."
            )
            {
                Default = "0.9",
                Min = 0.3,
                Max = 0.99,
                Unit = "fraction",
                Source = "default of vLLM",
                Grade = Grade.A,
            },
            new(
                "serving.replica_servers",
                InputType.Integer,
                "Servers of one replica; without it and without tensor_parallel, the layout of the highest goodput, experts over many servers included."
            )
            {
                Default = "1",
                Min = 1,
                Max = 64,
                Unit = "servers",
            },
            new(
                "serving.tensor_parallel",
                InputType.Integer,
                "Accelerators that share a layer; 0 to take the layout of the highest goodput."
            )
            {
                Default = "0",
                Min = 0,
                Max = 16,
                Unit = "GPU",
            },
            new("serving.input_tokens", InputType.Number, "Mean prompt length.")
            {
                Default = "1500",
                Min = 1,
                Max = 1_000_000,
                Unit = "tokens",
                Source = "Azure LLM traces 2023-24, between chat and code",
                Grade = Grade.B,
            },
            new("serving.output_tokens", InputType.Number, "Mean answer length.")
            {
                Default = "400",
                Min = 1,
                Max = 200_000,
                Unit = "tokens",
                Source = "Azure LLM traces 2023-24, between chat and code",
                Grade = Grade.B,
            },
            new(
                "serving.cache_hit_share",
                InputType.Number,
                "Share of prompt tokens found in the prefix cache."
            )
            {
                Default = "0.2",
                Min = 0,
                Max = 0.99,
                Unit = "fraction",
                Source = OwnPrior,
            },
            new(
                "serving.arrival_cv",
                InputType.Number,
                "Burstiness of arrivals: standard deviation of the gaps over their mean."
            )
            {
                Default = "2",
                Min = 0.5,
                Max = 20,
                Unit = "1",
                Source = "production traces show 2 to 13",
                Grade = Grade.B,
            },
            TokenPrice("price_input", "input tokens that miss the cache"),
            TokenPrice("price_cached", "input tokens that hit the cache"),
            TokenPrice("price_output", "output tokens"),
            new(
                "serving.token_discount",
                InputType.Number,
                "Share taken off the list price of tokens; it wins customers as any lower price does."
            )
            {
                Default = "0",
                Min = 0,
                Max = 0.95,
                Unit = "fraction",
            },
            new("serving.ttft", InputType.Number, "Promised time to first token.")
            {
                Default = "2000",
                Min = 10,
                Max = 600_000,
                Unit = "ms",
                Source = OwnPrior,
            },
            new("serving.tpot", InputType.Number, "Promised time per output token.")
            {
                Default = "50",
                Min = 1,
                Max = 10_000,
                Unit = "ms",
                Source = "20 tokens a second, the speed DeepSeek reported for its service",
                Grade = Grade.A,
            },
            new(
                "serving.software_growth",
                InputType.Number,
                "Growth a year of the tokens one accelerator serves, by better software alone."
            )
            {
                Default = "0.3",
                DefaultLow = 0.1,
                DefaultHigh = 0.6,
                Min = -0.5,
                Max = 5,
                Unit = "fraction/yr",
                Source = OwnPrior,
            },
            new(
                "serving.percentile",
                InputType.Number,
                "Percentile at which the promise must hold."
            )
            {
                Default = "90",
                Min = 50,
                Max = 99.9,
                Unit = "1",
                Source = OwnPrior,
            },
        ];

    private static InputRow TokenPrice(string key, string what) =>
        new(
            "serving." + key,
            InputType.Number,
            $"List price of a million {what}, tax excluded, in the study's currency; the model's own list of the day when silent."
        )
        {
            Min = 0,
            Max = 100_000,
            Unit = "1",
        };

    private static IEnumerable<InputRow> Signed() =>
        [.. LeaseInputs.Rows(), .. LeaseInputs.OperatorRows(), .. LeaseInputs.BackstopRows()];

    private static IEnumerable<InputRow> Decision() =>
        [
            new(
                "decision",
                InputType.Section,
                "The rule by which the verdict is given; it is printed with the answer."
            ),
            new(
                "decision.covenant_dscr",
                InputType.Number,
                "Debt service cover below which a covenant is broken, trailing twelve months."
            )
            {
                Default = "1.2",
                Min = 0.5,
                Max = 5,
                Unit = "1",
                Source = "common project finance covenant",
                Grade = Grade.C,
            },
            new(
                "decision.max_breach_probability",
                InputType.Number,
                "Largest acceptable chance that the covenant is ever broken."
            )
            {
                Default = "0.10",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "decision.max_default_probability",
                InputType.Number,
                "Largest acceptable chance of a payment default."
            )
            {
                Default = "0.05",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "decision.risk_margin",
                InputType.Number,
                "Yearly margin earned for bearing risk; the expected loss a year must not exceed it."
            )
            {
                Default = "0.025",
                Min = 0,
                Max = 0.5,
                Unit = "fraction/yr",
                Source =
                    "own prior; loans on accelerators abroad paid 400 to 1,300 basis points over the base rate in 2023-25 (catalogue, loans)",
                Grade = Grade.D,
            },
            new(
                "decision.equity_hurdle",
                InputType.Number,
                "Yearly nominal return that equity demands; the discount rate of its NPV."
            )
            {
                Default = "0.15",
                Min = 0,
                Max = 1,
                Unit = "fraction/yr",
                Source = OwnPrior,
            },
            new(
                "decision.max_equity_loss_probability",
                InputType.Number,
                "Largest acceptable chance that equity's NPV is negative."
            )
            {
                Default = "0.35",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
        ];

    private static IEnumerable<InputRow> Options() =>
        [
            new("options", InputType.Section, "The alternatives compared."),
            .. SponsorOptions.Kinds.SelectMany(k => k.Rows),
            .. OwnerOptions.Kinds.SelectMany(k => k.Rows),
            .. QuestionKind.All.SelectMany(k => k.Rows),
        ];

    private static IEnumerable<InputRow> Forecast() =>
        [
            new(
                "forecast",
                InputType.Section,
                "What the promoter claims, with the evidence; set beside the model's odds, never used by it."
            ),
            new("forecast.by", InputType.Text, "Who made it.") { Default = "the sponsor" },
            new("forecast.fill", InputType.Number, "Claimed share of hours sold once ramped up.")
            {
                Required = true,
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "forecast.price_per_gpu_hour",
                InputType.Number,
                "Claimed price of an accelerator-hour, tax excluded, in the study's currency."
            )
            {
                Required = true,
                Min = 0,
                Max = 10_000,
                Unit = "1",
            },
            new("forecast.evidence", InputType.List, "What the claim rests on.") { Max = 100 },
            new("forecast.evidence[].kind", InputType.Choice, "What it is.")
            {
                Required = true,
                Choices = Decisions.BaseRates.EvidenceKind.Words,
            },
            new("forecast.evidence[].servers", InputType.Number, "Servers it speaks of.")
            {
                Required = true,
                Min = 0,
                Max = 1_000_000,
                Unit = "servers",
            },
            new("forecast.evidence[].counterparty", InputType.Text, "Who signed it.")
            {
                Default = "not named",
            },
            new("forecast.evidence[].names_chip", InputType.Boolean, "It names the accelerator.")
            {
                Default = "false",
            },
            new(
                "forecast.evidence[].names_delivery_date",
                InputType.Boolean,
                "It names a delivery date."
            )
            {
                Default = "false",
            },
            new(
                "forecast.evidence[].prepaid_share",
                InputType.Number,
                "Share of the contract paid in advance."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new("forecast.evidence[].note", InputType.Text, "Anything else.")
            {
                MaxLength = 32_000,
            },
        ];
}
