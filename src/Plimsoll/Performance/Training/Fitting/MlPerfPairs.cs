using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance.Points;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Pairs of MLPerf Training results that differ in the number of accelerators only.</summary>
/// <remarks>
/// The minutes of a result include how many samples training took to converge, which changes with the global batch and the round. Between two results of one
/// submitter, round and chip at one batch they cancel: the ratio of the minutes is that of the times per sample. The smaller fleet is predicted, and the measured
/// ratio carries it to the larger one. Layouts are not published in the table: the fastest that fits is taken for each.
/// </remarks>
public static class MlPerfPairs
{
    /// <summary>The table's name in groups.</summary>
    public const string Table = "mlperf";

    private const double _adapterShare = 0.002;

    private static readonly Dictionary<
        string,
        (string Model, int Sequence, double Trainable)
    > _benchmarks = new(StringComparer.Ordinal)
    {
        // MLPerf Training v4.1 and v5.0 rules: model and sequence length of each benchmark; low-rank adapters train about a five-hundredth of the weights.
        ["gpt3"] = ("GPT-3 175B", 2048, 1),
        ["llama31_405b"] = ("Llama-3.1 405B", 8192, 1),
        ["llama2_70b_lora"] = ("Llama-2 70B", 8192, _adapterShare),
    };

    /// <summary>Reads pairs, each as a point of the larger fleet.</summary>
    /// <param name="view">Chips and models known.</param>
    /// <param name="table">The results.</param>
    /// <param name="calibration">Predicts the smaller fleet, and finds layouts.</param>
    public static TrainingPoints Read(
        CatalogView view,
        CsvTable table,
        TrainingCalibration calibration
    )
    {
        var points = new List<TrainingPoint>();
        var unresolved = new List<string>();
        var results = table.Rows.Select(r => new TrainingRow(table, r)).ToList();
        foreach (
            var like in results.GroupBy(r =>
                string.Join(
                    '|',
                    r.Text("round"),
                    r.Text("submitter"),
                    r.Text("benchmark"),
                    r.Text("accelerator"),
                    r.Text("global_batch_size"),
                    r.Text("division")
                )
            )
        )
        {
            var sizes = like.Where(r => r.NumberOrNull("minutes_olympic_mean") > 0)
                .GroupBy(r => r.Whole("accelerators"))
                .OrderBy(g => g.Key)
                // Several systems of one size: their median, so that no pair hangs on one of them.
                .Select(g =>
                    (
                        Accelerators: g.Key,
                        Row: g.First(),
                        Minutes: Performance.Fitting.TimeErrors.Quantile(
                            g.Select(r => r.Number("minutes_olympic_mean")),
                            0.5
                        )
                    )
                )
                .ToList();
            var rows = like.Count();
            if (sizes.Count < 2)
            {
                unresolved.AddRange(
                    Enumerable.Repeat(
                        "no result of its submitter with other accelerators at equal batch",
                        rows
                    )
                );
                continue;
            }
            if (Best(view, calibration, sizes[0].Row) is not { } first)
            {
                unresolved.AddRange(
                    Enumerable.Repeat("chip unknown, or no layout that fits found", rows)
                );
                continue;
            }
            unresolved.AddRange(
                Enumerable.Repeat(
                    "the smaller fleet of a pair, or its repeat",
                    rows - sizes.Count + 1
                )
            );
            foreach (var (_, row, minutes) in sizes.Skip(1))
            {
                if (Best(view, calibration, row) is { } best)
                {
                    points.Add(
                        new TrainingPoint(
                            Table,
                            row.Row.Line,
                            $"{row.Text("benchmark")} on {first.Run.Fleet.Accelerator.Name}",
                            best.Run,
                            first.Time.Seconds * minutes / sizes[0].Minutes
                        )
                    );
                }
                else
                {
                    unresolved.Add("chip unknown, or no layout that fits found");
                }
            }
        }
        return new TrainingPoints(TrainingTable.MlPerf, points, unresolved);
    }

    private static TrainingEstimate? Best(
        CatalogView view,
        TrainingCalibration calibration,
        TrainingRow row
    )
    {
        if (
            !_benchmarks.TryGetValue(row.Text("benchmark"), out var benchmark)
            || PublishedNames.Chip(view, Chip(row.Text("accelerator"))) is not { } name
        )
        {
            return null;
        }
        var chip = Accelerator.Of(view, name);
        var best = LayoutSearch.Best(
            calibration,
            new TrainingJob(
                // The benchmark trains longer sequences than the model was made for.
                LanguageModel.Of(view, benchmark.Model) with
                {
                    MaxContext = 0,
                },
                benchmark.Sequence,
                row.Whole("global_batch_size")
            )
            {
                Precision = chip.Fp8 is null ? "bf16" : "fp8",
                TrainableShare = benchmark.Trainable,
            },
            new TrainingFleet(chip, row.Whole("accelerators"))
            {
                PerNode = row.Whole("accel_per_node"),
            },
            new TrainingLayout { Sharding = StateSharding.Gradients },
            1
        );
        return best.Count > 0 ? best[0] : null;
    }

    // The parenthesis of "NVIDIA Blackwell GPU (GB200)" names the chip; that of a cooling system does not stand there.
    private static string Chip(string words)
    {
        var open = words.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? words : words[(open + 1)..].TrimEnd(')');
        return name.Replace("DLC", "", StringComparison.Ordinal)
            .Replace("trillium", "v6e", StringComparison.OrdinalIgnoreCase);
    }
}
