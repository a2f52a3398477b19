using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>The monthly cash model of one centre: terms contracted once, then run on any outlook.</summary>
/// <remarks>
/// Order of the waterfall: revenue, running cost, working capital, tax; then interest, principal, arrears; reserve account;
/// early repayment; distribution. The order and every convention are stated in docs/model/finance.md.
/// </remarks>
public sealed class ProjectModel
{
    private readonly FinanceTerms _terms;
    private readonly DebtPlan _debt;
    private readonly int _months;
    private readonly double[] _capital;
    private readonly double[] _inputVat;
    private readonly double[] _writeOff;
    private readonly double[] _fees;
    private readonly double[] _insurance;

    private ProjectModel(FinanceTerms terms, DebtPlan debt, int months)
    {
        _terms = terms;
        _debt = debt;
        _months = months;
        _capital = new double[months];
        _inputVat = new double[months];
        _writeOff = new double[months];
        _insurance = new double[months];
        foreach (var cost in terms.CapitalCosts.Where(c => c.Month < months))
        {
            Enter(cost);
        }
        _fees = Fees(debt, months);
    }

    /// <summary>Months of the horizon.</summary>
    public int Months => _months;

    /// <summary>The debt as contracted.</summary>
    public DebtPlan Debt => _debt;

    /// <summary>The terms.</summary>
    public FinanceTerms Terms => _terms;

    /// <summary>Contracts the terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="months">Months of the horizon, at least 1.</param>
    /// <param name="sizing">The outlook on which a sculpted tranche is sized, before tax; null when there is none.</param>
    public static ProjectModel Contract(
        FinanceTerms terms,
        int months,
        MonthlyOutlook? sizing = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        double[]? cash = null;
        if (sizing is not null)
        {
            var unlevered = new ProjectModel(
                terms with
                {
                    Tranches = [],
                },
                DebtPlan.Of(terms with { Tranches = [] }, months),
                months
            );
            cash = unlevered.Run(sizing).Cfads;
        }
        return new ProjectModel(terms, DebtPlan.Of(terms, months, cash), months);
    }

    /// <summary>Runs the model on terms and an outlook in one go.</summary>
    public static CashFlow Run(FinanceTerms terms, MonthlyOutlook outlook) =>
        Contract(terms, outlook.Months, outlook).Run(outlook);

    /// <summary>Runs the model on one outlook.</summary>
    /// <param name="outlook">Of the same number of months, in the same currency.</param>
    /// <exception cref="ArgumentException">Months or currency differ.</exception>
    public CashFlow Run(MonthlyOutlook outlook)
    {
        if (outlook.Months != _months || outlook.Currency != _terms.Currency)
        {
            throw new ArgumentException(
                $"The outlook has {outlook.Months} months in {outlook.Currency}; the terms have {_months} in {_terms.Currency}.",
                nameof(outlook)
            );
        }
        var run = new WaterfallRun(
            _terms,
            _debt,
            outlook,
            _capital,
            _inputVat,
            _writeOff,
            _fees,
            _insurance
        );
        return run.ToEnd();
    }

    private void Enter(CapitalCost cost)
    {
        var paid = Math.Max(0, cost.Month);
        _capital[paid] += cost.Amount;
        _inputVat[paid] += cost.Amount * cost.InputVatRate;
        var life = Math.Max(1, (int)Math.Round(cost.TaxLifeYears * 12));
        for (var m = cost.OnlineMonth; m < _months; m++)
        {
            if (m - cost.OnlineMonth < life)
            {
                _writeOff[m] += cost.Amount * (1 - cost.ImmediateShare) / life;
            }
            _insurance[m] += cost.Amount * _terms.InsuranceRate / 12;
        }
        if (cost.OnlineMonth < _months)
        {
            _writeOff[cost.OnlineMonth] += cost.Amount * cost.ImmediateShare;
        }
    }

    private static double[] Fees(DebtPlan debt, int months)
    {
        var fees = new double[months];
        for (var i = 0; i < debt.Tranches.Count; i++)
        {
            var undrawn = debt.Lent[i];
            var first = Array.FindIndex(debt.Draws[i], d => d > 0);
            for (var m = 0; m < months && first >= 0; m++)
            {
                fees[m] += m == first ? debt.Lent[i] * debt.Tranches[i].UpfrontFee : 0;
                fees[m] += Math.Max(0, undrawn) * debt.Tranches[i].CommitmentFee / 12;
                undrawn -= debt.Draws[i][m];
            }
        }
        return fees;
    }
}
