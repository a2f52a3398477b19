using CsCheck;
using Xunit;

namespace Plimsoll.Tests.Serving;

public sealed class EqualToStepwiseTest
{
    [Fact]
    public void Every_request_has_the_same_times_bit_for_bit() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var fast = random.Fast();
                var plain = random.Stepwise();
                Assert.Equal(plain.Outcomes, fast.Outcomes);
                Assert.Equal(plain.Tokens, fast.Tokens);
                Assert.Equal(plain.Preemptions, fast.Preemptions);
                Assert.Equal(plain.Steps, fast.Steps);
                Assert.Equal(plain.InterToken, fast.InterToken);
                Assert.Equal(plain.TimePerOutputToken, fast.TimePerOutputToken);
                Assert.Equal(plain.BusyShare, fast.BusyShare);
                Assert.Equal(plain.MeanRunning, fast.MeanRunning);
                Assert.Equal(plain.MeanWaiting, fast.MeanWaiting);
                Assert.Equal(plain.PeakKvOccupancy, fast.PeakKvOccupancy);
                Assert.Equal(plain.Clients, fast.Clients);
                Assert.Equal(plain.MeanKvOccupancy, fast.MeanKvOccupancy);
                Assert.Equal(plain.Series.KvOccupancy, fast.Series.KvOccupancy);
                Assert.Equal(plain.Series.Running, fast.Series.Running);
                Assert.Equal(plain.Series.Waiting, fast.Series.Waiting);
                Assert.Equal(plain.EndToEnd, fast.EndToEnd);
                Assert.Equal(plain.TimeToFirstToken, fast.TimeToFirstToken);
                Assert.Equal(plain.WithinServiceLevel, fast.WithinServiceLevel);
                Assert.Equal(plain.DecodeBusyShare, fast.DecodeBusyShare);
                Assert.Equal(plain.EnergyKilowattHours, fast.EnergyKilowattHours);
                Assert.Equal(plain.Tiers, fast.Tiers);
                Assert.Equivalent(plain.Scaling, fast.Scaling, strict: true);
                Assert.Equal(plain.Digest, fast.Digest);
            },
            iter: Slow.Or(50_000, 700)
        );
}
