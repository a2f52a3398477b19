using Plimsoll.Outlooks;

namespace Plimsoll.Portfolios;

/// <summary>An action that the search liked and that draws it had not seen did not bear out, so that the centre is left as it is.</summary>
/// <param name="Centre">Index of the centre.</param>
/// <param name="Action">Index of the action that was taken back.</param>
/// <param name="Gain">What it brought over leaving the centre as it is, extremes cut, money.</param>
/// <param name="Error">Standard error of that.</param>
/// <param name="Better">Draws in which it was better.</param>
/// <param name="Draws">Draws looked at.</param>
internal sealed record TakenBack(
    int Centre,
    int Action,
    double Gain,
    double Error,
    int Better,
    int Draws
);

/// <summary>Takes back every change of a plan that is not proven on draws that the search has not seen.</summary>
/// <remarks>
/// Leaving a centre as it is needs no proof: a standing centre is kept, what is being built is finished, what is only planned is not begun.
/// Any other action must be better than that, the others as planned, in more than half of the draws, and by more than the 90 % interval
/// of its mean gain. Weakest first, each judged again after another was taken back, because centres compete.
/// Of more than <see cref="PlanSearch.MostSingly"/> centres an eighth of those changed, spread over all, is left as it is at once, and each
/// is judged by what it is worth itself: one of so many moves the others little, and clearing all once for each would take hours.
/// </remarks>
/// <param name="draws">The joint draws.</param>
/// <param name="held">Worths of plans on draws that the search has not seen.</param>
/// <param name="context">How to run it.</param>
/// <param name="inParts">Whether changes are judged a part of them at a time; null to let the number of centres say.</param>
internal sealed class ProvenChanges(
    PortfolioDraws draws,
    PlanScores held,
    RunContext context,
    bool? inParts = null
)
{
    /// <summary>Standard errors to either side of a 90 % interval.</summary>
    public const double Ninety = 1.645;

    /// <summary>Parts into which the changes of many centres are cut.</summary>
    private const int Parts = 8;

    /// <summary>Prefixes of many changes that are tried, the surest first.</summary>
    private const int Prefixes = 8;

    private readonly List<TakenBack> _taken = [];

    private bool Many => inParts ?? draws.Portfolio.Centres.Count > PlanSearch.MostSingly;

    /// <summary>Changes that were taken back.</summary>
    public IReadOnlyList<TakenBack> Taken => _taken;

    /// <summary>What is done with a centre when nobody decides anything: it is kept or finished; what is only planned is not begun.</summary>
    /// <param name="draws">The joint draws, for their actions.</param>
    /// <param name="centre">Index of the centre.</param>
    public static int Idle(PortfolioDraws draws, int centre) =>
        draws.Portfolio.Centres[centre].Stage == CentreStage.Planned
            ? Math.Max(
                0,
                draws.Actions[centre].ToList().FindIndex(a => a.Kind == ActionKind.Refuse)
            )
            : 0;

    /// <summary>Every centre left as it is.</summary>
    /// <param name="draws">The joint draws, for their actions.</param>
    public static PortfolioPlan AllIdle(PortfolioDraws draws) =>
        new([.. Enumerable.Range(0, draws.Portfolio.Centres.Count).Select(c => Idle(draws, c))]);

    /// <summary>What is proven of one plan, and of another on top of it.</summary>
    /// <param name="liked">The plan that is liked best.</param>
    /// <param name="other">A plan whose actions are tried on top of it.</param>
    /// <param name="feasible">Whether a plan is within its means.</param>
    /// <remarks>Of many centres the whole was proven as it grew, and is not cut into parts again.</remarks>
    public PortfolioPlan Of(
        PortfolioPlan liked,
        PortfolioPlan other,
        Func<PortfolioPlan, bool> feasible
    )
    {
        var grown = Grown(Of(liked), other, feasible);
        return Many ? grown : Of(grown);
    }

    /// <summary>The plan with only those changes that are proven.</summary>
    /// <param name="plan">A plan.</param>
    public PortfolioPlan Of(PortfolioPlan plan)
    {
        var first = true;
        while (true)
        {
            int[] changed =
            [
                .. Enumerable
                    .Range(0, plan.Choices.Count)
                    .Where(c => plan.Choices[c] != Idle(draws, c)),
            ];
            if (changed.Length == 0)
            {
                return plan;
            }
            context.Report("proof on draws not searched", first ? 0 : 0.5);
            first = false;
            var weakest = Judged(plan, changed)
                .Where(t => !Proven(t))
                .OrderBy(t => t.Gain / Math.Max(t.Error, 1e-9))
                .ThenBy(t => draws.Portfolio.Centres[t.Centre].Name, StringComparer.Ordinal)
                .ToList();
            if (weakest.Count == 0)
            {
                break;
            }
            // The weakest third at once where many fail: each that stays is judged again. Among many centres one fails for itself alone.
            foreach (
                var t in weakest.Take(Many ? weakest.Count : Math.Max(1, (weakest.Count + 2) / 3))
            )
            {
                plan = plan.With(t.Centre, Idle(draws, t.Centre));
                _taken.RemoveAll(x => x.Centre == t.Centre);
                _taken.Add(t);
            }
        }
        return Whole(plan);
    }

    /// <summary>The plan with those actions of another that are proven on top of it, the surest first, as long as the whole stays proven.</summary>
    /// <remarks>
    /// In a few draws rents multiply, and whoever has closed everything has lost more than he ever gained: a large plan may then fail as a
    /// whole though most of its parts are sound.
    /// </remarks>
    /// <param name="plan">A plan that is proven.</param>
    /// <param name="other">A plan whose actions are tried.</param>
    /// <param name="feasible">Whether a plan is within its means.</param>
    public PortfolioPlan Grown(
        PortfolioPlan plan,
        PortfolioPlan other,
        Func<PortfolioPlan, bool> feasible
    )
    {
        var idle = AllIdle(draws);
        int[] open =
        [
            .. Enumerable
                .Range(0, plan.Choices.Count)
                .Where(c =>
                    other.Choices[c] != plan.Choices[c] && other.Choices[c] != Idle(draws, c)
                ),
        ];
        context.Report("proof on draws not searched", 0.6);
        if (Many)
        {
            return GrownInPrefixes(plan, other, open, feasible);
        }
        held.Clear([plan, idle, .. open.Select(c => plan.With(c, other.Choices[c]))], held.Draws);
        foreach (
            var c in open.Select(c =>
                    (Centre: c, Proof: Judged(plan.With(c, other.Choices[c]), plan, c))
                )
                .OrderByDescending(x => x.Proof.Gain / Math.Max(x.Proof.Error, 1e-9))
                .ThenBy(x => draws.Portfolio.Centres[x.Centre].Name, StringComparer.Ordinal)
                .Select(x => x.Centre)
        )
        {
            var with = plan.With(c, other.Choices[c]);
            if (!feasible(with))
            {
                continue;
            }
            held.Clear([with], held.Draws);
            var proof = Judged(with, plan, c);
            _taken.RemoveAll(t => t.Centre == c);
            if (Proven(proof) && Proven(Judged(with, idle, c)))
            {
                plan = with;
            }
            else
            {
                _taken.Add(proof);
            }
        }
        return plan;
    }

    /// <summary>The plan with the longest row of proven actions of another, the surest first, that stays proven as a whole.</summary>
    private PortfolioPlan GrownInPrefixes(
        PortfolioPlan plan,
        PortfolioPlan other,
        int[] open,
        Func<PortfolioPlan, bool> feasible
    )
    {
        if (open.Length == 0)
        {
            return plan;
        }
        var judged = InParts(plan, open, c => other.Choices[c], -1)
            .OrderByDescending(t => t.Gain / Math.Max(t.Error, 1e-9))
            .ThenBy(t => draws.Portfolio.Centres[t.Centre].Name, StringComparer.Ordinal)
            .ToList();
        var proven = judged.Where(Proven).ToList();
        var idle = AllIdle(draws);
        var best = (Plan: plan, Count: 0);
        for (var i = Prefixes; i > 0 && proven.Count > 0 && best.Count == 0; i--)
        {
            var with = plan;
            var count = proven.Count * i / Prefixes;
            foreach (var t in proven.Take(count))
            {
                with = with.With(t.Centre, other.Choices[t.Centre]);
            }
            if (count == 0 || !feasible(with))
            {
                continue;
            }
            held.Clear([with, plan, idle], held.Draws);
            if (Proven(Judged(with, plan, 0)) && Proven(Judged(with, idle, 0)))
            {
                best = (with, count);
            }
        }
        var grown = proven.Take(best.Count).Select(t => t.Centre).ToHashSet();
        foreach (var t in judged)
        {
            _taken.RemoveAll(x => x.Centre == t.Centre);
            if (!grown.Contains(t.Centre))
            {
                _taken.Add(t with { Action = other.Choices[t.Centre] });
            }
        }
        return best.Plan;
    }

    /// <summary>The plan, or every centre left as it is where the whole does not pass what each part did.</summary>
    private PortfolioPlan Whole(PortfolioPlan plan)
    {
        var idle = AllIdle(draws);
        held.Clear([idle], held.Draws);
        return Proven(Judged(plan, idle, 0)) ? plan : idle;
    }

    /// <summary>What each change of a plan brings over leaving its centre as it is.</summary>
    private IEnumerable<TakenBack> Judged(PortfolioPlan plan, int[] changed)
    {
        if (Many)
        {
            return InParts(plan, changed, c => Idle(draws, c), 1);
        }
        held.Clear([plan, .. changed.Select(c => plan.With(c, Idle(draws, c)))], held.Draws);
        return changed.Select(c => Judged(plan, c));
    }

    /// <summary>What centres are worth themselves in a plan over another choice, taken a part of them at a time.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="centres">Indices of the centres, in the portfolio's order.</param>
    /// <param name="otherwise">The other choice of a centre.</param>
    /// <param name="sign">1 for the plan's choice over the other, -1 for the other over the plan's.</param>
    private List<TakenBack> InParts(
        PortfolioPlan plan,
        int[] centres,
        Func<int, int> otherwise,
        int sign
    )
    {
        int[] byName =
        [
            .. centres.OrderBy(c => draws.Portfolio.Centres[c].Name, StringComparer.Ordinal),
        ];
        var parts = Math.Min(Parts, byName.Length);
        var plans = Enumerable.Repeat(plan, parts + 1).ToArray();
        foreach (var (i, c) in byName.Index())
        {
            plans[i % parts] = plans[i % parts].With(c, otherwise(c));
        }
        var worths = held.ByCentre(plans);
        var judged = new List<TakenBack>();
        foreach (var (i, c) in byName.Index())
        {
            double[] gains =
            [
                .. Enumerable
                    .Range(0, held.Draws)
                    .Select(d =>
                        worths[parts][d] is { } here && worths[i % parts][d] is { } there
                            ? sign * (here[c] - there[c])
                            : double.NaN
                    )
                    .Where(g => !double.IsNaN(g)),
            ];
            var (gain, error) = CutMean.Of(gains);
            judged.Add(
                new TakenBack(
                    c,
                    plan.Choices[c],
                    gain,
                    error,
                    gains.Count(g => g > 0),
                    gains.Length
                )
            );
        }
        return judged;
    }

    private TakenBack Judged(PortfolioPlan plan, int centre) =>
        Judged(plan, plan.With(centre, Idle(draws, centre)), centre);

    private TakenBack Judged(PortfolioPlan plan, PortfolioPlan left, int centre)
    {
        var (gain, error) = held.Gain(plan, left, held.Draws);
        return new TakenBack(
            centre,
            plan.Choices[centre],
            gain,
            error,
            held.Better(plan, left),
            held.Draws
        );
    }

    private static bool Proven(TakenBack t) => t.Gain > Ninety * t.Error && 2 * t.Better > t.Draws;
}
