namespace Plimsoll.Decisions;

/// <summary>The verdict for the owner of a standing centre: the course of the highest mean value, if it is clearly that.</summary>
public static class OwnerVerdict
{
    /// <summary>Judges the courses open to the owner.</summary>
    /// <param name="options">Courses; what was spent before the decision counts in none of them.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    /// <exception cref="ArgumentException">No course.</exception>
    public static Verdict Of(IReadOnlyList<OptionResult> options, bool fitted)
    {
        if (options.Count == 0)
        {
            throw new ArgumentException("At least one course must be given.", nameof(options));
        }
        var ranked = options.OrderByDescending(o => o.MeanEquityNpv).ToList();
        var best = ranked[0];
        var grounds = ranked
            .Select(o =>
                $"'{o.Name}': mean value {Words.Amount(o.MeanEquityNpv)}, {Words.Odds(o.Default.Value)} of draws end in a payment default."
            )
            .ToList();
        var unknown = new List<string>();
        if (!fitted)
        {
            unknown.Add(
                "The market rests on an unfitted prior: read the ranking, not the amounts."
            );
        }
        foreach (var rival in ranked.Skip(1))
        {
            var (gain, error) = best.Against(rival);
            if (gain <= 1.96 * error)
            {
                unknown.Add(
                    $"'{best.Name}' is not clearly better than '{rival.Name}': {Words.Amount(gain)} with a sampling error of {Words.Amount(error)}."
                );
            }
        }
        foreach (
            var (law, winner) in WinnerByLaw(options).Where(w => !ReferenceEquals(w.Winner, best))
        )
        {
            unknown.Add($"Under the rent law '{law}' alone, '{winner.Name}' would be best.");
        }
        if (unknown.Count > (fitted ? 0 : 1))
        {
            return new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: '{best.Name}' has the highest mean value, but not clearly.",
                best.Name,
                grounds,
                unknown,
                best.Credit
            );
        }
        return new Verdict(
            best.Kind,
            $"{Words.Of(best.Kind)}: '{best.Name}' is worth most in the mean, clearly and under every rent law.",
            best.Name,
            grounds,
            unknown,
            best.Credit
        );
    }

    private static IEnumerable<(string Law, OptionResult Winner)> WinnerByLaw(
        IReadOnlyList<OptionResult> options
    ) =>
        options[0]
            .MeanEquityNpvByLaw.Keys.Select(law =>
                (
                    law,
                    options.MaxBy(o =>
                        o.MeanEquityNpvByLaw.GetValueOrDefault(law, double.NegativeInfinity)
                    )!
                )
            );
}
