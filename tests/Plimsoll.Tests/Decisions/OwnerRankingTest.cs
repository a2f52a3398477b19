using CsCheck;
using Plimsoll.Decisions;
using Xunit;
using static Plimsoll.Tests.Decisions.Drawn;

namespace Plimsoll.Tests.Decisions;

/// <summary>No owner is told to follow a course that fails the rule while another passes it, and doubt is said only where the interval of a difference holds nothing.</summary>
public sealed class OwnerRankingTest
{
    private static OptionResult Course(
        string name,
        double breach,
        double defaults,
        double value,
        VerdictKind kind = VerdictKind.HoldPrice
    ) => Option(name, kind, Figures(breach, defaults, 0.1, value));

    [Fact]
    public void A_course_that_fails_is_not_followed_while_another_passes()
    {
        var refused = Course("by fleet", 0.76, 0.54, 1100);
        var sell = Course("sell", 0.04, 0, 950, VerdictKind.SellAccelerators);
        var verdict = OwnerVerdict.Of([refused, sell], null, Rule, true);
        Assert.Equal((VerdictKind.SellAccelerators, "sell"), (verdict.Kind, verdict.Option));
        var told = Assert.Single(verdict.Because, g => g.Key == "ground.owner.refused");
        Assert.Equal(150.0, (double)told.Arguments[1], 1e-6);
    }

    [Fact]
    public void Where_none_passes_the_least_bad_is_named_as_such()
    {
        var dear = Course("dear", 0.9, 0.6, 1100);
        var safer = Course("safer", 0.5, 0.2, 900);
        var cheap = Course("cheap", 0.5, 0.21, 700);
        // Every default charged with the 1,000 owed: 1,100 - 600, 900 - 200 and 700 - 210.
        var verdict = OwnerVerdict.Of(
            [dear with { Owed = 1000 }, cheap with { Owed = 1000 }, safer with { Owed = 1000 }],
            null,
            Rule,
            true
        );
        Assert.Equal("safer", verdict.Option);
        // Where 300 are owed, a default that is 40 % likelier costs 120 and not the 200 that it brings.
        Assert.Equal(
            "dear",
            OwnerVerdict
                .Of(
                    [
                        dear with
                        {
                            Owed = 300,
                        },
                        cheap with
                        {
                            Owed = 300,
                        },
                        safer with
                        {
                            Owed = 300,
                        },
                    ],
                    null,
                    Rule,
                    true
                )
                .Option
        );
        Assert.Contains("the least bad", verdict.Headline, StringComparison.Ordinal);
    }

    /// <summary>Two courses worth the same before finance, of which the second defaults in 14 draws of a hundred less: once each is charged with the 1,000 owed it is clearly less bad, and it is followed although the first changes less.</summary>
    [Fact]
    public void Where_all_fail_equal_worth_does_not_hide_rarer_default()
    {
        var first = Course("hand over", 1, 1, 1000) with { Owed = 1000 };
        var second = Course("restructured", 1, 0.86, 1001) with { Owed = 1000 };
        var ranking = OwnerRanking.Of([first, second]);
        Assert.Equal("restructured", ranking.Followed.Name);
        Assert.Empty(ranking.AsGood);
        Assert.Null(ranking.Meanwhile);
    }

    [Fact]
    public void Whatever_the_courses_one_that_fails_is_followed_only_where_none_passes() =>
        Gen.Double[0, 1]
            .Select(Gen.Double[0, 1], Gen.Double[1, 2000])
            .Array[1, 6]
            .Sample(
                courses =>
                {
                    OptionResult[] options =
                    [
                        .. courses.Select(
                            (c, i) => Course($"{i}", c.Item1, c.Item1 * c.Item2, c.Item3)
                        ),
                    ];
                    var best = OwnerRanking.Of(options).Best;
                    return best.OnCredit != RuleOutcome.Fails
                        || options.All(o => o.OnCredit == RuleOutcome.Fails);
                },
                iter: 100
            );

    [Fact]
    public void Courses_of_equal_worth_are_no_doubt_and_the_first_is_taken()
    {
        var ranking = OwnerRanking.Of([
            Good("hold", VerdictKind.HoldPrice, 1000),
            Good("dark", VerdictKind.GoDark, 1001),
        ]);
        Assert.Equal("hold", ranking.Best.Name);
        Assert.Equal("dark", Assert.Single(ranking.AsGood).Name);
        Assert.Empty(ranking.Rivals);
    }

    /// <summary>The doubt is told exactly where the gain does not exceed the half-width that is told with it.</summary>
    [Theory]
    [InlineData(1000, 950)]
    [InlineData(1000, 990)]
    [InlineData(1000, 700)]
    [InlineData(1000, 999)]
    public void A_doubt_states_an_interval_that_holds_nothing(double one, double other)
    {
        var a = Noisy("a", VerdictKind.HoldPrice, one, 900, 1);
        var b = Noisy("b", VerdictKind.GoDark, other, 900, 2);
        var ranking = OwnerRanking.Of([a, b]);
        var (gain, error) = ranking.Best.AgainstBeforeFinance(
            ReferenceEquals(ranking.Best, a) ? b : a
        );
        Assert.Equal(gain <= 1.96 * error, ranking.Rivals.Count == 1);
        var verdict = OwnerVerdict.Of([a, b], null, Rule, true);
        Assert.Equal(ranking.Rivals.Count > 0, verdict.Followed is not null);
        Assert.NotEqual(VerdictKind.Unresolved, verdict.Kind);
        foreach (var doubt in verdict.Doubts.Where(d => d.Key == "unknown.interval"))
        {
            Assert.True((double)doubt.Arguments[2] <= (double)doubt.Arguments[3]);
        }
    }

