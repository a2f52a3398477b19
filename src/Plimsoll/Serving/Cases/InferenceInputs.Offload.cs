using Plimsoll.Inputs;

namespace Plimsoll.Serving.Cases;

public static partial class InferenceInputs
{
    private static IEnumerable<InputRow> Offload() =>
        [
            new(
                "kv_offload",
                InputType.List,
                "Tiers of KV beside the accelerators (host memory, disks, a remote pool), asked in this order: what a prompt finds there is transferred and not computed."
            )
            {
                Min = 1,
                Max = 8,
            },
            new("kv_offload[].name", InputType.Text, "Name of the tier in results.")
            {
                Required = true,
                MaxLength = 100,
            },
            new(
                "kv_offload[].capacity",
                InputType.Number,
                "KV that it holds: beside each replica, or in all when shared; 0 switches it off."
            )
            {
                Required = true,
                Min = 0,
                Max = 1e9,
                Unit = "GB",
            },
            new(
                "kv_offload[].bandwidth",
                InputType.Number,
                "Bandwidth between it and one replica, all accelerators of the replica together; loads follow each other."
            )
            {
                Required = true,
                Min = 0.001,
                Max = 1e6,
                Unit = "GB/s",
            },
            new("kv_offload[].latency", InputType.Number, "Fixed time of one load.")
            {
                Default = "1",
                DefaultLow = 0.1,
                DefaultHigh = 10,
                Min = 0,
                Max = 60_000,
                Unit = "ms",
                Source = "own prior: look-up and set-up of a copy; more over a network",
            },
            Flag(
                "kv_offload[].shared",
                "Whether all replicas share it, as a remote pool; host memory is lost with its replica.",
                false
            ),
            new(
                "kv_offload[].hit_share",
                InputType.Number,
                "Share of every prompt found there, where the requests do not say what they share; simulated from the prompts' shared pieces when silent."
            )
            {
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
        ];
}
