using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>What the months up to the decision say: facts, not draws.</summary>
internal static class ToDateSection
{
    /// <summary>The section; null where no month was told.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.ToDate is not { } facts
            ? null
            : new PageSection(
                "to-date",
                figures.Say("report.todate.short"),
                figures.Say("todate.title"),
                page =>
                    page.Sentences(
                        facts.Said.Select(f =>
                            figures.Say("report.sentence", Sentence.Begin(figures.Book.Say(f)))
                        )
                    )
            );
}
