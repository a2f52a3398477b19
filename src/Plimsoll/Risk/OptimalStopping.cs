namespace Plimsoll.Risk;

/// <summary>The value of a right that may be used once, at the best time, seen only from the past: least-squares Monte Carlo.</summary>
/// <remarks>
/// Longstaff and Schwartz 2001: backwards in time, the value of going on is regressed on 1, x, x² over the paths on which using the right
/// pays, and the right is used where it pays more than that. Cash, not the regression, is carried back, so that the estimate is a lower bound
/// up to the bias of regressing and valuing on the same paths.
/// </remarks>
public static class OptimalStopping
{
    /// <summary>Value at time 0 of a right that can be used at times 1 to n.</summary>
    /// <param name="state">[path][time 1..n]: what is seen, for example a quoted rent; finite.</param>
    /// <param name="payoff">[path][time 1..n]: what using the right pays then; it is never used below 0.</param>
    /// <param name="discount">Worth at one time of money one step later, more than 0, at most 1.</param>
    /// <param name="offered">Chance that the right can be used at a time, 0 to 1; 1 for always.</param>
    /// <exception cref="ArgumentException">Shapes differ or there is no path.</exception>
    public static double Value(
        IReadOnlyList<double[]> state,
        IReadOnlyList<double[]> payoff,
        double discount,
        double offered = 1
    )
    {
        if (state.Count == 0 || state.Count != payoff.Count)
        {
            throw new ArgumentException("States and payoffs need the same paths.", nameof(payoff));
        }
        var n = state[0].Length;
        var cash = new double[state.Count];
        for (var t = n - 1; t >= 0; t--)
        {
            var line = t == n - 1 ? null : Continuation(state, payoff, cash, discount, t);
            for (var i = 0; i < cash.Length; i++)
            {
                var wait = cash[i] * discount;
                var use = payoff[i][t];
                var expected = line is { } c
                    ? c[0] + (state[i][t] * (c[1] + (state[i][t] * c[2])))
                    : 0;
                cash[i] =
                    use > 0 && use > expected ? (offered * use) + ((1 - offered) * wait) : wait;
            }
        }
        return cash.Average() * discount;
    }

    /// <summary>Regression of discounted later cash on 1, x, x² over the paths on which the right pays; null when there are too few.</summary>
    private static double[]? Continuation(
        IReadOnlyList<double[]> state,
        IReadOnlyList<double[]> payoff,
        double[] cash,
        double discount,
        int time
    )
    {
        var scale = 0.0;
        for (var i = 0; i < cash.Length; i++)
        {
            scale = payoff[i][time] > 0 ? Math.Max(scale, Math.Abs(state[i][time])) : scale;
        }
        scale = scale > 0 ? scale : 1;
        var a = new double[3, 4];
        var used = 0;
        for (var i = 0; i < cash.Length; i++)
        {
            if (payoff[i][time] <= 0)
            {
                continue;
            }
            used++;
            var x = state[i][time] / scale;
            Span<double> basis = [1, x, x * x];
            for (var r = 0; r < 3; r++)
            {
                for (var c = 0; c < 3; c++)
                {
                    a[r, c] += basis[r] * basis[c];
                }
                a[r, 3] += basis[r] * cash[i] * discount;
            }
        }
        if (used < 3 || Solve(a) is not { } solved)
        {
            return used == 0 ? null : Mean(payoff, cash, discount, time);
        }
        return [solved[0], solved[1] / scale, solved[2] / (scale * scale)];
    }

    private static double[] Mean(
        IReadOnlyList<double[]> payoff,
        double[] cash,
        double discount,
        int time
    )
    {
        double sum = 0,
            n = 0;
        for (var i = 0; i < cash.Length; i++)
        {
            if (payoff[i][time] > 0)
            {
                sum += cash[i] * discount;
                n++;
            }
        }
        return [sum / n, 0, 0];
    }

    /// <summary>Gaussian elimination with pivoting of a 3 by 3 system with its right side; null when singular.</summary>
    private static double[]? Solve(double[,] a)
    {
        for (var k = 0; k < 3; k++)
        {
            var pivot = k;
            for (var r = k + 1; r < 3; r++)
            {
                pivot = Math.Abs(a[r, k]) > Math.Abs(a[pivot, k]) ? r : pivot;
            }
            if (Math.Abs(a[pivot, k]) < 1e-12)
            {
                return null;
            }
            for (var c = 0; c < 4; c++)
            {
                (a[k, c], a[pivot, c]) = (a[pivot, c], a[k, c]);
            }
            for (var r = k + 1; r < 3; r++)
            {
                var factor = a[r, k] / a[k, k];
                for (var c = k; c < 4; c++)
                {
                    a[r, c] -= factor * a[k, c];
                }
            }
        }
        var x = new double[3];
        for (var k = 2; k >= 0; k--)
        {
            x[k] = a[k, 3];
            for (var c = k + 1; c < 3; c++)
            {
                x[k] -= a[k, c] * x[c];
            }
            x[k] /= a[k, k];
        }
        return x;
    }
}
