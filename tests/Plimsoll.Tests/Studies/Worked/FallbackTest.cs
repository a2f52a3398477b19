using Plimsoll.Decisions;
using Plimsoll.Studies.Plans;
using Plimsoll.Tests.Decisions;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>An owner turns to another course only where it does better in the very draws in which a step is missed.</summary>
public sealed class FallbackTest
{
    private static readonly int[] _missed = [.. Enumerable.Range(0, 100)];

    private static OptionResult Course(
        string name,
        double value,
        double inMissed,
        double defaults = 0.01
    )
    {
        var figures = Drawn.Figures(0.02, defaults, 0.1, value);
        foreach (var i in _missed)
        {
            figures.ProjectNpv[i] = inMissed;
        }
        return Drawn.Option(name, VerdictKind.HoldPrice, figures);
    }

    [Fact]
    public void The_course_that_is_worth_more_in_the_missed_draws_is_named_with_its_gain()
    {
        var followed = Course("followed", 1000, 200);
        var fallback = new Fallback(
            followed,
            [followed, Course("sure", 700, 650), Course("best elsewhere", 990, 100)]
        ).In(_missed)!;
        Assert.Equal("plan.missed.better", fallback.Key);
        Assert.Equal(450.0, (double)fallback.Arguments[1], 1e-6);
        Assert.Contains("'sure'", PhraseBook.English.Say(fallback), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_none_is_better_the_plan_is_kept()
    {
        var followed = Course("followed", 1000, 200);
        Assert.Equal(
            "plan.missed.keep",
            new Fallback(followed, [followed, Course("worse", 1200, 150)]).In(_missed)!.Key
        );
        // In next to no draw is anything to be told.
        Assert.Null(new Fallback(followed, [followed, Course("sure", 700, 650)]).In([1, 2, 3]));
    }

    /// <summary>The like course that defaults more is never the way out; one that the rule refuses neither.</summary>
    [Fact]
    public void A_course_that_raises_defaults_is_no_way_out()
    {
        var followed = Course("followed", 1000, 200, 0.02);
        Assert.Equal(
            "plan.missed.keep",
            new Fallback(followed, [followed, Course("restructured", 1000, 200, 0.04)])
                .In(_missed)!
                .Key
        );
        Assert.Equal(
            "plan.missed.keep",
            new Fallback(followed, [followed, Course("refused", 1000, 900, 0.4)]).In(_missed)!.Key
        );
    }

    /// <summary>Worth the same and clearly safer: that is said without a gain.</summary>
    [Fact]
    public void A_like_course_that_defaults_less_is_named_as_safer()
    {
        var followed = Course("followed", 1000, 200, 0.3);
        var safer = new Fallback(followed, [followed, Course("restructured", 1000, 200)]).In(
            _missed
        )!;
        Assert.Equal("plan.missed.safer", safer.Key);
    }
}
