namespace Plimsoll.Finance;

/// <summary>Debt as contracted: draws and scheduled principal by month, fixed before any draw of the market is known.</summary>
/// <param name="Tranches">The tranches, most senior first.</param>
/// <param name="Draws">[tranche][month] money drawn.</param>
/// <param name="Principal">[tranche][month] scheduled principal.</param>
/// <param name="Lent">Per tranche, money lent without capitalised interest.</param>
public sealed record DebtPlan(
    IReadOnlyList<DebtTranche> Tranches,
    double[][] Draws,
    double[][] Principal,
    double[] Lent
)
{
    /// <summary>All money lent.</summary>
    public double TotalLent => Lent.Sum();

    /// <summary>Contracts the debt of some terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="months">Months of the horizon.</param>
    /// <param name="sizingCash">Cash available for debt service by month on the sizing case, needed for sculpting; null otherwise.</param>
    /// <exception cref="ArgumentException">A sculpted tranche without a sizing case, or more than one.</exception>
    public static DebtPlan Of(FinanceTerms terms, int months, double[]? sizingCash = null)
    {
        var capital = new double[months];
        foreach (var cost in terms.CapitalCosts.Where(c => c.Month < months))
        {
            capital[Math.Max(0, cost.Month)] += cost.Amount;
        }
        var total = capital.Sum();
        var lent = terms
            .Tranches.Select(t => t.Amount > 0 ? t.Amount : t.Gearing * total)
            .ToArray();
        if (
            terms.Tranches.Count(t => t.Repayment == Repayment.Sculpted) is var sculpted
            && sculpted > 0
            && (sculpted > 1 || sizingCash is null)
        )
        {
            throw new ArgumentException(
                "A sculpted tranche needs the cash of a sizing case, and there can be only one.",
                nameof(terms)
            );
        }
        for (var i = 0; i < lent.Length; i++)
        {
            if (terms.Tranches[i].Repayment == Repayment.Sculpted)
            {
                lent[i] = Math.Min(lent[i], SculptedAmount(terms.Tranches[i], sizingCash!));
            }
        }
        var cap = terms.GearingCap * total;
        var over = lent.Sum();
        if (over > cap && over > 0)
        {
            lent = [.. lent.Select(l => l * cap / over)];
        }
        var draws = new double[lent.Length][];
        var principal = new double[lent.Length][];
        for (var i = 0; i < lent.Length; i++)
        {
            draws[i] = [.. capital.Select(c => total > 0 ? lent[i] * c / total : 0)];
            principal[i] = Schedule(terms.Tranches[i], draws[i], months, sizingCash);
        }
        return new DebtPlan(terms.Tranches, draws, principal, lent);
    }

    /// <summary>Equal payment that repays one unit over some months at a yearly rate paid monthly.</summary>
    /// <param name="yearlyRate">0 or more.</param>
    /// <param name="months">At least 1.</param>
    /// <remarks>r / (1 - (1 + r)^-n) with r a twelfth of the yearly rate, payments at month end.</remarks>
    public static double AnnuityFactor(double yearlyRate, int months)
    {
        var r = yearlyRate / 12;
        return r == 0 ? 1.0 / months : r / (1 - Math.Pow(1 + r, -months));
    }

    private static double[] Schedule(
        DebtTranche tranche,
        double[] draws,
        int months,
        double[]? sizingCash
    )
    {
        var principal = new double[months];
        var monthly = tranche.Rate / 12;
        var balance = 0.0;
        for (var m = 0; m < Math.Min(tranche.FirstPaymentMonth, months); m++)
        {
            balance += (balance * monthly) + draws[m];
        }
        for (var m = tranche.FirstPaymentMonth; m < months; m++)
        {
            balance += draws[m];
        }
        var payment = balance * AnnuityFactor(tranche.Rate, tranche.TenorMonths);
        var left = balance;
        var spans = Spans(tranche);
        for (var k = 0; k < tranche.TenorMonths && tranche.FirstPaymentMonth + k < months; k++)
        {
            var m = tranche.FirstPaymentMonth + k;
            var due = tranche.Repayment switch
            {
                Repayment.Annuity => payment - (left * monthly),
                Repayment.Bullet => 0,
                Repayment.Instalments => balance * spans[k],
                _ => Math.Max(0, (sizingCash![m] / tranche.TargetCover) - (left * monthly)),
            };
            principal[m] = k == tranche.TenorMonths - 1 ? left : Math.Min(left, due);
            left -= principal[m];
        }
        return principal;
    }

    private static double[] Spans(DebtTranche tranche)
    {
        var shares = new double[tranche.TenorMonths];
        var k = 0;
        foreach (var span in tranche.Instalments)
        {
            for (var i = 0; i < span.Months && k < shares.Length; i++)
            {
                shares[k++] = span.Share / span.Months;
            }
        }
        return shares;
    }

    private static double SculptedAmount(DebtTranche tranche, double[] cash)
    {
        var monthly = tranche.Rate / 12;
        double value = 0,
            discount = 1;
        for (var k = 0; k < tranche.TenorMonths && tranche.FirstPaymentMonth + k < cash.Length; k++)
        {
            discount /= 1 + monthly;
            value +=
                Math.Max(0, cash[tranche.FirstPaymentMonth + k]) / tranche.TargetCover * discount;
        }
        return value / Math.Pow(1 + monthly, tranche.FirstPaymentMonth);
    }
}
