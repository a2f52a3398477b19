using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports;

/// <summary>An answer in sentences as one HTML file that needs nothing else, in English or Chinese: the same words as on the screen.</summary>
public static class PhrasePage
{
    /// <summary>The page.</summary>
    /// <param name="lines">Sentences, the title first; items of a list stand below the sentence before them.</param>
    /// <param name="book">The language.</param>
    /// <exception cref="ArgumentException">There are no lines.</exception>
    public static string Html(IReadOnlyList<(bool Item, Phrase Said)> lines, PhraseBook book)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(book);
        if (lines.Count == 0)
        {
            throw new ArgumentException("A page has a title.", nameof(lines));
        }
        var page = new Markup();
        var title = book.Say(lines[0].Said);
        page.Raw("<!DOCTYPE html>");
        page.Raw(
            $"<html lang=\"{book.Language}\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
        );
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        );
        page.Text("title", title);
        page.Raw($"<style>\n{StudyReport.StyleSheet()}</style></head><body><main>");
        page.Text("h1", title);
        for (var i = 1; i < lines.Count; )
        {
            if (!lines[i].Item)
            {
                var heads = i + 1 < lines.Count && lines[i + 1].Item;
                page.Text(heads ? "h2" : "p", book.Say(lines[i].Said));
                i++;
                continue;
            }
            var items = lines.Skip(i).TakeWhile(l => l.Item).ToList();
            page.Sentences(items.Select(l => book.Say(l.Said)));
            i += items.Count;
        }
        page.Raw("</main></body></html>");
        return page.ToString();
    }
}
