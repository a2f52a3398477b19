using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>Finds what contradicts itself in terms of finance.</summary>
public static class FinanceCheck
{
    /// <summary>Everything wrong with the terms themselves; empty when they are sound.</summary>
    /// <param name="terms">The terms.</param>
    public static IReadOnlyList<Finding> Of(FinanceTerms terms)
    {
        var found = new List<Finding>();
        void Add(string path, string rule, object value, string expected, string remedy) =>
            found.Add(new Finding(new InputPath(path), rule, $"{value}", expected, remedy));
        for (var i = 0; i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            var at = $"tranches[{i}]";
            if (t.TenorMonths < 1)
            {
                Add(
                    $"{at}.tenor",
                    "out-of-range",
                    t.TenorMonths,
                    "at least 1 month",
                    "A loan needs at least one payment."
                );
            }
            if (t.PaymentEveryMonths < 1 || t.TenorMonths % t.PaymentEveryMonths != 0)
            {
                Add(
                    $"{at}.payment_every",
                    "out-of-range",
                    t.PaymentEveryMonths,
                    $"a part of the tenor of {t.TenorMonths} months",
                    "The tenor holds whole periods between payments."
                );
            }
            if (t.DayCount != DayCount.Thirty360 && terms.Start is null)
            {
                Add(
                    $"{at}.day_count",
                    "needs-a-calendar",
                    t.DayCount,
                    "terms with a start",
                    "Days are counted by the calendar; say in which month the outlook starts."
                );
            }
            if (t.HedgedShare > 0 && t.SwapRate is null)
            {
                Add(
                    $"{at}.hedged_share",
                    "hedge-without-rate",
                    $"{t.HedgedShare} swapped",
                    "a swap rate",
                    "Say at which fixed rate the share is swapped, or take the share out."
                );
            }
            if (t.Amount > 0 && t.Gearing > 0 && t.Repayment != Repayment.Sculpted)
            {
                Add(
                    $"{at}.gearing",
                    "contradiction",
                    $"an amount of {t.Amount} and a gearing of {t.Gearing}",
                    "one of the two",
                    "Say what is lent as an amount or as a share."
                );
            }
            foreach (var twice in Twice(t.BaseRates, r => r.FromMonth))
            {
                Add(
                    $"{at}.base_rates",
                    "same-month-twice",
                    $"two rates from month {twice}",
                    "one rate a month",
                    "Take one of them out."
                );
            }
            if (t.FirstPaymentMonth < 0)
            {
                Add(
                    $"{at}.first_payment",
                    "out-of-range",
                    t.FirstPaymentMonth,
                    "0 or more",
                    "Months count from the start of the outlook."
                );
            }
            if (!(t.Amount >= 0) || !(t.Commitment >= 0) || !(t.Gearing >= 0) || t.Gearing > 1)
            {
                Add(
                    $"{at}.amount",
                    "out-of-range",
                    $"{t.Amount}, gearing {t.Gearing}, commitment {t.Commitment}",
                    "an amount and a commitment of 0 or more, a gearing from 0 to 1",
                    "Debt cannot be negative."
                );
            }
            if (t.Repayment == Repayment.Sculpted && !(t.TargetCover > 0))
            {
                Add(
                    $"{at}.target_cover",
                    "out-of-range",
                    t.TargetCover,
                    "more than 0",
                    "Usual targets are 1.2 to 2."
                );
            }
            if (t.Repayment == Repayment.Sculpted && t.Draw == DrawRule.AfterAcceptance)
            {
                Add(
                    $"{at}.draw",
                    "contradiction",
                    "sculpted and drawn after acceptance",
                    "one of the two",
                    "Draws of their own maturity are repaid by annuity, instalments or in one."
                );
            }
            if (t.Schedule.Count > 0)
            {
                foreach (var finding in Scheduled(t, at))
                {
                    found.Add(finding);
                }
            }
            var spans = t.Repayment == Repayment.Instalments && t.Schedule.Count == 0;
            var shares = t.Instalments.Sum(s => s.Share);
            if (spans && Math.Abs(shares - 1) > 1e-9)
            {
                Add(
                    $"{at}.instalments",
                    "shares-do-not-add-up",
                    shares,
                    "1",
                    "The shares of principal over all spans add up to 1."
                );
            }
            var span = t.Instalments.Sum(s => s.Months);
            if (spans && span != t.TenorMonths)
            {
                Add(
                    $"{at}.instalments",
                    "months-do-not-add-up",
                    span,
                    $"{t.TenorMonths}",
                    "The months of all spans add up to the tenor."
                );
            }
            found.AddRange(InstrumentCheck.Of(t, at));
            foreach (var name in t.Funds.Where(n => terms.CapitalCosts.All(c => c.Name != n)))
            {
                Add(
                    $"{at}.funds",
                    "unknown-name",
                    name,
                    "the name of a capital cost",
                    "Name one of the capital costs."
                );
            }
        }
        foreach (var name in Twice(terms.Tranches, t => t.Name))
        {
            var last = terms.Tranches.Select(t => t.Name).ToList().LastIndexOf(name);
            Add(
                $"tranches[{last}].name",
                "same-name-twice",
                $"'{name}'",
                "a name of its own for every tranche",
                "Give one of them another name."
            );
        }
        for (var i = 0; i < terms.CapitalCosts.Count; i++)
        {
            var cost = terms.CapitalCosts[i];
            if (cost.Month > cost.OnlineMonth)
            {
                Add(
                    $"capital[{i}].month",
                    "paid-after-online",
                    $"paid in month {cost.Month}, online in month {cost.OnlineMonth}",
                    $"at most month {cost.OnlineMonth}",
                    "Let it be paid before or when it comes online; credit of a vendor is a tranche of debt."
                );
            }
        }
        if (AboveCovers(terms) is { } above)
        {
            found.Add(above);
        }
        found.AddRange(InstrumentCheck.Of(terms));
        if (
            terms.Order.Count != FinanceTerms.DefaultOrder.Count
            || terms.Order.Distinct().Count() != terms.Order.Count
        )
        {
            Add(
                "waterfall",
                "wrong-steps",
                string.Join(", ", terms.Order.Select(FinanceWords.Of)),
                string.Join(", ", FinanceTerms.DefaultOrder.Select(FinanceWords.Of)),
                "Give each step once."
            );
        }
        if (terms.Refresh is { } refresh && refresh.Month <= refresh.FromMonth)
        {
            Add(
                "refresh.month",
                "out-of-range",
                refresh.Month,
                $"after month {refresh.FromMonth}",
                "The reserve needs at least one month to be built."
            );
        }
        return found;
    }

