using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>The verdict for the sponsor of a planned centre.</summary>
public static class SponsorVerdict
{
    /// <summary>Judges the options: the passing one of the highest mean value to equity, unless the plan itself passes and nothing is clearly better.</summary>
    /// <param name="options">The plan first; then the alternatives; not building is implied and worth 0.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior: then nothing ends in building.</param>
    /// <exception cref="ArgumentException">No option.</exception>
    public static Verdict Of(IReadOnlyList<OptionResult> options, bool fitted) =>
        Unfitted.Said(Judge(options, fitted), fitted, Phrase.Of("unfitted.building"));

    private static Verdict Judge(IReadOnlyList<OptionResult> options, bool fitted)
    {
        if (options.Count == 0)
        {
            throw new ArgumentException("At least the plan itself must be given.", nameof(options));
        }
        var plan = options[0];
        IReadOnlyList<RuleTest> tests = [.. plan.Credit, .. plan.Equity];
        var passing = options
            .Where(o => o.Outcome == RuleOutcome.Passes && o.MeanEquityNpv > 0)
            .OrderByDescending(o => o.MeanEquityNpv)
            .ToList();
        var open = options.Where(o => o.Outcome == RuleOutcome.Straddles).ToList();
        if (passing.Count > 0 && !fitted)
        {
            return Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.unfitted.build", passing[0].Title),
                passing[0].Name,
                Grounds(plan, options),
                [],
                tests
            ) with
            {
                TestsOf = plan.Name,
            };
        }
        if (passing.Count > 0)
        {
            var best = Best(plan, passing);
            return Verdict.Of(
                best.Kind,
                Phrase.Of("said.passes", Words.Said(best.Kind), best.Title),
                best.Name,
                Grounds(plan, options),
                Unknown(plan),
                [.. best.Credit, .. best.Equity]
            ) with
            {
                TestsOf = best.Name,
            };
        }
        if (open.Count > 0)
        {
            var nearest = open.OrderByDescending(o => o.MeanEquityNpv).First();
            return Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.build.open", nearest.Title),
                nearest.Name,
                Grounds(plan, options),
                [
                    .. nearest
                        .Credit.Concat(nearest.Equity)
                        .Where(t => t.Outcome == RuleOutcome.Straddles)
                        .Select(t => Phrase.Of("unknown.test", t.Title, t.Because)),
                ],
                tests
            ) with
            {
                TestsOf = plan.Name,
            };
        }
        return Verdict.Of(
            VerdictKind.DoNotBuild,
            Phrase.Of("said.build.not"),
            "",
            Grounds(plan, options),
            Unknown(plan),
            tests
        ) with
        {
            TestsOf = plan.Name,
        };
    }

    private static OptionResult Best(OptionResult plan, List<OptionResult> passing)
    {
        var best = passing[0];
        if (!passing.Contains(plan))
        {
            return best;
        }
        // On equal money the plan as it is, which is simpler, is built.
        var (gain, error) = best.Against(plan);
        return
            gain > OwnerRanking.NinetyFive * error
            && gain > OwnerRanking.Indifference * Math.Abs(plan.MeanEquityNpv)
            ? best
            : plan;
    }

    private static List<Phrase> Grounds(OptionResult plan, IReadOnlyList<OptionResult> options) =>
        [
            Phrase.Of("ground.empty", plan.EmptyYear.Value),
            .. plan.Credit.Concat(plan.Equity).Select(Words.Said),
            .. options
                .Skip(1)
                .Select(o => Phrase.Of("ground.option", o.Title, Words.Said(o.Outcome))),
        ];

    private static List<Phrase> Unknown(OptionResult plan) =>
        [
            .. plan
                .Credit.Concat(plan.Equity)
                .Where(t => t.Outcome == RuleOutcome.Straddles)
                .Select(t => Phrase.Of("unknown.test", t.Title, t.Because)),
        ];
}
