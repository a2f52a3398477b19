using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>What the months up to the decision say: facts, not draws.</summary>
internal static class ToDateSection
{
    /// <summary>The section; null where no month was told.</summary>
    public static PageSection? Of(StudyResult result) =>
        result.ToDate is not { } facts
            ? null
            : new PageSection(
                "to-date",
                "To date",
                PhraseBook.English.Say(Quantities.Phrase.Of("todate.title")),
                page =>
                    page.Sentences(
                        facts.Said.Select(f => Sentence.Begin(PhraseBook.English.Say(f)) + ".")
                    )
            );
}
