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
                yield return best.Course;
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
        var held = Mean(run.Plan);
        var together = run.Plan;
        var names = new List<Phrase>();
        var taken = new HashSet<(IOwnerOption, int)>();
        var changed = 0;
        foreach (var scope in kinds)
        {
            var best = options
                .Skip(1)
                .Select(o => (Option: o, Best: Best(o, run.Plan, scope)))
                .Where(o => o.Best is not null)
                .Select(o => (o.Option, Best: o.Best!.Value))
                .MaxBy(o => o.Best.Value);
            if (best.Option is null || !(best.Best.Value > held))
            {
                names.Add(scope.Named(Phrase.Of("option.hold")));
                continue;
            }
            yield return best.Best.Course;
            changed++;
            taken.Add((best.Option, best.Best.Variant));
            var now = scope with
            {
                Fleets = [.. together.Fleets.Where(f => f.Server == scope.Server)],
            };
            var added = best.Option.Courses(together, now, run.Facts)[best.Best.Variant];
            together = added.Case;
            names.Add(added.Title);
        }
        // The same course for every kind is the course for the whole, which stands beside it already.
        if (changed > 1 && (taken.Count > 1 || changed < kinds.Count))
        {
            yield return new StudyOption(
                Phrase.Of("option.byfleet"),
                VerdictKind.ByFleet,
                Phrase.Of(
                    "report.sentence",
                    names.Aggregate((before, next) => Phrase.Of("list.semicolon", before, next))
                ),
                together
            );
        }
    }

    /// <summary>The variant of a course that is worth most in the mean before finance; null where the course is not open.</summary>
    private (StudyOption Course, int Variant, double Value)? Best(
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
            return (variants[0], 0, double.NaN);
        }
        var best = variants
            .Select((v, i) => (Course: v, Variant: i, Value: Mean(v.Case)))
            .MaxBy(v => v.Value);
        return best;
    }

    private double Mean(StudyCase centre)
    {
        var figures = run.Few.Figures(centre);
        return figures.Sound.Length > 0
            ? figures.Sound.Average(i => figures.ProjectNpv[i])
            : double.NaN;
    }
}
