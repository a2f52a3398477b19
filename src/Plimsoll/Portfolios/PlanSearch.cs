using Plimsoll.Outlooks;

namespace Plimsoll.Portfolios;

/// <summary>Searches the plan of the highest mean worth within a budget on common draws: whole rules first, then single changes, then swaps, each cleared again with all centres.</summary>
/// <remarks>
/// The worth of a change depends on what is done with the others, since centres compete; so no change is taken on a worth that was found
/// under another plan (lazy greedy, Minoux 1978: stale worths only order what is tried). A change is first looked at on few draws and
/// dropped when it is clearly worse. Deterministic; every plan is cleared once a draw.
/// </remarks>
internal sealed class PlanSearch
{
    /// <summary>Draws on which a change is first looked at.</summary>
    private const int FirstLook = 8;

    /// <summary>Centres up to which every change is cleared in all draws: few draws would drop good changes to save little.</summary>
    private const int FewCentres = 8;

    /// <summary>Most centres for which every single change is cleared; more are moved in blocks.</summary>
    public const int MostSingly = 60;

    /// <summary>Rounds of changes in blocks at most.</summary>
    private const int Rounds = 12;

    /// <summary>Passes over all single changes at most.</summary>
    private const int Passes = 2;

    private readonly PortfolioDraws _draws;
    private readonly PlanScores _scores;
    private readonly RunContext _context;
    private readonly int _count;
    private readonly int _few;

    /// <param name="draws">The joint draws of the search.</param>
    /// <param name="scores">Worths of plans on them.</param>
    /// <param name="context">How to run it.</param>
    public PlanSearch(PortfolioDraws draws, PlanScores scores, RunContext context)
    {
        (_draws, _scores, _context) = (draws, scores, context);
        _count = scores.Draws;
        _few = Centres <= FewCentres ? _count : Math.Min(FirstLook, _count);
    }

    private int Centres => _draws.Portfolio.Centres.Count;

    /// <summary>Changes of one centre from keeping all, with what they bring alone; those cleared in all draws of the search.</summary>
    public IReadOnlyDictionary<(int Centre, int Action), double> Singles => _singles;

    private readonly Dictionary<(int Centre, int Action), double> _singles = [];

    /// <summary>The best plan found.</summary>
    /// <param name="budget">Money for actions.</param>
    /// <param name="starts">Plans to start from beside keeping all, the simple rules among them.</param>
    public PortfolioPlan Best(double budget, IReadOnlyList<PortfolioPlan> starts)
    {
        var keep = PortfolioPlan.KeepAll(Centres);
        var blocks = Blocks(budget);
        PortfolioPlan[] all = [keep, .. starts.Where(p => Feasible(p, budget)), .. blocks];
        _context.Report("searching: rules and blocks", 0.5);
        _scores.Clear(all, _count);
        if (Centres > MostSingly)
        {
            return Refined(Top(all), budget);
        }
        Look(keep, budget);
        var greedy = Greedy(keep, budget);
        _finalists.Add(greedy);
        _finalists.Add(Top(all));
        return Swapped(Top([.. all, greedy]), budget);
    }

    /// <summary>Other good plans that were met on the way.</summary>
    public IReadOnlyList<PortfolioPlan> Finalists => _finalists;

    private readonly List<PortfolioPlan> _finalists = [];

    /// <summary>Actions of a centre that are tried alone, beside mergers and keeping.</summary>
    private const int Tried = 3;

    private readonly Dictionary<int, int[]> _tried = [];

    /// <summary>Actions of a centre that are worth trying: the best of those that all took, its first merger, and keeping.</summary>
    public IEnumerable<int> Worthwhile(int centre)
    {
        var actions = _draws.Actions[centre];
        var merger = actions.Index().FirstOrDefault(a => a.Item.Host is not null).Index;
        return _tried.GetValueOrDefault(centre, []).Append(merger).Append(0).Distinct().Order();
    }

    /// <summary>A good plan within a smaller budget: of a plan, what pays best for its cost.</summary>
    /// <param name="budget">Money for actions.</param>
    /// <param name="of">A plan that may cost more.</param>
    public PortfolioPlan Within(double budget, PortfolioPlan of)
    {
        var idle = ProvenChanges.AllIdle(_draws);
        var part = idle;
        foreach (
            var c in Enumerable
                .Range(0, Centres)
                .OrderBy(c => Action(of, c).Cost > 0)
                .ThenByDescending(c =>
                    _singles.GetValueOrDefault((c, of.Choices[c])) / Math.Max(1, Action(of, c).Cost)
                )
                .ThenBy(Name)
        )
        {
            var with = part.With(c, of.Choices[c]);
            part = Feasible(with, budget) ? with : part;
        }
        return Top([idle, part]);
    }

    private PortfolioPlan Top(IEnumerable<PortfolioPlan> plans) =>
        plans.MaxBy(p => _scores.Mean(p, _count))!;

