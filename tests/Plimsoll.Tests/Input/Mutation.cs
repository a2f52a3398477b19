using System.Text;
using Plimsoll.Sampling;

namespace Plimsoll.Tests.Input;

/// <summary>Ways in which a file can be broken, each drawn from a stream so that any one can be made again.</summary>
internal static class Mutation
{
    private static readonly string[] _values =
    [
        "",
        "~",
        "null",
        "true",
        "yes",
        "-1",
        "0",
        "1e308",
        "1e309",
        "-1e309",
        ".nan",
        ".inf",
        "NaN",
        "Infinity",
        "0x10",
        "1_0__0",
        "99999999999999999999999999999999",
        "2147483648",
        "1,5",
        "12:30:45",
        "2024-02-30",
        "2024-3",
        "0000-00",
        "9999-12",
        "[]",
        "{}",
        "[1, [2, [3]]]",
        "{ value: 1, low: 2, high: 3 }",
        "{ value: x }",
        "{ low: 1 }",
        "'",
        "\"",
        "\"unclosed",
        "'it''s'",
        "\"\\u0000\"",
        "\"\\x\"",
        "\"\\U0011FFFF\"",
        "|",
        ">-",
        "|9",
        "*a",
        "&a 1",
        "!!int 3",
        "!<tag:x> y",
        "%YAML",
        "@x",
        "`x`",
        "- x",
        "? x",
        ": x",
        "#",
        "a: b: c",
        "\uFEFF",
        "\u2028",
        "\u202E\u4E2D\u6587",
        "💥",
        "<<: *x",
        "../../etc/passwd",
        "{{7*7}}",
    ];

