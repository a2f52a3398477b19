using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies;

/// <summary>An owner's floors by the course that is followed: the rent below which a lease of all that is free of a kind makes the centre worth less than that course does without it.</summary>
internal static class CourseFloors
{
    /// <summary>Months from which a lease is weighed as one: less is let by the hour or the month.</summary>
    private const int LeastTenor = 12;

    /// <summary>The floors with that of the course; as they are where no course is followed.</summary>
    /// <param name="floors">Price floors by kind of server and tenor.</param>
    /// <param name="run">The draws.</param>
    /// <param name="decided">The owner's answer.</param>
    public static IReadOnlyList<PriceFloor> Of(
        IReadOnlyList<PriceFloor> floors,
        QuestionRun run,
        Decided decided
    )
    {
        if (decided.Courses.FirstOrDefault(c => c.Name == decided.Verdict.Option) is not { } course)
        {
            return floors;
        }
        List<StudyOption> courses =
        [
            decided.Courses[0],
            .. ReferenceEquals(course, decided.Courses[0]) ? Array.Empty<StudyOption>() : [course],
        ];
        var rival = LeaseTrial.Worth(run.Plan, run.Few.Run(course));
        return
        [
            .. floors.Select(f =>
                f.TenorMonths < LeastTenor || f.TenorMonths > run.Plan.Plan.Months
                    ? f
                    : With(f, run, courses, rival) with
                    {
                        InPlaceOf = Signed(f, course.Case),
                    }
            ),
        ];
    }

    /// <summary>Who signs a lease of a kind of server in a course; null for nobody.</summary>
    private static Quantities.Phrase? Signed(PriceFloor floor, StudyCase course) =>
        course.Leases.FirstOrDefault(l =>
            l.ToSign
            && (
                floor.Server.Length == 0
                || course.Fleets.Any(f => f.Name == l.Terms.Fleet && f.Server == floor.Server)
            )
        )
            is { } lease
            ? TenantsToBeSigned.Said(lease.Terms.Tenant)
            : null;

    private static PriceFloor With(
        PriceFloor floor,
        QuestionRun run,
        List<StudyOption> courses,
        double rival
    )
    {
        var (fleet, free) = run
            .Plan.Fleets.Where(f => floor.Server.Length == 0 || f.Server == floor.Server)
            .Select(f => (Fleet: f, Free: Free(run.Plan, f)))
            .MaxBy(f => f.Free);
        var quote = run.Facts.QuoteOf(fleet);
        return free < fleet.PerServer || !(quote > 0)
            ? floor
            : floor with
            {
                Free = free,
                AgainstCourse = Math.Max(
                    new LeaseTrial(run.Few, run.Plan, Lease(fleet, floor.TenorMonths)).Floor(
                        courses,
                        free,
                        rival,
                        LeaseTrial.Dearest * quote
                    ),
                    floor.AgainstDark
                ),
            };
    }

    /// <summary>A lease of whole servers as a tenant of no known standing would offer it.</summary>
    private static LeaseCase Lease(FleetCase fleet, int tenor) =>
        new(
            new SignedLease("", 0, 0, tenor, 1, 0, OfferInputs.UsualBreachHazard)
            {
                Fleet = fleet.Name,
            },
            null
        );

    /// <summary>Accelerators of a fleet, in whole servers, that no contract binds; leases of no named fleet take from all in proportion.</summary>
    private static double Free(StudyCase plan, FleetCase fleet)
    {
        var own = plan.Leases.Where(l => l.Terms.Fleet == fleet.Name).Sum(Bound);
        var shared = plan.Leases.Where(l => l.Terms.Fleet is null).Sum(Bound);
        var free = fleet.Accelerators - own - (shared * fleet.Accelerators / plan.Accelerators);
        return Math.Max(0, Math.Floor((free + 1e-9) / fleet.PerServer) * fleet.PerServer);
    }

    private static double Bound(LeaseCase lease) =>
        Options.Owner.BuyOut.MonthsLeft(lease) > 0 ? lease.Terms.Accelerators : 0;
}
