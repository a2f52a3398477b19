using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training;

/// <summary>The inputs of a file of kind <c>training</c>: a job, a fleet, and a layout or none to have one searched.</summary>
public static class TrainingInputs
{
    /// <summary>The word after <c>kind:</c>.</summary>
    public const string Kind = "training";

    /// <summary>All rows.</summary>
    public static InputTable Table() =>
        new(
            Kind,
            "How fast a fleet trains a model: iteration time, tokens a second, MFU, memory, time to train.",
            [.. Job(), .. Fleet(), .. Layout()]
        );

    /// <summary>The job of a checked file.</summary>
    public static TrainingJob Job(InputValues values, CatalogView view) =>
        new(
            LanguageModel.Of(view, values.Text("model")),
            values.Integer("sequence_length"),
            values.Integer("global_batch")
        )
        {
            Precision = values.Text("precision"),
            TrainableShare = values.Number("trainable_share"),
        };

    /// <summary>The fleet of a checked file.</summary>
    public static TrainingFleet Fleet(InputValues values, CatalogView view) =>
        new(
            Accelerator.Of(view, values.Text("fleet.accelerator")),
            values.Integer("fleet.accelerators")
        )
        {
            PerNode = values.Integer("fleet.per_node"),
            FabricGigabytesPerSecond = values.Number("fleet.fabric"),
            MemoryUtilisation = values.Number("fleet.memory_utilisation"),
        };

    /// <summary>The layout of a checked file; its parallel sizes mean nothing when the file has none.</summary>
    public static TrainingLayout Layout(InputValues values) =>
        new()
        {
            TensorParallel = values.Integer("layout.tensor_parallel"),
            PipelineParallel = values.Integer("layout.pipeline_parallel"),
            ContextParallel = values.Integer("layout.context_parallel"),
            ExpertParallel = values.Integer("layout.expert_parallel"),
            MicroBatch = values.Integer("layout.micro_batch"),
            VirtualStages = values.Integer("layout.virtual_stages"),
            Recomputation = Enum.Parse<Recomputation>(values.Text("layout.recomputation"), true),
            Sharding = Enum.Parse<StateSharding>(values.Text("habits.sharding"), true),
            Schedule =
                values.Text("habits.schedule") == "dualpipe"
                    ? PipelineSchedule.DualPipe
                    : PipelineSchedule.OneForwardOneBackward,
            SequenceParallel = values.Flag("habits.sequence_parallel"),
            FusedAttention = values.Flag("habits.fused_attention"),
            OverlapsGradients = values.Flag("habits.overlaps_gradients"),
            OverlapsExchange = values.Flag("habits.overlaps_exchange"),
            Software = values.Text("habits.software"),
        };

    private static IEnumerable<InputRow> Job() =>
        [
            new("model", InputType.CatalogName, "Model trained.")
            {
                CatalogKind = LanguageModel.Kind,
                Required = true,
            },
            new("sequence_length", InputType.Integer, "Tokens of one sequence.")
            {
                Required = true,
                Min = 1,
                Max = 4_000_000,
                Unit = "tokens",
            },
            new(
                "global_batch",
                InputType.Integer,
                "Sequences of one iteration, all accelerators together."
            )
            {
                Required = true,
                Min = 1,
                Max = 10_000_000,
                Unit = "1",
            },
            new("precision", InputType.Choice, "Precision of the matrix work.")
            {
                Default = "bf16",
                Choices = TrainingJob.Precisions,
            },
            new(
                "trainable_share",
                InputType.Number,
                "Part of the weights that learn: 1 in pre-training, about 0.01 with low-rank adapters."
            )
            {
                Default = "1",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new("tokens", InputType.Number, "Tokens to train on; gives days and accelerator-hours.")
            {
                Min = 1,
                Max = 1e16,
                Unit = "tokens",
            },
        ];

    private static IEnumerable<InputRow> Fleet() =>
        [
            new("fleet", InputType.Section, "What it is trained on.") { Required = true },
            new("fleet.accelerator", InputType.CatalogName, "The chip.")
            {
                CatalogKind = Accelerator.Kind,
                Required = true,
            },
            new("fleet.accelerators", InputType.Integer, "How many.")
            {
                Required = true,
                Min = 1,
                Max = 1_000_000,
                Unit = "GPU",
            },
            new(
                "fleet.per_node",
                InputType.Integer,
                "Accelerators joined by the scale-up link: 8 in most servers, 72 in an NVL72 rack."
            )
            {
                Default = "8",
                Min = 1,
                Max = 1024,
                Unit = "GPU",
            },
            new(
                "fleet.fabric",
                InputType.Number,
                "Network bandwidth of one accelerator in one direction: 50 is a 400 Gbit/s card each, 25 a 200 Gbit/s card."
            )
            {
                Default = "50",
                Min = 0.1,
                Max = 2000,
                Unit = "GB/s",
                Source = "DGX H100 reference design, eight 400 Gbit/s cards",
                Grade = Quantities.Grade.A,
            },
            new(
                "fleet.memory_utilisation",
                InputType.Number,
                "Part of device memory that training may use."
            )
            {
                Default = "0.95",
                DefaultLow = 0.9,
                DefaultHigh = 0.98,
                Min = 0.1,
                Max = 1,
                Unit = "fraction",
                Source = "own prior",
            },
        ];

    private static IEnumerable<InputRow> Layout() =>
        [
            new(
                "layout",
                InputType.Section,
                "How the model is cut. Leave it out to have the fastest layout that fits searched."
            ),
            Count("tensor_parallel", "Accelerators that share each layer."),
            Count("pipeline_parallel", "Pipeline stages."),
            Count("context_parallel", "Accelerators that share one sequence by its length."),
            Count("expert_parallel", "Accelerators among which experts are dealt out."),
            Count("micro_batch", "Sequences of one micro-batch on one data-parallel rank."),
            Count("virtual_stages", "Virtual stages on each accelerator; 1 without interleaving."),
            new(
                "layout.recomputation",
                InputType.Choice,
                "What the backward pass computes again: nothing, attention scores, whole layers."
            )
            {
                Default = "none",
                Choices = ["none", "selective", "full"],
            },
            new("habits", InputType.Section, "How the training software works."),
            new(
                "habits.sharding",
                InputType.Choice,
                "What data-parallel ranks share out: nothing, the optimiser (ZeRO 1), gradients too (ZeRO 2), everything (ZeRO 3)."
            )
            {
                Default = "optimizer",
                Choices = ["none", "optimizer", "gradients", "full"],
            },
            new("habits.schedule", InputType.Choice, "Order of micro-batches in the pipeline.")
            {
                Default = "1f1b",
                Choices = ["1f1b", "dualpipe"],
            },
            Flag("sequence_parallel", "Norms and residuals are cut along the sequence.", true),
            Flag("fused_attention", "Attention never writes its scores.", true),
            Flag("overlaps_gradients", "Gradients are summed during the backward pass.", true),
            Flag("overlaps_exchange", "Tensor and expert exchange hides behind computing.", false),
            new(
                "habits.software",
                InputType.Text,
                "The software; megatron (2021-23) and fsdp (MosaicML 2023) were measured, any other word takes their mean."
            )
            {
                Default = "megatron-core",
            },
        ];

    private static InputRow Count(string key, string description) =>
        new($"layout.{key}", InputType.Integer, description)
        {
            Default = "1",
            Min = 1,
            Max = 100_000,
            Unit = "1",
        };

    private static InputRow Flag(string key, string description, bool value) =>
        new($"habits.{key}", InputType.Boolean, description) { Default = value ? "true" : "false" };
}
