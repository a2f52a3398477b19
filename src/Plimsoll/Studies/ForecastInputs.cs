using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Rows of section <c>forecast</c>: what the promoter claims, with the evidence.</summary>
internal static class ForecastInputs
{
    /// <summary>The rows.</summary>
    public static IEnumerable<InputRow> Rows() =>
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
                Money = "/GPU-h",
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
