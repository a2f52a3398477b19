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
            $"Plimsoll · a question of the {result.Question} · decided {result.Decided} · {result.Months} months from {result.Start} · amounts in {figures.Code}, nominal",
            "kicker"
        );
        page.Text("h1", result.Name);
        page.Text("p", result.Centre);
        if (result.Explanation.Length > 0)
        {
            page.Text("p", result.Explanation, "soft");
        }
        var verdict = result.Verdict;
        page.Raw($"<div class=\"verdict {Asker.Tone(verdict.Kind)}\">");
        page.Text("p", asker.Question, "soft");
        page.Text("p", Words.Of(verdict.Kind), "word");
        page.Text("p", Body(verdict), "head");
        page.Sentences(verdict.Grounds);
        if (verdict.Unknown.Count > 0)
        {
            page.Text(
                "h3",
                verdict.Kind == VerdictKind.Unresolved
                    ? "What would resolve it"
                    : "What this does not know"
            );
            page.Sentences(verdict.Unknown);
        }
        page.Raw("</div>");
        if (!result.Fitted)
        {
            page.Raw(
                "<p class=\"banner\"><b>Unfitted prior.</b> This market has no measured targets to fit to. Its odds come from priors alone and cannot carry a decision to build or to lend.</p>"
            );
        }
        page.Text("p", Sentence.Begin(result.Market), "soft");
    }

    /// <summary>The headline without the verdict's name in front, which stands above it already.</summary>
    private static string Body(Verdict verdict)
    {
        var name = Words.Of(verdict.Kind) + ": ";
        var body = verdict.Headline.StartsWith(name, StringComparison.Ordinal)
            ? verdict.Headline[name.Length..]
            : verdict.Headline;
        return Sentence.Begin(body);
    }
}
