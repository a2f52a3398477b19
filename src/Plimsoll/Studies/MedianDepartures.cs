using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>In what the middle draw is no middle: it is the middle of the cover alone, and one real draw in all else.</summary>
internal static class MedianDepartures
{
    /// <summary>Share by which capital cost may differ from the study's own before it is said.</summary>
    private const double Told = 0.01;

    /// <summary>What befalls the centre in it that the plan does not foresee, in one sentence; null for nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="median">The draw.</param>
    public static Phrase? Of(StudyCase plan, MedianCase median) =>
        All(plan, median) is { Count: > 0 } all
            ? Phrase.Of(
                "memo.draw",
                all.Aggregate((before, next) => Phrase.Of("list.semicolon", before, next))
            )
            : null;

    private static List<Phrase> All(StudyCase plan, MedianCase median)
    {
        var said = new List<Phrase>();
        var own = CaseTerms.Of(plan, n => n.Value, median.Case.Built).TotalCapitalCost;
        var here = median.Model.Terms.TotalCapitalCost;
        if (own > 0 && Math.Abs((here / own) - 1) > Told)
        {
            said.Add(Phrase.Of("memo.draw.cost", here / own));
        }
        var outlook = median.Case.Outlook.Physical;
        var failed = outlook
            .Leases.Where(l => l.Reason == LeaseEnd.OperatorFailed)
            .Select(l => l.EndedMonth)
            .DefaultIfEmpty(outlook.Months)
            .Min();
        if (failed < outlook.Months)
        {
            said.Add(Phrase.Of("memo.draw.operator", outlook.Start + failed));
        }
        foreach (var run in outlook.Signed)
        {
            var tenant = TenantsToBeSigned.Said(run.Terms.Tenant.Name);
            if (
                run.EndMonth < outlook.Months
                && run.Reason is LeaseEnd.Breached or LeaseEnd.Defaulted or LeaseEnd.RightUsed
            )
            {
                said.Add(Phrase.Of("memo.draw.leaves", tenant, outlook.Start + run.EndMonth));
            }
            if (run.RentCut > 0)
            {
                said.Add(Phrase.Of("memo.draw.cut", tenant, run.RentCut));
            }
        }
        // A tenant of several leases leaves them together: that is told once.
        return [.. said.DistinctBy(PhraseBook.English.Say)];
    }
}
