using System.Text.Json.Nodes;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Validation;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving.Validation;

public sealed class ReplayTest
{
    private static readonly ServingLog Log = ServingLog.Read(
        TestTraces.File("vllm_rtx4090.jsonl.gz")
    );

    [Fact]
    public void A_log_gives_the_measured_times()
    {
        Assert.Equal(300, Log.Count);
        Assert.Equal(0, Log.Queued[0]);
        Assert.Equal(27537.350135653 - 27536.660701067, Log.FirstToken[0], 1e-9);
        // The summary published with the log: mean TTFT 65,456.6 ms, mean latency 86,578.3 ms.
        Assert.Equal(65.4566, Log.FirstToken.Average(), 1e-3);
        Assert.Equal(86.5783, Log.EndToEnd.Average(), 1e-3);
    }

    [Fact]
    public void Figures_stand_beside_each_other()
    {
        var law = new AffineStepLaw(0.02, 1e-4, 1e-4, 1e-7, 41_408);
        var config = new ServingConfig { PrefixCache = PrefixCacheMode.Segments };
        var comparison = ReplayComparison.Run(Log, law, config);
        Assert.Equal(16, comparison.Figures.Count);
        var tpot = comparison.Figures.Single(f => f.Name == "TPOT mean");
        Assert.Equal(0.03245, tpot.Measured, 1e-4);
        Assert.Equal((tpot.Simulated / tpot.Measured) - 1, tpot.Error);
        var slower = ReplayComparison.Run(Log, law with { StepSeconds = 0.06 }, config);
        Assert.True(slower.PerTokenDistance > comparison.PerTokenDistance);
        Assert.True(
            slower.Figures[0].Simulated < comparison.Figures[0].Simulated,
            "Slower steps make fewer tokens a second."
        );
    }

    [Fact]
    public void A_run_that_does_not_fit_the_installation_is_refused() =>
        Assert.Throws<InvalidDataException>(() =>
            ReplayComparison.Run(Log, new AffineStepLaw(0.02, 0, 0, 0, 1000), new ServingConfig())
        );

    [Theory]
    [InlineData("replay-rtx4090.yaml")]
    [InlineData("replay-rtxpro6000.yaml")]
    public void The_later_half_of_a_log_is_predicted_from_the_earlier_within_a_tenth(string file)
    {
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "replay",
            Path.Combine(AppContext.BaseDirectory, "examples", "inference", file),
            "--split",
            "0.5",
            "--json"
        );
        Assert.Equal("", CommandLine.Complaints(error));
        Assert.Equal(0, exit);
        var document = JsonNode.Parse(output)!;
        Assert.Equal(150, (int)document["fitted_on_the_first"]!);
        var errors = document["later_predicted"]!["figures"]!
            .AsArray()
            .ToDictionary(f => (string)f!["name"]!, f => (double)f!["error"]!);
        Assert.InRange(errors["output tokens/s"], -0.1, 0.1);
        Assert.InRange(errors["TTFT mean"], -0.1, 0.1);
        Assert.InRange(errors["TPOT mean"], -0.1, 0.1);
    }

    [Fact]
    public void A_fit_on_a_part_sees_nothing_of_the_rest()
    {
        var config = new ServingConfig { PrefixCache = PrefixCacheMode.Segments };
        IStepLaw Law(double[] f) =>
            new AffineStepLaw(0.02 * f[0], 1e-4 * f[1], 1e-4 * f[2], 1e-7, 41_408);
        var doctored = Log with
        {
            FirstToken = [.. Log.FirstToken.Select((t, i) => i < 100 ? t : t * 3)],
            EndToEnd = [.. Log.EndToEnd.Select((t, i) => i < 100 ? t : t * 3)],
        };
        Assert.Equal(
            ReplayFit.Fit(Log, Law, config, ..100),
            ReplayFit.Fit(doctored, Law, config, ..100)
        );
    }
}