    /// <summary>True when the plan is within the budget, every host of a merger stands, and clouds take what is leased to them.</summary>
    public bool Feasible(PortfolioPlan plan, double budget)
    {
        double cost = 0;
        for (var c = 0; c < plan.Choices.Count; c++)
        {
            var action = Action(plan, c);
            cost += action.Cost;
            if (action.Host is { } host)
            {
                var at = IndexOf(host);
                if (!Action(plan, at).TakesServers)
                {
                    return false;
                }
            }
        }
        return cost <= budget * (1 + 1e-12)
            && _draws.Pool.Covers(plan.Choices.Select((_, c) => Action(plan, c)));
    }

    private CentreAction Action(PortfolioPlan plan, int centre) =>
        _draws.Actions[centre][plan.Choices[centre]];

    private int IndexOf(string name)
    {
        for (var i = 0; i < Centres; i++)
        {
            if (_draws.Portfolio.Centres[i].Name == name)
            {
                return i;
            }
        }
        throw new KeyNotFoundException(name);
    }

    /// <summary>All centres that can take an action take it, ranked by what it does for each, in prefixes of the ranking.</summary>
    /// <remarks>What an action does for a centre when all take it also says which actions of it are worth trying alone.</remarks>
    private List<PortfolioPlan> Blocks(double budget)
    {
        var keep = PortfolioPlan.KeepAll(Centres);
        var count = _few;
        var kept = _draws.Run(keep, _context, draws: count);
        var keys = _draws
            .Actions.SelectMany(a => a.Skip(1))
            .Where(a => a.Host is null)
            .Select(a => a.Key)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var own = new List<(int Centre, int Action, double Gain)>();
        for (var k = 0; k < keys.Count; k++)
        {
            _context.Report("searching: rules and blocks", 0.5 * k / keys.Count);
            int[] choices =
            [
                .. _draws.Actions.Select(a =>
                    Math.Max(0, a.Index().FirstOrDefault(x => x.Item.Key == keys[k]).Index)
                ),
            ];
            var run = _draws.Run(new PortfolioPlan(choices), _context, draws: count);
            for (var c = 0; c < Centres; c++)
            {
                if (choices[c] > 0)
                {
                    own.Add(
                        (
                            c,
                            choices[c],
                            CutMean
                                .Of([
                                    .. run.Centres[c]
                                        .Value.Zip(kept.Centres[c].Value, (x, y) => x - y),
                                ])
                                .Mean
                        )
                    );
                }
            }
        }
        foreach (var centre in own.GroupBy(o => o.Centre))
        {
            _tried[centre.Key] =
            [
                .. centre
                    .OrderByDescending(o => o.Gain)
                    .ThenBy(o => o.Action)
                    .Take(Tried)
                    .Select(o => o.Action),
            ];
        }
        var best = own.GroupBy(o => o.Centre)
            .Select(g => g.MaxBy(o => o.Gain))
            .OrderByDescending(o => o.Gain)
            .ThenBy(o => _draws.Portfolio.Centres[o.Centre].Name, StringComparer.Ordinal)
            .ToList();
        var plans = new List<PortfolioPlan>();
        const int Prefixes = 8;
        for (var i = 1; i <= Prefixes; i++)
        {
            var plan = keep;
            foreach (var o in best.Take(best.Count * i / Prefixes))
            {
                var with = plan.With(o.Centre, o.Action);
                plan = Feasible(with, budget) ? with : plan;
            }
            plans.Add(plan);
        }
        return plans;
    }

    /// <summary>Clears every single change of a plan, on few draws first, on all where it is not clearly worse.</summary>
    private void Look(PortfolioPlan from, double budget)
    {
        var open = Changes(from)
            .Where(c => Feasible(from.With(c.Centre, c.Action), budget))
            .ToList();
        const int Lot = 24;
        for (var i = 0; i < open.Count; i += Lot)
        {
            _context.Report("searching: single changes", (double)i / open.Count);
            var lot = open.Skip(i).Take(Lot).ToList();
            _scores.Clear([from, .. lot.Select(c => from.With(c.Centre, c.Action))], _few);
            var hopeful = lot.Where(c => Hopeful(from.With(c.Centre, c.Action), from)).ToList();
            _scores.Clear([.. hopeful.Select(c => from.With(c.Centre, c.Action))], _count);
            foreach (var c in hopeful)
            {
                _singles[c] = _scores.Gain(from.With(c.Centre, c.Action), from, _count).Mean;
            }
        }
    }

    private bool Hopeful(PortfolioPlan plan, PortfolioPlan over)
    {
        var (mean, error) = _scores.Gain(plan, over, _few);
        return mean + error > 0;
    }

    private IEnumerable<(int Centre, int Action)> Changes(PortfolioPlan plan) =>
        from c in Enumerable
            .Range(0, Centres)
            .OrderBy(c => _draws.Portfolio.Centres[c].Name, StringComparer.Ordinal)
        from a in Worthwhile(c)
        where a != plan.Choices[c]
        select (c, a);

    /// <summary>Takes changes by what they bring, or bring for their cost where money is short, each cleared again before it is taken.</summary>
    private PortfolioPlan Greedy(PortfolioPlan from, double budget)
    {
        var byGain = Greedy(from, budget, _ => 1);
        return double.IsInfinity(budget)
            ? byGain
            : Top([byGain, Greedy(from, budget, cost => Math.Max(cost, budget / 1000))]);
    }

