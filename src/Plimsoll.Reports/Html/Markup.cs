using System.Net;
using System.Text;

namespace Plimsoll.Reports.Html;

/// <summary>A cell of a table: text, or figures.</summary>
/// <param name="Html">Markup, already encoded.</param>
/// <param name="Number">True for figures, which are set to the right.</param>
internal readonly record struct Cell(string Html, bool Number)
{
    /// <summary>A cell of plain text.</summary>
    public static implicit operator Cell(string text) => new(Markup.Encode(text), false);

    /// <summary>A cell with a figure.</summary>
    public static implicit operator Cell(Shown shown) => new(shown.Html, true);

    /// <summary>A cell with a range of two figures, on a page in English.</summary>
    public static Cell Range(Shown from, Shown to) => new($"{from.Html} to {to.Html}", true);
}

/// <summary>Writes HTML that is well-formed XML as well; every text goes through the encoder.</summary>
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
        var name = @class.Length > 0 ? $" class=\"{@class}\"" : "";
        return Raw($"<{element}{name}>{Encode(text)}</{element}>");
    }

    /// <summary>A section with a heading that the contents can point to.</summary>
    public Markup Section(string id, string heading, Action<Markup> body)
    {
        Raw($"<section id=\"{id}\"><h2>{Encode(heading)}</h2>");
        body(this);
        return Raw("</section>");
    }

    /// <summary>A list of sentences; nothing when there are none.</summary>
    public Markup Sentences(IEnumerable<string> sentences, string @class = "")
    {
        var items = string.Concat(sentences.Select(s => $"<li>{Encode(s)}</li>\n"));
        return items.Length == 0 ? this : Raw($"<ul class=\"{@class}\">\n{items}</ul>");
    }

    /// <summary>A table that becomes a stack of cards on a narrow screen.</summary>
    /// <param name="caption">What it shows, with units that its cells do not name.</param>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Rows with a class each; the class may be empty.</param>
    public Markup Table(
        string caption,
        IReadOnlyList<string> header,
        IEnumerable<(string Class, IReadOnlyList<Cell> Cells)> rows
    ) => Table("cards", caption, header, rows);

    /// <summary>A wide table of numbers that scrolls sideways on a narrow screen.</summary>
    public Markup Grid(
        string caption,
        IReadOnlyList<string> header,
        IEnumerable<(string Class, IReadOnlyList<Cell> Cells)> rows
    ) => Table("grid", caption, header, rows);

    /// <summary>A chart with its key and caption.</summary>
    /// <param name="svg">The drawing.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="key">Names with the class of their colour.</param>
    public Markup Figure(
        string svg,
        string caption,
        IEnumerable<(string Class, string Name)>? key = null
    )
    {
        var names = string.Concat(
            (key ?? []).Select(k =>
                $"<span class=\"key\"><i class=\"{k.Class}\"></i>{Encode(k.Name)}</span>\n"
            )
        );
        return Raw(
            $"<figure><figcaption>{Encode(caption)}</figcaption>\n{svg}\n<p class=\"keys\">{names}</p></figure>"
        );
    }

    /// <summary>The page so far.</summary>
    public override string ToString() => _page.ToString();

    /// <summary>Text made safe for elements and quoted attributes; characters that no page may hold are left out.</summary>
    public static string Encode(string text) =>
        WebUtility.HtmlEncode(
            string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t'))
                .Replace("\ufffe", "", StringComparison.Ordinal)
                .Replace("\uffff", "", StringComparison.Ordinal)
        );

    private Markup Table(
        string kind,
        string caption,
        IReadOnlyList<string> header,
        IEnumerable<(string Class, IReadOnlyList<Cell> Cells)> rows
    )
    {
        var all = rows.ToList();
        _page.Append(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode(caption)}\"><table class=\"{kind}\" role=\"table\"><caption>{Encode(caption)}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        );
        for (var i = 0; i < header.Count; i++)
        {
            var number = i > 0 && all.Count > 0 && all.TrueForAll(r => r.Cells[i].Number);
            _page.Append(
                $"<th scope=\"col\" role=\"columnheader\"{(number ? " class=\"n\"" : "")}>{Encode(header[i])}</th>"
            );
        }
        _page.Append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (var (@class, cells) in all)
        {
            _page.Append($"<tr role=\"row\" class=\"{@class}\">");
            for (var i = 0; i < cells.Count; i++)
            {
                var element = i == 0 ? "th scope=\"row\" role=\"rowheader\"" : "td role=\"cell\"";
                var number = cells[i].Number ? " class=\"n\"" : "";
                _page.Append(
                    $"<{element}{number} data-name=\"{Encode(header[i])}\"><span>{cells[i].Html}</span></{(i == 0 ? "th" : "td")}>"
                );
            }
            _page.Append("</tr>\n");
        }
        _page.Append("</tbody></table></div>\n");
        return this;
    }
}
