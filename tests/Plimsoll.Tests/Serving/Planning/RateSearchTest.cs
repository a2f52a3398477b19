using CsCheck;
using Plimsoll.Serving.Planning;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

public sealed class RateSearchTest
{
    [Fact]
    public void Any_falling_margin_is_found_within_the_tolerance() =>
        Gen.Select(Gen.Double[0.01, 1000], Gen.Double[0.3, 60], Gen.Double[0.02, 50])
            .Sample(
                (root, steep, guess) =>
                {
                    var found = RateSearch.Highest(
                        rate => Math.Clamp(-steep * Math.Log(rate / root), -9, 9),
                        root * guess,
                        0.05,
                        root / 1e4,
                        root * 1e4,
                        0.004
                    );
                    Assert.InRange(found / root, 0.996, 1.004);
                }
            );

    [Fact]
    public void A_margin_that_jumps_is_found_too() =>
        Gen.Double[0.2, 5]
            .Sample(root =>
            {
                var found = RateSearch.Highest(
                    rate => rate <= root ? 5 : -0.01,
                    1,
                    0.1,
                    0.01,
                    100,
                    0.004
                );
                Assert.InRange(found / root, 0.996, 1.004);
            });

    [Fact]
    public void The_ends_are_answers()
    {
        Assert.Equal(0, RateSearch.Highest(_ => -1, 1, 0.1, 0.01, 100, 0.004));
        Assert.Equal(100, RateSearch.Highest(_ => 1, 1, 0.1, 0.01, 100, 0.004));
    }
}
