using CsCheck;
using Plimsoll.Serving;
using Xunit;

namespace Plimsoll.Tests.Serving;

public sealed class LatencySummaryTest
{
    [Fact]
    public void Percentiles_lie_within_the_stated_error_of_the_sorted_times() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var result = random.Fast();
                var times = result
                    .Outcomes.Where(o => o.End == RequestEnd.Completed)
                    .Select(o => (o.FinishPicoseconds - o.ArrivalPicoseconds) / 1e12)
                    .Order()
                    .ToArray();
                var summary = result.EndToEnd;
                Assert.Equal(times.Length, summary.Count);
                if (times.Length == 0)
                {
                    Assert.Equal(0, summary.Mean);
                    return;
                }
                Assert.Equal(times.Average(), summary.Mean, 1e-9);
                Assert.Equal(times[^1], summary.Max);
                void Near(double share, double found)
                {
                    var exact = times[Math.Max(1, (int)Math.Ceiling(share * times.Length)) - 1];
                    Assert.Equal(exact, found, exact * LatencySummary.QuantileError * 1.0001);
                }
                Near(0.5, summary.P50);
                Near(0.9, summary.P90);
                Near(0.95, summary.P95);
                Near(0.99, summary.P99);
            },
            iter: 300
        );
}
