using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>What lenders expect of closing a centre in default is learnt over draws: worked by hand on a coin.</summary>
public sealed class LenderExpectationTest
{
    private const string Case = "default-path/neo_burns";

    /// <summary>The month after the default in which the coin falls: the fleet is then worth so many times what it was, or nothing but a hundredth of it.</summary>
    private const int After = 2;

    /// <summary>The case with a fleet that brings one price until some months after the default and from then on that price times a factor.</summary>
    private static (ProjectModel Model, MonthlyOutlook Outlook) Draw(double factor)
    {
        var read = CaseFile.Read(Case);
        var model = ProjectModel.Contract(read.Terms, read.Outlook.Months, read.Sizing);
        var outlook = read.Outlook;
        var falls = model.RunAsGiven(outlook).DefaultMonth + After;
        // A tenth of the debt at default, so that three times as much is not yet all of it; sold in a month.
        var price =
            0.1 * model.RunAsGiven(outlook).DebtBalance[falls - After] / outlook.Installed[falls];
        return (
            model,
            outlook with
            {
                ResalePrice =
                [
                    .. Enumerable
                        .Range(0, outlook.Months)
                        .Select(m => m <= falls ? price : price * factor),
                ],
                MonthsToSell = [.. Enumerable.Repeat(1.0, outlook.Months)],
            }
        );
    }

    private static LenderExpectation Learnt(double up) =>
        LenderExpectation.Of(Enumerable.Range(0, 40).Select(d => Draw(d % 2 == 0 ? up : 0.01)))!;

    private static int Closed(double factor, LenderExpectation expected)
    {
        var (model, outlook) = Draw(factor);
        var taught = ProjectModel.Contract(
            model.Terms with
            {
                Expected = expected,
            },
            outlook.Months,
            CaseFile.Read(Case).Sizing
        );
        return taught.ClosedMonth(outlook) - taught.RunAsGiven(outlook).DefaultMonth;
    }

    /// <summary>Half the draws bring 1.2 times the price and half nothing: 0.6 to be waited for against 1 now. Each draw closes before the coin falls, the one that would have won too.</summary>
    [Fact]
    public void A_poor_coin_is_not_waited_for_by_the_draw_that_would_have_won()
    {
        var expected = Learnt(1.2);
        Assert.InRange(Closed(1.2, expected), 0, After - 1);
        Assert.Equal(Closed(1.2, expected), Closed(0.01, expected));
    }

    /// <summary>Five times the price or nothing: 2.5 to be waited for against 1 now. No draw closes before the coin falls, the one that will lose neither.</summary>
    [Fact]
    public void A_good_coin_is_waited_for_by_the_draw_that_will_lose()
    {
        var expected = Learnt(5);
        Assert.True(Closed(5, expected) is < 0 or >= After);
        Assert.True(Closed(0.01, expected) is < 0 or >= After);
    }

    /// <summary>Without draws to learn from the same centre, which burns cash, is closed at once: what was seen last is expected to run on.</summary>
    [Fact]
    public void What_is_learnt_decides_where_extrapolation_would_not_wait()
    {
        var (model, outlook) = Draw(5);
        Assert.True(model.ClosedMonth(outlook) - model.RunAsGiven(outlook).DefaultMonth < After);
    }

    [Fact]
    public void Too_few_draws_teach_nothing()
    {
        Assert.Null(
            LenderExpectation.Of(
                Enumerable.Range(0, LenderExpectation.LeastDraws - 1).Select(_ => Draw(5))
            )
        );
        Assert.NotNull(
            LenderExpectation.Of(
                Enumerable.Range(0, LenderExpectation.LeastDraws).Select(_ => Draw(5))
            )
        );
    }

    /// <summary>Learnt on half of the draws of random terms and judged on the other half: what it brings lenders beside the comparison without draws, and beside knowing each draw's future.</summary>
    [Fact]
    public void On_draws_not_learnt_from_it_brings_lenders_no_less()
    {
        double waiting = 0,
            plain = 0,
            taught = 0,
            foreseen = 0;
        var (learnt, defaults) = (0, 0);
        foreach (var seed in Enumerable.Range(900, 10))
        {
            var terms = new RandomFinance(seed).Terms();
            var model = ProjectModel.Contract(
                terms,
                RandomFinance.Months,
                new RandomFinance(seed).Outlook(2.5)
            );
            var start = new RandomFinance(seed).Outlook(2.5).Start;
            var draws = Enumerable
                .Range(0, 100)
                .Select(d => new RandomFinance(5000 + d).Outlook(0.7) with { Start = start })
                .Where(o => DefaultPath.Of(model, o) is not null)
                .ToList();
            var half = draws.Count / 2;
            var rule = LenderExpectation.Of(draws[..half].Select(o => (model, o)));
            var with = ProjectModel.Contract(
                terms with
                {
                    Expected = rule,
                },
                RandomFinance.Months,
                new RandomFinance(seed).Outlook(2.5)
            );
            learnt += rule is null ? 0 : 1;
            foreach (var outlook in draws[half..])
            {
                defaults++;
                waiting += model.RunAsGiven(outlook).Loss.Recovered;
                plain += model.Run(outlook).Loss.Recovered;
                taught += with.Run(outlook).Loss.Recovered;
                foreseen += model.Expecting().Run(outlook).Loss.Recovered;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{defaults} draws in default not learnt from, {learnt} of 10 terms taught anything: over waiting {(plain / waiting) - 1:0.0%} by comparison, {(taught / waiting) - 1:0.0%} as learnt, {(foreseen / waiting) - 1:0.0%} foreseen"
        );
        Assert.True(defaults > 100, $"{defaults}");
        Assert.True(taught >= 0.98 * plain, $"{taught} {plain}");
        Assert.True(foreseen >= plain * (1 - 1e-9));
    }
}
