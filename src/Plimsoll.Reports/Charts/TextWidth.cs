namespace Plimsoll.Reports.Charts;

/// <summary>How wide a text will be, on the safe side, without knowing the reader's font.</summary>
internal static class TextWidth
{
    /// <summary>Width of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Font size.</param>
    /// <returns>In the unit of the size; about a tenth more than common fonts take.</returns>
    public static double Of(string text, double size)
    {
        var sum = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            sum += rune.Value switch
            {
                >= 0x2E80 => 1.02,
                'W' or 'M' or 'm' or 'w' or '%' or '@' => 0.92,
                >= 'A' and <= 'Z' => 0.7,
                'i' or 'l' or 'j' or '.' or ',' or ':' or ';' or '\'' or '|' => 0.32,
                ' ' or 'f' or 't' or 'r' or '(' or ')' or '-' => 0.42,
                _ => 0.6,
            };
        }
        return sum * size;
    }

    /// <summary>Breaks a text into lines no wider than a width; a word that alone is wider is broken inside.</summary>
    public static IReadOnlyList<string> Lines(string text, double size, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Pieces(text))
        {
            var longer = line + word;
            if (line.Length > 0 && Of(longer.TrimEnd(), size) > width)
            {
                lines.Add(line.TrimEnd());
                longer = word;
            }
            while (longer.Length > 1 && Of(longer.TrimEnd(), size) > width)
            {
                var n = longer.Length - 1;
                while (n > 1 && Of(longer[..n], size) > width)
                {
                    n--;
                }
                n -= n > 1 && char.IsHighSurrogate(longer[n - 1]) ? 1 : 0;
                lines.Add(longer[..n]);
                longer = longer[n..];
            }
            line = longer;
        }
        if (line.TrimEnd().Length > 0 || lines.Count == 0)
        {
            lines.Add(line.TrimEnd());
        }
        return lines;
    }

    /// <summary>Words with the space behind them; each Chinese character by itself.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (
                text[i] == ' '
                || text[i] >= 0x2E80
                || (i + 1 < text.Length && text[i + 1] >= 0x2E80)
            )
            {
                if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length)
                {
                    continue;
                }
                yield return text[start..(i + 1)];
                start = i + 1;
            }
        }
        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
