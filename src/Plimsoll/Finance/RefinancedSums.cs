using System.Globalization;

namespace Plimsoll.Finance;

/// <summary>Sums that a tranche owes at the end of its tenor, in words: how much of each was lent anew, which limit kept it from being more, and what of a payment was missed.</summary>
public static class RefinancedSums
{
    /// <summary>Money below which nothing is said.</summary>
    private const double Least = 1;

    /// <summary>One sentence for each tranche lent anew, without its full stop.</summary>
    /// <param name="model">The case.</param>
    /// <param name="flow">Its cash flow.</param>
    public static IEnumerable<string> Of(ProjectModel model, CashFlow flow)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(flow);
        var plan = model.Debt;
        for (var i = 0; i < plan.Tranches.Count; i++)
        {
            var month = plan.RefinanceMonth[i];
            if (
                plan.Tranches[i].Refinancing is not { } again
                || month < 0
                || month >= flow.Months
                || (flow.DefaultMonth >= 0 && flow.DefaultMonth <= month)
                || plan.RefinanceMonth.Count(m => m == month) > 1
            )
            {
                continue;
            }
            var lent = flow.Refinanced[month];
            var due = lent + flow.TranchePrincipal[i][month];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Tranches[i].Name}: of {due:0} due in {flow.Start + month}, {lent:0} is lent anew{Limit(again, flow, month, lent, due)}; a cover ahead leaves all of it to the new loan"
            );
        }
    }

    /// <summary>The limit that binds; nothing where all was lent anew.</summary>
    private static string Limit(
        Refinancing again,
        CashFlow flow,
        int month,
        double lent,
        double due
    )
    {
        if (lent >= due - Least)
        {
            return "";
        }
        var value = flow.FleetValue[month];
        if (again.LoanToValue > 0 && Math.Abs((again.LoanToValue * value) - lent) < Least)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $", {100 * again.LoanToValue:0.#} % of a fleet value of {value:0}"
            );
        }
        var year = Enumerable
            .Range(Math.Max(0, month - 11), Math.Min(12, month + 1))
            .Sum(m => flow.OperatingCash[m]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $", what cash of {year:0} a year carries at a cover of {again.Cover:0.##}"
        );
    }

    /// <summary>Payments that were short and made good later, the largest first; empty where none was, or where a default follows.</summary>
    /// <param name="flow">The cash flow.</param>
    public static string Missed(CashFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var first = Array.FindIndex(flow.Arrears, a => a > Least);
        if (first < 0 || flow.DefaultMonth >= 0)
        {
            return "";
        }
        var cured = Array.FindIndex(flow.Arrears, first, a => a <= Least);
        var made = cured < 0 ? ", never made good" : $", made good by {flow.Start + cured}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The payment of {flow.Start + first} was short by {flow.Arrears[first]:#,0} {flow.Currency}{made}."
        );
    }
}
