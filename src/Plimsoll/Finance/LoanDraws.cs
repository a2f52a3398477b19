using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>In which months a loan is drawn, as far as its terms say: the one answer for every check of a case or a study.</summary>
internal static class LoanDraws
{
    /// <summary>Capital costs that a loan funds.</summary>
    public static IEnumerable<CapitalCost> Funded(FinanceTerms terms, DebtTranche t) =>
        terms.CapitalCosts.Where(c =>
            t.Funds.Count == 0 || t.Funds.Contains(c.Name, StringComparer.Ordinal)
        );

    /// <summary>Months in which what a loan funds is drawn, as far as equity does not come first; none where it funds nothing.</summary>
    public static IEnumerable<int> Of(FinanceTerms terms, DebtTranche t) =>
        Funded(terms, t)
            .Select(c => Math.Max(0, c.Month))
            .Select(m => m + (t.Draw == DrawRule.EquityFirst ? 0 : t.AcceptanceMonths));

    /// <summary>A finding where base rates in steps begin after the loan is first drawn; null where they do not, and of a loan that funds nothing.</summary>
    /// <param name="terms">With the capital costs.</param>
    /// <param name="t">The loan.</param>
    /// <param name="item">Path of its row.</param>
    /// <param name="stands">True when it is owed as the outlook begins, and bears the first month's interest.</param>
    public static Finding? RateMissing(
        FinanceTerms terms,
        DebtTranche t,
        InputPath item,
        bool stands
    )
    {
        var draws = Of(terms, t).ToList();
        if (t.BaseRates.Count == 0 || draws.Count == 0)
        {
            return null;
        }
        var first = t.BaseRates.Min(r => r.FromMonth);
        var drawn = draws.Min();
        // What is drawn in a month bears interest from the next.
        var from = stands ? 0 : drawn + 1;
        return from >= first
            ? null
            : new Finding(
                item.Key("base_rates"),
                "rate-missing",
                stands
                    ? $"rates from month {first} of a loan that stands in month {drawn}"
                    : $"rates from month {first} of a loan that is drawn in month {drawn}",
                $"a rate from month {from} or before",
                "Begin the list with the rate of that month."
            );
    }
}
