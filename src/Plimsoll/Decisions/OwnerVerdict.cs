using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>The verdict for the owner of a standing centre: of the courses that pass the rule the one worth most before finance, if it is clearly that; where none passes, the least bad, said to be so.</summary>
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
        var best = ranking.Best;
        var alike = ranking.Rivals.Count > 0 && ranking.Rivals.All(r => r.Rival.BeginsLike(best));
        var open =
            ranking.Credit == RuleOutcome.Straddles
            || (ranking.Rivals.Count > 0 && !alike)
            || ranking.Laws.Count > 0
            || ranking.Open.Count > 0;
        return Verdict.Of(
            open ? VerdictKind.Unresolved : best.Kind,
            alike && !open ? Alike(ranking) : Headline(ranking, options, open),
            best.Name,
            Grounds(ranking, options, agreed),
            Doubts(ranking, fitted),
            best.Credit
        ) with
        {
            TestsOf = best.Name,
        };
    }

    private static Phrase Headline(
        OwnerRanking ranking,
        IReadOnlyList<OptionResult> options,
        bool open
    )
    {
        var owes = options.Any(o => o.Credit.Count > 0);
        var key = ranking.Credit switch
        {
            RuleOutcome.Passes => owes ? "said.owner.passes" : "said.owner.free",
            RuleOutcome.Straddles => "said.owner.may",
            RuleOutcome.Fails => "said.owner.least",
            var other => throw new ArgumentOutOfRangeException(
                nameof(ranking),
                other,
                "No such outcome."
            ),
        };
        return Phrase.Of(
            open && ranking.Credit != RuleOutcome.Straddles ? key + ".open" : key,
            Words.Said(ranking.Best.Kind),
            ranking.Best.Title
        );
    }

    private static Phrase Alike(OwnerRanking ranking) =>
        Phrase.Of(
            "said.alike",
            Words.Said(ranking.Best.Kind),
            Phrase.Of($"begins.{ranking.Best.Begins}"),
            List([ranking.Best, .. ranking.Rivals.Select(r => r.Rival)])
        );

    private static Phrase List(IEnumerable<OptionResult> courses) =>
        courses
            .Select(o => o.Title)
            .DistinctBy(PhraseBook.English.Say)
            .Aggregate((before, next) => Phrase.Of("list", before, next));

    private static List<Phrase> Grounds(
        OwnerRanking ranking,
        IReadOnlyList<OptionResult> options,
        RestructuredCourse? agreed
    )
    {
        var grounds = new List<Phrase>();
        if (agreed is not null && ReferenceEquals(agreed.Course, ranking.Best))
        {
            grounds.Add(agreed.Said);
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
                Phrase.Of("unknown.interval", ranking.Best.Title, r.Rival.Title, r.Gain, r.Half)
            ),
        ];
}
