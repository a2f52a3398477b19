using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>A draw in default left running: what is seen each month, what its lenders are paid, and what closing would have brought them.</summary>
internal sealed class DefaultPath
{
    private const int Terms = LenderExpectation.Terms;
    private readonly double[] _debt;
    private readonly double[] _sale;
    private readonly double[] _paid;

    /// <summary>What is seen of each month as the regression reads it, one after another: rules are learnt and tried on it many times.</summary>
    private readonly double[] _basis;

    /// <summary>Whether a month has something to close for: debt, and a fleet that somebody buys.</summary>
    private readonly bool[] _open;

    /// <summary>Whether lenders who expect that what was seen last runs on close.</summary>
    private readonly bool[] _closes;
    private readonly double _discount;

    private DefaultPath(ProjectModel model, CashFlow open, MonthlyOutlook outlook)
    {
        var terms = model.Terms with { Expected = null };
        var rate = model.Debt.Tranches[0].RateAt(0);
        var from = open.DefaultMonth + terms.StandstillMonths;
        _discount = 1 / (1 + (rate / 12));
        var months = open.Months - from;
        (_debt, _sale, _paid) = (new double[months], new double[months], new double[months]);
        (_open, _closes) = (new bool[months], new bool[months]);
        _basis = new double[months * Terms];
        for (var k = 0; k < months; k++)
        {
            var m = from + k;
            var seen = Seen.At(rate, open, outlook, m);
            _debt[k] = seen.Debt;
            _paid[k] = open.DebtPaid[m] + open.Prepaid[m];
            _sale[k] = Sale(terms, open, outlook, m);
            _open[k] = seen.Debt > DebtRun.Cent && !double.IsNaN(_sale[k]);
            if (_open[k])
            {
                _closes[k] = Enforcement.Closes(terms, seen);
                LenderExpectation.Basis(terms, seen, Basis(k));
            }
        }
        Extrapolated = Value(null);
    }

    /// <summary>What lenders are paid who expect that what was seen last runs on (see <see cref="Value"/>).</summary>
    public double Extrapolated { get; }

    private Span<double> Basis(int month) => _basis.AsSpan(month * Terms, Terms);

    /// <summary>The draw; null where it does not default, or so late that nothing is left to decide.</summary>
    /// <param name="model">Its terms.</param>
    /// <param name="outlook">Its outlook.</param>
    public static DefaultPath? Of(ProjectModel model, MonthlyOutlook outlook)
    {
        if (model.Debt.TotalLent <= 0)
        {
            return null;
        }
        var open = model.RunAsGiven(outlook);
        return
            open.DefaultMonth < 0
            || open.DefaultMonth + model.Terms.StandstillMonths >= open.Months - 1
            ? null
            : new DefaultPath(model, open, outlook);
    }

    /// <summary>Adds the products of what is seen, in every month in which there is something to decide: the same under every rule.</summary>
    /// <param name="sums">Products of what is seen; the part above the diagonal, and it.</param>
    public void AddSeen(double[,] sums)
    {
        for (var k = _debt.Length - 2; k >= 0; k--)
        {
            if (!_open[k])
            {
                continue;
            }
            var basis = Basis(k);
            for (var r = 0; r < Terms; r++)
            {
                for (var c = r; c < Terms; c++)
                {
                    sums[r, c] += basis[r] * basis[c];
                }
            }
        }
    }

    /// <summary>Adds what closing gained over waiting in every month under a rule; under none the lenders wait for ever.</summary>
    /// <param name="rule">The rule; null for none.</param>
    /// <param name="sums">Products of what is seen with what closing gains, in the last column.</param>
    public void AddGain(LenderExpectation? rule, double[,] sums)
    {
        var later = 0.0;
        for (var k = _debt.Length - 2; k >= 0; k--)
        {
            later = _discount * (later + _paid[k + 1]);
            if (!_open[k])
            {
                continue;
            }
            var basis = Basis(k);
            var gain = (_sale[k] - Math.Min(_debt[k], later)) / _debt[k];
            for (var r = 0; r < Terms; r++)
            {
                sums[r, Terms] += basis[r] * gain;
            }
            if (rule is not null && rule.Gain(basis) > LenderExpectation.LeastGain)
            {
                later = _sale[k];
            }
        }
    }

    /// <summary>What lenders are paid from their first decision on under a rule, worth then and at most the debt.</summary>
    /// <param name="rule">The rule; null to expect that what was seen last runs on.</param>
    public double Value(LenderExpectation? rule)
    {
        var later = 0.0;
        for (var k = _debt.Length - 2; k >= 0; k--)
        {
            later = _discount * (later + _paid[k + 1]);
            var closes =
                _open[k]
                && (rule is null ? _closes[k] : rule.Gain(Basis(k)) > LenderExpectation.LeastGain);
            later = closes ? _sale[k] : later;
        }
        return Math.Min(later, _debt[0]);
    }

    /// <summary>What closing at a month's end brings the lenders, worth then and at most the debt; NaN where nobody buys the fleet.</summary>
    private double Sale(FinanceTerms terms, CashFlow open, MonthlyOutlook outlook, int m)
    {
        var months = Math.Max(0, outlook.MonthsToSell[m]);
        var sale = Math.Min(outlook.Months - 1, m + Math.Max(1, (int)Math.Ceiling(months)));
        var kept = outlook.Installed[m] * Enforcement.KeptShare(terms, months);
        return outlook.ResalePrice[m] * kept <= 0
            ? double.NaN
            : Math.Min(
                open.DebtBalance[m],
                open.Reserve[m]
                    + open.Cash[m]
                    - open.Unpaid[m]
                    + (outlook.ResalePrice[sale] * kept * Math.Pow(_discount, sale - m))
            );
    }
}
