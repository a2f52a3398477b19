using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The numbers that would flip the verdict.</summary>
internal static class FlipSection
{
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
                    for (var i = 0; i < result.Flips.Count; i++)
                    {
                        var flip = result.Flips[i];
                        var of = $"flips[{i}].";
                        var now = Figures.In(flip.Now, flip.Unit, of + "now").Html;
                        var at = double.IsNaN(flip.AtFlip)
                            ? "none found"
                            : Figures.In(flip.AtFlip, flip.Unit, of + "atFlip").Html;
                        page.Raw(
                            $"<div class=\"card\"><span>{Markup.Encode(Sentence.Begin(flip.Input))}, now {now}</span><b>{at}</b><span>{Markup.Encode(flip.Meaning)}</span></div>"
                        );
                    }
                    page.Raw("</div>");
                }
            );
}
