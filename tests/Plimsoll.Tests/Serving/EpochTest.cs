using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>Runs longer than 64 bits of picoseconds.</summary>
public sealed class EpochTest
{
    private static readonly AffineStepLaw Law = new(0.01, 1e-4, 1e-4, 1e-6, 10_000);

    [Theory]
    [InlineData(false, PrefixCacheMode.None, 0)]
    [InlineData(true, PrefixCacheMode.Segments, 0)]
    [InlineData(false, PrefixCacheMode.None, 2e6)]
    public void A_year_of_requests_is_simulated_equally_by_both(
        bool splits,
        PrefixCacheMode cache,
        double failureSeconds
    )
    {
        var config = new ServingConfig
        {
            KeepOutcomes = true,
            Replicas = 2,
            MaxSequences = 8,
            PrefixCache = cache,
            Routing = RoutingPolicy.PowerOfTwo,
            Disaggregation = splits ? new Disaggregation(2, 0.01) : null,
            Failures = failureSeconds > 0 ? new EngineFailures(failureSeconds, 3600) : null,
            SeriesIntervalSeconds = 86_400,
        };
        var fast = ServingSimulator.Run(Law, config, new YearOfBursts());
        var plain = StepwiseSimulator.Run(Law, config, new YearOfBursts());
        Assert.Equal(Latencies(plain), Latencies(fast));
        Assert.Equal(plain.Tokens, fast.Tokens);
        Assert.Equal(YearOfBursts.Bursts * YearOfBursts.Size, fast.Requests);
        Assert.Equal(fast.Requests, fast.Completed + fast.Failed);
        Assert.InRange(fast.Series.Running.Length, 360, 370);
        Assert.Equal(0, fast.LittleGap, 1e-12);
    }

    private static IEnumerable<(long, RequestEnd, int)> Latencies(SimulationResult result) =>
        result.Outcomes.Select(o => (o.FinishPicoseconds - o.ArrivalPicoseconds, o.End, o.Replica));

    /// <summary>A burst of forty requests every five days.</summary>
    private sealed class YearOfBursts : IRequestSource
    {
        public const int Bursts = 74;
        public const int Size = 40;
        private const long FiveDays = 5 * 86_400;
        private int _read;

        public ReadOnlySpan<PrefixPiece> Prefixes => default;

        public long EpochSeconds { get; private set; }

        public int Read(Span<Request> buffer)
        {
            var burst = _read / Size;
            if (burst == Bursts)
            {
                return 0;
            }
            // Every fifth burst starts an epoch.
            EpochSeconds = burst / 5 * 5 * FiveDays;
            var within =
                (burst % 5 * FiveDays * 1_000_000_000_000) + (_read % Size * 3_000_000_000);
            buffer[0] = new Request(within, 50 + (_read % 7), 20 + (_read % 11));
            _read++;
            return 1;
        }
    }
}
