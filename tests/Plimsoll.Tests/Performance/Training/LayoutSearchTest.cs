using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance.Training;
using Xunit;

namespace Plimsoll.Tests.Performance.Training;

public sealed class LayoutSearchTest
{
    private static readonly TrainingCalibration _calibration = TrainingCalibration.Of(Served.View);

    [Fact]
    public void The_best_layout_fits_and_is_as_fast_as_any_other_that_does()
    {
        var job = new TrainingJob(Served.Llama70B, 4096, 256);
        var fleet = new TrainingFleet(Accelerator.Of(Served.View, "H100 SXM5"), 64);
        var best = LayoutSearch.Best(_calibration, job, fleet, new TrainingLayout(), 3);
        Assert.Equal(3, best.Count);
        Assert.True(best[0].Memory.Fits);
        Assert.True(best[0].Time.Seconds <= best[1].Time.Seconds);
        foreach (var tp in new[] { 1, 2, 4, 8 })
        {
            foreach (var pp in new[] { 1, 2, 4, 8 })
            {
                foreach (var recomputation in Enum.GetValues<Recomputation>())
                {
                    var run = new TrainingRun(
                        job,
                        fleet,
                        new TrainingLayout
                        {
                            TensorParallel = tp,
                            PipelineParallel = pp,
                            Recomputation = recomputation,
                        }
                    );
                    if (TrainingCheck.Of(run, InputPath.Root).Count == 0)
                    {
                        Assert.True(
                            best[0].Time.Seconds
                                <= TrainingEstimate.Of(_calibration, run).Time.Seconds
                        );
                    }
                }
            }
        }
    }

    [Fact]
    public void Where_nothing_fits_the_nearest_layout_tells_what_is_missing()
    {
        var job = new TrainingJob(Served.DeepSeekV3, 4096, 64);
        var fleet = new TrainingFleet(Accelerator.Of(Served.View, "H800 SXM5"), 32);
        Assert.Empty(LayoutSearch.Best(_calibration, job, fleet, new TrainingLayout(), 1));
        var finding = Assert.Single(
            LayoutSearch.Nearest(job, fleet, new TrainingLayout(), InputPath.Root)
        );
        Assert.Equal("memory", finding.Rule);
        Assert.Contains("GB are missing on each", finding.Remedy, StringComparison.Ordinal);
    }
}
