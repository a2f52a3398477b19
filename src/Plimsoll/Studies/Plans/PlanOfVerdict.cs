using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Plans;

/// <summary>The plan of use in which a verdict ends.</summary>
internal static class PlanOfVerdict
{
    /// <summary>Plans the course that the verdict names; without one, what would have to come about first.</summary>
    /// <param name="run">The draws.</param>
    /// <param name="decided">What was decided.</param>
    /// <param name="floors">Price floors.</param>
    /// <param name="flips">Numbers that would turn the answer.</param>
    public static PlanOfUse Of(
        QuestionRun run,
        Decided decided,
        IReadOnlyList<PriceFloor> floors,
        IReadOnlyList<FlipPoint> flips
    )
    {
        var named = decided.Courses.FirstOrDefault(c => c.Name == decided.Verdict.Option);
        if (named is null && decided.Verdict.Kind is VerdictKind.DoNotBuild or VerdictKind.Decline)
        {
            return new PlanOfUse("", [], [], [], Instead(run, decided, flips));
        }
        var course = named ?? decided.Courses[0];
        var held = run.Few.Physical(course.Case);
        var planned = new PlanOfUseRun(course, held, floors, Next(decided, course));
        var flows = new CashFlow?[held.Kept.Count];
        if (course.Case.Loan is not null)
        {
            run.Few.Money(held, course.Case, null, (draw, done) => flows[draw] = done.Cash);
        }
        var uses = planned.Uses();
        return new PlanOfUse(
            course.Name,
            uses,
            planned.Debt([.. flows.OfType<CashFlow>()]),
            Asked(run, decided),
            uses.Count > 0 ? [] : Settled(course.Case)
        );
    }

    /// <summary>What not building costs and brings.</summary>
    private static List<Phrase> Settled(StudyCase course) =>
        [
            .. course.Costs.Select(c => Phrase.Of("plan.pay", c.Amount, c.Name)),
            .. course.Receipts.Select(r => Phrase.Of("plan.receive", r.Amount, r.Name)),
        ];

    /// <summary>The course to turn to: worth most after the one taken, on the figure that ranks them.</summary>
    private static string Next(Decided decided, StudyOption course) =>
        decided
            .Options.Where(o => o.Name != course.Name)
            .MaxBy(o => course.Case.Standing ? o.MeanProjectNpv : o.MeanEquityNpv)
            ?.Name
        ?? "";

    /// <summary>What a lender asks for beside its money's interest.</summary>
    private static List<Phrase> Asked(QuestionRun run, Decided decided)
    {
        var offer = decided.Loans.FirstOrDefault(l => l.Name == decided.Verdict.Option);
        if (offer is null)
        {
            return [];
        }
        return
        [
            .. offer.Conditions.Select(c => Phrase.Of("plan.asked.condition", c)),
            Phrase.Of("plan.asked.covenant", run.Run.Rule.CovenantCover),
            Phrase.Of("plan.asked.reserve", offer.ReserveMonths),
            Phrase.Of("plan.asked.roll"),
        ];
    }

    /// <summary>What would have to come about: a gate of a course that was compared, numbers that turn the answer, or several together.</summary>
    private static List<Phrase> Instead(
        QuestionRun run,
        Decided decided,
        IReadOnlyList<FlipPoint> flips
    )
    {
        var found = decided
            .Courses.Select(c => c.Case.Gate)
            .OfType<WaitGate>()
            .Select(g => g.Trigger(run.Plan.Plan.Start))
            .ToList();
        found.AddRange(
            flips
                .Where(f => double.IsFinite(f.AtFlip))
                .Take(3)
                .Select(f =>
                    Phrase.Of(
                        f.Unit.Length == 0 ? "plan.instead.share" : "plan.instead.flip",
                        f.Input,
                        f.AtFlip,
                        f.Unit,
                        f.Now
                    )
                )
        );
        return found.Count > 0 ? found : [Phrase.Of("plan.instead.nothing")];
    }
}
