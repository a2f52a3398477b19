using Plimsoll.Quantities;
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
/// <param name="ByLaw">The value under each rent law alone, and with and without the link to the world's rent.</param>
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
    /// <summary><see cref="Name"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Name);

    /// <summary><see cref="Reason"/> in the words of any language.</summary>
    public Phrase Because { get; init; } = Phrase.Of("name", Reason);

    /// <summary>The same test come out otherwise.</summary>
    internal RuleTest As(RuleOutcome outcome, Phrase because) =>
        this with
        {
            Outcome = outcome,
            Reason = PhraseBook.English.Say(because),
            Because = because,
        };

    /// <summary>Tests the odds of an event.</summary>
    /// <param name="name">What is tested.</param>
    /// <param name="flags">Whether it happened, one a draw.</param>
    /// <param name="groupings">Ways of grouping the draws (by rent law, by world link): for each, the group of each draw.</param>
    /// <param name="worlds">For each draw, the number of its world; draws of one world are not independent.</param>
    /// <param name="limit">Largest acceptable chance.</param>
    public static RuleTest OfOdds(
        Phrase name,
        bool[] flags,
        IReadOnlyList<string[]> groupings,
        int[] worlds,
        double limit
    )
    {
        var all = Proportion.Of(flags, worlds);
        return Judge(
            name,
            limit,
            (all.Value, all.Low, all.High),
            [
                .. groupings.Select(g =>
                    ByGroup(
                        g,
                        members =>
                        {
                            var p = Proportion.Of(
                                [.. members.Select(i => flags[i])],
                                [.. members.Select(i => worlds[i])]
                            );
                            return (p.Value, p.Low, p.High);
                        }
                    )
                ),
            ]
        );
    }

    /// <summary>Tests the mean of a figure that is never negative against a limit.</summary>
    /// <param name="name">What is tested.</param>
    /// <param name="values">One a draw.</param>
    /// <param name="groupings">Ways of grouping the draws: for each, the group of each draw.</param>
    /// <param name="worlds">For each draw, the number of its world; draws of one world are not independent.</param>
    /// <param name="limit">Largest acceptable mean.</param>
    public static RuleTest OfMean(
        Phrase name,
        double[] values,
        IReadOnlyList<string[]> groupings,
        int[] worlds,
        double limit
    ) =>
        Judge(
            name,
            limit,
            Interval(values, worlds),
            [
                .. groupings.Select(g =>
                    ByGroup(
                        g,
                        members =>
                            Interval(
                                [.. members.Select(i => values[i])],
                                [.. members.Select(i => worlds[i])]
                            )
                    )
                ),
            ]
        );

    private static Dictionary<string, (double Value, double Low, double High)> ByGroup(
        string[] groups,
        Func<IReadOnlyList<int>, (double Value, double Low, double High)> figure
    ) =>
        Enumerable
            .Range(0, groups.Length)
            .GroupBy(i => groups[i], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => figure([.. g]), StringComparer.Ordinal);

    private static (double Value, double Low, double High) Interval(double[] values, int[] worlds)
    {
        var (mean, error) = MeanOfWorlds.Of(values, worlds);
        return (mean, Math.Max(0, mean - (1.96 * error)), Math.Max(0, mean + (1.96 * error)));
    }

    private static RuleTest Judge(
        Phrase name,
        double limit,
        (double Value, double Low, double High) all,
        IReadOnlyList<Dictionary<string, (double Value, double Low, double High)>> groupings
    )
    {
        var values = groupings
            .SelectMany(g => g)
            .ToDictionary(p => p.Key, p => p.Value.Value, StringComparer.Ordinal);
        RuleTest Result(RuleOutcome outcome, Phrase because) =>
            new(
                PhraseBook.English.Say(name),
                limit,
                all.Value,
                all.Low,
                all.High,
                values,
                outcome,
                PhraseBook.English.Say(because)
            )
            {
                Title = name,
                Because = because,
            };
        foreach (var group in groupings)
        {
            var passing = group.Where(p => p.Value.High <= limit).Select(p => p.Key).ToList();
            var failing = group.Where(p => p.Value.Low > limit).Select(p => p.Key).ToList();
            if (passing.Count > 0 && failing.Count > 0)
            {
                return Result(
                    RuleOutcome.Straddles,
                    Phrase.Of("reason.laws", All(passing), All(failing))
                );
            }
        }
        return all.High <= limit ? Result(RuleOutcome.Passes, Phrase.Of("reason.inside"))
            : all.Low > limit ? Result(RuleOutcome.Fails, Phrase.Of("reason.outside"))
            : Result(RuleOutcome.Straddles, Phrase.Of("reason.error"));
    }

    private static Phrase All(List<string> groups) =>
        groups.Select(Words.OfGroup).Aggregate((before, next) => Phrase.Of("list", before, next));
}