    /// <summary>What is carried out otherwise than it is stated, or before there is cash for it: not wrong, but seldom meant.</summary>
    /// <param name="terms">The terms, sound in themselves.</param>
    public static IEnumerable<Finding> Warnings(FinanceTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        for (var i = 0; i < terms.Tranches.Count; i++)
        {
            if (DueBeforeOnline(terms, terms.Tranches[i], $"tranches[{i}]") is { } early)
            {
                yield return early;
            }
        }
        if (AboveCap(terms) is { } above)
        {
            yield return above;
        }
    }

    /// <summary>A loan whose first payment falls before anything that it funds is online: nothing earns what is due.</summary>
    private static Finding? DueBeforeOnline(FinanceTerms terms, DebtTranche t, string at)
    {
        var funded = LoanDraws.Funded(terms, t).Where(c => c.Amount > 0).ToList();
        if (
            t.Draw == DrawRule.AfterAcceptance
            || terms.Opening is not null
            || funded.Count == 0
            || funded.Exists(t.Stands)
        )
        {
            return null;
        }
        var online = funded.Min(c => c.OnlineMonth);
        return t.FirstPaymentMonth >= online
            ? null
            : new Finding(
                new InputPath($"{at}.first_payment"),
                "paid-before-online",
                $"a first payment in month {t.FirstPaymentMonth}, online in month {online}",
                $"month {online} or later",
                "Let the first payment fall when what it funds earns: until then equity pays it, or it is in arrears."
            )
            {
                IsWarning = true,
            };
    }

