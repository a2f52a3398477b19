using System.Text;

namespace Plimsoll.Cli;

/// <summary>A table of text that fits a width: one column wraps, the others keep their natural width.</summary>
/// <param name="wrapping">Index of the column that wraps.</param>
/// <param name="headings">One per column.</param>
internal sealed class TextTable(int wrapping, params string[] headings)
{
    private const int Narrowest = 14;
    private readonly List<string[]> _rows = [];

    /// <summary>True for a line under the headings.</summary>
    public bool Rule { get; init; } = true;

    /// <summary>Adds a row of as many cells as there are headings.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns of text available.</param>
    public void Write(TextWriter output, int width)
    {
        var widths = headings
            .Select((h, c) => Math.Max(Width(h), _rows.Max(r => Width(r[c]))))
            .ToArray();
        var others = widths.Where((_, c) => c != wrapping).Sum();
        var gaps = widths.Length - 1;
        var gap = others + Math.Min(widths[wrapping], Narrowest) + (2 * gaps) <= width ? 2 : 1;
        others += gap * gaps;
        // The heading of the column that wraps stands whole.
        widths[wrapping] = Math.Min(
            widths[wrapping],
            Math.Max(Math.Max(Narrowest, Width(headings[wrapping])), width - others)
        );
        Line(output, widths, gap, headings);
        if (Rule)
        {
            output.WriteLine(new string('-', widths.Sum() + (gap * gaps)));
        }
        foreach (var row in _rows)
        {
            var lines = Wrap(row[wrapping], widths[wrapping]);
            for (var i = 0; i < lines.Count; i++)
            {
                var part = i;
                Line(
                    output,
                    widths,
                    gap,
                    [
                        .. row.Select(
                            (cell, c) =>
                                c == wrapping ? lines[part]
                                : part == 0 ? cell
                                : ""
                        ),
                    ]
                );
            }
        }
    }

    private static void Line(TextWriter output, int[] widths, int gap, string[] cells)
    {
        var line = new StringBuilder();
        for (var c = 0; c < cells.Length; c++)
        {
            line.Append(cells[c]).Append(' ', widths[c] - Width(cells[c]) + gap);
        }
        output.WriteLine(line.ToString().TrimEnd());
    }

    /// <summary>Characters before which no line breaks.</summary>
    private const string Closing = "，。；：、！？”’）》】%…";

    /// <summary>Characters after which none does.</summary>
    private const string Opening = "“‘（《【";

    /// <summary>A text broken at blanks, and beside any Chinese, Japanese or Korean character, into lines of a width; a longer word is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var (blank, word) in text.Split(' ', '\t').SelectMany(Parts))
        {
            var rest = word;
            var gap = blank && line.Length > 0 ? " " : "";
            if (line.Length > 0 && Width(line) + gap.Length + Width(rest) > width)
            {
                lines.Add(line);
                (line, gap) = ("", "");
            }
            while (Width(rest) > width)
            {
                var cut = Math.Min(width, rest.Length);
                while (Width(rest[..cut]) > width)
                {
                    cut--;
                }
                lines.Add(rest[..cut]);
                rest = rest[cut..];
            }
            line += gap + rest;
        }
        lines.Add(line);
        return lines;
    }

    /// <summary>A word in the parts between which a line may break, the first with the blank before it.</summary>
    private static IEnumerable<(bool Blank, string Part)> Parts(string word)
    {
        var from = 0;
        for (var i = 1; i < word.Length; i++)
        {
            var breaks =
                (Width(word[i - 1]) == 2 || Width(word[i]) == 2)
                && !Closing.Contains(word[i], StringComparison.Ordinal)
                && !Opening.Contains(word[i - 1], StringComparison.Ordinal);
            if (breaks)
            {
                yield return (from == 0, word[from..i]);
                from = i;
            }
        }
        yield return (from == 0, word[from..]);
    }

    /// <summary>Columns a text takes: Chinese, Japanese and Korean characters take two.</summary>
    public static int Width(string text) => text.Sum(Width);

    private static int Width(char c) =>
        c
            is >= '\u1100'
                and <= '\u115F'
                or >= '\u2E80'
                and <= '\uD7A3'
                or >= '\uF900'
                and <= '\uFAFF'
                or >= '\uFF00'
                and <= '\uFF60'
            ? 2
            : 1;
}
