using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Sampling;

namespace Plimsoll.Portfolios;

/// <summary>How sure each centre's action is, and which unknowns the actions hang on: each centre's alternatives with the others as planned, draw by draw.</summary>
/// <param name="draws">The joint draws of the search.</param>
/// <param name="scores">Worths of plans on the first of them.</param>
/// <param name="search">The search, for what is feasible.</param>
/// <param name="context">How to run it.</param>
internal sealed class ChoiceAnalysis(
    PortfolioDraws draws,
    PlanScores scores,
    PlanSearch search,
    RunContext context
)
{
    /// <summary>Alternatives that are cleared in every draw, by their worth on the first look.</summary>
    private const int Alternatives = 2;

    private const int FirstLook = 8;

    /// <summary>Rank correlation from which an unknown is said to decide.</summary>
    private const double Decides = 0.35;

    private const int Permutations = 40;

    private const int MostNamed = 10;

    /// <summary>One action of a centre with its worth in the plan by draw.</summary>
    /// <param name="Action">Index of the action.</param>
    /// <param name="Worth">Worth of the whole plan with it, by draw.</param>
    public sealed record Option(int Action, double[] Worth);

    /// <summary>For each centre, the planned action first, then its alternatives, best first.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="budget">Money for actions.</param>
    public IReadOnlyList<IReadOnlyList<Option>> Options(PortfolioPlan plan, double budget)
    {
        var n = draws.Portfolio.Centres.Count;
        var few = Math.Min(FirstLook, scores.Draws);
        var own = scores.Of(plan, scores.Draws);
        var all = new List<IReadOnlyList<Option>>();
        for (var c = 0; c < n; c++)
        {
            context.Report("how sure each action is", (double)c / n);
            var open = search
                .Worthwhile(c)
                .Where(a => a != plan.Choices[c] && search.Feasible(plan.With(c, a), budget))
                .ToList();
            scores.Clear([.. open.Select(a => plan.With(c, a))], few);
            var best = open.OrderByDescending(a => scores.Mean(plan.With(c, a), few))
                .Take(Alternatives)
                .ToList();
            // What is done when nobody decides is always among them: it is what an action must beat.
            var idle = ProvenChanges.Idle(draws, c);
            if (idle != plan.Choices[c] && !best.Contains(idle))
            {
                best.Add(idle);
            }
            scores.Clear([.. best.Select(a => plan.With(c, a))], scores.Draws);
            all.Add([
                new Option(plan.Choices[c], own),
                .. best.Select(a => new Option(a, scores.Of(plan.With(c, a), scores.Draws)))
                    .OrderByDescending(o => CutMean.Of([.. o.Worth.Zip(own, Less)]).Mean),
            ]);
        }
        return all;
    }

    /// <summary>How sure the action of a centre is.</summary>
    /// <param name="centre">Index of the centre.</param>
    /// <param name="options">Its options.</param>
    public ChoiceOdds? Odds(int centre, IReadOnlyList<Option> options)
    {
        if (options.Count < 2)
        {
            return null;
        }
        var (own, next) = (options[0].Worth, options[1].Worth);
        bool[] right = [.. own.Select((w, d) => options.Skip(1).All(o => o.Worth[d] <= w))];
        double[] gap = [.. own.Zip(next, Less)];
        var runnerUp = draws.Actions[centre][options[1].Action].Key;
        var (unknown, rank) = Unknowns(centre)
            .Select(u => (Unknown: u, Rank: Correlation(u.Values, gap)))
            .MaxBy(u => Math.Abs(u.Rank));
        var decides = Math.Abs(rank) >= Decides;
        var turn = decides ? Turn(unknown, rank, gap) : null;
        int[] worlds = [.. right.Select((_, d) => draws.Worlds[scores.DrawOf(d)].Number)];
        return new ChoiceOdds(
            Proportion.Of(right, worlds),
            runnerUp,
            DrawSpread.Of(gap),
            decides ? unknown.Name : "",
            turn is null
                ? ""
                : FormattableString.Invariant(
                    $"With {unknown.Name} {(turn.Below ? "below" : "above")} {Decisions.Words.Round3(turn.Level)}, '{runnerUp}' would be worth more."
                ),
            Proof(centre, options, worlds)
        )
        {
            Title = decides ? unknown.Title : null,
            Turn = turn,
        };
    }

    private ActionProof? Proof(int centre, IReadOnlyList<Option> options, int[] worlds)
    {
        var idle = ProvenChanges.Idle(draws, centre);
        if (
            options[0].Action == idle
            || options.FirstOrDefault(o => o.Action == idle) is not { } left
        )
        {
            return null;
        }
        double[] gains = [.. options[0].Worth.Zip(left.Worth, Less)];
        var (gain, error) = CutMean.Of(gains);
        return new ActionProof(
            draws.Actions[centre][idle].Key,
            gain,
            gain - (ProvenChanges.Ninety * error),
            gain + (ProvenChanges.Ninety * error),
            Proportion.Of([.. gains.Select(g => g > 0)], worlds)
        );
    }

    private static double Less(double a, double b) => a == b ? 0 : a - b;

    /// <summary>A difference that decides nothing: a thousandth of what the centre's servers cost.</summary>
    private double Slight(int centre) =>
        1e-3
        * draws.Portfolio.Centres[centre].Case.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value);

    /// <summary>The largest gain of any single change that was cleared; 0 when none helps.</summary>
    public static double Gap(IReadOnlyList<IReadOnlyList<Option>> options) =>
        options
            .Where(o => o.Count > 1)
            .SelectMany(o =>
                o.Skip(1).Select(x => CutMean.Of([.. x.Worth.Zip(o[0].Worth, Less)]).Mean)
            )
            .Append(0)
            .Max();

    /// <summary>At what level of an unknown the next best becomes better: the half of the draws that favours it is looked at; null where it is not better there.</summary>
    private static ChoiceTurn? Turn(Unknown unknown, double rank, double[] gap)
    {
        var middle = Median(unknown.Values);
        var below = rank > 0;
        double[] bad = [.. gap.Where((_, d) => unknown.Values[d] <= middle == below)];
        return bad.Length > 0 && bad.Average() < 0 ? new ChoiceTurn(below, middle) : null;
    }

    /// <summary>The unknowns by what it would be worth to know whether each is high or low before choosing.</summary>
    /// <param name="options">Options of every centre.</param>
    /// <remarks>
    /// Expected value of partial information over two halves, a centre at a time with the others as planned; what chance alone would give
    /// (the mean over permuted draws) is taken off.
    /// </remarks>
    public IReadOnlyList<UnknownWorth> Worths(IReadOnlyList<IReadOnlyList<Option>> options)
    {
        var sums = new Dictionary<(string, string), (double Worth, double Changed)>();
        var known = new Dictionary<(string, string), Unknown>();
        for (var c = 0; c < options.Count; c++)
        {
            context.Report("what is unknown", (double)c / options.Count);
            if (options[c].Count < 2)
            {
                continue;
            }
            foreach (var unknown in Unknowns(c))
            {
                var high = Halves(unknown.Values);
                var (worth, changed) = Information(options[c], high);
                if (worth <= 0)
                {
                    continue;
                }
                var chance = 0.0;
                var beaten = 0;
                var stream = RandomStream.Keyed(
                    draws.Portfolio.Seed,
                    c,
                    EntityId.Of(unknown.Name),
                    Purpose.Scrambling
                );
                for (var i = 0; i < Permutations; i++)
                {
                    Shuffle(high, ref stream);
                    var luck = Information(options[c], high).Worth;
                    chance += luck / Permutations;
                    beaten += luck >= worth ? 1 : 0;
                }
                // On few draws some number always seems to matter: one that luck matches more than one time in twenty is not named.
                if (beaten > Permutations / 20)
                {
                    continue;
                }
                var key = (unknown.Name, unknown.Own ? draws.Portfolio.Centres[c].Name : "");
                var before = sums.GetValueOrDefault(key);
                known.TryAdd(key, unknown);
                sums[key] = (
                    before.Worth + worth - chance,
                    before.Changed + (changed && worth > chance ? 1 : 0)
                );
            }
        }
        return
        [
            .. sums.Where(s => s.Value.Worth > 0 && s.Value.Changed > 0)
                .OrderByDescending(s => s.Value.Worth)
                .ThenBy(s => s.Key.Item1, StringComparer.Ordinal)
                .ThenBy(s => s.Key.Item2, StringComparer.Ordinal)
                .Take(MostNamed)
                .Select(s => new UnknownWorth(
                    s.Key.Item1,
                    s.Key.Item2,
                    s.Value.Worth,
                    s.Value.Changed,
                    PhraseBook.English.Say(known[s.Key].Known)
                )
                {
                    Title = known[s.Key].Title,
                    KnownSaid = known[s.Key].Known,
                }),
        ];
    }

    /// <summary>Worth of choosing anew in each half over choosing once, and whether the choice differs between the halves.</summary>
    private static (double Worth, bool Changed) Information(
        IReadOnlyList<Option> options,
        bool[] high
    )
    {
        var n = high.Length;
        double[] up = new double[options.Count],
            down = new double[options.Count];
        for (var o = 1; o < options.Count; o++)
        {
            double[] gains = [.. options[o].Worth.Zip(options[0].Worth, Less)];
            double[] above = [.. gains.Where((_, d) => high[d])],
                below = [.. gains.Where((_, d) => !high[d])];
            up[o] = above.Length > 0 ? CutMean.Of(above).Mean * above.Length / n : 0;
            down[o] = below.Length > 0 ? CutMean.Of(below).Mean * below.Length / n : 0;
        }
        var once = Enumerable.Range(0, options.Count).Max(o => up[o] + down[o]);
        return (
            up.Max() + down.Max() - once,
            Array.IndexOf(up, up.Max()) != Array.IndexOf(down, down.Max())
        );
    }

    private static void Shuffle(bool[] values, ref RandomStream stream)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = stream.NextInteger(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static bool[] Halves(IReadOnlyList<double> values)
    {
        var middle = Median(values);
        return [.. values.Select(v => v > middle)];
    }

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return Spread.Quantile(sorted, 0.5);
    }

    /// <summary>Something that differs between the draws and is not known on the day.</summary>
    private sealed record Unknown(string Name, bool Own, Phrase Known, IReadOnlyList<double> Values)
    {
        /// <summary>Its name in the words of any language; null for the key of an input.</summary>
        public Phrase? Title { get; init; }
    }

    /// <summary>What is unknown about a centre: its numbers, and the rent of its chip two years on.</summary>
    private IEnumerable<Unknown> Unknowns(int centre)
    {
        var n = scores.Draws;
        var name = draws.Portfolio.Centres[centre].Name;
        foreach (var number in draws.Numbers(centre))
        {
            var own = number.Path.StartsWith(name + ": ", StringComparison.Ordinal);
            yield return new Unknown(
                own ? number.Path[(name.Length + 2)..] : number.Path,
                own,
                Phrase.Of(
                    "portfolio.known",
                    number.Value,
                    number.Low,
                    number.High,
                    number.Grade.ToString()
                ),
                [
                    .. Enumerable
                        .Range(0, n)
                        .Select(d => draws.Values(centre, number.Path)[scores.DrawOf(d)]),
                ]
            );
        }
        var chip = draws.Portfolio.Centres[centre].Case.Fleets[0].Accelerator;
        var rent = Phrase.Of("portfolio.unknown.rent", chip);
        yield return new Unknown(
            PhraseBook.English.Say(rent),
            false,
            Phrase.Of("portfolio.known.market"),
            [.. Enumerable.Range(0, n).Select(d => draws.RentAhead(scores.DrawOf(d), chip, 24))]
        )
        {
            Title = rent,
        };
    }

    /// <summary>Spearman's rank correlation.</summary>
    private static double Correlation(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double[] x = Ranks(a),
            y = Ranks(b);
        double mx = x.Average(),
            my = y.Average(),
            xy = 0,
            xx = 0,
            yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var ranks = new double[values.Count];
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        for (var i = 0; i < order.Length; )
        {
            var j = i;
            while (j < order.Length && values[order[j]] == values[order[i]])
            {
                j++;
            }
            for (var k = i; k < j; k++)
            {
                ranks[order[k]] = (i + j - 1) / 2.0;
            }
            i = j;
        }
        return ranks;
    }

    /// <summary>Worth of knowing each draw's future before choosing: by adding up each centre's best change, and with these choices cleared again.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="budget">Money for actions.</param>
    /// <param name="options">Options of every centre.</param>
    /// <param name="again">Draws in which the choices are cleared again.</param>
    public (double Surrogate, double Rerun, int Draws) Regret(
        PortfolioPlan plan,
        double budget,
        IReadOnlyList<IReadOnlyList<Option>> options,
        int again
    )
    {
        var n = scores.Draws;
        double surrogate = 0,
            rerun = 0;
        var count = Math.Min(again, n);
        for (var d = 0; d < n; d++)
        {
            var best = plan;
            foreach (
                var (c, action, gain) in options
                    .Select((o, c) => (Centre: c, Best: o.MaxBy(x => x.Worth[d])!))
                    .Select(x =>
                        (
                            x.Centre,
                            x.Best.Action,
                            Gain: x.Best.Worth[d] - options[x.Centre][0].Worth[d]
                        )
                    )
                    .Where(x => x.Gain > 0)
                    .OrderByDescending(x => x.Gain)
            )
            {
                var with = best.With(c, action);
                if (search.Feasible(with, budget))
                {
                    best = with;
                    surrogate += gain / n;
                }
            }
            if (d < count)
            {
                context.Report("regret", (double)d / count);
                // The surrogate adds up what competes: what it chose may be worse than the plan, which could then be kept.
                rerun += Math.Max(0, scores.In(best, d) - scores.Of(plan, n)[d]) / count;
            }
        }
        return (surrogate, rerun, count);
    }
}
