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

    /// <summary>A text broken at blanks into lines of a width; a longer word is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var rest = word;
            if (line.Length > 0 && Width(line) + 1 + Width(rest) > width)
            {
                lines.Add(line);
                line = "";
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
            line = line.Length == 0 ? rest : $"{line} {rest}";
        }
        lines.Add(line);
        return lines;
    }

    /// <summary>Columns a text takes: Chinese, Japanese and Korean characters take two.</summary>
    private static int Width(string text) =>
        text.Sum(c =>
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
                : 1
        );
}
