using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

public static partial class InferenceInputs
{
    private static IEnumerable<InputRow> Size() =>
        [
            new(
                "size",
                InputType.Section,
                "What 'inference size' is asked: how many accelerators serve this workload under this promise. All keys have defaults."
            ),
            new(
                "size.tokens_per_day",
                InputType.Number,
                "Prompt and answer tokens of a day together; the workload's own rate when silent. At most some ten million accelerators' worth: more is no fleet."
            )
            {
                Min = 1,
                Max = 1e15,
                Unit = "tokens",
            },
            new("size.chips", InputType.List, "Chips to compare; the file's own when silent.")
            {
                Min = 1,
                Max = 50,
            },
            new("size.chips[].accelerator", InputType.CatalogName, "The chip.")
            {
                Required = true,
                CatalogKind = "accelerators",
            },
            new(
                "size.chips[].engine",
                InputType.Choice,
                "The engine on it; the file's own when silent."
            )
            {
                Choices = ServingEngines.Words,
            },
            new(
                "size.chips[].precision",
                InputType.Choice,
                "Precision of the weights on it; the file's own when silent."
            )
            {
                Choices = WeightFormat.Precisions,
            },
            Price("size.chips[].price", "Price of one such accelerator for one hour."),
            Price("size.price", "Price of one accelerator for one hour, where a chip has none."),
            new("size.currency", InputType.Text, "Currency of the prices.") { Default = "USD" },
            new(
                "size.mean_between_failures",
                InputType.Number,
                "Mean hours between failures of one accelerator with its share of the server."
            )
            {
                Default = "50600",
                DefaultLow = 25_000,
                DefaultHigh = 100_000,
                Min = 1,
                Max = 1e9,
                Unit = "1",
                Source =
                    "419 unexpected interruptions of 16,384 GPUs in 54 days: The Llama 3 Herd of Models, 2024, section 3.3.4",
            },
            new("size.repair", InputType.Number, "Mean hours until a failed one serves again.")
            {
                Default = "24",
                DefaultLow = 4,
                DefaultHigh = 120,
                Min = 0,
                Max = 1e5,
                Unit = "1",
                Source = "own prior: a day from failure to a mended or exchanged server",
            },
            new("size.pue", InputType.Number, "Power of the site over that of its servers.")
            {
                Default = "1.3",
                DefaultLow = 1.1,
                DefaultHigh = 1.5,
                Min = 1,
                Max = 3,
                Unit = "1",
                Source = "own prior: air-cooled halls of recent years",
            },
            new(
                "size.most_accelerators",
                InputType.Integer,
                "Accelerators of one replica at most, wide expert parallelism included."
            )
            {
                Default = "144",
                Min = 1,
                Max = 1024,
                Unit = "GPU",
                Source =
                    "DeepSeek-V3/R1 Inference System Overview, 2025-03-01: decode units of 144",
            },
        ];

    private static InputRow Price(string path, string description) =>
        new(path, InputType.Number, description)
        {
            Min = 0,
            Max = 1e6,
            Unit = "1",
        };
}