    /// <summary>In one of a hundred draws the first is worth a thousand times as much: in the mean ten times, in the middle and drawn in no more than the second.</summary>
    [Fact]
    public void A_handful_of_draws_ranks_nothing()
    {
        var wild = Good("wild", VerdictKind.GoDark, 1000);
        for (var i = 0; i < Draws / 100; i++)
        {
            wild.Figures.ProjectNpv[100 * i] = 1e6;
        }
        var sure = Good("sure", VerdictKind.HoldPrice, 1100);
        Assert.True(wild.MeanProjectNpv > 5 * sure.MeanProjectNpv);
        Assert.Equal("sure", OwnerRanking.Of([wild, sure]).Best.Name);
    }

    /// <summary>Under one law another course is worth twice as much: that is told first, and keeps the verdict open.</summary>
    [Fact]
    public void A_law_that_turns_the_answer_is_the_first_doubt()
    {
        var a = Good("a", VerdictKind.HoldPrice, 1000);
        var b = Good("b", VerdictKind.GoDark, 700);
        for (var i = 0; i < Draws; i++)
        {
            b.Figures.ProjectNpv[i] = b.Figures.Law[i] == "Level" ? 1200 : 500;
        }
        var verdict = OwnerVerdict.Of([a, b], null, Rule, true);
        Assert.Equal((VerdictKind.HoldPrice, "a"), (verdict.Kind, verdict.Option));
        Assert.Equal("unknown.law", verdict.Doubts[0].Key);
        // Held under that law it loses 1200 - 1000, to within the draws' own hundredths.
        Assert.Equal(200, verdict.Followed!.AtMost, 0.1);
    }

    /// <summary>Two that cannot be undone may each be best, holding is clearly worth 25 less, and being wrong may cost more: nothing is signed, and holding is what to do meanwhile.</summary>
    [Fact]
    public void Only_what_cannot_be_undone_and_may_cost_more_than_holding_stays_open()
    {
        var sell = Noisy("sell", VerdictKind.SellAccelerators, 1010, 900, 1);
        var close = Noisy("close", VerdictKind.Close, 1000, 900, 2);
        OptionResult Hold(double less)
        {
            var hold = Noisy("hold", VerdictKind.HoldPrice, 1010, 900, 1);
            for (var i = 0; i < Draws; i++)
            {
                hold.Figures.ProjectNpv[i] = sell.Figures.ProjectNpv[i] - less;
            }
            return hold;
        }
        var open = OwnerVerdict.Of([Hold(25), sell, close], null, Rule, true);
        Assert.Equal(VerdictKind.Unresolved, open.Kind);
        Assert.Equal("hold", open.Followed!.Until!.Name);
        Assert.Contains("keep to 'hold'", open.Headline, StringComparison.Ordinal);
        // Where holding clearly loses more than being wrong may, one of them is done.
        var act = OwnerVerdict.Of([Hold(2000), sell, close], null, Rule, true);
        Assert.NotEqual(VerdictKind.Unresolved, act.Kind);
        Assert.True(act.Followed!.AtMost <= act.Followed.Waiting);
    }

    private static readonly VerdictKind[] _kinds =
    [
        VerdictKind.HoldPrice,
        VerdictKind.GoDark,
        VerdictKind.CutPrice,
        VerdictKind.HandOver,
        VerdictKind.SellAccelerators,
        VerdictKind.Close,
    ];

    /// <summary>Whatever the courses: what may be the best and can be undone next month is never passed over for what cannot; what being wrong costs is at least what any rival is worth more in the mean; odds are a share.</summary>
    [Fact]
    public void Of_courses_that_may_be_best_the_easiest_to_undo_is_followed() =>
        Gen.Int[0, 5]
            .Select(Gen.Double[900, 1100], Gen.Double[0, 400], Gen.Int[1, 12])
            .Array[2, 6]
            .Sample(
                courses =>
                {
                    OptionResult[] options =
                    [
                        .. courses.Select(
                            (c, i) => Noisy($"{i}", _kinds[c.Item1], c.Item2, c.Item3, c.Item4)
                        ),
                    ];
                    var ranking = OwnerRanking.Of(options);
                    if (ranking.OddsOf(ranking.Followed) is not (>= 0 and <= 1))
                    {
                        return false;
                    }
                    if (ranking.Meanwhile is not { } now)
                    {
                        return true;
                    }
                    var verdict = OwnerVerdict.Of(options, null, Rule, true);
                    return now.Others.All(o => o.Undone >= now.Course.Undone)
                        && now.Others.All(o =>
                            o.AgainstBeforeFinance(now.Course).Mean <= now.AtMost + 1e-9
                        )
                        && (now.Course.Undone > Undoing.NextMonth || now.Settled)
                        && (verdict.Kind != VerdictKind.Unresolved || !now.Settled);
                },
                iter: 200
            );
}
