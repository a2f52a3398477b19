using System.Reflection;
using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Reports.Html;
using Plimsoll.Reports.Html.Sections;
using Plimsoll.Studies;

namespace Plimsoll.Reports;

/// <summary>The report of a study: one HTML file that needs nothing else, for screen and print, in light and dark.</summary>
/// <remarks>
/// Charts are SVG inside the file; nothing is loaded from anywhere and nothing runs. The same result gives the same bytes.
/// Every figure stands in a <c>data</c> element whose <c>value</c> is exact and whose <c>data-of</c> names its place in the result.
/// </remarks>
public static class StudyReport
{
    /// <summary>Writes the report as UTF-8.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(StudyResult result, Stream stream) =>
        Write(result, stream, PhraseBook.English);

    /// <summary>Writes the report in a language as UTF-8.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="book">The language.</param>
    public static void Write(StudyResult result, Stream stream, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(new UTF8Encoding(false).GetBytes(Html(result, book)));
    }

    /// <summary>Writes the report.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="writer">Where to; must write UTF-8, as the page declares.</param>
    public static void Write(StudyResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Html(result));
    }

    /// <summary>The report as text.</summary>
    public static string Html(StudyResult result) => Html(result, PhraseBook.English);

    /// <summary>The report as text in a language.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="book">The language.</param>
    public static string Html(StudyResult result, PhraseBook book)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        var page = new Markup();
        var figures = new Figures(result.Currency, book);
        var asker = Asker.Of(result.Question, book);
        var sections = Order(result, figures, asker).ToList();
        page.Raw("<!DOCTYPE html>");
        page.Raw(
            $"<html lang=\"{book.Language}\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
        );
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        );
        page.Text(
            "title",
            figures.Say("report.title", result.Name, Words.Said(result.Verdict.Kind))
        );
        page.Raw($"<style>\n{StyleSheet()}</style></head><body><main>");
        Memos.MemoSection.Write(page, result.MemoIn(book), book);
        VerdictSection.Write(page, result, figures, asker);
        page.Raw(
            $"<nav aria-label=\"{figures.Say("report.contents")}\">{string.Concat(sections.Select(s => $"<a href=\"#{s.Id}\">{Markup.Encode(s.Short)}</a>\n"))}</nav>"
        );
        foreach (var section in sections)
        {
            page.Section(section.Id, section.Heading, section.Body);
        }
        page.Text("p", figures.Say("report.foot", result.Draws, result.Seed), "soft");
        page.Raw("</main></body></html>");
        return page.ToString();
    }

    private static IEnumerable<PageSection> Order(StudyResult result, Figures figures, Asker asker)
    {
        var odds = OddsSection.Of(result, figures, asker);
        var rule = RuleSection.Of(result, figures);
        var flips = FlipSection.Of(result, figures);
        var floor = FloorSection.Of(result, figures);
        var loan = LoanSection.Of(result, figures);
        var forecast = ForecastSection.Of(result, figures);
        var options = OptionsSection.Of(result, figures, asker);
        var time = TimeSection.Of(result, figures);
        var cash = WaterfallSection.Of(result, figures);
        var plan = PlanSection.Of(result, figures);
        var toDate = ToDateSection.Of(result, figures);
        PageSection?[] middle = result.Question.ToUpperInvariant() switch
        {
            "LENDER" =>
            [
                toDate,
                odds,
                loan,
                plan,
                flips,
                rule,
                forecast,
                time,
                cash,
                options,
                floor,
            ],
            "OWNER" =>
            [
                toDate,
                odds,
                plan,
                options,
                floor,
                flips,
                rule,
                time,
                cash,
                loan,
                forecast,
            ],
            _ => [toDate, odds, plan, flips, rule, forecast, options, floor, time, cash, loan],
        };
        PageSection?[] rest =
        [
            SensitivitySection.Of(result, figures),
            StressSection.Of(result, figures),
            ReachSection.Of(result, figures),
            WhySection.Of(result, figures),
            AssumptionsSection.Of(result, figures),
            LimitsSection.Of(result, figures),
        ];
        return middle.Concat(rest).OfType<PageSection>();
    }

    /// <summary>The style of every report.</summary>
    internal static string StyleSheet()
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("report.css is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
