using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Plans;

/// <summary>The plan of use in which a verdict ends. It never plans what the rule refuses.</summary>
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
        var named =
            decided.Verdict.Option.Length > 0 ? decided.Verdict.Option : decided.Verdict.GoesOn;
        var course = decided.Courses.FirstOrDefault(c => c.Name == named);
        if (course is null)
        {
            return new PlanOfUse("", [], [], [], Instead(run, decided, flips));
        }
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
            uses.Count > 0 ? [] : Settled(run, decided, course)
        )
        {
            Title = course.Title,
            Sign = LeasesOfCourse.Of(run, decided, course),
            What = course.Case.Standing ? course.Said : null,
            Open =
                decided.Verdict.Kind is VerdictKind.Unresolved or VerdictKind.Decline
                || decided.Verdict.Option.Length == 0,
        };
    }

    /// <summary>What not building costs and brings, the least that a buyer of the orders must pay, and the leases that it breaks.</summary>
    private static List<Phrase> Settled(QuestionRun run, Decided decided, StudyOption course) =>
        [
            .. course.Case.Costs.Select(c => Phrase.Of("plan.pay", c.Amount, c.Title)),
            .. course.Case.Receipts.Select(r => Phrase.Of("plan.receive", r.Amount, r.Title)),
            .. course.Kind == VerdictKind.Assign && LeastPrice(run, decided, course) is { } least
                ? new[] { least }
                : [],
            .. Broken(run.Plan),
        ];

    /// <summary>The price of the orders below which the next course is worth more, and what to do without a buyer; null where there is no other course.</summary>
    private static Phrase? LeastPrice(QuestionRun run, Decided decided, StudyOption course)
    {
        var own = decided.Options.First(o => o.Name == course.Name);
        var next = decided.Options.Where(o => o.Name != course.Name).MaxBy(o => o.MeanEquityNpv);
        if (next is null)
        {
            return null;
        }
        var price = course.Case.Receipts.Sum(r => r.Amount);
        // The price comes at the end of the first month, and values are those of its start.
        var month = Math.Pow(1 + run.Run.Rule.EquityHurdle, 1.0 / 12);
        var least = price - ((own.MeanEquityNpv - next.MeanEquityNpv) * month);
        return least > 0
            ? Phrase.Of("plan.assign.least", price, least, next.Title)
            : Phrase.Of("plan.assign.any", price, next.Title);
    }

    /// <summary>The leases signed before the decision that nobody serves where nothing is built.</summary>
    private static IEnumerable<Phrase> Broken(StudyCase plan)
    {
        var leases = plan.Leases.Where(l => !l.OnTable && !l.ToSign).ToList();
        if (plan.Standing || leases.Count == 0)
        {
            yield break;
        }
        yield return Phrase.Of(
            "plan.leases.broken",
            leases
                .Select(l => l.Terms.Tenant)
                .Distinct(StringComparer.Ordinal)
                .Select(TenantsToBeSigned.Said)
                .Aggregate((before, next) => Phrase.Of("list", before, next)),
            leases.Sum(l => l.Terms.Accelerators)
        );
    }

    /// <summary>What to turn to when a step is missed: a lender pays out no more; an owner takes a course that does better in those draws; a sponsor one that passes the rule.</summary>
    private static Func<IReadOnlyList<int>, Phrase?> Next(Decided decided, StudyOption course)
    {
        if (decided.Loans.Count > 0)
        {
            return _ => Phrase.Of("plan.missed.lender");
        }
        if (
            course.Case.Standing
            && decided.Options.FirstOrDefault(o => o.Name == course.Name) is { } followed
        )
        {
            // What is signed, or refused, stays so: a missed step does not take it back.
            return new Fallback(
                followed,
                decided.Offer is null
                    ? decided.Options
                    : [.. decided.Options.Where(o => o.Kind == followed.Kind)]
            ).In;
        }
        var passing = decided
            .Options.Where(o => o.Name != course.Name && o.Outcome == RuleOutcome.Passes)
            .MaxBy(o => o.MeanEquityNpv);
        var turn = passing is null
            ? null
            : Phrase.Of("plan.missed.turn", Words.Said(passing.Kind), passing.Title);
        return _ => turn;
    }

    /// <summary>What a lender asks for beside its money's interest; what the terms already ask for is not said twice.</summary>
    private static List<Phrase> Asked(QuestionRun run, Decided decided)
    {
        var offer = decided.Loans.FirstOrDefault(l => l.Name == decided.Verdict.Option);
        if (offer is null)
        {
            return [];
        }
        return
        [
            .. offer.Asked,
            Phrase.Of("plan.asked.covenant", run.Run.Rule.CovenantCover),
            .. offer.ReserveMonths > 0 && offer.Asked.All(a => a.Key != "condition.reserve")
                ? new[] { Phrase.Of("plan.asked.reserve", offer.ReserveMonths) }
                : [],
            .. run.Plan.Terms.LockUpCover > 0
                ? new[] { Phrase.Of("plan.asked.trap", run.Plan.Terms.LockUpCover) }
                : [],
            Phrase.Of("plan.asked.roll"),
        ];
    }

    /// <summary>What would have to come about: the gate of a course that the rule does not refuse, numbers that turn the answer, or several together.</summary>
    private static List<Phrase> Instead(
        QuestionRun run,
        Decided decided,
        IReadOnlyList<FlipPoint> flips
    )
    {
        var start = run.Plan.Plan.Start;
        var found = new List<Phrase>();
        var refused = new List<Phrase>();
        foreach (var course in decided.Courses)
        {
            if (
                course.Case.Gate is not WaitGate gate
                || decided.Options.FirstOrDefault(o => o.Name == course.Name) is not { } waited
            )
            {
                continue;
            }
            if (waited.Outcome != RuleOutcome.Fails)
            {
                found.Add(gate.Trigger(start));
                continue;
            }
            var test = waited
                .Credit.Concat(waited.Equity)
                .First(t => t.Outcome == RuleOutcome.Fails);
            refused.Add(
                Phrase.Of(
                    "plan.instead.refused",
                    start + gate.DecideMonth,
                    gate.TriggerPerGpuHour,
                    test.Title,
                    test.Value,
                    test.Limit,
                    waited.BuiltShare
                )
            );
        }
        found.AddRange(
            flips
                .Where(f => double.IsFinite(f.AtFlip))
                .Take(3)
                .Select(f => Phrase.Of("plan.instead.flip", f.Said))
        );
        if (found.Count == 0)
        {
            found.Add(Phrase.Of("plan.instead.nothing"));
        }
        return [.. found, .. refused, .. decided.Loans.Count == 0 ? Broken(run.Plan) : []];
    }
}
