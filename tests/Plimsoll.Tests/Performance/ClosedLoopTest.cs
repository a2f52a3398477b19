using CsCheck;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class ClosedLoopTest
{
    private static readonly Deployment _dense = Served.On("H100 SXM5", Served.Llama8B);

    private static ClosedLoopResult Predict(
        Deployment deployment,
        double clients,
        double input,
        double output
    ) =>
        ClosedLoop.Predict(
            Served.Prior(deployment),
            EngineLimits.Of(deployment),
            new ClosedLoopLoad(clients, input, output)
        );

    [Fact]
    public void Little_s_law_holds_between_clients_throughput_and_time() =>
        Gen.Select(Gen.Double[1, 2000], Gen.Double[10, 8000], Gen.Double[2, 2000])
            .Sample(
                (clients, input, output) =>
                {
                    var r = Predict(_dense, clients, input, output);
                    var perSecond = r.TokensPerSecondPerAccelerator / output;
                    var endToEnd = r.TimeToFirstToken + ((output - 1) * r.TimePerOutputToken);
                    return Math.Abs((perSecond * endToEnd / clients) - 1) < 1e-9
                        && Math.Abs((r.EndToEndPerToken * output / endToEnd) - 1) < 1e-9;
                }
            );

    [Fact]
    public void More_clients_never_make_anyone_faster_nor_the_chip_less_busy() =>
        Gen.Select(Gen.Double[1, 500], Gen.Double[1.05, 4], Gen.Double[100, 4000])
            .Sample(
                (clients, factor, input) =>
                {
                    var few = Predict(_dense, clients, input, 500);
                    var many = Predict(_dense, clients * factor, input, 500);
                    return many.TimePerOutputToken >= few.TimePerOutputToken * (1 - 1e-6)
                        && many.TimeToFirstToken >= few.TimeToFirstToken * (1 - 1e-6)
                        && many.TokensPerSecondPerAccelerator
                            >= few.TokensPerSecondPerAccelerator * (1 - 1e-6);
                }
            );

    [Fact]
    public void What_the_engine_does_not_admit_waits()
    {
        var capped = _dense with { MaxSequences = 64 };
        var full = Predict(capped, 64, 1000, 500);
        var queueing = Predict(capped, 128, 1000, 500);
        Assert.Equal(0, full.QueuedRequests);
        Assert.Equal(64, queueing.QueuedRequests, 1e-9);
        // Twice the clients on a full engine: the same speed, one whole request of waiting.
        Assert.Equal(full.TimePerOutputToken, queueing.TimePerOutputToken, 1e-9);
        var request = full.TimeToFirstToken + (499 * full.TimePerOutputToken);
        Assert.Equal(full.TimeToFirstToken + request, queueing.TimeToFirstToken, request * 1e-9);
    }

    [Fact]
    public void The_prompts_of_the_others_lengthen_the_time_between_tokens()
    {
        var shortPrompts = Predict(_dense, 16, 100, 500);
        var longPrompts = Predict(_dense, 16, 8000, 500);
        var law = Served.Prior(_dense);
        // Reading the longer cache explains part of it only: 15 prompts of a quarter second pass while 500 tokens are made.
        var cache = law.MeanSeconds(16, 16 * 8250, 0, 0) - law.MeanSeconds(16, 16 * 350, 0, 0);
        var more = longPrompts.TimePerOutputToken - shortPrompts.TimePerOutputToken;
        Assert.True(more > 1.3 * cache, $"{more} {cache}");
    }

    [Fact]
    public void A_request_beyond_the_cache_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Predict(Served.On("L20", Served.Llama8B), 1, 300_000, 100)
        );

    [Fact]
    public void Separate_prompt_workers_leave_answers_undisturbed()
    {
        var worker = Served.On("H100 SXM5", Served.Llama8B);
        var split = new DisaggregatedDeployment(worker, 2, worker, 2);
        var load = new ClosedLoopLoad(128, 4000, 500);
        var apart = DisaggregatedLoop.Predict(Calibration.Prior, split, load);
        Assert.Equal(4, split.Accelerators);
        // Nothing but its own batch sets the pace of an answer worker.
        var each = apart.RunningSequences / 2;
        Assert.Equal(
            StepLaw.Of(Calibration.Prior, worker, true).MeanSeconds(each, each * 4250, 0, 0),
            apart.TimePerOutputToken,
            1e-12
        );
        // 32 layers x 8 heads x (128 + 128) x 2 bytes x 4000 tokens over 50 GB/s.
        Assert.Equal(131072.0 * 4000 / 50e9, split.TransferSeconds(4000), 1e-12);
        var more = DisaggregatedLoop.Predict(
            Calibration.Prior,
            split with
            {
                PrefillWorkers = 4,
            },
            load
        );
        Assert.True(more.TimeToFirstToken < apart.TimeToFirstToken);
    }
}
