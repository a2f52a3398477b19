namespace Plimsoll.Decisions;

/// <summary>What an owner does while several courses may each be the best: the one that is the easiest to undo, with what it costs to be wrong.</summary>
/// <param name="Course">The course.</param>
/// <param name="Others">The others that may be the best, in the order in which they were found.</param>
/// <param name="AtMost">What it may be worth less than the best of them, money, 0 or more: the upper end of the 95 % interval of the mean difference on the same draws, under the rent law that speaks most against it.</param>
/// <param name="Waiting">What is lost for sure by changing nothing to the end instead: the lower end of the 95 % interval of what the course is worth more than the best one that can be undone in the next month; infinite where the rule refuses all of those, 0 for such a course itself.</param>
/// <remarks>Minimax regret (Savage 1951) among courses that are as easy to undo.</remarks>
public sealed record Meanwhile(
    OptionResult Course,
    IReadOnlyList<OptionResult> Others,
    double AtMost,
    double Waiting
)
{
    /// <summary>All of them, this one first.</summary>
    public IReadOnlyList<OptionResult> All => [Course, .. Others];

    /// <summary>The course worth most among those that can be undone in the next month, kept to while nothing else is signed; null where the rule refuses all of those.</summary>
    public OptionResult? Until { get; private init; }

    /// <summary>What <see cref="Until"/> may be worth less, to the end, than the best of those that may be best, money, reckoned as <see cref="AtMost"/>; NaN without one.</summary>
    public double UntilAtMost { get; private init; } = double.NaN;

    /// <summary>True when there is something to be done now: it can be undone next month, or being wrong costs no more than changing nothing does.</summary>
    public bool Settled => Course.Undone == Undoing.NextMonth || AtMost <= Waiting;

    /// <summary>The course to follow among those that may be the best.</summary>
    /// <param name="among">Courses that may be the best, the one worth most in the mean first; at least two.</param>
    /// <param name="pool">All courses that may be followed.</param>
    /// <param name="worth">What one is worth more than another.</param>
    internal static Meanwhile Of(
        IReadOnlyList<OptionResult> among,
        IReadOnlyList<OptionResult> pool,
        WorthMore worth
    )
    {
        var chosen = among
            .OrderBy(o => o.Undone)
            .ThenBy(o => Array.IndexOf(_standing, o.OnCredit))
            .ThenBy(o => Regret(o, among, worth))
            .First();
        var until = pool.Where(o => o.Undone == Undoing.NextMonth)
            .MaxBy(o => o.RobustProjectNpv.Mean);
        return new Meanwhile(
            chosen,
            [.. among.Where(o => !ReferenceEquals(o, chosen))],
            Regret(chosen, among, worth),
            chosen.Undone == Undoing.NextMonth ? 0 : Lost(chosen, until, worth)
        )
        {
            Until = until,
            UntilAtMost = until is null ? double.NaN : Regret(until, among, worth),
        };
    }

    private static readonly RuleOutcome[] _standing =
    [
        RuleOutcome.Passes,
        RuleOutcome.Straddles,
        RuleOutcome.Fails,
    ];

    /// <summary>The most that a course may be worth less than another in the mean, over all draws and under each rent law alone.</summary>
    private static double Regret(
        OptionResult course,
        IReadOnlyList<OptionResult> among,
        WorthMore worth
    )
    {
        var worlds = course
            .Figures.Sound.Select(i => course.Figures.Law[i])
            .Distinct(StringComparer.Ordinal)
            .Select(law => (Func<int, bool>?)(i => course.Figures.Law[i] == law))
            .Prepend(null)
            .ToList();
        return among
            .Where(o => !ReferenceEquals(o, course))
            .SelectMany(o => worlds.Select(w => worth(o, course, w)))
            .Select(d => d.Mean + (OwnerRanking.NinetyFive * d.Error))
            .Where(double.IsFinite)
            .Append(0)
            .Max();
    }

    private static double Lost(OptionResult course, OptionResult? until, WorthMore worth)
    {
        if (until is null)
        {
            return double.PositiveInfinity;
        }
        var (mean, error) = worth(course, until, null);
        return Math.Max(0, mean - (OwnerRanking.NinetyFive * error));
    }
}
