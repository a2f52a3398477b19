using Plimsoll.Decisions;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Construction;
using Plimsoll.Studies.Questions;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>A half-built centre on the bench: a million in all, 400,000 of it spent, a tenth of what is unpaid owed on cancelling, half of what was spent paid by a buyer.</summary>
public sealed class ConstructionTest
{
    private static readonly BuildingState _state = new(400_000, 0.1, 0.5);
    private static readonly StudyCase _plan = Bench.Case();

    /// <summary>24 x 257,000 = 6,168,000, less the 600,000 that are left.</summary>
    [Fact]
    public void Finish_pays_only_what_is_left() => Near(5_568_000, new Finish());

    /// <summary>
    /// Half of the plan earns 3,084,000 and costs 500,000, of which 100,000 are left; the other half is unpaid, 500,000, a tenth of it owed.
    /// At 30 % what is kept costs 300,000 and is paid; 100,000 stand in the cancelled 700,000, of which 600,000 are unpaid: 60,000.
    /// </summary>
    [Fact]
    public void Shrink_pays_for_what_is_kept_first()
    {
        Near(3_084_000 - 100_000 - 50_000, new Shrink(0.5));
        Near((0.3 * 6_168_000) - 60_000, new Shrink(0.3));
    }

    /// <summary>A tenth of 600,000.</summary>
    [Fact]
    public void Stop_pays_the_fee() => Near(-60_000, new Stop());

    /// <summary>Half of 400,000.</summary>
    [Fact]
    public void Assign_brings_its_share_of_what_was_spent() => Near(200_000, new Assign());

    /// <summary>On a market that pays it is finished; at a quote of 0.5 it would earn less than running costs, 600,000 for nothing, and the orders are sold.</summary>
    [Theory]
    [InlineData(10, VerdictKind.Finish)]
    [InlineData(0.5, VerdictKind.Assign)]
    public void The_course_worth_most_from_here_on_is_named(double quote, VerdictKind kind)
    {
        var question = new ConstructionQuestion(
            [new Finish(), new Shrink(0.5), new Stop(), new Assign()],
            _state
        );
        var run = Bench.Run(new ConstantMarket { Quote = _ => quote }, 40);
        var held = run.Physical(_plan);
        var decided = question.Decide(
            new QuestionRun
            {
                Plan = _plan,
                Facts = new Bench.Facts(),
                Run = run,
                Few = run,
                First = run.Result(question.First(_plan), run.Money(held, _plan)),
                Held = held,
                FewHeld = held,
                Fitted = true,
                Currency = "CNY",
                Report = (_, _) => { },
            }
        );
        Assert.Equal(kind, decided.Verdict.Kind);
    }

    private static void Near(double value, IConstructionOption option) =>
        Assert.Equal(value, Bench.Value(option.Of(_plan, _state)), 1e-3);
}
