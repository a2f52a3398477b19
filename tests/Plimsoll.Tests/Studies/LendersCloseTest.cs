using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study that says when lenders close a centre in default is answered on that: it was read in finance cases alone.</summary>
public sealed class LendersCloseTest
{
    private const int Draws = 30;

    /// <summary>Never, or in the month of the default itself: only draws in default know the difference, and every one of them that is closed early recovers something else.</summary>
    [Fact]
    public void The_month_in_which_lenders_close_moves_what_a_default_costs_and_nothing_else()
    {
        var never = Run(600);
        var once = Run(0);
        Assert.Equal(never.Default, once.Default);
        Assert.Contains(true, never.Default);
        Assert.Contains(false, never.Default);
        var moved = Enumerable
            .Range(0, Draws)
            .Where(d => never.LossGivenDefault[d] != once.LossGivenDefault[d])
            .Where(d =>
                !double.IsNaN(never.LossGivenDefault[d]) || !double.IsNaN(once.LossGivenDefault[d])
            )
            .ToList();
        Assert.NotEmpty(moved);
        Assert.All(moved, d => Assert.True(never.Default[d]));
        Assert.All(
            Enumerable.Range(0, Draws).Where(d => !never.Default[d]),
            d => Assert.Equal(never.EquityNpv[d], once.EquityNpv[d])
        );
    }

    private static Plimsoll.Decisions.DrawFigures Run(int month) =>
        PlanOnly
            .Run(
                SmallStudy.With(("  tenor: 36\n", $"  tenor: 36\n  closed_after: {month}\n")),
                Draws
            )
            .Figures;
}