    /// <summary>Gearings, or amounts, of which the cap on gearing lends a part alone; sculpted tranches lend what cash carries.</summary>
    private static Finding? AboveCap(FinanceTerms terms)
    {
        var most = terms.GearingCap * terms.TotalCapitalCost;
        var asked = terms
            .Tranches.Where(t => t.Repayment != Repayment.Sculpted)
            .Sum(t =>
                t.Amount > 0 ? t.Amount : t.Gearing * LoanDraws.Funded(terms, t).Sum(c => c.Amount)
            );
        var geared = Math.Max(0, terms.Tranches.ToList().FindLastIndex(t => t.Gearing > 0));
        return
            terms.GearingBase != GearingBase.CapitalCost
            || !(most > 0)
            || asked <= most * (1 + 1e-9)
            ? null
            : new Finding(
                new InputPath(
                    terms.Tranches.All(t => t.Amount > 0)
                        ? "tranches[0].amount"
                        : $"tranches[{geared}].gearing"
                ),
                "more-than-is-lent",
                $"{asked / terms.TotalCapitalCost:0 %} of the capital cost in all",
                $"at most {terms.GearingCap:0 %}, the cap on gearing",
                "Every tranche is cut in proportion: ask for less, or raise 'gearing_cap'."
            )
            {
                IsWarning = true,
            };
    }

    /// <summary>A default cover above the covers that are to break before it, said once.</summary>
    private static Finding? AboveCovers(FinanceTerms terms)
    {
        var locks = terms.LockUpCover > 0 && terms.DefaultCover > terms.LockUpCover;
        var breaks = terms.CovenantCover > 0 && terms.DefaultCover > terms.CovenantCover;
        if (!locks && !breaks)
        {
            return null;
        }
        var (expected, remedy) =
            locks && breaks
                ? (
                    $"at most {Math.Min(terms.LockUpCover, terms.CovenantCover)}: the lock-up cover is {terms.LockUpCover}, the covenant {terms.CovenantCover}",
                    "A loan locks up and breaks its covenant before it defaults."
                )
            : locks
                ? (
                    $"at most the lock-up cover of {terms.LockUpCover}",
                    "A loan locks up before it defaults."
                )
            : (
                $"at most the covenant of {terms.CovenantCover}",
                "A loan breaks its covenant before it defaults."
            );
        return new Finding(
            new InputPath("terms.default_cover"),
            "contradiction",
            $"{terms.DefaultCover}",
            expected,
            remedy
        );
    }

    /// <summary>What contradicts a schedule of principal by month.</summary>
    private static IEnumerable<Finding> Scheduled(DebtTranche t, string at)
    {
        var path = new InputPath($"{at}.schedule");
        if (
            t.Repayment != Repayment.Instalments
            || t.Draw == DrawRule.AfterAcceptance
            || t.Instalments.Count > 0
        )
        {
            yield return new Finding(
                path,
                "contradiction",
                $"a schedule beside repayment by {FinanceWords.Of(t.Repayment)}, drawn {FinanceWords.Of(t.Draw)}, {t.Instalments.Count} spans",
                "instalments of one schedule, and no spans",
                "Write 'repayment: instalments' with the schedule alone, or take it out."
            );
        }
        if (t.Schedule.Any(s => !(s >= 0)) || Math.Abs(t.Schedule.Sum() - 1) > 1e-9)
        {
            yield return new Finding(
                path,
                "shares-do-not-add-up",
                $"{t.Schedule.Sum()}",
                "1",
                "The shares of principal over all months are 0 or more and add up to 1."
            );
        }
        if (t.Schedule.Count > t.TenorMonths)
        {
            yield return new Finding(
                path,
                "months-do-not-add-up",
                $"{t.Schedule.Count}",
                $"at most {t.TenorMonths}",
                "The schedule lies within the tenor."
            );
        }
    }

    private static IEnumerable<TKey> Twice<T, TKey>(IReadOnlyList<T> list, Func<T, TKey> key) =>
        list.GroupBy(key).Where(g => g.Count() > 1).Select(g => g.Key);

    internal static void ThrowIfBroken(FinanceTerms terms)
    {
        var found = Of(terms);
        if (found.Count > 0)
        {
            throw new ArgumentException(
                string.Join(
                    Environment.NewLine,
                    found.Select(f =>
                        $"{f.Path}: {f.Rule}: found {f.Found}; expected {f.Expected}. {f.Remedy}"
                    )
                ),
                nameof(terms)
            );
        }
    }
}
