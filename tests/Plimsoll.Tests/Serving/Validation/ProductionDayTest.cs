using Plimsoll.Performance;
using Plimsoll.Serving.Validation;
using Plimsoll.Tests.Performance;
using Xunit;

namespace Plimsoll.Tests.Serving.Validation;

public sealed class ProductionDayTest
{
    private static readonly IStepLaw Decode = ProductionDay.Laws(Served.View, fitted: false).Decode;

    [Fact]
    public void Lengths_follow_from_the_published_totals()
    {
        Assert.Equal(
            ProductionDay.InputTokens,
            ProductionDay.Requests * ProductionDay.MeanInput,
            1
        );
        // Prompt and the answer so far, weighted by answer length: I + O (1 + cv^2) / 2.
        Assert.Equal(
            ProductionDay.MeanKv,
            ProductionDay.MeanInput
                + (
                    ProductionDay.MeanOutput
                    * (1 + (ProductionDay.LengthCv * ProductionDay.LengthCv))
                    / 2
                ),
            1e-6
        );
        Assert.Equal(
            ProductionDay.Requests,
            ProductionDay.Traffic(1).RequestsPerSecond * 86_400,
            ProductionDay.Requests * 1e-6
        );
    }

    [Fact]
    public void Measured_kernels_give_the_published_decode_rate_at_the_published_speed()
    {
        var speed = ProductionDay.AtSpeed(Decode);
        Assert.InRange(speed.TokensPerSecondPerGpu / ProductionDay.DecodeKernelRate, 0.8, 1.2);
        var full = ProductionDay.AtFullBatch(Decode, (int)speed.SequencesPerGpu);
        Assert.InRange(full.Concurrent / 92_600, 0.9, 1.1);
        Assert.InRange(full.TokensPerSecondPerUser, 20, 22);
        Assert.InRange(full.MeanKv / ProductionDay.MeanKv, 0.93, 1.07);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(7, 9000)]
    [InlineData(64, 1100)]
    [InlineData(109, 4989)]
    [InlineData(300, 300)]
    [InlineData(1000, 20)]
    public void A_line_of_the_kernel_law_holds_to_its_end(int sequences, long each)
    {
        var start = new BatchShape(sequences, sequences * each, 0, 0);
        var line = Decode.Segment(start);
        Assert.True(line.ValidToKvTokens >= start.KvTokens);
        var end = Math.Min(line.ValidToKvTokens, start.KvTokens * 3);
        foreach (var kv in (long[])[start.KvTokens, (start.KvTokens + end) / 2, end])
        {
            var again = Decode.Segment(start with { KvTokens = kv });
            Assert.Equal(again.Seconds(kv), line.Seconds(kv), 1e-12);
        }
        Assert.True(
            Decode.Segment(start with { KvTokens = end + 1 }).Seconds(end + 1)
                >= line.Seconds(end) - 1e-12
        );
    }

    [Fact]
    public void A_share_of_a_unit_steps_as_the_unit_does()
    {
        var unit = Served.Prior(Served.On("H100 SXM5", Served.Llama8B, 4));
        var share = new UnitShare(unit, 4);
        var part = new BatchShape(10, 5000, 100, 5050);
        var whole = new BatchShape(40, 20_000, 400, 20_200);
        Assert.Equal(unit.Seconds(whole), share.Segment(part).Seconds(part.KvTokens), 1e-15);
        Assert.Equal(1, share.Accelerators);
        Assert.Equal(unit.KvCapacityTokens / 4, share.KvCapacityTokens);
    }
}