    /// <summary>A mutant of a file.</summary>
    /// <param name="text">The sound file.</param>
    /// <param name="other">Another sound file, to splice with.</param>
    /// <param name="number">Number of the mutant; the same number gives the same bytes.</param>
    /// <param name="seed">Which of the many sequences of mutants.</param>
    public static (string Kind, byte[] Bytes) Make(
        string text,
        string other,
        int number,
        ulong seed = 0
    )
    {
        var s = RandomStream.Keyed(20250331 + seed, number, EntityId.Of("mutant"), Purpose.Choices);
        var lines = text.Split('\n').ToList();
        var at = s.NextInteger(Math.Max(1, lines.Count));
        var place = s.NextInteger(text.Length + 1);
        string Joined() => string.Join('\n', lines);
        byte[] Utf8(string t) => Encoding.UTF8.GetBytes(t);
        switch (s.NextInteger(36))
        {
            case 0:
                return ("truncated", Utf8(text)[..s.NextInteger(Utf8(text).Length + 1)]);
            case 1:
                lines.RemoveAt(at);
                return ("line taken away", Utf8(Joined()));
            case 2:
                lines.Insert(at, lines[at]);
                return ("line twice", Utf8(Joined()));
            case 3:
            case 4:
            case 5:
            case 6:
                lines[at] = Replace(lines[at], _values[s.NextInteger(_values.Length)]);
                return ("another value", Utf8(Joined()));
            case 7:
                lines[at] = Typo(lines[at], ref s);
                return ("mistyped", Utf8(Joined()));
            case 8:
                (lines[at], lines[^1]) = (lines[^1], lines[at]);
                return ("lines swapped", Utf8(Joined()));
            case 9:
                lines[at] = new string(' ', s.NextInteger(12)) + lines[at].TrimStart();
                return ("other indentation", Utf8(Joined()));
            case 10:
                lines[at] = "\t" + lines[at];
                return ("a tab", Utf8(Joined()));
            case 11:
                return ("flipped bytes", Flip(Utf8(text), ref s));
            case 12:
                return ("noise", Noise(s.NextInteger(4000), ref s));
            case 13:
                return ("nul", Utf8(text.Insert(place, "\0")));
            case 14:
                return ("control characters", Utf8(text.Insert(place, "\u0001\u0007\u001b[31m")));
            case 15:
                return ("byte order mark", [0xEF, 0xBB, 0xBF, .. Utf8(text)]);
            case 16:
                return ("byte order mark inside", Utf8(text.Insert(place, "\uFEFF")));
            case 17:
                return ("crlf", Utf8(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
            case 18:
                return ("cr", Utf8(text.Replace('\n', '\r')));
            case 19:
                return ("utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]);
            case 20:
                return (
                    "utf-16 of the other order",
                    [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)]
                );
            case 21:
                return ("utf-16 without mark", Encoding.Unicode.GetBytes(text));
            case 22:
                return ("utf-32", Encoding.UTF32.GetBytes(text));
            case 23:
                return ("latin-1", Encoding.Latin1.GetBytes(text + "name2: \u00E9\n"));
            case 24:
                return (
                    "deep brackets",
                    Utf8(
                        text
                            + "x: "
                            + Repeat("[{a: "[..(1 + s.NextInteger(4))], 1 << s.NextInteger(15))
                    )
                );
            case 25:
                return ("deep blocks", Utf8(Deep(1 << s.NextInteger(10))));
            case 26:
                return ("alias bomb", Utf8(text + Bomb(2 + s.NextInteger(30))));
            case 27:
                return (
                    "long value",
                    Utf8(text + "x: " + new string('9', 1 << s.NextInteger(21)) + "\n")
                );
            case 28:
                return ("long key", Utf8(text + new string('k', 1 << s.NextInteger(21)) + ": 1\n"));
            case 29:
                var n = 1 << s.NextInteger(16);
                return (
                    "many keys",
                    Utf8(text + string.Concat(Enumerable.Range(0, n).Select(i => $"k{i}: {i}\n")))
                );
            case 30:
                return (
                    "many items",
                    Utf8(text + "list: [" + Repeat("1,", 1 << s.NextInteger(18)) + "]\n")
                );
            case 31:
                return ("too large", Utf8(text + "#" + new string('x', 4_000_000)));
            case 32:
                return ("several documents", Utf8(text + "---\n" + other));
            case 33:
                return ("spliced", Utf8(text[..place] + other[s.NextInteger(other.Length)..]));
            case 34:
                var quotes = Repeat(s.NextInteger(2) == 0 ? "'" : "\"", 1 + s.NextInteger(2000));
                return ("quotes", Utf8(text.Insert(place, quotes)));
            default:
                var mark = "-?:[]{},&*!|>%@`#'\"\n \t"[s.NextInteger(22)].ToString();
                return ("marks", Utf8(text.Insert(place, Repeat(mark, 1 << s.NextInteger(12)))));
        }
    }

    private static string Replace(string line, string value)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? line + value : $"{line[..colon]}: {value}";
    }

    private static string Typo(string line, ref RandomStream s)
    {
        if (line.Length < 3)
        {
            return line + "x";
        }
        var i = s.NextInteger(line.Length - 1);
        return s.NextInteger(3) switch
        {
            0 => line.Remove(i, 1),
            1 => line.Insert(i, "q"),
            _ => line[..i] + line[i + 1] + line[i] + line[(i + 2)..],
        };
    }

    private static byte[] Flip(byte[] bytes, ref RandomStream s)
    {
        for (var k = 0; k <= s.NextInteger(8) && bytes.Length > 0; k++)
        {
            bytes[s.NextInteger(bytes.Length)] = (byte)s.NextInteger(256);
        }
        return bytes;
    }

    private static byte[] Noise(int length, ref RandomStream s)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)s.NextInteger(256);
        }
        return bytes;
    }

    private static string Deep(int levels)
    {
        var text = new StringBuilder("kind: study\n");
        for (var i = 0; i < levels; i++)
        {
            text.Append(' ', i).Append("a:\n");
        }
        return text.ToString();
    }

    private static string Bomb(int levels)
    {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < levels; i++)
        {
            text.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }
        return text.ToString();
    }

    private static string Repeat(string text, int times) =>
        new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
