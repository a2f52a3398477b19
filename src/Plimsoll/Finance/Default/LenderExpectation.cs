using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>What lenders of a centre in default expect to gain by closing it, learnt over draws: continuation by regression on what is seen that month.</summary>
/// <remarks>
/// Longstaff and Schwartz 2001, pooled over months with the months left among what is seen: the value of closing over that of waiting is regressed on what
/// lenders see, and they close where it is expected to be above 0. Waiting is worth what is paid on the path that the rule itself follows later, so that it
/// is fitted in rounds, from never closing on; of the rounds and of the rule that extrapolates, the one that brings its lenders most over the draws is
/// kept, and only where rules learnt on each half of the draws bring the lenders of the other half more than extrapolating, by two standard errors. Cash of the draws, not the regression, is carried back. No draw's own future enters its decision but
/// through the coefficients, which all draws share.
/// </remarks>
public sealed class LenderExpectation
{
    /// <summary>Draws in default below which nothing is learnt.</summary>
    public const int LeastDraws = 20;

    /// <summary>Share of the debt that closing must be expected to bring beyond waiting, against rounding: more would put off for ever what costs a little each month.</summary>
    internal const double LeastGain = 1e-6;

    private const int Rounds = 4;
    internal const int Terms = 8;
    private readonly double[] _gain;

    private LenderExpectation(double[] gain) => _gain = gain;

    /// <summary>Learns from draws.</summary>
    /// <param name="draws">The contracted terms and the outlook of every draw.</param>
    /// <returns>Null where fewer than <see cref="LeastDraws"/> default with a fleet that can be sold, or where extrapolating brings lenders as much, on these draws or on a half of them that was not learnt from.</returns>
    public static LenderExpectation? Of(
        IEnumerable<(ProjectModel Model, MonthlyOutlook Outlook)> draws
    )
    {
        ArgumentNullException.ThrowIfNull(draws);
        return Of([.. draws.Select(d => DefaultPath.Of(d.Model, d.Outlook)).OfType<DefaultPath>()]);
    }

    /// <summary>Learns from draws in default that are left running.</summary>
    /// <param name="paths">One a draw.</param>
    internal static LenderExpectation? Of(IReadOnlyList<DefaultPath> paths)
    {
        return paths.Count >= LeastDraws && Learn(paths) is { } rule && Holds(paths) ? rule : null;
    }

    /// <summary>True where what one half of the draws teaches brings the lenders of the other half surely more than extrapolating does: what is learnt on a few draws fits them by chance.</summary>
    private static bool Holds(IReadOnlyList<DefaultPath> paths)
    {
        List<DefaultPath>[] halves =
        [
            [],
            [],
        ];
        for (var i = 0; i < paths.Count; i++)
        {
            // By pairs, so that draws that alternate stand in both halves.
            halves[i / 2 % 2].Add(paths[i]);
        }
        double sum = 0,
            squares = 0;
        for (var half = 0; half < 2; half++)
        {
            var rule = Learn(halves[1 - half]);
            foreach (var path in halves[half])
            {
                var gain = path.Value(rule) - path.Extrapolated;
                sum += gain;
                squares += gain * gain;
            }
        }
        var mean = sum / paths.Count;
        var error = Math.Sqrt(Math.Max(0, (squares / paths.Count) - (mean * mean)) / paths.Count);
        return mean > Surely * error;
    }

    /// <summary>Standard errors by which what is learnt must bring more on draws not learnt from.</summary>
    private const double Surely = 2;

    private static LenderExpectation? Learn(IReadOnlyList<DefaultPath> paths)
    {
        LenderExpectation? rule = null,
            best = null;
        // What extrapolation brings is the mark: a rule that brings its lenders no more over the draws has taught nothing.
        var most = paths.Sum(p => p.Extrapolated);
        var seen = new double[Terms, Terms + 1];
        foreach (var path in paths)
        {
            path.AddSeen(seen);
        }
        for (var r = 1; r < Terms; r++)
        {
            for (var c = 0; c < r; c++)
            {
                seen[r, c] = seen[c, r];
            }
        }
        for (var round = 0; round < Rounds; round++)
        {
            var sums = (double[,])seen.Clone();
            foreach (var path in paths)
            {
                path.AddGain(rule, sums);
            }
            if (Solve(sums) is not { } gain)
            {
                break;
            }
            rule = new LenderExpectation(gain);
            var value = paths.Sum(p => p.Value(rule));
            if (value > most * (1 + 1e-9))
            {
                (most, best) = (value, rule);
            }
        }
        return best;
    }

    /// <summary>Expected value of closing now less that of waiting, as a share of the debt.</summary>
    /// <param name="terms">Repossession and holding cost.</param>
    /// <param name="seen">What is seen.</param>
    internal double Gain(FinanceTerms terms, in Seen seen)
    {
        Span<double> basis = stackalloc double[Terms];
        Basis(terms, seen, basis);
        return Gain(basis);
    }

    /// <summary>The same of what is seen as the regression reads it.</summary>
    /// <param name="basis">See <see cref="Basis"/>.</param>
    internal double Gain(ReadOnlySpan<double> basis)
    {
        var sum = 0.0;
        for (var k = 0; k < Terms; k++)
        {
            sum += _gain[k] * basis[k];
        }
        return sum;
    }

    /// <summary>Accounts and fleet at today's price over the debt, a year of cash over it, their squares and product, the months left, and the price's fall.</summary>
    internal static void Basis(FinanceTerms terms, in Seen seen, Span<double> basis)
    {
        var net = seen.Installed * seen.Price * Enforcement.KeptShare(terms, seen.MonthsToSell);
        var sale = Math.Clamp((seen.Accounts + net) / seen.Debt, 0, 2);
        var cash = Math.Clamp(12 * seen.Cash / seen.Debt, -2, 2);
        var fall =
            seen.PriceBefore > 0 && seen.Price > 0 && seen.PriceSpan > 0
                ? 12 * Math.Log(seen.Price / seen.PriceBefore) / seen.PriceSpan
                : 0;
        basis[0] = 1;
        basis[1] = sale;
        basis[2] = cash;
        basis[3] = sale * sale;
        basis[4] = cash * cash;
        basis[5] = sale * cash;
        basis[6] = seen.MonthsLeft / 60.0;
        basis[7] = Math.Clamp(fall, -2, 2);
    }

    /// <summary>Least squares by Gaussian elimination with pivoting; a direction in which nothing varies has no part. Null when nothing varies at all.</summary>
    private static double[]? Solve(double[,] a)
    {
        var scale = 0.0;
        for (var k = 0; k < Terms; k++)
        {
            scale = Math.Max(scale, a[k, k]);
        }
        if (!(scale > 0))
        {
            return null;
        }
        for (var k = 0; k < Terms; k++)
        {
            a[k, k] += 1e-10 * scale;
        }
        for (var k = 0; k < Terms; k++)
        {
            for (var r = k + 1; r < Terms; r++)
            {
                var factor = a[r, k] / a[k, k];
                for (var c = k; c <= Terms; c++)
                {
                    a[r, c] -= factor * a[k, c];
                }
            }
        }
        var x = new double[Terms];
        for (var k = Terms - 1; k >= 0; k--)
        {
            x[k] = a[k, Terms];
            for (var c = k + 1; c < Terms; c++)
            {
                x[k] -= a[k, c] * x[c];
            }
            x[k] /= a[k, k];
        }
        return x;
    }
}
