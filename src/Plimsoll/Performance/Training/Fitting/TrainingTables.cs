using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Which public table of training measurements a file is.</summary>
public enum TrainingTable
{
    /// <summary>Measured Megatron iterations on A100, one node or several (vTrain).</summary>
    Megatron,

    /// <summary>MosaicML's table of MFU.</summary>
    Mosaic,

    /// <summary>MLPerf Training results.</summary>
    MlPerf,

    /// <summary>Published figures, one metric a row.</summary>
    Published,
}

/// <summary>Points read from a file, and the reasons for which rows were left out.</summary>
/// <param name="Table">Which table it is.</param>
/// <param name="Points">Points.</param>
/// <param name="Unresolved">Reason of each row left out.</param>
public sealed record TrainingPoints(
    TrainingTable Table,
    IReadOnlyList<TrainingPoint> Points,
    IReadOnlyList<string> Unresolved
)
{
    /// <summary>Reasons and how many rows each leaves out, most frequent first.</summary>
    public IReadOnlyList<(string Reason, int Count)> Reasons =>
        [
            .. Unresolved
                .GroupBy(r => r, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Count()))
                .OrderByDescending(g => g.Item2)
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];
}

/// <summary>Reads the public tables of training measurements.</summary>
public static class TrainingTables
{
    internal const string Multi = "megatron multi-node";
    internal const string Single = "megatron single-node";
    internal const string Mpt = "mosaicml";

    // Selene and the clusters of the tables: one 200 Gbit/s card an A100, one 400 Gbit/s card an H100.
    private const double _hdr = 25;
    private const double _ndr = 50;

    /// <summary>Parses a file; a header that begins with <c># GPUs</c> is no comment.</summary>
    /// <exception cref="InvalidDataException">A row has another number of cells than the header.</exception>
    public static CsvTable Parse(string text, string file)
    {
        var end = text.IndexOf(',', StringComparison.Ordinal);
        return CsvTable.Parse(
            text.StartsWith("# ", StringComparison.Ordinal) && end > 0
                ? $"\"{text[..end]}\"{text[end..]}"
                : text,
            file
        );
    }

    /// <summary>Finds out which table a file is by its columns.</summary>
    /// <exception cref="InvalidDataException">It is none that is known.</exception>
    public static TrainingTable Kind(CsvTable table) =>
        table.HasColumn("iteration time (ms)") ? TrainingTable.Megatron
        : table.HasColumn("Throughput (T/s)") ? TrainingTable.Mosaic
        : table.HasColumn("minutes_olympic_mean") ? TrainingTable.MlPerf
        : table.HasColumn("metric") && table.HasColumn("n_accel") ? TrainingTable.Published
        : throw new InvalidDataException(
            $"{table.File}: found no column of a known table; expected a table with 'iteration time (ms)', 'Throughput (T/s)', 'minutes_olympic_mean', or 'metric' and 'n_accel'."
        );

    /// <summary>Reads a file.</summary>
    /// <param name="view">Chips and models known.</param>
    /// <param name="table">The file.</param>
    /// <param name="assumption">What the Megatron runs computed twice; the table does not say.</param>
    /// <remarks>MLPerf results are compared in pairs only: <see cref="MlPerfPairs"/>.</remarks>
    /// <exception cref="InvalidDataException">The columns are of no known table, or a number is none.</exception>
    public static TrainingPoints Read(CatalogView view, CsvTable table, Recomputation assumption)
    {
        var kind = Kind(table);
        var points = new List<TrainingPoint>();
        var unresolved = new List<string>();
        foreach (var row in table.Rows)
        {
            var cells = new TrainingRow(table, row);
            var (point, reason) = kind switch
            {
                TrainingTable.Megatron => Megatron(view, cells, assumption),
                TrainingTable.Mosaic => Mosaic(view, cells),
                TrainingTable.Published => PublishedRuns.Read(view, cells),
                _ => (null, "minutes include convergence: compared in pairs only"),
            };
            if (point is not null)
            {
                points.Add(point);
            }
            else
            {
                unresolved.Add(reason);
            }
        }
        return new TrainingPoints(kind, points, unresolved);
    }

