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
        var unknown = Doubts(options, ranked, fitted);
        var grounds = ranked.Select(Ground).ToList();
        if (unknown.Count > (fitted ? 0 : 1))
        {
            return new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: '{best.Name}' is worth most in the mean, but not clearly.",
                best.Name,
                grounds,
                unknown,
                best.Credit
            )
            {
                TestsOf = best.Name,
            };
        }
        if (Restructure(best, restructured, rule) is { } why)
        {
            grounds.Insert(0, why);
            return new Verdict(
                VerdictKind.RestructureDebt,
                $"{Words.Of(VerdictKind.RestructureDebt)}: {restructured!.Name}.",
                restructured.Name,
                grounds,
                unknown,
                restructured.Credit
            )
            {
                TestsOf = restructured.Name,
            };
        }
        return new Verdict(
            best.Kind,
            $"{Words.Of(best.Kind)}: '{best.Name}' is worth most in the mean, clearly and under every rent law.",
            best.Name,
            grounds,
            unknown,
            best.Credit
        )
        {
            TestsOf = best.Name,
        };
    }

    private static List<string> Doubts(
        IReadOnlyList<OptionResult> options,
        List<OptionResult> ranked,
        bool fitted
    )
    {
        var best = ranked[0];
        var unknown = new List<string>();
        if (!fitted)
        {
            unknown.Add(
                "The market rests on an unfitted prior: read the ranking, not the amounts."
            );
        }
        foreach (var rival in ranked.Skip(1))
        {
            var (gain, error) = best.Against(rival, f => f.ProjectNpv);
            if (gain <= 1.96 * error)
            {
                unknown.Add(
                    $"'{best.Name}' is not clearly better than '{rival.Name}': {Words.Amount(gain)} with a sampling error of {Words.Amount(error)}; more draws would tell."
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
                unknown.Add(
                    $"Under the rent law '{law}' alone, '{winner.Name}' would be best; rents of the coming months would tell which law holds."
                );
            }
        }
        return unknown;
    }

    private static string Ground(OptionResult o) =>
        $"'{o.Name}': the centre is worth {Words.Amount(o.MeanProjectNpv)} in the mean before finance; {Words.Odds(o.Default.Value)} of draws end in a payment default.";

    /// <summary>Why the debt should be restructured; null when it should not: the course goes on, the debt as it stands defaults too often, and both the lender and the odds gain.</summary>
    private static string? Restructure(
        OptionResult best,
        OptionResult? restructured,
        DecisionRule rule
    )
    {
        if (
            restructured is null
            || best.Kind is VerdictKind.SellAccelerators or VerdictKind.Close
            || best.Default.Low <= rule.MaxDefault
        )
        {
            return null;
        }
        var (gain, error) = restructured.Against(best, f => f.LenderValue);
        return gain > 1.96 * error && restructured.Default.High < best.Default.Low
            ? $"The debt as it stands ends in default in {Words.Odds(best.Default.Value)} of draws, restructured in {Words.Odds(restructured.Default.Value)}; the lender too gains {Words.Amount(gain)} in the mean."
            : null;
    }
}
