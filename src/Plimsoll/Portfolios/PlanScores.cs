using Plimsoll.Outlooks;

namespace Plimsoll.Portfolios;

/// <summary>The worth of plans on the draws of a search, each cleared in the market once a draw and kept.</summary>
/// <param name="draws">The joint draws.</param>
/// <param name="used">Those of them that are used, at least one.</param>
/// <param name="context">How to run it.</param>
/// <remarks>A plan that cannot be computed in a draw is worth minus infinity there, and so is never chosen.</remarks>
internal sealed class PlanScores(PortfolioDraws draws, IReadOnlyList<int> used, RunContext context)
{
    private readonly Dictionary<string, double[]> _kept = new(StringComparer.Ordinal);

    /// <summary>Draws that are used.</summary>
    public int Draws => used.Count;

    /// <summary>Plans that were cleared in at least one draw.</summary>
    public int Plans => _kept.Count;

    /// <summary>Worth of a plan by draw; only the first draws that were asked for are numbers.</summary>
    public double[] Of(PortfolioPlan plan, int most)
    {
        Clear([plan], most);
        return _kept[plan.Key];
    }

    /// <summary>Worth of a plan over keeping all on the first draws, extremes cut.</summary>
    public double Mean(PortfolioPlan plan, int most) =>
        Gain(plan, PortfolioPlan.KeepAll(plan.Choices.Count), most).Mean;

    /// <summary>Worth of one plan over another on the first draws, extremes cut: mean, and standard error of it.</summary>
    public (double Mean, double Error) Gain(PortfolioPlan plan, PortfolioPlan over, int most)
    {
        double[] a = Of(plan, most),
            b = Of(over, most);
        var gains = new double[most];
        for (var d = 0; d < most; d++)
        {
            // Equal worths that are both minus infinity differ by nothing.
            gains[d] = a[d] == b[d] ? 0 : a[d] - b[d];
        }
        return CutMean.Of(gains);
    }

    /// <summary>Draws of all in which one plan is worth more than another.</summary>
    public int Better(PortfolioPlan plan, PortfolioPlan over)
    {
        double[] a = Of(plan, Draws),
            b = Of(over, Draws);
        return Enumerable.Range(0, Draws).Count(d => a[d] > b[d]);
    }

    /// <summary>Clears plans in those of the first draws in which they were not yet.</summary>
    public void Clear(IReadOnlyList<PortfolioPlan> plans, int most)
    {
        var open = new List<(PortfolioPlan Plan, double[] Values, int Draw)>();
        foreach (var plan in plans.DistinctBy(p => p.Key, StringComparer.Ordinal))
        {
            if (!_kept.TryGetValue(plan.Key, out var values))
            {
                values = new double[Draws];
                Array.Fill(values, double.NaN);
                _kept[plan.Key] = values;
            }
            for (var d = 0; d < most; d++)
            {
                if (double.IsNaN(values[d]))
                {
                    open.Add((plan, values, d));
                }
            }
        }
        Parallel.ForEach(
            open,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.Cancellation,
            },
            one => one.Values[one.Draw] = Worth(one.Plan, used[one.Draw])
        );
    }

    /// <summary>Worth of every centre under each of some plans, by plan and draw; null in a draw that cannot be computed. Nothing of it is kept.</summary>
    public double[]?[][] ByCentre(IReadOnlyList<PortfolioPlan> plans)
    {
        var worths = plans.Select(_ => new double[]?[Draws]).ToArray();
        Parallel.For(
            0,
            plans.Count * Draws,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.Cancellation,
            },
            i =>
            {
                var (plan, draw) = (i / Draws, i % Draws);
                try
                {
                    worths[plan][draw] = draws.Worths(plans[plan], used[draw]);
                }
                catch (UnanswerableException)
                {
                    // Left null.
                }
            }
        );
        return worths;
    }

    /// <summary>Worth of a plan in one of the draws that are used, without keeping it.</summary>
    public double In(PortfolioPlan plan, int index) => Worth(plan, used[index]);

    private double Worth(PortfolioPlan plan, int draw)
    {
        try
        {
            return draws.Worth(plan, draw);
        }
        catch (UnanswerableException)
        {
            return double.NegativeInfinity;
        }
    }

    /// <summary>The draw of the portfolio behind a draw that is used.</summary>
    public int DrawOf(int index) => used[index];
}
