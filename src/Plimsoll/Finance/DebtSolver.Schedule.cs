namespace Plimsoll.Finance;

/// <content>Schedules: interest, principal and balance by month.</content>
internal sealed partial class DebtSolver
{
    /// <summary>Month of the last scheduled payment, maybe beyond the horizon.</summary>
    private int Maturity(int i, double[] draws)
    {
        var tranche = _terms.Tranches[i];
        var lastDraw = Array.FindLastIndex(draws, d => d > 0);
        return tranche.Draw == DrawRule.AfterAcceptance
            ? lastDraw + tranche.InterestOnlyMonths + tranche.TenorMonths
            : Math.Max(
                _first[i] + tranche.TenorMonths - 1 + (tranche.Refinancing?.TenorMonths ?? 0),
                lastDraw + 1
            );
    }

    private void Schedule(int i, DebtPlan plan)
    {
        var tranche = _terms.Tranches[i];
        var (standing, principal) = (plan.Standing[i], plan.Principal[i]);
        var draws = Later(plan.Draws[i], standing);
        if (tranche.Draw == DrawRule.AfterAcceptance)
        {
            for (var d = 0; d < _months; d++)
            {
                if (draws[d] > 0)
                {
                    var from = d + 1 + tranche.InterestOnlyMonths;
                    Repay(i, draws[d], from, from + tranche.TenorMonths, plan);
                }
            }
        }
        else if (tranche.Repayment == Repayment.Sculpted)
        {
            Sculpt(i, plan);
        }
        else if (tranche.Repayment == Repayment.Instalments && tranche.Schedule.Count > 0)
        {
            Agreed(i, draws, principal, standing);
        }
        else
        {
            var opening = standing;
            for (var m = 0; m < Math.Min(_first[i], _months); m++)
            {
                opening += (opening * _rate[i][m]) + draws[m];
            }
            var end = _first[i] + Amortisation(tranche);
            Repay(i, opening, _first[i], end, plan);
            for (var d = _first[i]; d < _months; d++)
            {
                if (draws[d] > 0)
                {
                    Repay(i, draws[d], d + 1, Math.Max(end, d + 2), plan);
                }
            }
        }
        double balance = standing,
            accrued = 0;
        for (var m = 0; m < _months; m++)
        {
            var interest = balance * _rate[i][m];
            plan.Interest[i][m] = interest;
            var joins =
                m < _first[i] ? interest
                : m < plan.PaidInCashFrom[i] ? interest * tranche.PayInKind!.Share
                : 0;
            balance += joins;
            accrued += interest - joins;
            if (m == plan.RefinanceMonth[i])
            {
                LendAnew(tranche, principal, balance, m);
            }
            else if (tranche.PayInKind is not null && m == plan.Maturity[i])
            {
                principal[m] = balance;
            }
            if (_pays[i][m])
            {
                plan.InterestDue[i][m] = accrued;
                accrued = 0;
            }
            plan.Service[m] += plan.InterestDue[i][m] + principal[m];
            balance = Math.Max(0, balance - principal[m]) + draws[m];
            plan.Balance[i][m] = balance;
        }
    }

    /// <summary>Principal by month as agreed: shares of all that is drawn, interest before the first payment included.</summary>
    private void Agreed(int i, double[] draws, double[] principal, double standing)
    {
        var all = standing;
        for (var m = 0; m < _months; m++)
        {
            all += (m < _first[i] ? all * _rate[i][m] : 0) + draws[m];
        }
        var shares = _terms.Tranches[i].Schedule;
        for (var k = 0; k < shares.Count && _first[i] + k < _months; k++)
        {
            principal[_first[i] + k] += all * shares[k];
        }
    }

    /// <summary>Months over which principal is reckoned: the tenor, or more where a balloon is lent anew.</summary>
    private static int Amortisation(DebtTranche tranche) =>
        tranche.Refinancing is not { } again
            ? tranche.TenorMonths
            : again.Schedule(tranche.TenorMonths);

    /// <summary>The principal after a refinancing in full: what is left then, evenly over the new tenor.</summary>
    private void LendAnew(DebtTranche tranche, double[] principal, double balance, int month)
    {
        var again = tranche.Refinancing!;
        var left = Math.Max(0, balance - principal[month]);
        Array.Clear(principal, month + 1, _months - month - 1);
        var every = Math.Max(1, tranche.PaymentEveryMonths);
        for (var k = every; k <= again.TenorMonths && month + k < _months; k += every)
        {
            principal[month + k] = left * every / again.TenorMonths;
        }
    }

