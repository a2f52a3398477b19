using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Capacity;
using Plimsoll.Tests.Performance;
using Xunit;

namespace Plimsoll.Tests.Serving.Capacity;

public sealed class CapacitySurfaceTest
{
    private static readonly ServiceLevel Level = new(2, 0.05);
    private static readonly StepLaw Law = Served.Prior(Served.On("H100 SXM5", Served.Llama8B));
    private static readonly ServingConfig Limits = new() { MaxSequences = 128 };

    [Fact]
    public void Interpolated_goodput_is_near_the_simulated_one()
    {
        var surface = new CapacitySurface(Law, Limits);
        var shape = new RequestShape(700, 180, 0, 1);
        var point = surface.At(shape, Level);
        var exact = surface.Simulated(shape, Level);
        Assert.True(point.Interpolated && !exact.Interpolated);
        // Three of the stated standard deviations.
        var tolerance =
            3
            * double.Hypot(CapacitySurface.InterpolationLogError, CapacitySurface.SamplingLogError);
        Assert.Equal(0, Math.Log(point.RequestsPerSecond / exact.RequestsPerSecond), tolerance);
        Assert.Equal(
            point.RequestsPerSecond * 180,
            point.OutputTokensPerSecondPerAccelerator,
            1e-9
        );
        Assert.True(point.TimeToFirstTokenSeconds <= 2.1);
        Assert.True(point.TimePerOutputTokenSeconds <= 0.0525);
    }

    [Fact]
    public void A_tighter_promise_never_sells_more()
    {
        var surface = new CapacitySurface(Law, Limits);
        var shape = new RequestShape(512, 128, 0, 1);
        var last = double.PositiveInfinity;
        foreach (var limit in (double[])[10, 2, 0.5, 0.2, 0.1, 0.05, 0.01, 0.001])
        {
            var rate = surface.At(shape, new ServiceLevel(limit, 0.1)).RequestsPerSecond;
            Assert.True(rate <= last);
            last = rate;
        }
        Assert.Equal(0, last);
        Assert.True(
            surface.At(shape, Level, 0.9).RequestsPerSecond
                >= surface.At(shape, Level, 0.99).RequestsPerSecond
        );
    }

    [Fact]
    public void Cache_hits_sell_more_and_bursts_less()
    {
        var surface = new CapacitySurface(Law, Limits);
        double Rate(double hit, double cv) =>
            surface.At(new RequestShape(2048, 128, hit, cv), Level).RequestsPerSecond;
        Assert.True(Rate(0.5, 1) > 1.1 * Rate(0, 1));
        Assert.True(Rate(0, 4) < Rate(0, 1));
    }

    [Fact]
    public void Curves_are_kept_on_disk_and_used_again_until_the_law_changes()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-test").FullName;
        try
        {
            var cache = CapacityCache.In(folder);
            var shape = new RequestShape(512, 64, 0, 1);
            var first = new CapacitySurface(Law, Limits, cache: cache);
            var point = first.At(shape, Level);
            var second = new CapacitySurface(Law, Limits, cache: cache);
            Assert.Equal(1, second.Curves);
            Assert.Equal(point, second.At(shape, Level));
            Assert.Equal(1, second.Curves);
            var other = Served.Prior(
                Served.On("H100 SXM5", Served.Llama8B) with
                {
                    Precision = "fp8",
                }
            );
            Assert.Equal(0, new CapacitySurface(other, Limits, cache: cache).Curves);
            Assert.Equal(
                0,
                new CapacitySurface(Law, Limits with { MaxSequences = 64 }, cache: cache).Curves
            );

            var file = Assert.Single(
                Directory.GetFiles(folder, "*.curves", SearchOption.AllDirectories)
            );
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.Equal(0, new CapacitySurface(Law, Limits, cache: cache).Curves);
            File.WriteAllBytes(file, bytes[..40]);
            Assert.Equal(0, new CapacitySurface(Law, Limits, cache: cache).Curves);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_does_not_fit_sells_nothing_and_what_makes_no_sense_is_refused()
    {
        var surface = new CapacitySurface(Law, Limits, longest: 4096);
        Assert.Equal(0, surface.At(new RequestShape(4000, 200, 0, 1), Level).RequestsPerSecond);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            surface.At(new RequestShape(0.5, 200, 0, 1), Level)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            surface.At(new RequestShape(100, 200, 1, 1), Level)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            surface.At(new RequestShape(100, 200, 0, 1), new ServiceLevel(1, 1, 10))
        );
    }
}
