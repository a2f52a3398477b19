using Plimsoll.Studies;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The numbers that would flip the verdict: the three nearest as cards, the others below.</summary>
internal static class FlipSection
{
    private const int Nearest = 3;

    /// <summary>The section; null when none was sought.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Flips.Count == 0
            ? null
            : new PageSection(
                "flips",
                figures.Say("report.flips.short"),
                figures.Say("report.flips"),
                page =>
                {
                    page.Raw("<div class=\"cards-row\">");
                    for (var i = 0; i < Math.Min(Nearest, result.Flips.Count); i++)
                    {
                        Card(page, result.Flips[i], i, figures);
                    }
                    page.Raw("</div>");
                    if (result.Flips.Count > Nearest)
                    {
                        Others(page, result, figures);
                    }
                    BreakEvens(page, result, figures);
                }
            );

    private static void Card(Markup page, FlipPoint flip, int index, Figures figures)
    {
        var (now, at) = Values(flip, index, figures);
        page.Raw(
            $"<div class=\"card\"><span>{figures.Say("report.flips.now", Markup.Encode(Sentence.Begin(figures.Book.Say(flip.Title))), now.Html)}</span><b>{at}</b><span>{Markup.Encode(Sentence.Begin(figures.Book.Say(flip.Said)))}</span></div>"
        );
    }

    /// <summary>For an owner, the rents at which the other courses change places with the one followed.</summary>
    private static void BreakEvens(Markup page, StudyResult result, Figures figures)
    {
        if (result.BreakEvens.Count == 0)
        {
            return;
        }
        page.Table(
            figures.Say("report.breakeven", result.BreakEvens[0].AgainstTitle),
            [
                figures.Say("report.option"),
                figures.Say("report.breakeven.rent", figures.PriceUnit),
                figures.Say("report.breakeven.times"),
                figures.Say("report.flips.words"),
            ],
            result.BreakEvens.Select(
                (b, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                figures.Book.Say(b.Title),
                                figures.Price(b.RentPerGpuHour, $"breakEvens[{i}].rentPerGpuHour"),
                                figures.Times(b.Factor, $"breakEvens[{i}].factor"),
                                figures.Book.Say(b.Said(result.Currency.Code)),
                            ]
                    )
            )
        );
        page.Text("p", figures.Say("breakeven.note"), "soft");
    }

    private static void Others(Markup page, StudyResult result, Figures figures)
    {
        page.Raw(
            $"<details><summary><span>{figures.Say("report.flips.others")}</span><b></b></summary><div>"
        );
        page.Table(
            figures.Say("report.flips.table"),
            [
                figures.Say("report.flips.number"),
                figures.Say("report.flips.value"),
                figures.Say("report.flips.at"),
                figures.Say("report.flips.words"),
            ],
            result
                .Flips.Select((f, i) => (Flip: f, Index: i))
                .Skip(Nearest)
                .Select(f =>
                {
                    var (now, at) = Values(f.Flip, f.Index, figures);
                    return (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                Sentence.Begin(figures.Book.Say(f.Flip.Title)),
                                now,
                                new Cell(at, true),
                                figures.Book.Say(f.Flip.Said),
                            ]
                    );
                })
        );
        page.Raw("</div></details>");
    }

    /// <summary>The two values; a number without unit is a share.</summary>
    private static (Shown Now, string At) Values(FlipPoint flip, int index, Figures figures)
    {
        var unit = flip.Unit.Length == 0 ? "fraction" : flip.Unit;
        var of = $"flips[{index}].";
        return (
            figures.Value(flip.Now, unit, of + "now"),
            double.IsNaN(flip.AtFlip)
                ? figures.Say("report.flips.none")
                : figures.Value(flip.AtFlip, unit, of + "atFlip").Html
        );
    }
}
