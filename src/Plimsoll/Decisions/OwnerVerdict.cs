using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>
/// The verdict for the owner of a standing centre: of the courses that pass the rule the one worth most before finance; where several may be that, the one that is the easiest to
/// undo, with what it costs to be wrong; where none passes, the least bad, said to be so. It is unresolved only where none of those that may be best can be undone for nothing and
/// being wrong may cost more than changing nothing does.
/// </summary>
public static class OwnerVerdict
{
    /// <summary>Judges the courses open to the owner.</summary>
    /// <param name="options">Courses, holding first; what was spent before the decision counts in none of them.</param>
    /// <param name="restructured">One of them with its debt restructured; null without debt.</param>
    /// <param name="rule">The rule, for the odds of default that can be borne.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    /// <exception cref="ArgumentException">No course.</exception>
    public static Verdict Of(
        IReadOnlyList<OptionResult> options,
        RestructuredCourse? restructured,
        DecisionRule rule,
        bool fitted
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rule);
        var agreed = restructured?.LenderAgrees(rule) == true ? restructured : null;
        var ranking = OwnerRanking.Of(agreed is null ? options : [.. options, agreed.Course]);
        var followed = ranking.Followed;
        var alike = ranking.Meanwhile is { } now && now.All.All(o => o.BeginsLike(ranking.Best));
        if (alike)
        {
            followed = ranking.Best;
        }
        var open = !alike && ranking.Meanwhile is { Settled: false };
        return Verdict.Of(
            open ? VerdictKind.Unresolved : followed.Kind,
            alike ? Alike(ranking)
                : ranking.Meanwhile is { } doubt ? Said(doubt, ranking)
                : Said(ranking, options),
            followed.Name,
            Grounds(ranking, options, restructured, agreed),
            Doubts(ranking, fitted),
            followed.Credit
        ) with
        {
            TestsOf = followed.Name,
            Odds = alike ? ranking.OddsOf(ranking.Meanwhile!.All) : ranking.OddsOf(followed),
            Followed = alike ? null : ranking.Meanwhile,
        };
    }

    /// <summary>One course is clearly worth most.</summary>
    private static Phrase Said(OwnerRanking ranking, IReadOnlyList<OptionResult> options)
    {
        var owes = options.Any(o => o.Credit.Count > 0);
        return Phrase.Of(
            ranking.Credit switch
            {
                RuleOutcome.Passes => owes ? "said.owner.passes" : "said.owner.free",
                RuleOutcome.Straddles => "said.owner.may",
                RuleOutcome.Fails => "said.owner.least",
                var other => throw new ArgumentOutOfRangeException(
                    nameof(ranking),
                    other,
                    "No such outcome."
                ),
            },
            Words.Said(ranking.Best.Kind),
            ranking.Best.Title,
            ranking.OddsOf(ranking.Best),
            OwnerRanking.Indifference
        );
    }

    /// <summary>Several may each be the best: what to do for the time being, how often that is right, and what it costs where it is wrong.</summary>
    private static Phrase Said(Meanwhile now, OwnerRanking ranking)
    {
        var course = now.Course;
        var rule =
            course.Credit.Count == 0
                ? Phrase.Of("said.owner.rule.free")
                : Phrase.Of($"said.owner.rule.{course.OnCredit}");
        return !now.Settled
            ? Phrase.Of(
                "said.owner.wait",
                List(now.All),
                now.Until!.Title,
                now.UntilAtMost,
                ranking.OddsOf(now.Until)
            )
            : Phrase.Of(
                course.Undone == Undoing.NextMonth ? "said.owner.now"
                    : now.Until is null ? "said.owner.act.only"
                    : "said.owner.act",
                Words.Said(course.Kind),
                course.Title,
                List(now.Others),
                ranking.OddsOf(course),
                now.AtMost,
                now.Waiting,
                rule,
                Phrase.Of(
                    ranking.AmongPassing(course) && course.Credit.Count > 0
                        ? "said.owner.others.pass"
                        : "said.owner.others"
                )
            );
    }

    private static Phrase Alike(OwnerRanking ranking) =>
        Phrase.Of(
            "said.owner.alike",
            Words.Said(ranking.Best.Kind),
            Phrase.Of($"begins.{ranking.Best.Begins}"),
            List(ranking.Meanwhile!.All),
            ranking.OddsOf(ranking.Meanwhile.All)
        );

    private static Phrase List(IEnumerable<OptionResult> courses) =>
        courses
            .Select(o => o.Title)
            .DistinctBy(PhraseBook.English.Say)
            .Aggregate((before, next) => Phrase.Of("list", before, next));

    private static List<Phrase> Grounds(
        OwnerRanking ranking,
        IReadOnlyList<OptionResult> options,
        RestructuredCourse? restructured,
        RestructuredCourse? agreed
    )
    {
        var grounds = new List<Phrase>();
        if (agreed is not null && ReferenceEquals(agreed.Course, ranking.Followed))
        {
            grounds.Add(agreed.Said);
        }
        if (restructured?.Ask is { } ask)
        {
            grounds.AddRange(
                (
                    ask with
                    {
                        Followed = ReferenceEquals(restructured.Course, ranking.Followed),
                    }
                ).Said
            );
        }
        if (ranking.AsGood.Count > 0)
        {
            grounds.Add(
                Phrase.Of(
                    "ground.owner.asgood",
                    ranking.Best.Title,
                    OwnerRanking.Indifference,
                    List(ranking.AsGood)
                )
            );
        }
        grounds.AddRange(
            ranking.Refused.Select(r =>
                Phrase.Of(
                    "ground.owner.refused",
                    r.Rival.Title,
                    -r.Gain,
                    Words.Said(r.Rival.Credit.First(t => t.Outcome == RuleOutcome.Fails))
                )
            )
        );
        grounds.AddRange(options.OrderByDescending(o => o.RobustProjectNpv.Mean).Select(Ground));
        return grounds;
    }

    private static Phrase Ground(OptionResult o)
    {
        var (mean, error) = o.RobustProjectNpv;
        return Phrase.Of(
            o.Credit.Count > 0 ? "ground.owner.course" : "ground.owner.course.free",
            o.Title,
            mean,
            1.96 * error,
            o.ProjectNpv.P50,
            Words.Said(o.OnCredit),
            o.Default.Value
        );
    }

    /// <summary>What is not known, what would turn the answer first: the law of rents, the rule, then the draws.</summary>
    private static List<Phrase> Doubts(OwnerRanking ranking, bool fitted) =>
        [
            .. fitted ? [] : new[] { Phrase.Of("unknown.rank") },
            .. ranking.Laws.Select(l =>
                Phrase.Of("unknown.law", Words.OfGroup(l.Law), l.Winner.Title)
            ),
            .. ranking.Open.Select(r => Phrase.Of("unknown.owner.may", r.Rival.Title, -r.Gain)),
            .. ranking.Rivals.Select(r =>
                Phrase.Of(
                    ranking.Credit == RuleOutcome.Fails && ranking.Best.Owed > 0
                        ? "unknown.interval.charged"
                        : "unknown.interval",
                    ranking.Best.Title,
                    r.Rival.Title,
                    r.Gain,
                    r.Half
                )
            ),
        ];
}
