using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>The verdict for the owner of a standing centre: the course that makes the centre worth most before finance, if it is clearly that; and the debt restructured when the centre cannot carry it.</summary>
public static class OwnerVerdict
{
    /// <summary>Judges the courses open to the owner.</summary>
    /// <param name="options">Courses; what was spent before the decision counts in none of them.</param>
    /// <param name="restructured">The best course with the debt restructured; null without debt.</param>
    /// <param name="rule">The rule, for the odds of default that can be borne.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    /// <exception cref="ArgumentException">No course.</exception>
    public static Verdict Of(
        IReadOnlyList<OptionResult> options,
        OptionResult? restructured,
        DecisionRule rule,
        bool fitted
    )
    {
        if (options.Count == 0)
        {
            throw new ArgumentException("At least one course must be given.", nameof(options));
        }
        var ranked = options.OrderByDescending(o => o.MeanProjectNpv).ToList();
        var best = ranked[0];
        var rivals = Rivals(options, ranked);
        List<Phrase> unknown =
        [
            .. fitted ? [] : new[] { Phrase.Of("unknown.rank") },
            .. rivals.Select(r => r.Doubt),
        ];
        var grounds = ranked.Select(Ground).ToList();
        if (rivals.Count > 0 && rivals.All(r => r.Rival.BeginsLike(best)))
        {
            return Verdict.Of(
                best.Kind,
                Phrase.Of(
                    "said.alike",
                    Words.Said(best.Kind),
                    Phrase.Of($"begins.{best.Begins}"),
                    rivals
                        .Select(r => r.Rival.Title)
                        .DistinctBy(PhraseBook.English.Say)
                        .Prepend(best.Title)
                        .Aggregate((before, next) => Phrase.Of("list", before, next))
                ),
                best.Name,
                grounds,
                unknown,
                best.Credit
            ) with
            {
                TestsOf = best.Name,
            };
        }
        if (rivals.Count > 0)
        {
            return Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.most", best.Title),
                best.Name,
                grounds,
                unknown,
                best.Credit
            ) with
            {
                TestsOf = best.Name,
            };
        }
        if (Restructure(best, restructured, rule) is { } why)
        {
            grounds.Insert(0, why);
            return Verdict.Of(
                VerdictKind.RestructureDebt,
                Phrase.Of(
                    "said.restructure",
                    Words.Said(VerdictKind.RestructureDebt),
                    restructured!.Title
                ),
                restructured.Name,
                grounds,
                unknown,
                restructured.Credit
            ) with
            {
                TestsOf = restructured.Name,
            };
        }
        return Verdict.Of(
            best.Kind,
            Phrase.Of("said.best", Words.Said(best.Kind), best.Title),
            best.Name,
            grounds,
            unknown,
            best.Credit
        ) with
        {
            TestsOf = best.Name,
        };
    }

    /// <summary>Courses that may be better than the best in the mean, each with the doubt it raises.</summary>
    private static List<(OptionResult Rival, Phrase Doubt)> Rivals(
        IReadOnlyList<OptionResult> options,
        List<OptionResult> ranked
    )
    {
        var best = ranked[0];
        var unknown = new List<(OptionResult, Phrase)>();
        foreach (var rival in ranked.Skip(1))
        {
            var (gain, error) = best.Against(rival, f => f.ProjectNpv);
            if (gain <= 1.96 * error)
            {
                unknown.Add(
                    (rival, Phrase.Of("unknown.rival", best.Title, rival.Title, gain, error))
                );
            }
        }
        foreach (var law in best.MeanProjectNpvByLaw.Keys)
        {
            var winner = options.MaxBy(o =>
                o.MeanProjectNpvByLaw.GetValueOrDefault(law, double.NegativeInfinity)
            )!;
            if (!ReferenceEquals(winner, best))
            {
                unknown.Add((winner, Phrase.Of("unknown.law", Words.OfGroup(law), winner.Title)));
            }
        }
        return unknown;
    }

    private static Phrase Ground(OptionResult o) =>
        Phrase.Of("ground.owner", o.Title, o.MeanProjectNpv, o.Default.Value);

    /// <summary>Why the debt should be restructured; null when it should not: the course goes on, the debt as it stands defaults too often, and both the lender and the odds gain.</summary>
    private static Phrase? Restructure(
        OptionResult best,
        OptionResult? restructured,
        DecisionRule rule
    )
    {
        if (
            restructured is null
            || best.Kind
                is VerdictKind.SellAccelerators
                    or VerdictKind.SellAndLeaseBack
                    or VerdictKind.Close
            || best.Default.Low <= rule.MaxDefault
        )
        {
            return null;
        }
        var (gain, error) = restructured.Against(best, f => f.LenderValue);
        return gain > 1.96 * error && restructured.Default.High < best.Default.Low
            ? Phrase.Of("ground.restructure", best.Default.Value, restructured.Default.Value, gain)
            : null;
    }
}
