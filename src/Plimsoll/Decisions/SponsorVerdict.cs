namespace Plimsoll.Decisions;

/// <summary>The verdict for the sponsor of a planned centre.</summary>
public static class SponsorVerdict
{
    /// <summary>Judges the options: the passing one of the highest mean value to equity, unless the plan itself passes and nothing is clearly better.</summary>
    /// <param name="options">The plan first; then the alternatives; not building is implied and worth 0.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior: then nothing ends in building.</param>
    /// <exception cref="ArgumentException">No option.</exception>
    public static Verdict Of(IReadOnlyList<OptionResult> options, bool fitted) =>
        Unfitted.Said(Judge(options, fitted), fitted, "building");

    private static Verdict Judge(IReadOnlyList<OptionResult> options, bool fitted)
    {
        if (options.Count == 0)
        {
            throw new ArgumentException("At least the plan itself must be given.", nameof(options));
        }
        var plan = options[0];
        IReadOnlyList<RuleTest> tests = [.. plan.Credit, .. plan.Equity];
        var passing = options
            .Where(o => Outcome(o) == RuleOutcome.Passes && o.MeanEquityNpv > 0)
            .OrderByDescending(o => o.MeanEquityNpv)
            .ToList();
        var open = options.Where(o => Outcome(o) == RuleOutcome.Straddles).ToList();
        if (passing.Count > 0 && !fitted)
        {
            return new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: '{passing[0].Name}' passes the rule, but this market rests on an unfitted prior and cannot carry a decision to build.",
                passing[0].Name,
                Grounds(plan, options),
                [],
                tests
            )
            {
                TestsOf = plan.Name,
            };
        }
        if (passing.Count > 0)
        {
            var best = Best(plan, passing);
            return new Verdict(
                best.Kind,
                $"{Words.Of(best.Kind)}: '{best.Name}' passes every test of the rule.",
                best.Name,
                Grounds(plan, options),
                Unknown(plan),
                [.. best.Credit, .. best.Equity]
            )
            {
                TestsOf = best.Name,
            };
        }
        if (open.Count > 0)
        {
            var nearest = open.OrderByDescending(o => o.MeanEquityNpv).First();
            return new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: no option clearly passes, and '{nearest.Name}' is not clearly ruled out.",
                nearest.Name,
                Grounds(plan, options),
                [
                    .. nearest
                        .Credit.Concat(nearest.Equity)
                        .Where(t => t.Outcome == RuleOutcome.Straddles)
                        .Select(t => $"{t.Name}: {t.Reason}."),
                ],
                tests
            )
            {
                TestsOf = plan.Name,
            };
        }
        return new Verdict(
            VerdictKind.DoNotBuild,
            "Do not build: the plan and every alternative compared fail the rule.",
            "",
            Grounds(plan, options),
            Unknown(plan),
            tests
        )
        {
            TestsOf = plan.Name,
        };
    }

    private static RuleOutcome Outcome(OptionResult option) =>
        DecisionRule.Overall([.. option.Credit, .. option.Equity]);

    private static OptionResult Best(OptionResult plan, List<OptionResult> passing)
    {
        var best = passing[0];
        if (!passing.Contains(plan))
        {
            return best;
        }
        var (gain, error) = best.Against(plan);
        return gain > 1.96 * error ? best : plan;
    }

    private static List<string> Grounds(OptionResult plan, IReadOnlyList<OptionResult> options) =>
        [
            $"As planned, {Words.Odds(plan.EmptyYear.Value)} of the draws stand below 30 % full for a year or more.",
            .. plan.Credit.Concat(plan.Equity).Select(Words.Sentence),
            .. options.Skip(1).Select(o => $"'{o.Name}': {Words.Verb(Outcome(o))} the rule."),
        ];

    private static List<string> Unknown(OptionResult plan) =>
        [
            .. plan
                .Credit.Concat(plan.Equity)
                .Where(t => t.Outcome == RuleOutcome.Straddles)
                .Select(t => $"{t.Name}: {t.Reason}."),
        ];
}
