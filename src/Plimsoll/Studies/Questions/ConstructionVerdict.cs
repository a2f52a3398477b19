using Plimsoll.Decisions;

namespace Plimsoll.Studies.Questions;

/// <summary>The verdict on a half-built centre: the course worth most to equity in the mean, if it is clearly that.</summary>
internal static class ConstructionVerdict
{
    /// <summary>Judges the courses.</summary>
    /// <param name="options">Courses, finishing first; what was spent counts in none.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior: then nothing ends in building on.</param>
    public static Verdict Of(IReadOnlyList<OptionResult> options, bool fitted)
    {
        var ranked = options.OrderByDescending(o => o.MeanEquityNpv).ToList();
        var best = ranked[0];
        var doubts = new List<string>();
        foreach (var rival in ranked.Skip(1))
        {
            var (gain, error) = best.Against(rival);
            if (!(gain > 1.96 * error))
            {
                doubts.Add(
                    $"'{best.Name}' is not clearly better than '{rival.Name}': {Words.Amount(gain)} with a sampling error of {Words.Amount(error)}; more draws would tell."
                );
            }
        }
        var builds = best.Kind is VerdictKind.Finish or VerdictKind.Shrink;
        if (builds && !fitted)
        {
            doubts.Insert(
                0,
                "The market rests on an unfitted prior: no number of draws can end in building on."
            );
        }
        var grounds = ranked
            .Select(o =>
                $"'{o.Name}': worth {Words.Amount(o.MeanEquityNpv)} to equity in the mean from here on; {Words.Odds(o.Default.Value)} of draws end in a payment default."
            )
            .ToList();
        return doubts.Count > 0
            ? new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: '{best.Name}' is worth most in the mean, but not clearly.",
                best.Name,
                grounds,
                doubts,
                [.. best.Credit, .. best.Equity]
            )
            {
                TestsOf = best.Name,
            }
            : new Verdict(
                best.Kind,
                $"{Words.Of(best.Kind)}: from here on '{best.Name}' is worth most to equity in the mean, clearly.",
                best.Name,
                grounds,
                [],
                [.. best.Credit, .. best.Equity]
            )
            {
                TestsOf = best.Name,
            };
    }
}
