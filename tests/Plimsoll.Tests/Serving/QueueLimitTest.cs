using Plimsoll.Performance;
using Plimsoll.Sampling;
using Plimsoll.Serving;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>Installations that are textbook queues, against the textbook.</summary>
/// <remarks>
/// The full check runs 10^6 requests and holds each mean wait to 1 %: set PLIMSOLL_SLOW=1. The mean of a million correlated waits at load 0.8 has itself a standard
/// error of 0.5 to 1 % (worst for the geometric service), so each mean is taken over independent runs. The daily check runs a tenth of it and allows 4 %.
/// </remarks>
public sealed class QueueLimitTest
{
    private static readonly int _requests = Slow.Or(1_000_000, 100_000);
    private static readonly double _tolerance = Slow.Or(0.01, 0.04);

    [Theory]
    [InlineData(0.8)]
    public void One_server_of_constant_time_waits_as_M_D_1(double load)
    {
        // Each request is one prefill of one step of 10 ms.
        var law = new AffineStepLaw(0.01, 0, 0, 0, 1000);
        var service = 0.01;
        var wait = MeanWait(law, 1, load / service, geometricMean: 1, step: service);
        Assert.Equal(1, wait / (load * service / (2 * (1 - load))), _tolerance);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_batch_of_one_with_geometric_outputs_waits_as_M_G_1(double load)
    {
        // n tokens take n steps of 1 ms; n is geometric with mean m: E[n^2] = m (2m - 1). Pollaczek and Khinchine.
        const double m = 20;
        var law = new AffineStepLaw(0.001, 0, 0, 0, 100_000);
        var rate = load / (m * 0.001);
        var wait = MeanWait(law, 1, rate, m, step: 0.001);
        var expected = rate * m * ((2 * m) - 1) * 1e-6 / (2 * (1 - load));
        Assert.Equal(1, wait / expected, _tolerance);
    }

    [Theory]
    [InlineData(4, 0.8)]
    [InlineData(16, 0.8)]
    public void Slots_with_steps_independent_of_the_batch_wait_as_M_M_k(int slots, double load)
    {
        // Steps of 1 ms and geometric outputs of mean 2,000: exponential service but for a step in two thousand; a request starts at a step's end.
        const double m = 2000;
        var law = new AffineStepLaw(0.001, 0, 0, 0, 100_000_000);
        var rate = load * slots / (m * 0.001);
        var wait = MeanWait(law, slots, rate, m, step: 0.001);
        Assert.Equal(1, wait / ErlangWait(slots, load * slots, rate), _tolerance);
    }

    /// <summary>Mean wait of M/M/k by Erlang's C formula.</summary>
    private static double ErlangWait(int servers, double offered, double rate)
    {
        var blocking = 1.0;
        for (var i = 1; i <= servers; i++)
        {
            blocking = offered * blocking / (i + (offered * blocking));
        }
        var waits = blocking / (1 - (offered / servers * (1 - blocking)));
        return waits * (offered / rate) / (servers - offered);
    }

    /// <summary>Mean time to first token without the step that makes it.</summary>
    private static double MeanWait(
        IStepLaw law,
        int slots,
        double rate,
        double geometricMean,
        double step
    )
    {
        var runs = Slow.Or(8, 4);
        var config = new ServingConfig { MaxSequences = slots, TokensPerStep = 4096 };
        var sum = 0.0;
        for (var run = 0; run < runs; run++)
        {
            var result = ServingSimulator.Run(
                law,
                config,
                new PoissonGeometric(_requests, rate, geometricMean, run)
            );
            Assert.Equal(_requests, result.Completed);
            Assert.Equal(0, result.LittleGap, 1e-12);
            sum += result.TimeToFirstToken.Mean - step;
        }
        return sum / runs;
    }

    /// <summary>Poisson arrivals of prompts of one token with geometric outputs.</summary>
    private sealed class PoissonGeometric(int count, double rate, double mean, int run)
        : IRequestSource
    {
        private RandomStream _stream = RandomStream.Keyed(
            5,
            run,
            EntityId.Single,
            Purpose.Arrivals
        );
        private double _time;
        private int _left = count;

        public ReadOnlySpan<PrefixPiece> Prefixes => [];

        public long EpochSeconds => 0;

        public int Read(Span<Request> buffer)
        {
            var read = Math.Min(buffer.Length, _left);
            _left -= read;
            for (var i = 0; i < read; i++)
            {
                _time -= Math.Log(_stream.NextOpenUniform()) / rate * 1e12;
                var output =
                    mean == 1
                        ? 1
                        : 1
                            + (int)
                                Math.Floor(
                                    Math.Log(_stream.NextOpenUniform()) / Math.Log(1 - (1 / mean))
                                );
                buffer[i] = new Request((long)_time, 1, output);
            }
            return read;
        }
    }
}
