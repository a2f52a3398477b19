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
        return plan.Uses.Count + plan.Instead.Count == 0
            ? null
            : new PageSection(
                "plan",
                "Plan of use",
                PhraseBook.English.Say(PlanWords.Title(plan)),
                page =>
                {
                    Instead(page, plan);
                    Uses(page, plan, figures);
                    Debt(page, plan, figures);
                    Asked(page, plan);
                    Chinese(page, plan);
                }
            );
    }

    private static void Instead(Markup page, PlanOfUse plan)
    {
        if (plan.Instead.Count > 0)
        {
            page.Text("p", PhraseBook.English.Say(Phrase.Of("plan.none")));
            List(page, plan.Instead.Select(PhraseBook.English.Say));
        }
    }

    private static void Uses(Markup page, PlanOfUse plan, Figures figures)
    {
        if (plan.Uses.Count == 0)
        {
            return;
        }
        var book = PhraseBook.English;
        page.Text(
            "p",
            "Medians of the draws. Hours to sign are those of new contracts over their tenor, or hours to be sold where there is no contract. Missed: less than half of them."
        );
        page.Table(
            "What to sell, by fleet and quarter",
            [
                "fleet",
                "quarter from",
                "product",
                "tenor",
                "to whom",
                "GPU-hours to sign",
                "ask",
                "not below",
                "missed",
                "go on when",
                "else",
            ],
            plan.Uses.Select(
                (u, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                u.Fleet,
                                u.From.ToString(),
                                book.Say(PlanWords.Sold(u.Product)),
                                u.TenorMonths > 0
                                    ? figures.Months(
                                        u.TenorMonths,
                                        $"planOfUse.uses[{i}].tenorMonths"
                                    )
                                    : (Cell)"none",
                                book.Say(u.Tenant),
                                Figures.In(
                                    u.HoursToSign,
                                    "GPU-h",
                                    $"planOfUse.uses[{i}].hoursToSign"
                                ),
                                figures.Price(u.Ask, $"planOfUse.uses[{i}].ask"),
                                figures.Price(u.Floor, $"planOfUse.uses[{i}].floor"),
                                figures.Odds(u.Missed, $"planOfUse.uses[{i}].missed"),
                                book.Say(u.Trigger),
                                string.Join("; ", u.IfMissed.Select(book.Say)),
                            ]
                    )
            )
        );
    }

    private static void Debt(Markup page, PlanOfUse plan, Figures figures)
    {
        if (plan.Debt.Count > 0)
        {
            page.Table(
                "What the lender is paid, by quarter",
                ["quarter from", "due", "paid", "behind"],
                plan.Debt.Select(
                    (d, i) =>
                        (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    d.From.ToString(),
                                    figures.Money(d.Due, $"planOfUse.debt[{i}].due"),
                                    figures.Money(d.Paid, $"planOfUse.debt[{i}].paid"),
                                    figures.Odds(d.Unpaid, $"planOfUse.debt[{i}].unpaid"),
                                ]
                        )
                )
            );
        }
    }

    private static void Asked(Markup page, PlanOfUse plan)
    {
        if (plan.Asked.Count > 0)
        {
            page.Text("h3", "To be asked for");
            List(page, plan.Asked.Select(PhraseBook.English.Say));
        }
    }

    private static void Chinese(Markup page, PlanOfUse plan)
    {
        page.Raw("<details lang=\"zh\"><summary><span>使用方案（中文）</span><b></b></summary>");
        List(page, PlanWords.Lines(plan, PhraseBook.Chinese));
        page.Raw("</details>");
    }

    private static void List(Markup page, IEnumerable<string> lines)
    {
        page.Raw("<ul>");
        foreach (var line in lines)
        {
            page.Text("li", line);
        }
        page.Raw("</ul>");
    }
}
