using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Rows of section <c>serving</c>: the model served and the latency promised.</summary>
internal static class ServingInputs
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>The rows.</summary>
    public static IEnumerable<InputRow> Rows() =>
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
                "Its version, as 0.12; the newest measured by the decision when silent, with the spread over versions in the error."
            )
            {
                MaxLength = 40,
            },
            ServingProfile.Row,
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
            Money = "/Mtoken",
        };
}
