using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Quantities;

namespace Plimsoll.Serving.Cases;

/// <summary>The inputs of an inference file: one serving installation, its workload and its promise.</summary>
public static partial class InferenceInputs
{
    private const string VllmHabit = "vLLM V1 default";

    /// <summary>The table of <c>kind: inference</c>.</summary>
    public static InputTable Table() =>
        new(
            "inference",
            "One serving installation: a model on chips, its engine limits, its workload and the promise to its users.",
            [
                .. Head(),
                .. Layout(),
                .. Limits(),
                .. Sharing(),
                .. Workload(),
                .. Clients(),
                .. Promise(),
                .. Search(),
                .. Size(),
                .. Scaling(),
                .. Offload(),
                .. Catalog.WrittenHardware.Rows(),
            ]
        );

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the installation, used in titles.")
            {
                Default = "installation",
            },
            new("explanation", InputType.Text, "What the case is, for the reader.")
            {
                MaxLength = 32_000,
            },
            new(
                "model",
                InputType.CatalogName,
                "The language model served; or name its config.json under model_file."
            )
            {
                CatalogKind = "models",
            },
            new(
                "model_file",
                InputType.Text,
                "The config.json with which a model is published on Hugging Face, in the folder of this file or below, in place of a model of the catalogue."
            ),
            new("accelerator", InputType.CatalogName, "The chip that serves it.")
            {
                Required = true,
                CatalogKind = "accelerators",
            },
            new("engine", InputType.Choice, "The serving software.")
            {
                Default = "vllm",
                Choices = ServingEngines.Words,
            },
            new(
                "engine_version",
                InputType.Text,
                "Version of the engine as its maker writes it; when silent the newest that was measured by the day, with the spread over versions added to the error."
            ),
            new(
                "precision",
                InputType.Choice,
                "Precision of the weights; beside a model_file and silent, that in which its checkpoint is stored."
            )
            {
                Default = "bf16",
                Choices = WeightFormat.Precisions,
            },
            new(
                "attention_precision",
                InputType.Choice,
                "Precision of attention beside narrower experts; the habit of published checkpoints when silent."
            )
            {
                Choices = WeightFormat.AttentionPrecisions,
            },
            new(
                "kv_precision",
                InputType.Choice,
                "Precision of the KV cache; the engine's habit when silent."
            )
            {
                Choices = ["bf16", "fp8"],
            },
            new(
                "calibration",
                InputType.Text,
                "Profile that 'inference calibrate' has fitted to your own measurements, relative to this file; the shipped calibration when silent."
            ),
            new(
                "as_of",
                InputType.Month,
                "Month of which the catalogue and the calibration are seen; everything when silent."
            ),
        ];

    private static IEnumerable<InputRow> Layout() =>
        [
            new("layout", InputType.Section, "How accelerators are put together."),
            Count("layout.tensor_parallel", "Accelerators that share each layer.", 1, 1024),
            Count("layout.pipeline_parallel", "Pipeline stages.", 1, 256),
            Count(
                "layout.attention_data_parallel",
                "Attention ranks of a replica, each with sequences of its own.",
                1,
                1024
            ),
            Count(
                "layout.expert_parallel",
                "Groups between which the experts of a mixture are dealt out.",
                1,
                1024
            ),
            Count(
                "layout.replicas",
                "Replicas; those that prefill when prefill and decode are separate.",
                1,
                100_000
            ),
            Flag(
                "layout.two_batch_overlap",
                "Whether two half-batches take turns, so that communication hides behind computing.",
                false
            ),
            new(
                "speculative",
                InputType.Section,
                "Tokens drafted ahead and verified together; leave it out for none."
            ),
            new(
                "speculative.draft_tokens",
                InputType.Integer,
                "Tokens drafted a step (vLLM: num_speculative_tokens)."
            )
            {
                Required = true,
                Min = 1,
                Max = 32,
                Unit = "tokens",
            },
            new(
                "speculative.acceptance",
                InputType.Number,
                "Chance that a drafted token is accepted when those before it were."
            )
            {
                Required = true,
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "speculative.draft_cost",
                InputType.Number,
                "Time to draft one token over that of a step of the model."
            )
            {
                Default = "0.03",
                DefaultLow = 0.01,
                DefaultHigh = 0.1,
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source =
                    "own prior: one layer of a draft head beside some 40 to 90 of a model, and its launch",
            },
            new(
                "disaggregation",
                InputType.Section,
                "Prefill and decode on separate replicas; leave it out for both on each."
            ),
            new("disaggregation.decode_replicas", InputType.Integer, "Replicas that decode.")
            {
                Required = true,
                Min = 1,
                Max = 100_000,
                Unit = "1",
            },
            Count(
                "disaggregation.tensor_parallel",
                "Accelerators that share each layer of a decode replica.",
                1,
                1024
            ),
            Count(
                "disaggregation.attention_data_parallel",
                "Attention ranks of a decode replica.",
                1,
                1024
            ),
            Count(
                "disaggregation.expert_parallel",
                "Groups between which the experts of a decode replica are dealt out.",
                1,
                1024
            ),
            new(
                "disaggregation.two_batch_overlap",
                InputType.Boolean,
                "Whether two half-batches take turns on a decode replica; silent, as layout.two_batch_overlap says."
            ),
            new(
                "disaggregation.transfer_latency",
                InputType.Number,
                "Fixed time to hand one request's KV over."
            )
            {
                Default = "5",
                DefaultLow = 1,
                DefaultHigh = 20,
                Min = 0,
                Max = 60_000,
                Unit = "ms",
                Source = "own prior: connection and bookkeeping of one transfer",
            },
            new("disaggregation.transfer_bandwidth", InputType.Number, "Bandwidth of one transfer.")
            {
                Default = "40",
                DefaultLow = 20,
                DefaultHigh = 50,
                Min = 0.001,
                Max = 10_000,
                Unit = "GB/s",
                Source = "400 Gbit/s network card at 80 %",
            },
        ];

    private static IEnumerable<InputRow> Limits() =>
        [
            new("limits", InputType.Section, "What the engine takes at once."),
            new(
                "limits.max_sequences",
                InputType.Integer,
                "Most sequences of a replica's batch, all attention ranks together (vLLM counts max_num_seqs on each rank)."
            )
            {
                Default = "256",
                Min = 1,
                Max = 1_000_000,
                Unit = "1",
                Source =
                    "vLLM V1 default on the A100 and on chips below 70 GiB; 1,024 a rank on larger ones",
                Grade = Grade.A,
            },
            new(
                "limits.tokens_per_step",
                InputType.Integer,
                "Most tokens of one step on one attention rank (vLLM: max_num_batched_tokens)."
            )
            {
                Default = "2048",
                Min = 1,
                Max = 10_000_000,
                Unit = "tokens",
                Source =
                    "vLLM V1 default of its server on the A100 and on chips below 70 GiB; 8,192 on larger ones",
                Grade = Grade.A,
            },
            Flag(
                "limits.chunked_prefill",
                "Whether a prompt may be computed over several steps.",
                true
            ),
            new("limits.admission", InputType.Choice, "Who enters the batch first.")
            {
                Default = "first_come",
                Choices = ["first_come", "priority"],
            },
            new(
                "limits.kv_block_tokens",
                InputType.Integer,
                "Tokens of one KV block, a power of two."
            )
            {
                Default = "16",
                Min = 1,
                Max = 1024,
                Unit = "tokens",
                Source = VllmHabit,
                Grade = Grade.A,
            },
            new(
                "limits.kv_tokens",
                InputType.Number,
                "KV tokens of one replica in place of what the memory plan holds."
            )
            {
                Min = 1,
                Max = 1e12,
                Unit = "tokens",
            },
            new(
                "limits.memory_utilisation",
                InputType.Number,
                "Share of device memory the engine may use."
            )
            {
                Default = "0.9",
                Min = 0.01,
                Max = 1,
                Unit = "fraction",
                Source = VllmHabit,
                Grade = Grade.A,
            },
        ];

    private static IEnumerable<InputRow> Sharing() =>
        [
            new(
                "prefix_cache",
                InputType.Choice,
                "How prompts reuse the KV of earlier ones: segments and blocks give the same results, segments faster."
            )
            {
                Default = "none",
                Choices = ["none", "segments", "blocks"],
            },
            new("router", InputType.Choice, "How a request finds its replica.")
            {
                Default = "power_of_two",
                Choices = ["round_robin", "least_loaded", "power_of_two", "prefix_aware"],
            },
            new("failures", InputType.Section, "Failures of the replicas; leave it out for none."),
            new(
                "failures.mean_between",
                InputType.Number,
                "Mean hours from start to failure of one replica."
            )
            {
                Required = true,
                Min = 1e-6,
                Max = 1e9,
                Unit = "1",
            },
            new("failures.restart", InputType.Number, "Time from failure to service.")
            {
                Default = "300",
                DefaultLow = 120,
                DefaultHigh = 900,
                Min = 0,
                Max = 2e6,
                Unit = "s",
                Source = "own prior: detection, loading weights, warming up",
            },
            new(
                "power",
                InputType.Section,
                "Electric power of a replica; by default that of the catalogue's server with this chip, shared out."
            ),
            new(
                "power.server",
                InputType.CatalogName,
                "Server whose power is shared out over its accelerators."
            )
            {
                CatalogKind = "servers",
            },
            new("power.idle", InputType.Number, "Power of one replica while no step runs.")
            {
                Min = 0,
                Max = 1e9,
                Unit = "W",
            },
            new("power.busy", InputType.Number, "Power of one replica while steps run.")
            {
                Min = 0,
                Max = 1e9,
                Unit = "W",
            },
        ];

    private static IEnumerable<InputRow> Promise() =>
        [
            new(
                "promise",
                InputType.Section,
                "The promise to the users, kept or broken by each request; what is left out is not promised."
            ),
            new("promise.ttft", InputType.Number, "Longest time to the first token.")
            {
                Min = 0.001,
                Max = 1e9,
                Unit = "ms",
            },
            new(
                "promise.tpot",
                InputType.Number,
                "Longest (end-to-end - first token) / (tokens - 1)."
            )
            {
                Min = 0.001,
                Max = 1e9,
                Unit = "ms",
            },
            new("promise.end_to_end", InputType.Number, "Longest time to the last token.")
            {
                Min = 0.001,
                Max = 1e6,
                Unit = "s",
            },
            new(
                "promise.percentile",
                InputType.Number,
                "Share of the requests, in per cent, that must keep it."
            )
            {
                Default = "99",
                Min = 1,
                Max = 99.99,
                Unit = "1",
                Source = "a common way to write service levels",
            },
            new(
                "series_interval",
                InputType.Number,
                "Length of one interval of the series over time."
            )
            {
                Default = "60",
                Min = 0.001,
                Max = 86_400,
                Unit = "s",
            },
            new("seed", InputType.Integer, "Seed of all random numbers.")
            {
                Default = "1",
                Min = 0,
                Max = 1e9,
            },
        ];

    private static IEnumerable<InputRow> Search() =>
        [
            new(
                "search",
                InputType.Section,
                "What 'inference goodput' varies; leave it out to keep the installation as it stands."
            ),
            new("search.accelerators", InputType.Integer, "Accelerators to be used, all of them.")
            {
                Required = true,
                Min = 1,
                Max = 100_000,
                Unit = "GPU",
            },
            new(
                "search.tensor_parallel",
                InputType.NumberList,
                "Tensor parallelisms to try; those that fit when silent."
            )
            {
                Min = 1,
                Max = 16,
            },
            new(
                "search.attention_data_parallel",
                InputType.NumberList,
                "Attention ranks to try, with experts dealt out over all of them."
            )
            {
                Default = "1",
                Min = 1,
                Max = 16,
            },
            new(
                "search.max_sequences",
                InputType.NumberList,
                "Batch limits of one attention rank to try."
            )
            {
                Default = "64 256 1024",
                Min = 1,
                Max = 16,
            },
            new("search.tokens_per_step", InputType.NumberList, "Step limits to try.")
            {
                Default = "2048 8192",
                Min = 1,
                Max = 16,
            },
            Flag(
                "search.disaggregated",
                "Whether separate prefill and decode is tried, with every split of the replicas.",
                true
            ),
        ];

    private static InputRow Count(string path, string description, int fallback, int most) =>
        new(path, InputType.Integer, description)
        {
            Default = $"{fallback}",
            Min = 1,
            Max = most,
            Unit = "1",
        };

    private static InputRow Flag(string path, string description, bool fallback) =>
        new(path, InputType.Boolean, description) { Default = fallback ? "true" : "false" };
}
