using Plimsoll.Studies;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The numbers that would flip the verdict: the three nearest as cards, the others below.</summary>
internal static class FlipSection
{
    private const int Nearest = 3;

    /// <summary>The section; null when none was sought.</summary>
    public static PageSection? Of(StudyResult result) =>
        result.Flips.Count == 0
            ? null
            : new PageSection(
                "flips",
                "Flips",
                "The numbers that would flip it",
                page =>
                {
                    page.Raw("<div class=\"cards-row\">");
                    for (var i = 0; i < Math.Min(Nearest, result.Flips.Count); i++)
                    {
                        Card(page, result.Flips[i], i);
                    }
                    page.Raw("</div>");
                    if (result.Flips.Count > Nearest)
                    {
                        Others(page, result);
                    }
                }
            );

    private static void Card(Markup page, FlipPoint flip, int index)
    {
        var (now, at) = Values(flip, index);
        page.Raw(
            $"<div class=\"card\"><span>{Markup.Encode(Sentence.Begin(flip.Input))}, now {now.Html}</span><b>{at}</b><span>{Markup.Encode(Sentence.Begin(flip.Meaning))}</span></div>"
        );
    }

    private static void Others(Markup page, StudyResult result)
    {
        page.Raw(
            "<details><summary><span>Other numbers that were tried</span><b></b></summary><div>"
        );
        page.Table(
            "Numbers tried, nearest first",
            ["number", "now", "turns at", "in words"],
            result
                .Flips.Select((f, i) => (Flip: f, Index: i))
                .Skip(Nearest)
                .Select(f =>
                {
                    var (now, at) = Values(f.Flip, f.Index);
                    return (
                        "",
                        (IReadOnlyList<Cell>)
                            [Sentence.Begin(f.Flip.Input), now, new Cell(at, true), f.Flip.Meaning]
                    );
                })
        );
        page.Raw("</div></details>");
    }

    /// <summary>The two values; a number without unit is a share.</summary>
    private static (Shown Now, string At) Values(FlipPoint flip, int index)
    {
        var unit = flip.Unit.Length == 0 ? "fraction" : flip.Unit;
        var of = $"flips[{index}].";
        return (
            Figures.In(flip.Now, unit, of + "now"),
            double.IsNaN(flip.AtFlip)
                ? "none found"
                : Figures.In(flip.AtFlip, unit, of + "atFlip").Html
        );
    }
}
