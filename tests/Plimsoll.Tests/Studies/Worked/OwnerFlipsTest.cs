using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Searches;
using Xunit;
using static Plimsoll.Tests.Decisions.Drawn;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>What would change an owner's answer: told both ways, and only where what is given up for a lender's test is less than the test can be worth.</summary>
public sealed class OwnerFlipsTest
{
    /// <summary>An answer that holds between 2.5 and 7.5 turns at either.</summary>
    [Fact]
    public void A_number_that_turns_the_answer_both_ways_is_told_both_ways()
    {
        var flips = FlipSearch.Of(
            [
                new FlipSearch.Lever(
                    Phrase.Of("name", "price"),
                    5,
                    "x",
                    [20, 0],
                    x => x is < 2.5 or > 7.5
                ),
            ],
            Phrase.Of("name", "it would turn")
        );
        Assert.Equal(2, flips.Count);
        Assert.InRange(flips.Min(f => f.AtFlip), 2.5 - (5.0 / 128), 2.5);
        Assert.InRange(flips.Max(f => f.AtFlip), 7.5, 7.5 + (15.0 / 128));
    }

    /// <summary>
    /// A course worth 1,100 defaults in half of the draws, another worth less in none: passing, it is followed. With 1,000 owed the test is worth at most 500 of them: one of 900 turns the
    /// answer, said with the test and the 200 given up; one of 400 does not, though the rule would follow it.
    /// </summary>
    [Theory]
    [InlineData(900, true)]
    [InlineData(400, false)]
    public void A_course_is_no_answer_that_loses_more_than_the_test_it_passes_is_worth(
        double value,
        bool turns
    )
    {
        OptionResult Owing(string name, double defaults, double worth) =>
            Option(name, VerdictKind.HoldPrice, Figures(defaults, defaults, 0.1, worth)) with
            {
                Owed = 1_000,
            };
        OptionResult[] results = [Owing("now", 0.5, 1_100), Owing("safe", 0, value)];
        Assert.Equal("safe", OwnerRanking.Of(results).Followed.Name);
        Assert.Equal(turns, FlipSearch.Turns(results, "now"));
        var said = FlipSearch.Turned(results, "now");
        Assert.Equal("turned.test", said.Key);
        Assert.Equal(1_100 - value, (double)said.Arguments[5], 1e-6);
    }
}
