using Plimsoll.Risk;

namespace Plimsoll.Decisions;

/// <summary>How a test of the rule came out.</summary>
public enum RuleOutcome
{
    /// <summary>Clearly inside the limit.</summary>
    Passes,

    /// <summary>Clearly outside the limit.</summary>
    Fails,

    /// <summary>The sampling error, or the disagreement of the rent laws, straddles the limit.</summary>
    Straddles,
}

/// <summary>One test of the rule against the draws.</summary>
/// <param name="Name">What is tested, in words.</param>
/// <param name="Limit">Largest acceptable value.</param>
/// <param name="Value">The value found.</param>
/// <param name="Low">Lower end of its 95 % sampling interval.</param>
/// <param name="High">Upper end of its 95 % sampling interval.</param>
/// <param name="ByLaw">The value under each rent law alone.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record RuleTest(
    string Name,
    double Limit,
    double Value,
    double Low,
    double High,
    IReadOnlyDictionary<string, double> ByLaw,
    RuleOutcome Outcome,
    string Reason
)
{
    /// <summary>Tests the odds of an event.</summary>
    /// <param name="name">What is tested.</param>
    /// <param name="flags">Whether it happened, one a draw.</param>
    /// <param name="laws">Rent law of each draw.</param>
    /// <param name="limit">Largest acceptable chance.</param>
    public static RuleTest OfOdds(string name, bool[] flags, string[] laws, double limit)
    {
        var all = Proportion.Of(flags);
        var byLaw = laws.Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToDictionary(
                l => l,
                l => Proportion.Of([.. flags.Where((_, i) => laws[i] == l)]),
                StringComparer.Ordinal
            );
        var intervals = byLaw.ToDictionary(
            p => p.Key,
            p => (p.Value.Value, p.Value.Low, p.Value.High),
            StringComparer.Ordinal
        );
        return Judge(name, limit, (all.Value, all.Low, all.High), intervals);
    }

    /// <summary>Tests a mean against a limit.</summary>
    /// <param name="name">What is tested.</param>
    /// <param name="values">One a draw.</param>
    /// <param name="laws">Rent law of each draw.</param>
    /// <param name="limit">Largest acceptable mean.</param>
    public static RuleTest OfMean(string name, double[] values, string[] laws, double limit)
    {
        var byLaw = laws.Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToDictionary(
                l => l,
                l => Interval([.. values.Where((_, i) => laws[i] == l)]),
                StringComparer.Ordinal
            );
        return Judge(name, limit, Interval(values), byLaw);
    }

    private static (double Value, double Low, double High) Interval(double[] values)
    {
        var mean = values.Average();
        var error =
            values.Length < 2
                ? 0
                : Math.Sqrt(
                    values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length
                );
        return (mean, mean - (1.96 * error), mean + (1.96 * error));
    }

    private static RuleTest Judge(
        string name,
        double limit,
        (double Value, double Low, double High) all,
        Dictionary<string, (double Value, double Low, double High)> byLaw
    )
    {
        var values = byLaw.ToDictionary(p => p.Key, p => p.Value.Value, StringComparer.Ordinal);
        var passing = byLaw.Where(p => p.Value.High <= limit).Select(p => p.Key).ToList();
        var failing = byLaw.Where(p => p.Value.Low > limit).Select(p => p.Key).ToList();
        var (outcome, reason) = (
            passing.Count > 0 && failing.Count > 0,
            all.High <= limit,
            all.Low > limit
        ) switch
        {
            (true, _, _) => (
                RuleOutcome.Straddles,
                $"the rent laws disagree: {string.Join(", ", passing)} inside the limit, {string.Join(", ", failing)} outside"
            ),
            (_, true, _) => (RuleOutcome.Passes, "inside the limit beyond sampling error"),
            (_, _, true) => (RuleOutcome.Fails, "outside the limit beyond sampling error"),
            _ => (
                RuleOutcome.Straddles,
                "the sampling error straddles the limit; more draws would tell"
            ),
        };
        return new RuleTest(name, limit, all.Value, all.Low, all.High, values, outcome, reason);
    }
}
