using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Plans;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The plan of use in which the verdict ends, by fleet and quarter; and the same in Chinese.</summary>
internal static class PlanSection
{
    /// <summary>The section; null where no plan was made.</summary>
    public static PageSection? Of(StudyResult result, Figures figures)
    {
        var plan = result.PlanOfUse;
        return plan.Uses.Count + plan.Instead.Count + plan.Sign.Count == 0
            ? null
            : new PageSection(
                "plan",
                figures.Say("report.plan.short"),
                figures.Book.Say(PlanWords.Title(plan)),
                page =>
                {
                    if (plan.What is { } what)
                    {
                        page.Text("p", figures.Book.Say(what));
                    }
                    Instead(page, plan, figures);
                    List(
                        page,
                        plan.Sign.SelectMany(s => new[] { s.Said, s.Missed })
                            .Select(figures.Book.Say)
                    );
                    Uses(page, plan, figures);
                    Debt(page, plan, figures);
                    Asked(page, plan, figures);
                    if (figures.Book.Language != "zh")
                    {
                        Chinese(page, result);
                    }
                }
            );
    }

    private static void Instead(Markup page, PlanOfUse plan, Figures figures)
    {
        if (plan.Instead.Count > 0)
        {
            page.Text("p", figures.Book.Say(Phrase.Of("plan.none")));
            List(page, plan.Instead.Select(figures.Book.Say));
        }
    }

    private static void Uses(Markup page, PlanOfUse plan, Figures figures)
    {
        if (plan.Uses.Count == 0)
        {
            return;
        }
        var book = figures.Book;
        page.Text("p", figures.Say("report.plan.note"));
        page.Table(
            figures.Say("report.plan.table"),
            [
                figures.Say("report.plan.fleet"),
                figures.Say("report.plan.quarter"),
                figures.Say("report.plan.product"),
                figures.Say("report.plan.tenor"),
                figures.Say("report.plan.tenant"),
                figures.Say("report.plan.hours"),
                figures.Say("report.plan.ask"),
                figures.Say("report.plan.floor"),
                figures.Say("report.plan.missed"),
                figures.Say("report.plan.trigger"),
                figures.Say("report.plan.else"),
            ],
            Merged(plan)
                .SelectMany(of =>
                {
                    var (u, i) = of;
                    return Besides(u, i, figures)
                        .Prepend(
                            (
                                "",
                                (IReadOnlyList<Cell>)
                                    [
                                        u.Fleet,
                                        Quarters(u.From, u.Months, figures),
                                        book.Say(PlanWords.Sold(u.Product)),
                                        u.TenorMonths > 0
                                            ? figures.Months(
                                                u.TenorMonths,
                                                $"planOfUse.uses[{i}].tenorMonths"
                                            )
                                            : (Cell)figures.Say("report.none"),
                                        book.Say(u.Tenant),
                                        figures.Value(
                                            u.Accelerators,
                                            "GPU",
                                            $"planOfUse.uses[{i}].accelerators"
                                        ),
                                        figures.Price(u.Ask, $"planOfUse.uses[{i}].ask"),
                                        figures.Price(u.Floor, $"planOfUse.uses[{i}].floor"),
                                        figures.Odds(u.Missed, $"planOfUse.uses[{i}].missed"),
                                        book.Say(u.Trigger),
                                        book.Join(
                                            (u.SellRather is { } sell ? new[] { sell } : [])
                                                .Concat(u.IfMissed)
                                                .Select(book.Say)
                                        ),
                                    ]
                            )
                        );
                })
        );
    }

    /// <summary>A row for each product that is signed or sold beside what brings most.</summary>
    private static IEnumerable<(string, IReadOnlyList<Cell>)> Besides(
        FleetQuarter use,
        int place,
        Figures figures
    ) =>
        use.Beside.Select(
            (b, k) =>
            {
                var of = $"planOfUse.uses[{place}].beside[{k}].";
                return (
                    "",
                    (IReadOnlyList<Cell>)
                        [
                            use.Fleet,
                            Quarters(use.From, use.Months, figures),
                            figures.Book.Say(PlanWords.Sold(b.Product)),
                            b.TenorMonths > 0
                                ? figures.Months(b.TenorMonths, of + "tenorMonths")
                                : (Cell)figures.Say("report.none"),
                            figures.Book.Say(Phrase.Of($"tenant.{b.Product}")),
                            figures.Value(b.Accelerators, "GPU", of + "accelerators"),
                            figures.Price(b.Ask, of + "ask"),
                            figures.Price(b.Floor, of + "floor"),
                            figures.Say("report.none"),
                            figures.Say("report.none"),
                            figures.Say("report.none"),
                        ]
                );
            }
        );

    /// <summary>The quarters of the plan, those that say the same taken together, each with the place of its first in the document.</summary>
    private static IEnumerable<(FleetQuarter Use, int Place)> Merged(PlanOfUse plan)
    {
        var place = 0;
        foreach (var use in PlanWords.Merged(plan.Uses))
        {
            while (
                plan.Uses[place] is var first && (first.Fleet, first.From) != (use.Fleet, use.From)
            )
            {
                place++;
            }
            yield return (use, place);
        }
    }

    private static string Quarters(Month from, int months, Figures figures) =>
        months <= 3
            ? figures.Month(from)
            : $"{figures.Month(from)}, {figures.Book.Say(Phrase.Of("plan.use.quarters", (months + 2) / 3))}";

    private static void Debt(Markup page, PlanOfUse plan, Figures figures)
    {
        if (plan.Debt.Count > 0)
        {
            page.Table(
                figures.Say("report.plan.debt"),
                [
                    figures.Say("report.plan.quarter"),
                    figures.Say("report.plan.due"),
                    figures.Say("report.plan.paid"),
                    figures.Say("report.plan.behind"),
                ],
                PlanWords
                    .Merged(plan.Debt)
                    .Select(d =>
                    {
                        var i = Enumerable
                            .Range(0, plan.Debt.Count)
                            .First(k => plan.Debt[k].From == d.From);
                        return (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    Quarters(d.From, d.Months, figures),
                                    figures.Money(d.Due, $"planOfUse.debt[{i}].due"),
                                    figures.Money(d.Paid, $"planOfUse.debt[{i}].paid"),
                                    figures.Odds(d.Unpaid, $"planOfUse.debt[{i}].unpaid"),
                                ]
                        );
                    })
            );
        }
    }

    private static void Asked(Markup page, PlanOfUse plan, Figures figures)
    {
        if (plan.Asked.Count > 0)
        {
            page.Text("h3", figures.Say("report.plan.asked"));
            List(page, plan.Asked.Select(figures.Book.Say));
        }
    }

    private static void Chinese(Markup page, StudyResult result)
    {
        page.Raw(
            "<details lang=\"zh\"><summary><span>结论与使用方案（中文）</span><b></b></summary>"
        );
        List(page, StudySummary.Lines(result, PhraseBook.Chinese));
        page.Raw("</details>");
    }

    private static void List(Markup page, IEnumerable<string> lines)
    {
        if (!lines.Any())
        {
            return;
        }
        page.Raw("<ul>");
        foreach (var line in lines)
        {
            page.Text("li", line);
        }
        page.Raw("</ul>");
    }
}
