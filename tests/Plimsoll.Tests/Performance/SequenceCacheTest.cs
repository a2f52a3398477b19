using CsCheck;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class SequenceCacheTest
{
    [Fact]
    public void A_plain_sequence_costs_its_tokens()
    {
        SequenceCache plain = default;
        Assert.True(plain.IsPlain);
        Assert.Equal(12_345, plain.Tokens(12_345));
        Assert.Equal((1, 0L), plain.Blocks(12_345, 16));
        Assert.Equal(default, MemoryPlan.Of(Served.On("H100 SXM5", Served.Llama8B)).Sequence);
    }

    [Fact]
    public void Blocks_hold_all_that_a_sequence_holds_at_any_length() =>
        Gen.Select(
                Gen.Int[0, 5_000],
                Gen.Double[0, 60],
                Gen.Double[0, 5_000],
                Gen.Int[1, 20_000],
                Gen.Int[0, 7],
                Gen.Double[0, 1]
            )
            .Sample(
                (window, share, state, longest, shift, part) =>
                {
                    var sequence = new SequenceCache(window, share, state);
                    var block = 1 << shift;
                    var (each, reserved) = sequence.Blocks(longest, block);
                    var length = 1 + (int)(part * (longest - 1));
                    long Held(int tokens) => (((tokens + block - 1) / block) * each) + reserved;
                    Assert.True(Held(length) * (double)block >= sequence.Tokens(length) - 1e-6);
                    // No more than the sequence's end asks for, but for blocks that are not full.
                    Assert.True(
                        Held(longest) * (double)block
                            <= sequence.Tokens(longest) + ((each + 1.0) * block) + 1e-6
                    );
                }
            );

    [Theory]
    [InlineData(200, 300)]
    [InlineData(900, 300)]
    [InlineData(6_000, 500)]
    public void Windows_of_all_that_run_fit_the_memory(int input, int output)
    {
        // Five of six layers see 1,024 tokens, as those of Gemma-3 27B do.
        var model = Served.Llama8B with
        {
            Layers = 62,
            SlidingLayers = 52,
            SlidingWindow = 1_024,
        };
        var deployment = Served.On("H100 SXM5", model);
        var plan = MemoryPlan.Of(deployment);
        var (running, peak) = Closed(deployment, plan, input, output, 1_000);
        var mean = input + (output / 2.0);
        var each = plan.KvPerToken.Count * (mean + (5.2 * Math.Min(mean, 1_024)));
        var room = plan.Usable.Count - plan.Weights.Count - plan.Activations.Count;
        Assert.InRange(running * each, 0.75 * room, room);
        Assert.InRange(peak, 0.9, 1);
    }

    [Fact]
    public void States_of_all_that_run_fit_the_memory()
    {
        var model = Served.Llama8B with { Layers = 48, LinearLayers = 36 };
        var deployment = Served.On("H100 SXM5", model);
        var plan = MemoryPlan.Of(deployment);
        var (running, peak) = Closed(deployment, plan, 200, 300, 4_000);
        var room = plan.Usable.Count - plan.Weights.Count - plan.Activations.Count;
        var each = (plan.KvPerToken.Count * 350) + plan.KvPerSequence.Count;
        Assert.InRange(running * each, 0.85 * room, room);
        Assert.InRange(peak, 0.9, 1);
    }

    [Fact]
    public void A_long_request_costs_its_full_layers_and_its_windows()
    {
        var plan = MemoryPlan.Of(Served.On("H100 SXM5", Served.GptOss, 2));
        // As many layers with a window of 128 as without.
        Assert.Equal(20_000 + 128, plan.Sequence.Tokens(20_000));
        Assert.Equal(2 * 100, plan.Sequence.Tokens(100));
    }

    private static (double Running, double Peak) Closed(
        Deployment deployment,
        MemoryPlan plan,
        int input,
        int output,
        int clients
    )
    {
        var law = new AffineStepLaw(0.01, 1e-5, 1e-6, 0, plan.KvCapacityTokens);
        var requests = new Request[clients * 3];
        Array.Fill(requests, new Request(0, input, output, 0, 0, 0, 0, 0));
        var result = ServingSimulator.Run(
            law with
            {
                Sequence = plan.Sequence,
            },
            new ServingConfig
            {
                MaxSequences = 4_096,
                TokensPerStep = 65_536,
                ClosedLoopConcurrency = clients,
            },
            new RequestList(requests, Array.Empty<PrefixPiece>())
        );
        Assert.Equal(requests.Length, result.Completed);
        return (result.MeanRunning, result.PeakKvOccupancy);
    }
}