    private PortfolioPlan Greedy(PortfolioPlan from, double budget, Func<double, double> per)
    {
        var queue = new PriorityQueue<(int Centre, int Action), double>();
        double Rate((int Centre, int Action) c, double gain) =>
            -gain / per(_draws.Actions[c.Centre][c.Action].Cost);
        foreach (
            var (change, gain) in _singles.OrderBy(s => s.Key.Centre).ThenBy(s => s.Key.Action)
        )
        {
            if (gain > 0)
            {
                queue.Enqueue(change, Rate(change, gain));
            }
        }
        var plan = from;
        var taken = new HashSet<int>();
        while (queue.TryDequeue(out var change, out _))
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            var with = plan.With(change.Centre, change.Action);
            if (taken.Contains(change.Centre) || !Feasible(with, budget))
            {
                continue;
            }
            var gain = _scores.Gain(with, plan, _count).Mean;
            if (gain <= 0)
            {
                continue;
            }
            if (queue.TryPeek(out _, out var next) && Rate(change, gain) > next)
            {
                queue.Enqueue(change, Rate(change, gain));
                continue;
            }
            plan = with;
            taken.Add(change.Centre);
        }
        return plan;
    }

    /// <summary>Single changes and, where money is short, swaps of one centre's action for another's, until none helps.</summary>
    private PortfolioPlan Swapped(PortfolioPlan plan, double budget)
    {
        for (var pass = 0; pass < Passes; pass++)
        {
            var before = plan.Key;
            var changes = Changes(plan).ToList();
            foreach (var (i, change) in changes.Index())
            {
                _context.Report("searching: swaps", (pass + ((double)i / changes.Count)) / Passes);
                var with = plan.With(change.Centre, change.Action);
                // An earlier change of this pass may have taken it already.
                if (change.Action == plan.Choices[change.Centre])
                {
                    continue;
                }
                if (!Feasible(with, budget))
                {
                    plan = Exchanged(plan, change, budget);
                    continue;
                }
                _scores.Clear([with, plan], _few);
                if (Hopeful(with, plan) && _scores.Gain(with, plan, _count).Mean > 0)
                {
                    plan = with;
                }
            }
            if (plan.Key == before)
            {
                break;
            }
        }
        return plan;
    }

    /// <summary>A change that money forbids, with the costliest of the others undone for it.</summary>
    private PortfolioPlan Exchanged(
        PortfolioPlan plan,
        (int Centre, int Action) change,
        double budget
    )
    {
        // Only what alone would be worth it is worth clearing twice.
        if (!(_singles.GetValueOrDefault(change) > 0))
        {
            return plan;
        }
        var best = plan;
        foreach (
            var undone in Enumerable
                .Range(0, Centres)
                .Where(c => c != change.Centre && Action(plan, c).Cost > 0)
                .OrderBy(c => _singles.GetValueOrDefault((c, plan.Choices[c])))
                .ThenBy(c => _draws.Portfolio.Centres[c].Name, StringComparer.Ordinal)
                .Take(3)
        )
        {
            var with = plan.With(undone, 0).With(change.Centre, change.Action);
            if (!Feasible(with, budget))
            {
                continue;
            }
            _scores.Clear([with, best], _few);
            if (Hopeful(with, best) && _scores.Gain(with, best, _count).Mean > 0)
            {
                best = with;
            }
        }
        return best;
    }

    /// <summary>Many centres: those nearest to the edge between two actions change in blocks, which halve when none helps.</summary>
    private PortfolioPlan Refined(PortfolioPlan plan, double budget)
    {
        var block = Math.Max(1, Centres / 8);
        var round = 0;
        while (block >= Math.Max(1, Centres / 64))
        {
            _context.Report("searching: blocks", Math.Min(1, (double)round++ / Rounds));
            var before = plan.Key;
            var now = _draws.Run(plan, _context, draws: _few);
            var kept = Enumerable.Range(0, Centres).Where(c => plan.Choices[c] == 0).ToList();
            var changed = Enumerable.Range(0, Centres).Where(c => plan.Choices[c] != 0).ToList();
            double Worth(int c) => CutMean.Of(now.Centres[c].Value).Mean;
            // The worst of those kept take the action that those like them took; the least clear of those changed are kept again.
            var down = plan;
            foreach (var c in kept.OrderBy(Worth).ThenBy(Name).Take(block))
            {
                var last = _draws.Actions[c].Count - 1;
                var with = last > 0 ? down.With(c, last) : down;
                down = Feasible(with, budget) ? with : down;
            }
            var up = plan;
            foreach (var c in changed.OrderByDescending(c => Worth(c)).ThenBy(Name).Take(block))
            {
                up = up.With(c, 0);
            }
            var best = Top([plan, down, up]);
            plan = best;
            if (plan.Key == before)
            {
                block /= 2;
            }
            if (round >= Rounds)
            {
                break;
            }
        }
        return plan;
    }

    private string Name(int centre) => _draws.Portfolio.Centres[centre].Name;
}
