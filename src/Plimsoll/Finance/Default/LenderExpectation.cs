using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>What lenders of a centre in default expect to gain by closing it, learnt over draws: continuation by regression on what is seen that month.</summary>
/// <remarks>
/// Longstaff and Schwartz 2001, pooled over months with the months left among what is seen: the value of closing over that of waiting is regressed on what
/// lenders see, and they close where it is expected to be above 0. Waiting is worth what is paid on the path that the rule itself follows later, so that it
/// is fitted in rounds, from never closing on. Cash of the draws, not the regression, is carried back. No draw's own future enters its decision but
/// through the coefficients, which all draws share.
/// </remarks>
public sealed class LenderExpectation
{
    /// <summary>Draws in default below which nothing is learnt.</summary>
    public const int LeastDraws = 20;

    /// <summary>Share of the debt that closing must be expected to bring beyond waiting, against rounding: more would put off for ever what costs a little each month.</summary>
    internal const double LeastGain = 1e-6;

    private const int Rounds = 4;
    private const int Terms = 8;
    private readonly double[] _gain;

    private LenderExpectation(double[] gain) => _gain = gain;

    /// <summary>Learns from draws.</summary>
    /// <param name="draws">The contracted terms and the outlook of every draw.</param>
    /// <returns>Null where fewer than <see cref="LeastDraws"/> default with a fleet that can be sold.</returns>
    public static LenderExpectation? Of(
        IEnumerable<(ProjectModel Model, MonthlyOutlook Outlook)> draws
    )
    {
        ArgumentNullException.ThrowIfNull(draws);
        var paths = draws
            .Where(d => d.Model.Debt.TotalLent > 0)
            .Select(d => Path.Of(d.Model, d.Outlook))
            .OfType<Path>()
            .ToList();
        if (paths.Count < LeastDraws)
        {
            return null;
        }
        LenderExpectation? rule = null;
        for (var round = 0; round < Rounds; round++)
        {
            var sums = new double[Terms, Terms + 1];
            foreach (var path in paths)
            {
                path.Add(rule, sums);
            }
            if (Solve(sums) is not { } gain)
            {
                return rule;
            }
            rule = new LenderExpectation(gain);
        }
        return rule;
    }

    /// <summary>Expected value of closing now less that of waiting, as a share of the debt.</summary>
    /// <param name="terms">Repossession and holding cost.</param>
    /// <param name="seen">What is seen.</param>
    internal double Gain(FinanceTerms terms, in Seen seen)
    {
        Span<double> basis = stackalloc double[Terms];
        Basis(terms, seen, basis);
        var sum = 0.0;
        for (var k = 0; k < Terms; k++)
        {
            sum += _gain[k] * basis[k];
        }
        return sum;
    }

    /// <summary>Accounts and fleet at today's price over the debt, a year of cash over it, their squares and product, the months left, and the price's fall.</summary>
    private static void Basis(FinanceTerms terms, in Seen seen, Span<double> basis)
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

    /// <summary>A draw in default left running: what is seen each month, what its lenders are paid, and what closing would have brought them.</summary>
    private sealed class Path
    {
        private readonly FinanceTerms _terms;
        private readonly CashFlow _open;
        private readonly Seen[] _seen;
        private readonly double[] _sale;
        private readonly double _discount;
        private readonly int _from;

        private Path(ProjectModel model, CashFlow open, MonthlyOutlook outlook, double rate)
        {
            (_terms, _open) = (model.Terms, open);
            _from = open.DefaultMonth + _terms.StandstillMonths;
            _discount = 1 / (1 + (rate / 12));
            _seen = new Seen[open.Months];
            _sale = new double[open.Months];
            for (var m = _from; m < open.Months - 1; m++)
            {
                _seen[m] = Seen.At(rate, open, outlook, m);
                _sale[m] = Sale(outlook, m);
            }
        }

        public static Path? Of(ProjectModel model, MonthlyOutlook outlook)
        {
            var open = model.RunAsGiven(outlook);
            return
                open.DefaultMonth < 0
                || open.DefaultMonth + model.Terms.StandstillMonths >= open.Months - 1
                ? null
                : new Path(model, open, outlook, model.Debt.Tranches[0].RateAt(0));
        }

        /// <summary>Adds what waiting and closing brought in every month under a rule; under none the lenders wait for ever.</summary>
        public void Add(LenderExpectation? rule, double[,] sums)
        {
            Span<double> basis = stackalloc double[Terms];
            var later = 0.0;
            for (var m = _open.Months - 2; m >= _from; m--)
            {
                var debt = _open.DebtBalance[m];
                later = _discount * (later + _open.DebtPaid[m + 1] + _open.Prepaid[m + 1]);
                if (debt <= DebtRun.Cent || double.IsNaN(_sale[m]))
                {
                    continue;
                }
                Basis(_terms, _seen[m], basis);
                var gain = (_sale[m] - Math.Min(debt, later)) / debt;
                for (var r = 0; r < Terms; r++)
                {
                    for (var c = 0; c < Terms; c++)
                    {
                        sums[r, c] += basis[r] * basis[c];
                    }
                    sums[r, Terms] += basis[r] * gain;
                }
                if (rule is not null && rule.Gain(_terms, _seen[m]) > LeastGain)
                {
                    later = _sale[m];
                }
            }
        }

        /// <summary>What closing at a month's end brings the lenders, worth then and at most the debt; NaN where nobody buys the fleet.</summary>
        private double Sale(MonthlyOutlook outlook, int m)
        {
            var months = Math.Max(0, outlook.MonthsToSell[m]);
            var last = outlook.Months - 1;
            var sale = Math.Clamp(m + (int)Math.Ceiling(months), m + 1, last);
            var kept = outlook.Installed[m] * Enforcement.KeptShare(_terms, months);
            return outlook.ResalePrice[m] * kept <= 0
                ? double.NaN
                : Math.Min(
                    _open.DebtBalance[m],
                    _open.Reserve[m]
                        + _open.Cash[m]
                        + (outlook.ResalePrice[sale] * kept * Math.Pow(_discount, sale - m))
                );
        }
    }
}
