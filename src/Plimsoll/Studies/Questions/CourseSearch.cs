using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;

namespace Plimsoll.Studies.Questions;

/// <summary>Searches an owner's courses on the first draws: the best variant of each for the whole centre, then for each kind of server, then the best of each kind together.</summary>
/// <param name="run">The draws.</param>
/// <param name="options">What is compared, holding first.</param>
internal sealed class CourseSearch(QuestionRun run, IReadOnlyList<IOwnerOption> options)
{
    /// <summary>The best variant of every course but holding, for the whole centre.</summary>
    public IEnumerable<StudyOption> OfTheWhole()
    {
        var scope = FleetScope.Whole(run.Plan);
        foreach (var (i, option) in options.Skip(1).Index())
        {
            run.Report("courses", 0.5 * i / options.Count);
            if (Best(option, run.Plan, scope) is { } best)
            {
                yield return Again(best.Course, option, scope, best.Variant);
            }
        }
    }

    /// <summary>In a centre of several kinds of server: the best course of each kind, the others held; and all of these together.</summary>
    public IEnumerable<StudyOption> ByFleet()
    {
        var kinds = FleetScope.Kinds(run.Plan);
        if (kinds.Count == 0)
        {
            yield break;
        }
        var held = Worth(First(run.Plan));
        var together = run.Plan;
        var names = new List<Phrase>();
        var taken = new HashSet<(IOwnerOption, int)>();
        var steps = new List<(IOwnerOption Option, FleetScope Scope, int Variant)>();
        var changed = 0;
        var undone = Undoing.NextMonth;
        foreach (var scope in kinds)
        {
            var best = options
                .Skip(1)
                .Select(o => (Option: o, Best: Best(o, run.Plan, scope)))
                .Where(o => o.Best is not null)
                .Select(o => (o.Option, Best: o.Best!.Value))
                .MaxBy(o => o.Best.Value.Rank);
            if (best.Option is null || best.Best.Value.Rank.CompareTo(held.Rank) <= 0)
            {
                names.Add(Phrase.Of("report.sentence", scope.Named(Phrase.Of("option.hold"))));
                continue;
            }
            yield return Again(best.Best.Course, best.Option, scope, best.Best.Variant);
            changed++;
            taken.Add((best.Option, best.Best.Variant));
            // What was done about the other kinds may have closed this course here.
            if (Taken(together, best.Option, scope, best.Best.Variant) is not { } added)
            {
                continue;
            }
            steps.Add((best.Option, scope, best.Best.Variant));
            together = added.Case;
            names.Add(Phrase.Of("course.said", added.Title, added.Said));
            undone = added.Undone > undone ? added.Undone : undone;
        }
        // The same course for every kind is the course for the whole, which stands beside it already.
        if (changed > 1 && (taken.Count > 1 || changed < kinds.Count))
        {
            var all = new StudyOption(
                Phrase.Of("option.byfleet"),
                VerdictKind.ByFleet,
                names.Aggregate((before, next) => Phrase.Of("sentences", before, next)),
                together
            )
            {
                Undone = undone,
            };
            yield return all with
            {
                Again = centre =>
                    all with
                    {
                        Case = steps.Aggregate(
                            centre,
                            (c, s) => Taken(c, s.Option, s.Scope, s.Variant)?.Case ?? c
                        ),
                    },
            };
        }
    }

    /// <summary>A course that can be taken anew in a centre with another lease.</summary>
    private StudyOption Again(
        StudyOption course,
        IOwnerOption option,
        FleetScope scope,
        int variant
    ) => course with { Again = centre => Taken(centre, option, scope, variant) };

    /// <summary>A variant of a course in a centre; null where it is closed there.</summary>
    private StudyOption? Taken(
        StudyCase centre,
        IOwnerOption option,
        FleetScope scope,
        int variant
    ) =>
        option
            .Courses(
                centre,
                scope.IsWhole
                    ? FleetScope.Whole(centre)
                    : scope with
                    {
                        Fleets = [.. centre.Fleets.Where(f => f.Server == scope.Server)],
                    },
                run.Facts
            )
            .ElementAtOrDefault(variant);

    /// <summary>The variant of a course that does not fail the rule and is worth most before finance; null where the course is not open.</summary>
    private (StudyOption Course, int Variant, CourseWorth Value)? Best(
        IOwnerOption option,
        StudyCase centre,
        FleetScope scope
    )
    {
        var variants = option.Courses(centre, scope, run.Facts);
        if (variants.Count == 0)
        {
            return null;
        }
        if (variants.Count == 1 && scope.IsWhole)
        {
            return (variants[0], 0, default);
        }
        return variants
            .Select((v, i) => (Course: v, Variant: i, Value: Worth(v)))
            .MaxBy(v => v.Value.Rank);
    }

    private StudyOption First(StudyCase plan) =>
        new(Phrase.Of("option.hold"), VerdictKind.HoldPrice, Phrase.Of("option.hold"), plan);

    private CourseWorth Worth(StudyOption course)
    {
        var result = run.Few.Result(course, run.Few.Figures(course.Case));
        return new CourseWorth(result.OnCredit != RuleOutcome.Fails, result.RobustProjectNpv.Mean);
    }
}

/// <summary>What a course is worth to an owner who searches: first that the rule does not refuse it, then its value before finance.</summary>
/// <param name="Bearable">True when it does not fail the lender's tests.</param>
/// <param name="Value">Robust mean of its value before finance, money; NaN counts as least.</param>
internal readonly record struct CourseWorth(bool Bearable, double Value)
{
    /// <summary>The greater of two is the better course.</summary>
    public (bool, double) Rank => (Bearable, Value);
}
