using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Decisions;

/// <summary>The owner's policies by what they see.</summary>
public sealed class PolicyTest
{
    [Fact]
    public void Darkness_begins_below_the_trigger_and_ends_at_it()
    {
        var policy = new DarkPolicy(10, 0.1);
        Assert.Equal(1, policy.Decide(Seen(0, 8)).DarkShare);
        Assert.Equal(1, policy.Decide(Seen(1, 8, 9.5)).DarkShare);
        Assert.Equal(0, policy.Decide(Seen(2, 8, 9.5, 10)).DarkShare);
        Assert.Equal(0, policy.Decide(Seen(3, 8, 9.5, 10, 9.5)).DarkShare);
        Assert.Equal(1, policy.Decide(Seen(4, 8, 9.5, 10, 9.5, 8.9)).DarkShare);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(0.5, 3)]
    [InlineData(0.25, 12)]
    [InlineData(1, 1)]
    public void A_sale_sells_its_share_in_equal_lots_and_no_more(double share, int months)
    {
        var policy = new SellPolicy(share, months);
        double left = 1,
            first = 0;
        for (var m = -1; m < 20; m++)
        {
            var lot = left * policy.Decide(Seen(m, 10)).SellShare;
            first = m == -1 ? lot : first;
            Assert.Equal(m < months - 1 ? first : 0, lot, 1e-12);
            left -= lot;
        }
        Assert.Equal(1 - share, left, 1e-12);
    }

    /// <summary>Half sold over two months: a quarter goes first, and of the three quarters left a third goes later; then nothing more. All sold over four: whatever is left goes.</summary>
    [Theory]
    [InlineData(0.5, 2, 0, 1.0 / 3)]
    [InlineData(0.5, 2, 1, 0)]
    [InlineData(1, 4, 0, 1)]
    [InlineData(1, 4, 2, 1)]
    [InlineData(0.6, 3, 1, 0.2 / 0.6)]
    public void What_is_sold_later_is_told_of_what_is_left(
        double share,
        int months,
        int done,
        double later
    ) =>
        Assert.Equal(
            later,
            new SellPolicy(share, months).Decide(Seen(done - 1, 10)).SellLater,
            1e-12
        );

    private static ObservedState Seen(int month, params double[] quotes) =>
        new(new Month(2025, 1) + month, month, 100, 0.5, 10, quotes, 2, 50_000, 3);
}
