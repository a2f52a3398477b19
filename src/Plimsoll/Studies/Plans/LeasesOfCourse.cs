using Plimsoll.Decisions;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Plans;

/// <summary>The leases that a course signs, each with the price below which the next course without it is worth more.</summary>
internal static class LeasesOfCourse
{
    /// <summary>Months in which such a lease has to be signed: the course is valued as if it began at once.</summary>
    private const int SignWithin = 3;

    /// <summary>The leases of the course, in the order of its fleets; empty where it signs none.</summary>
    /// <param name="run">The draws.</param>
    /// <param name="decided">What was decided.</param>
    /// <param name="course">The course that is planned.</param>
    public static IReadOnlyList<LeaseToSign> Of(
        QuestionRun run,
        Decided decided,
        StudyOption course
    ) => [.. course.Case.Leases.Where(l => l.ToSign).Select(l => Of(run, decided, course, l))];

    private static LeaseToSign Of(
        QuestionRun run,
        Decided decided,
        StudyOption course,
        LeaseCase lease
    )
    {
        var fleet = course.Case.Fleets.First(f => f.Name == lease.Terms.Fleet);
        var terms = lease.Terms;
        var next = Next(decided, course, fleet.Name);
        return new LeaseToSign(
            fleet.Name,
            fleet.IsNamed
                ? Quantities.Phrase.Of("name", fleet.Name)
                : Quantities.Phrase.Of("fleet.of", fleet.Server, fleet.Online),
            TenantsToBeSigned.Said(terms.Tenant),
            Math.Round(terms.Accelerators / fleet.PerServer),
            terms.Accelerators,
            terms.TenorMonths,
            terms.PricePerGpuHour,
            next is { } turn ? Floor(run, course, lease, turn.Course) : terms.PricePerGpuHour,
            course.Case.Plan.Start + (SignWithin - 1)
        )
        {
            Else = next?.Result.Title,
            ElseWorth = next?.Result.RobustProjectNpv.Mean ?? double.NaN,
        };
    }

    /// <summary>The course that is worth most of those that sign no lease of the fleet, and that the lender bears where this one is borne; null for none.</summary>
    private static (StudyOption Course, OptionResult Result)? Next(
        Decided decided,
        StudyOption course,
        string fleet
    )
    {
        var own = decided.Options.FirstOrDefault(o => o.Name == course.Name);
        var others = decided
            .Courses.Where(c =>
                c.Name != course.Name && !c.Case.Leases.Any(l => l.ToSign && l.Terms.Fleet == fleet)
            )
            .Join(decided.Options, c => c.Name, o => o.Name, (c, o) => (Course: c, Result: o))
            .Where(c =>
                c.Result.OnCredit != RuleOutcome.Fails || own?.OnCredit == RuleOutcome.Fails
            )
            .ToList();
        return others.Count == 0 ? null : others.MaxBy(c => c.Result.RobustProjectNpv.Mean);
    }

    private static double Floor(
        QuestionRun run,
        StudyOption course,
        LeaseCase lease,
        StudyOption next
    )
    {
        double Worth(StudyOption of) => LeaseTrial.Worth(run.Plan, run.Few.Run(of));
        var ask = lease.Terms.PricePerGpuHour;
        var rival = Worth(next);
        var floor = LeaseTrial.Root(price => Worth(At(course, lease, price)) - rival, ask);
        return double.IsNaN(floor) ? ask : Math.Min(floor, ask);
    }

    /// <summary>The course with the lease at another price.</summary>
    private static StudyOption At(StudyOption course, LeaseCase lease, double price) =>
        course with
        {
            Case = course.Case with
            {
                Leases =
                [
                    .. course.Case.Leases.Select(l =>
                        ReferenceEquals(l, lease)
                            ? l with
                            {
                                Terms = l.Terms with { PricePerGpuHour = price },
                            }
                            : l
                    ),
                ],
            },
        };
}
