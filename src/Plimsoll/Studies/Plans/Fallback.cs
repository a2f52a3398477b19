using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Plans;

/// <summary>What an owner turns to when a step of the plan is missed: another course, only where it does clearly better in the very draws in which the step is missed.</summary>
/// <param name="followed">The course of the plan.</param>
/// <param name="options">All courses on the same draws.</param>
/// <remarks>Each course is read as taken from the start: what had been gained by turning later is less, so that what is no better here is no better then.</remarks>
internal sealed class Fallback(OptionResult followed, IReadOnlyList<OptionResult> options)
{
    /// <summary>Draws below which nothing can be told apart.</summary>
    private const int LeastDraws = 10;

    private const double NinetyFive = 1.96;

    /// <summary>The course to turn to, in words; that none is better, where none is; null where the step is hardly ever missed.</summary>
    /// <param name="missed">Draws in which the step is missed.</param>
    public Phrase? In(IReadOnlyList<int> missed)
    {
        ArgumentNullException.ThrowIfNull(missed);
        var among = new HashSet<int>(missed.Intersect(followed.Figures.Sound));
        if (among.Count < LeastDraws)
        {
            return null;
        }
        var better = options
            .Where(o => o.Name != followed.Name && Bearable(o))
            .Select(o => (Course: o, Gain: Gain(o, among), Defaults: Defaults(o, among)))
            .Where(o => o.Gain is not null && o.Defaults <= Defaults(followed, among))
            .OrderByDescending(o => o.Gain)
            .ThenBy(o => o.Defaults)
            .FirstOrDefault();
        return better.Course is null
            ? Phrase.Of("plan.missed.keep")
            : Phrase.Of(
                better.Gain > 0 ? "plan.missed.better" : "plan.missed.safer",
                better.Course.Title,
                better.Gain!.Value,
                better.Defaults,
                Defaults(followed, among)
            );
    }

    /// <summary>A course that the rule refuses is no way out of one that it does not.</summary>
    private bool Bearable(OptionResult o) =>
        o.OnCredit != RuleOutcome.Fails || followed.OnCredit == RuleOutcome.Fails;

    /// <summary>What a course is worth more before finance, where that is clear; 0 where it is worth the same and clearly defaults less without loss to the lender; null where it is not better.</summary>
    private double? Gain(OptionResult o, HashSet<int> among)
    {
        var (gain, error) = o.AgainstBeforeFinance(followed, among.Contains);
        if (gain > NinetyFive * error)
        {
            return gain;
        }
        var zone = OwnerRanking.Indifference * Math.Abs(followed.RobustProjectNpv.Mean);
        var both = among.Intersect(o.Figures.Sound).ToArray();
        if (!(Math.Abs(gain) + (NinetyFive * error) <= zone) || both.Length < LeastDraws)
        {
            return null;
        }
        var (fewer, doubt) = Risk.MeanOfWorlds.Of(
            [
                .. both.Select(i =>
                    (followed.Figures.Default[i] ? 1.0 : 0) - (o.Figures.Default[i] ? 1 : 0)
                ),
            ],
            [.. both.Select(i => followed.Figures.World[i])]
        );
        var lender = both.Average(i => o.Figures.LenderValue[i] - followed.Figures.LenderValue[i]);
        return fewer > NinetyFive * doubt && fewer > 0 && lender >= 0 ? 0 : null;
    }

    private static double Defaults(OptionResult o, HashSet<int> among) =>
        among.Average(i => o.Figures.Default[i] ? 1.0 : 0);
}
