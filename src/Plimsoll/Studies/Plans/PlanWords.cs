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
        return plan.Course.Length == 0 ? Phrase.Of("plan.title")
            : plan.Open ? Phrase.Of("plan.title.open", plan.Title)
            : Phrase.Of("plan.title.course", plan.Title);
    }

    /// <summary>Its title, and what its course does with the centre where that is told.</summary>
    public static IReadOnlyList<Phrase> Head(PlanOfUse plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.What is { } what ? [Title(plan), what] : [Title(plan)];
    }

    /// <summary>A quarter of a fleet, or several alike: what, for how long, to whom, how much, at what price.</summary>
    public static Phrase Use(FleetQuarter use)
    {
        ArgumentNullException.ThrowIfNull(use);
        var key = use switch
        {
            { ToSell: > 0, Left: < 0.5 } => "plan.use.sell.all",
            { ToSell: > 0, Leaves: true } => "plan.use.sell.free",
            { ToSell: > 0 } => "plan.use.sell",
            { Product: null, Serve: not null, Leaves: true } => "plan.use.serve.sold",
            { Product: null, Serve: not null } => "plan.use.serve",
            { Product: null } => "plan.use.none",
            { HoursToSign: <= 0, Signs: true } => "plan.use.keep.sign",
            { HoursToSign: <= 0, Beside.Count: > 0 } => "plan.use.keep.beside",
            { HoursToSign: <= 0 } => "plan.use.keep",
            { TenorMonths: > 0 } => "plan.use",
            { Product: Product.Inference } when double.IsFinite(use.AskPerMillion) =>
                "plan.use.tokens",
            _ => "plan.use.hours",
        };
        return Phrase.Of(
            key,
            use.Title,
            use.Months <= 3
                ? Phrase.Of("plan.use.quarter")
                : Phrase.Of("plan.use.quarters", (use.Months + 2) / 3),
            use.From,
            Sold(use.Product),
            use.TenorMonths,
            use.Tenant,
            use.HoursToSign,
            use.Ask,
            use.Floor,
            use.ToSell,
            use.ResalePrice,
            use.Let,
            use.Serve ?? Phrase.Of("product.none"),
            use.AskPerMillion,
            use.Accelerators,
            use.Servers
        );
    }

    /// <summary>What is signed or sold in a quarter beside that; null where nothing is.</summary>
    public static Phrase? Beside(FleetQuarter use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return use.Beside.Count == 0
            ? null
            : Phrase.Of(
                "plan.beside",
                use.Beside.Select(b =>
                        Phrase.Of(
                            b.TenorMonths > 0 ? "plan.beside.lease"
                                : double.IsFinite(b.AskPerMillion) ? "plan.beside.tokens"
                                : "plan.beside.hours",
                            Sold(b.Product),
                            b.TenorMonths,
                            b.Accelerators,
                            b.Ask,
                            b.Floor,
                            b.AskPerMillion
                        )
                    )
                    .Aggregate((before, next) => Phrase.Of("list.semicolon", before, next))
            );
    }

    /// <summary>What is sold, in words.</summary>
    public static Phrase Sold(Product? product) =>
        Phrase.Of(product is { } sold ? $"product.{sold}" : "product.none");

    /// <summary>A quarter of the lender's, or several alike.</summary>
    public static Phrase Debt(DebtQuarter quarter)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        return Phrase.Of(
            quarter.Months <= 3 ? "plan.debt" : "plan.debt.quarters",
            quarter.From,
            quarter.Due,
            quarter.Paid,
            quarter.Unpaid,
            (quarter.Months + 2) / 3
        );
    }

    /// <summary>The quarters of the plan, those after one another that say the same taken together, with the last one's trigger.</summary>
    public static IReadOnlyList<FleetQuarter> Merged(IReadOnlyList<FleetQuarter> uses)
    {
        ArgumentNullException.ThrowIfNull(uses);
        var merged = new List<FleetQuarter>();
        foreach (var use in uses)
        {
            if (
                merged.Count > 0
                && merged[^1] is { } last
                && last.Fleet == use.Fleet
                && last.From + last.Months == use.From
                && Alike(last, use)
            )
            {
                merged[^1] = last with { Months = last.Months + use.Months, Trigger = use.Trigger };
            }
            else
            {
                merged.Add(use);
            }
        }
        return merged;
    }

    /// <summary>Quarters of the lender's after one another that say the same, taken together; due and paid are of one of them.</summary>
    public static IReadOnlyList<DebtQuarter> Merged(IReadOnlyList<DebtQuarter> quarters)
    {
        ArgumentNullException.ThrowIfNull(quarters);
        var merged = new List<DebtQuarter>();
        foreach (var quarter in quarters)
        {
            if (
                merged.Count > 0
                && merged[^1] is { } last
                && last.From + last.Months == quarter.From
                && Words(last, quarter) == Words(quarter, quarter)
            )
            {
                merged[^1] = last with { Months = last.Months + quarter.Months };
            }
            else
            {
                merged.Add(quarter);
            }
        }
        return merged;
    }

    /// <summary>The whole plan, line by line.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="book">The language.</param>
    public static IReadOnlyList<string> Lines(PlanOfUse plan, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(book);
        var lines = Head(plan).Select(book.Say).ToList();
        if (plan.Instead.Count > 0)
        {
            lines.Add(book.Say(Phrase.Of("plan.none")));
            lines.AddRange(plan.Instead.Select(book.Say));
        }
        foreach (var step in Steps(plan, book))
        {
            lines.AddRange([.. step.Do, .. step.Trigger, .. step.Missed]);
        }
        lines.AddRange(plan.Asked.Select(book.Say));
        lines.AddRange(Merged(plan.Debt).Select(d => book.Say(Debt(d))));
        return lines;
    }

    /// <summary>What is done quarter by quarter, what lets the next step begin, and what is done where that does not come about.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="book">The language.</param>
    public static IReadOnlyList<PlanStep> Steps(PlanOfUse plan, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(book);
        var uses = Merged(plan.Uses);
        var steps = uses.Select(use => new PlanStep(
                [
                    book.Say(Use(use)),
                    .. Beside(use) is { } beside ? new[] { book.Say(beside) } : [],
                    .. use.SellRather is { } sell ? new[] { book.Say(sell) } : [],
                    .. use is { Product: not null, Serve: { } serve }
                        ? new[] { book.Say(serve) }
                        : [],
                ],
                [book.Say(use.Trigger)],
                [
                    .. use.HoursToSign > 0
                        ? new[]
                        {
                            book.Say(
                                Phrase.Of("plan.missed", use.Missed, book.Say(use.IfMissed[0]))
                            ),
                        }
                        : [],
                    .. use
                        .IfMissed.Skip(use.HoursToSign > 0 ? 1 : 0)
                        .Where(p => !Stays(p))
                        .Select(book.Say),
                ]
            ))
            .ToList();
        // What the course itself signs comes first: all else stands on it.
        steps.InsertRange(
            0,
            plan.Sign.Select(s => new PlanStep([book.Say(s.Said)], [], [book.Say(s.Missed)]))
        );
        // That nothing else is better is said once.
        if (uses.Any(u => u.IfMissed.Any(Stays)))
        {
            steps.Add(new PlanStep([], [], [book.Say(Phrase.Of("plan.keep"))]));
        }
        return steps;
    }

    private static bool Stays(Phrase step) => step.Key == "plan.missed.keep";

    private static bool Alike(FleetQuarter one, FleetQuarter other)
    {
        FleetQuarter Dateless(FleetQuarter u) => u with { From = other.From, Months = 3 };
        string Said(FleetQuarter u) =>
            string.Join(
                '\n',
                u.IfMissed.Prepend(Use(Dateless(u)))
                    .Append(u.Serve ?? Phrase.Of("product.none"))
                    .Append(Beside(u) ?? Phrase.Of("product.none"))
                    .Append(u.SellRather ?? Phrase.Of("product.none"))
                    .Select(PhraseBook.English.Say)
                    .Append(Decisions.Words.Odds(u.Missed))
                    .Append(u.Trigger.Key)
            );
        return Said(one) == Said(other);
    }

    private static string Words(DebtQuarter quarter, DebtQuarter at) =>
        PhraseBook.English.Say(Debt(quarter with { From = at.From, Months = 3 }));
}

/// <summary>A step of a plan of use in words.</summary>
/// <param name="Do">What to do, and what is done beside it.</param>
/// <param name="Trigger">What lets the next step begin.</param>
/// <param name="Missed">What to do where that does not come about, in this order.</param>
public sealed record PlanStep(
    IReadOnlyList<string> Do,
    IReadOnlyList<string> Trigger,
    IReadOnlyList<string> Missed
);
