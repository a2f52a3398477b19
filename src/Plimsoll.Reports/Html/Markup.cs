using System.Globalization;
using System.Net;
using System.Text;
using Plimsoll.Decisions;

namespace Plimsoll.Reports.Html;

/// <summary>Writes HTML; every text goes through the encoder.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _page = new();

    /// <summary>Markup of our own, written as it is.</summary>
    public Markup Raw(string html)
    {
        _page.Append(html).Append('\n');
        return this;
    }

    /// <summary>An element with text.</summary>
    public Markup Text(string element, string text, string @class = "")
    {
        _page.Append('<').Append(element);
        if (@class.Length > 0)
        {
            _page.Append(" class=\"").Append(@class).Append('"');
        }
        _page.Append('>').Append(Encode(text)).Append("</").Append(element).Append(">\n");
        return this;
    }

    /// <summary>A list of sentences; nothing when there are none.</summary>
    public Markup Sentences(IEnumerable<string> sentences)
    {
        var all = sentences.ToList();
        if (all.Count == 0)
        {
            return this;
        }
        _page.Append("<ul>");
        foreach (var sentence in all)
        {
            _page.Append("<li>").Append(Encode(sentence)).Append("</li>");
        }
        _page.Append("</ul>\n");
        return this;
    }

    /// <summary>A table; cells beginning with a digit, sign or "no figure" are set right. On narrow screens each row becomes a card.</summary>
    public Markup Table(string[] header, IEnumerable<string[]> rows, string @class = "")
    {
        _page
            .Append("<div class=\"scroll\"><table class=\"")
            .Append(@class)
            .Append("\"><thead><tr>");
        foreach (var name in header)
        {
            _page.Append("<th>").Append(Encode(name)).Append("</th>");
        }
        _page.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            _page.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
            {
                var number = i > 0 && IsNumber(row[i]);
                _page
                    .Append(number ? "<td class=\"n\" data-name=\"" : "<td data-name=\"")
                    .Append(Encode(header[i]))
                    .Append("\">")
                    .Append(Encode(row[i]))
                    .Append("</td>");
            }
            _page.Append("</tr>");
        }
        _page.Append("</tbody></table></div>\n");
        return this;
    }

    /// <summary>A figure with its caption.</summary>
    public Markup Figure(string svg, string caption)
    {
        _page
            .Append("<figure>")
            .Append(svg)
            .Append("<figcaption>")
            .Append(Encode(caption))
            .Append("</figcaption></figure>\n");
        return this;
    }

    /// <summary>The page so far.</summary>
    public override string ToString() => _page.ToString();

    /// <summary>A value with its unit, rounded as far as it carries.</summary>
    public static string Value(double value, string unit) =>
        unit switch
        {
            "fraction" => Words.Percent(value),
            "1" or "" => Words.Round3(value),
            _ => double.IsNaN(value)
                ? "no figure"
                : string.Create(CultureInfo.InvariantCulture, $"{Words.Amount(value)} {unit}"),
        };

    private static bool IsNumber(string text) =>
        text.Length > 0
        && (
            char.IsAsciiDigit(text[0])
            || text[0] is '-' or '+'
            || text is "no figure" or "none" or "all"
            || text.StartsWith("under ", StringComparison.Ordinal)
            || text.StartsWith("over ", StringComparison.Ordinal)
        );

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
