using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Plans;

/// <summary>A plan of use in words, the same on screen, in the report and in the document, in any language of the phrase book.</summary>
public static class PlanWords
{
    /// <summary>Its title.</summary>
    public static Phrase Title(PlanOfUse plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Course.Length > 0
            ? Phrase.Of("plan.title.course", plan.Course)
            : Phrase.Of("plan.title");
    }

    /// <summary>A quarter of a fleet: what, for how long, to whom, how much, at what price.</summary>
    public static Phrase Use(FleetQuarter use)
    {
        ArgumentNullException.ThrowIfNull(use);
        var key = use switch
        {
            { ToSell: > 0 } => "plan.use.sell",
            { Product: null } => "plan.use.none",
            { TenorMonths: > 0 } => "plan.use",
            _ => "plan.use.hours",
        };
        return Phrase.Of(
            key,
            use.Fleet,
            Phrase.Of("plan.use.quarter"),
            use.From,
            Sold(use.Product),
            use.TenorMonths,
            use.Tenant,
            use.HoursToSign,
            use.Ask,
            use.Floor,
            use.ToSell,
            use.ResalePrice
        );
    }

    /// <summary>What is sold, in words.</summary>
    public static Phrase Sold(Product? product) =>
        Phrase.Of(product is { } sold ? $"product.{sold}" : "product.none");

    /// <summary>A quarter of the lender's.</summary>
    public static Phrase Debt(DebtQuarter quarter)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        return Phrase.Of("plan.debt", quarter.From, quarter.Due, quarter.Paid, quarter.Unpaid);
    }

    /// <summary>The whole plan, line by line.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="book">The language.</param>
    public static IReadOnlyList<string> Lines(PlanOfUse plan, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(book);
        var lines = new List<string> { book.Say(Title(plan)) };
        if (plan.Instead.Count > 0)
        {
            lines.Add(book.Say(Phrase.Of("plan.none")));
            lines.AddRange(plan.Instead.Select(book.Say));
        }
        foreach (var use in plan.Uses)
        {
            lines.Add(book.Say(Use(use)));
            lines.Add(book.Say(use.Trigger));
            if (use.HoursToSign > 0)
            {
                lines.Add(
                    book.Say(Phrase.Of("plan.missed", use.Missed, book.Say(use.IfMissed[0])))
                );
            }
            lines.AddRange(use.IfMissed.Skip(use.HoursToSign > 0 ? 1 : 0).Select(book.Say));
        }
        lines.AddRange(plan.Asked.Select(book.Say));
        lines.AddRange(plan.Debt.Select(d => book.Say(Debt(d))));
        return lines;
    }
}
