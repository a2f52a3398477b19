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
/// </remarks>
/// <param name="draws">The joint draws.</param>
/// <param name="held">Worths of plans on draws that the search has not seen.</param>
/// <param name="context">How to run it.</param>
internal sealed class ProvenChanges(PortfolioDraws draws, PlanScores held, RunContext context)
{
    /// <summary>Standard errors to either side of a 90 % interval.</summary>
    public const double Ninety = 1.645;

    private readonly List<TakenBack> _taken = [];

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
            held.Clear([plan, .. changed.Select(c => plan.With(c, Idle(draws, c)))], held.Draws);
            var now = plan;
            var weakest = changed
                .Select(c => Judged(now, c))
                .Where(t => !Proven(t))
                .OrderBy(t => t.Gain / Math.Max(t.Error, 1e-9))
                .ThenBy(t => draws.Portfolio.Centres[t.Centre].Name, StringComparer.Ordinal)
                .ToList();
            if (weakest.Count == 0)
            {
                break;
            }
            // The weakest third at once where many fail: each that stays is judged again.
            foreach (var t in weakest.Take(Math.Max(1, (weakest.Count + 2) / 3)))
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

    /// <summary>The plan, or every centre left as it is where the whole does not pass what each part did.</summary>
    private PortfolioPlan Whole(PortfolioPlan plan)
    {
        var idle = AllIdle(draws);
        held.Clear([idle], held.Draws);
        return Proven(Judged(plan, idle, 0)) ? plan : idle;
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
