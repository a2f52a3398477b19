using Plimsoll.Catalog;
using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Performance.Training;

public sealed class TrainingValidationTest
{
    private static readonly TrainingCalibration _calibration = TrainingCalibration.Of(Served.View);
    private static readonly TrainingFolds _folds = TrainingFolds.Of(Served.View);

    [Fact]
    public void Sizes_left_out_are_predicted_within_a_fifth()
    {
        var validation = TrainingValidation.Run(
            Served.View,
            Measured.MultiTable,
            _calibration,
            _folds
        );
        Assert.Equal(94, validation.Scores.Count);
        Assert.All(
            validation.Scores,
            s => Assert.StartsWith("size:", s.LeftOut, StringComparison.Ordinal)
        );
        var sizes = validation.Groups().Where(g => g.By == "size").ToList();
        Assert.Equal(3, sizes.Count);
        Assert.True(sizes.Average(g => g.Mean) <= 0.20, $"{sizes.Average(g => g.Mean):P1}");
        // Both readings of what the runs recomputed are reported, size by size.
        Assert.Equal(
            6,
            validation
                .Groups()
                .Count(g => g.By.StartsWith("size, assuming", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("size:3.6B")]
    [InlineData("size:39.1B")]
    [InlineData("size:175B")]
    [InlineData("table:mosaicml")]
    [InlineData("family:hopper")]
    public void Folds_are_shipped(string leftOut) => Assert.True(_folds.Has(leftOut));

    [Fact]
    public void DeepSeek_V3_took_180_thousand_hours_a_trillion_tokens()
    {
        // arXiv:2412.19437, table 1 and section 4.2; no run of DeepSeek and no H800 stands in the fit.
        var run = new TrainingRun(
            new TrainingJob(Served.DeepSeekV3, 4096, 15360) { Precision = "fp8" },
            new TrainingFleet(Accelerator.Of(Served.View, "H800 SXM5"), 2048),
            new TrainingLayout
            {
                PipelineParallel = 16,
                ExpertParallel = 64,
                Schedule = PipelineSchedule.DualPipe,
                Recomputation = Recomputation.Selective,
            }
        );
        Assert.Empty(TrainingCheck.Of(run, Inputs.InputPath.Root));
        var estimate = TrainingEstimate.Of(_calibration, run);
        Assert.InRange(estimate.AcceleratorHours(1e12), 180e3 * 0.85, 180e3 * 1.15);
    }

    [Theory]
    [InlineData(8192, 2048, 0.43)]
    [InlineData(16384, 2048, 0.41)]
    public void Llama_3_reached_38_to_43_percent(int accelerators, int batch, double mfu)
    {
        // arXiv:2407.21783, table 4; no run of Meta stands in the fit.
        var run = new TrainingRun(
            new TrainingJob(LanguageModel.Of(Served.View, "Llama-3.1 405B"), 8192, batch),
            new TrainingFleet(Accelerator.Of(Served.View, "H100 SXM5"), accelerators),
            new TrainingLayout
            {
                TensorParallel = 8,
                PipelineParallel = 16,
                VirtualStages = 7,
                Recomputation = Recomputation.Selective,
                Sharding = StateSharding.Gradients,
            }
        );
        Assert.Empty(TrainingCheck.Of(run, Inputs.InputPath.Root));
        var predicted = TrainingEstimate.Of(_calibration, run).ModelFlopsUtilisation;
        Assert.InRange(predicted, mfu * 0.85, mfu * 1.15);
    }

    [Fact]
    public void Before_the_data_was_published_the_assumed_law_holds()
    {
        var before = FactCatalog.Shipped().AsOf(new Month(2023, 6));
        Assert.False(TrainingCalibration.Of(before).IsFitted);
        Assert.True(_calibration.IsFitted);
    }

    [Fact]
    public void A_stored_calibration_reads_back()
    {
        var text = _calibration.ToCsv(new DateOnly(2024, 6, 30));
        var read = TrainingCalibration.Read(Inputs.CsvTable.Parse(text, "calibration.csv"));
        Assert.Equal(
            _calibration.CoefficientsOf(Trained.Llama8B, Recomputation.Full),
            read.CoefficientsOf(Trained.Llama8B, Recomputation.Full)
        );
        var broken = text.Replace(
            "full,all,matrix_efficiency",
            "full,all,matrix_eficiency",
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidDataException>(() =>
            TrainingCalibration.Read(Inputs.CsvTable.Parse(broken, "calibration.csv"))
        );
    }

    [Fact]
    public void The_fit_finds_planted_coefficients()
    {
        var planted = TrainingCoefficients.Prior with
        {
            MatrixEfficiency = 0.6,
            HostSeconds = 2e-3,
            FabricEfficiency = 0.5,
        };
        var points = Measured
            .Multi(Recomputation.Full)
            .Select(p => new TrainingPoint(
                p.Table,
                p.Line,
                p.Size,
                p.Run,
                Math.Exp(p.Predict(planted))
            ))
            .ToList();
        var effects = TrainingFit.Run(points);
        Span<double> logs = stackalloc double[TrainingCoefficients.Count];
        foreach (var level in TrainingLevels.Of(points[0].Run))
        {
            for (var k = 0; k < logs.Length; k++)
            {
                logs[k] += effects[level][k];
            }
        }
        var found = TrainingCoefficients.FromLogs(logs);
        Assert.All(points, p => Assert.InRange(p.Predict(found) - p.LogSeconds, -0.03, 0.03));
    }
}
