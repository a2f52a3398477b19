using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>A draw in default left running: what is seen each month, what its lenders are paid, and what closing would have brought them.</summary>
internal sealed class DefaultPath
{
    private readonly FinanceTerms _terms;
    private readonly Seen[] _seen;
    private readonly double[] _sale;
    private readonly double[] _paid;
    private readonly double _discount;

    /// <summary>First month (from 0) in which lenders may close.</summary>
    private readonly int _from;

    private DefaultPath(ProjectModel model, CashFlow open, MonthlyOutlook outlook)
    {
        _terms = model.Terms;
        var rate = model.Debt.Tranches[0].RateAt(0);
        _from = open.DefaultMonth + _terms.StandstillMonths;
        _discount = 1 / (1 + (rate / 12));
        var months = open.Months - _from;
        (_seen, _sale, _paid) = (new Seen[months], new double[months], new double[months]);
        for (var k = 0; k < months; k++)
        {
            var m = _from + k;
            _paid[k] = open.DebtPaid[m] + open.Prepaid[m];
            _seen[k] = Seen.At(rate, open, outlook, m);
            _sale[k] = Sale(open, outlook, m);
        }
    }

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

    /// <summary>Adds what waiting and closing brought in every month under a rule; under none the lenders wait for ever.</summary>
    /// <param name="rule">The rule; null for none.</param>
    /// <param name="sums">Products of what is seen, and of that with what closing gains.</param>
    public void Add(LenderExpectation? rule, double[,] sums)
    {
        const int Terms = LenderExpectation.Terms;
        Span<double> basis = stackalloc double[Terms];
        var later = 0.0;
        for (var k = _seen.Length - 2; k >= 0; k--)
        {
            var debt = _seen[k].Debt;
            later = _discount * (later + _paid[k + 1]);
            if (debt <= DebtRun.Cent || double.IsNaN(_sale[k]))
            {
                continue;
            }
            LenderExpectation.Basis(_terms, _seen[k], basis);
            var gain = (_sale[k] - Math.Min(debt, later)) / debt;
            for (var r = 0; r < Terms; r++)
            {
                for (var c = 0; c < Terms; c++)
                {
                    sums[r, c] += basis[r] * basis[c];
                }
                sums[r, Terms] += basis[r] * gain;
            }
            if (rule is not null && rule.Gain(_terms, _seen[k]) > LenderExpectation.LeastGain)
            {
                later = _sale[k];
            }
        }
    }

    /// <summary>What lenders are paid from their first decision on under a rule, worth then and at most the debt.</summary>
    /// <param name="rule">The rule; null to expect that what was seen last runs on.</param>
    public double Value(LenderExpectation? rule)
    {
        var terms = _terms with { Expected = rule };
        var later = 0.0;
        for (var k = _seen.Length - 2; k >= 0; k--)
        {
            later = _discount * (later + _paid[k + 1]);
            var closes =
                _seen[k].Debt > DebtRun.Cent
                && !double.IsNaN(_sale[k])
                && Enforcement.Closes(terms, _seen[k]);
            later = closes ? _sale[k] : later;
        }
        return Math.Min(later, _seen[0].Debt);
    }

    /// <summary>What closing at a month's end brings the lenders, worth then and at most the debt; NaN where nobody buys the fleet.</summary>
    private double Sale(CashFlow open, MonthlyOutlook outlook, int m)
    {
        var months = Math.Max(0, outlook.MonthsToSell[m]);
        var sale = Math.Min(outlook.Months - 1, m + Math.Max(1, (int)Math.Ceiling(months)));
        var kept = outlook.Installed[m] * Enforcement.KeptShare(_terms, months);
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
