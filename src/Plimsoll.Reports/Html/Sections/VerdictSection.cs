using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>What is asked and what is answered.</summary>
internal static class VerdictSection
{
    /// <summary>Writes the head of the page.</summary>
    public static void Write(Markup page, StudyResult result, Figures figures, Asker asker)
    {
        page.Text(
            "p",
            figures.Say(
                "report.kicker",
                figures.Book.Name("question", result.Question),
                result.Decided,
                result.Months,
                result.Start,
                figures.Code
            ),
            "kicker"
        );
        page.Text("h1", result.Name);
        page.Text("p", figures.Book.Say(result.CentreSaid));
        if (result.Explanation.Length > 0)
        {
            page.Text("p", result.Explanation, "soft");
        }
        var verdict = result.Verdict;
        page.Raw($"<div class=\"verdict {Asker.Tone(verdict.Kind)}\">");
        page.Text("p", asker.Question, "soft");
        page.Text("p", figures.Book.Say(Words.Heading(verdict)), "word");
        page.Text("p", Body(verdict, figures.Book), "head");
        page.Sentences(verdict.Because.Select(figures.Book.Say));
        if (verdict.Unknown.Count > 0)
        {
            page.Text(
                "h3",
                verdict.Kind == VerdictKind.Unresolved
                    ? figures.Say("report.verdict.resolve")
                    : figures.Say("report.verdict.unknown")
            );
            page.Sentences(verdict.Doubts.Select(figures.Book.Say));
        }
        page.Raw("</div>");
        if (!result.Fitted)
        {
            page.Raw(
                $"<p class=\"banner\"><b>{figures.Say("report.unfitted")}</b> {figures.Say("report.unfitted.means")}</p>"
            );
        }
        page.Text("p", Sentence.Begin(figures.Book.Say(result.MarketSaid)), "soft");
    }

    /// <summary>The headline without the verdict's name in front, which stands above it already.</summary>
    private static string Body(Verdict verdict, PhraseBook book)
    {
        var name = book.Say(Words.Said(verdict.Kind));
        var said = book.Say(verdict.Said);
        var colon = said.Length > name.Length ? said[name.Length] : ' ';
        return Sentence.Begin(
            said.StartsWith(name, StringComparison.Ordinal) && colon is ':' or '：'
                ? said[(name.Length + 1)..].TrimStart()
                : said
        );
    }
}