    /// <summary>Adds the principal of a sculpted tranche, all its draws in one schedule.</summary>
    private void Sculpt(int i, DebtPlan plan)
    {
        var tranche = _terms.Tranches[i];
        var (service, from) = SculptedService(i, plan);
        if (service.Length == 0 || plan.Lent[i] <= 0)
        {
            return;
        }
        var (due, rates, months) = Periods(i, service, from);
        var (money, worth) = PeriodDraws(i, plan.Draws[i], from, service.Length, plan.Standing[i]);
        var draws = Later(plan.Draws[i], plan.Standing[i]);
        var size = Sculpting.Size(due, rates, [.. worth.Select(w => w / plan.Lent[i])]);
        plan.SculptedCover[i] = tranche.TargetCover * (size > 0 ? size / plan.Lent[i] : 1);
        var scale = size > 0 ? plan.Lent[i] / size : 0;
        var parts = Sculpting.Principal(due, rates, money, worth, scale);
        for (var k = 0; k < parts.Length; k++)
        {
            plan.Principal[i][months[k]] += parts[k];
        }
        // What is drawn in the last period falls due with it, what is drawn later at once.
        for (var d = months.Length > 1 ? months[^2] + 1 : from; d < from + service.Length - 1; d++)
        {
            plan.Principal[i][months[^1]] += draws[d];
        }
        for (var d = from + service.Length - 1; d < _months - 1; d++)
        {
            plan.Principal[i][d + 1] += draws[d];
        }
    }

    /// <summary>Adds the principal of one draw, repaid from a month up to (not including) another.</summary>
    private void Repay(int i, double amount, int from, int end, DebtPlan plan)
    {
        var tranche = _terms.Tranches[i];
        var principal = plan.Principal[i];
        var length = Math.Min(end, _months) - from;
        if (amount <= 0 || length <= 0)
        {
            return;
        }
        // Periods run from payment to payment; the last ends with the term.
        var tenor = end - from;
        double discount = 1,
            factors = 0,
            rate = 0;
        // What is lent anew changes nothing of how the old loan is repaid.
        var lastRate = Math.Min(_months, tranche.RefinancedFrom) - 1;
        for (var k = 0; k < tenor; k++)
        {
            rate += _rate[i][Math.Min(from + k, lastRate)];
            if (Closes(i, from + k, end))
            {
                discount /= 1 + rate;
                factors += discount;
                rate = 0;
            }
        }
        var payment = amount / factors;
        var spans = Spans(tranche, tenor);
        double left = amount,
            share = 0;
        rate = 0;
        for (var k = 0; k < length; k++)
        {
            rate += _rate[i][from + k];
            share += spans[k];
            if (!Closes(i, from + k, end))
            {
                continue;
            }
            var due = tranche.Repayment switch
            {
                Repayment.Annuity => payment - (left * rate),
                Repayment.Bullet => 0,
                _ => amount * share,
            };
            due = k == tenor - 1 ? left : Math.Clamp(due, 0, Math.Max(0, left));
            principal[from + k] += due;
            left -= due;
            (rate, share) = (0, 0);
        }
    }

    /// <summary>True in months in which a draw's schedule pays: those of the tranche, beyond the horizon counted on, and the last of the term.</summary>
    private bool Closes(int i, int month, int end) =>
        month == end - 1
        || (month - _first[i] + 1) % Math.Max(1, _terms.Tranches[i].PaymentEveryMonths) == 0;

    /// <summary>Monthly service and rates added up from payment to payment, with the months of payment.</summary>
    private (double[] Service, double[] Rates, int[] Months) Periods(
        int i,
        double[] monthly,
        int from
    )
    {
        var (service, rates, months) = (new List<double>(), new List<double>(), new List<int>());
        double due = 0,
            rate = 0;
        for (var k = 0; k < monthly.Length; k++)
        {
            due += monthly[k];
            rate += _rate[i][from + k];
            if (_pays[i][from + k] || k == monthly.Length - 1)
            {
                service.Add(due);
                rates.Add(rate);
                months.Add(from + k);
                (due, rate) = (0, 0);
            }
        }
        return ([.. service], [.. rates], [.. months]);
    }

    private static double[] Spans(DebtTranche tranche, int tenor)
    {
        var shares = new double[tenor];
        var k = 0;
        foreach (var span in tranche.Instalments)
        {
            for (var n = 0; n < span.Months && k < tenor; n++)
            {
                shares[k++] = span.Share / span.Months;
            }
        }
        return shares;
    }
}
