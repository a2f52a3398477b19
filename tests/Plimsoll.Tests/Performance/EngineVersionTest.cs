using Plimsoll.Inputs;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class EngineVersionTest
{
    [Theory]
    [InlineData("0.9.2", "0.12.0")]
    [InlineData("0.12.0", "0.12.1")]
    [InlineData("1.2.0rc2", "1.2.0")]
    [InlineData("1.2.0rc2", "1.2.0rc6")]
    [InlineData("1.2.0rc6", "1.2.0rc6.post3")]
    [InlineData("0.5.1-rc0.pre3", "0.5.1.post1")]
    [InlineData("0.5.9", "0.5.10.post1")]
    [InlineData("nightly-dev", "0.0.1")]
    public void Versions_follow_their_numbers(string earlier, string later)
    {
        Assert.True(EngineVersion.Compare(earlier, later) < 0);
        Assert.True(EngineVersion.Compare(later, earlier) > 0);
        Assert.Equal(0, EngineVersion.Compare(later, later));
    }

    private static readonly Calibration _calibration = Calibration.Of(Served.View);
    private static readonly Deployment _silent = Served.On("H100 SXM5", Served.Llama8B);

    private static ServedLaw Of(Deployment d, DateOnly? day = null) =>
        ServedLaw.Of(_calibration, day ?? DateOnly.MaxValue, d, InputPath.Root);

    [Fact]
    public void A_silent_version_is_the_newest_known_with_the_spread_over_versions_in_its_error()
    {
        var silent = Of(_silent);
        Assert.Equal("0.19.0", silent.EngineVersion);
        var named = Of(_silent with { EngineVersion = "0.19.0" });
        var shape = new BatchShape(64, 64 * 700, 0, 0);
        Assert.Equal(named.Law!.Seconds(shape), silent.Law!.Seconds(shape));
        Assert.True(silent.Law.LogError > named.Law.LogError);
        var other = Of(_silent with { EngineVersion = "0.12.0" });
        Assert.NotEqual(named.Law.Seconds(shape), other.Law!.Seconds(shape));
    }

    [Fact]
    public void On_an_earlier_day_the_newest_version_is_the_one_known_then() =>
        Assert.Equal("0.15.1", Of(_silent, new DateOnly(2026, 2, 28)).EngineVersion);

    [Fact]
    public void An_unknown_version_is_refused_with_the_nearest()
    {
        var served = Of(_silent with { EngineVersion = "0.12.1" });
        Assert.Null(served.Law);
        var finding = Assert.Single(served.Refusals);
        Assert.Equal("unknown-version", finding.Rule);
        Assert.Contains("0.12.0", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.4.2")]
    [InlineData("0.8.5")]
    [InlineData("0.11.0")]
    public void A_version_older_than_any_measured_is_read_as_the_oldest_with_a_wider_interval(
        string version
    )
    {
        var served = Of(_silent with { EngineVersion = version });
        var oldest = Of(_silent with { EngineVersion = "0.12.0" });
        Assert.Empty(served.Refusals);
        Assert.Contains(served.Warnings, f => f.Rule == "version-before");
        var shape = new BatchShape(64, 64 * 700, 0, 0);
        Assert.Equal(oldest.Law!.Seconds(shape), served.Law!.Seconds(shape));
        Assert.True(served.Law.LogError > oldest.Law.LogError);
    }

    [Theory]
    [InlineData("0.25.0", "0.19.0")]
    [InlineData("0.12.1", "0.12.0")]
    [InlineData("0.17.5", "0.18.0")]
    public void The_nearest_version_is_the_next_in_order(string version, string near) =>
        Assert.Contains(
            near,
            Assert.Single(Of(_silent with { EngineVersion = version }).Refusals).Remedy,
            StringComparison.Ordinal
        );

    [Fact]
    public void Before_any_calibration_no_version_is_known_and_none_is_refused()
    {
        var served = ServedLaw.Of(
            Calibration.Prior,
            new DateOnly(2024, 1, 1),
            _silent with
            {
                EngineVersion = "0.2.7",
            },
            InputPath.Root
        );
        Assert.Empty(served.Refusals);
        Assert.Equal(Novelty.ChipWithoutData, served.Law!.Error.Novelty);
    }
}