    private static (TrainingPoint? Point, string Reason) Megatron(
        CatalogView view,
        TrainingRow row,
        Recomputation assumption
    )
    {
        var seconds = row.Number("iteration time (ms)") / 1000;
        var hidden = row.Whole("hidden size");
        var layers = row.Whole("# layers");
        var accelerators = row.Whole("# GPUs");
        var model = GptModel.Of(hidden, layers, row.Whole("attention heads"));
        var run = new TrainingRun(
            new TrainingJob(model, row.Whole("sequence length"), row.Whole("global batch"))
            {
                Precision = "fp16",
            },
            new TrainingFleet(Accelerator.Of(view, "A100 SXM 80GB"), accelerators)
            {
                FabricGigabytesPerSecond = _hdr,
            },
            new TrainingLayout
            {
                TensorParallel = row.Whole("tensor parallelism"),
                PipelineParallel = row.Whole("pipeline parallelism"),
                MicroBatch = row.Whole("micro batch"),
                Recomputation = assumption,
                Sharding = StateSharding.None,
                SequenceParallel = false,
                FusedAttention = false,
                OverlapsGradients = false,
                GradientBytes = 2,
                Software = "megatron",
            }
        );
        if (!(seconds > 0) || run.MicroBatches < 1)
        {
            return (null, "time or micro-batches not positive");
        }
        return (
            new TrainingPoint(
                accelerators > 8 ? Multi : Single,
                row.Row.Line,
                accelerators > 8
                    ? $"{row.Text("Parameters (billion)")}B"
                    : $"{hidden} wide, {layers} deep",
                run,
                seconds
            ),
            ""
        );
    }

    private static (TrainingPoint? Point, string Reason) Mosaic(CatalogView view, TrainingRow row)
    {
        var word = row.Text("Model").ToLowerInvariant();
        if (GptModel.Mosaic(word) is not { } model)
        {
            return (null, $"model '{word}' unknown");
        }
        var gpu = row.Text("GPU");
        var hopper = gpu.StartsWith("h100", StringComparison.OrdinalIgnoreCase);
        if (!hopper && !gpu.StartsWith("a100", StringComparison.OrdinalIgnoreCase))
        {
            return (null, $"chip '{gpu}' unknown");
        }
        var chip = Accelerator.Of(view, hopper ? "H100 SXM5" : "A100 SXM 80GB");
        if (gpu.EndsWith("40gb", StringComparison.OrdinalIgnoreCase))
        {
            // The first A100: 40 GB at 1,555 GB/s (NVIDIA data sheet, 2020).
            chip = chip with
            {
                Memory = chip.Memory.Map(_ => 40.0, "GB"),
                MemoryBandwidth = chip.MemoryBandwidth.Map(_ => 1555.0, "GB/s"),
            };
        }
        var sequence = row.Whole("SeqLen (T)");
        var batch = row.Whole("GlobalBatchSize");
        var throughput = row.Number("Throughput (T/s)");
        var full = row.Text("Sharding Strategy") == "FULL_SHARD";
        var run = new TrainingRun(
            new TrainingJob(model, sequence, batch)
            {
                Precision = row.Text("Precision").EndsWith("fp8", StringComparison.Ordinal)
                    ? "fp8"
                    : "bf16",
            },
            new TrainingFleet(chip, row.Whole("# GPUs"))
            {
                FabricGigabytesPerSecond = hopper ? _ndr : _hdr,
            },
            new TrainingLayout
            {
                MicroBatch = row.Whole("MicroBatchSize"),
                Recomputation =
                    row.Text("Activation Checkpointing") == "True"
                        ? Recomputation.Full
                        : Recomputation.None,
                Sharding = full ? StateSharding.Full : StateSharding.None,
                GradientBytes = row.Text("MP Mode") == "PURE" ? 2 : 4,
                Software = "fsdp",
            }
        );
        if (!(throughput > 0) || run.MicroBatches < 1)
        {
            return (null, "throughput or micro-batches not positive");
        }
        return (
            new TrainingPoint(
                Mpt,
                row.Row.Line,
                $"MPT {word}",
                run,
                run.Job.TokensPerIteration / throughput
            ),
            ""
        );
    }
}
