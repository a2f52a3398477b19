using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plimsoll.Yaml;

/// <summary>Reads a YAML file into input nodes with line and column, within bounds of size and depth.</summary>
/// <remarks>Anchors, aliases, tags and further documents are refused: a study file is plain data, and aliases can grow without bound.</remarks>
public static partial class YamlInput
{
    /// <summary>Largest file read, bytes.</summary>
    public const long MaxBytes = FileBounds.Yaml;

    /// <summary>Deepest nesting read.</summary>
    public const int MaxDepth = 32;

    /// <summary>Largest number of nodes read.</summary>
    public const int MaxNodes = 200_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is missing, too large, not text, not YAML, or uses what is refused.</exception>
    public static InputNode ReadFile(string path)
    {
        try
        {
            return Read(InputFile.Read(path, MaxBytes).Bytes, path);
        }
        catch (FileRefusedException refusal)
        {
            throw new InputException([refusal.Located()]);
        }
    }

    /// <summary>Reads the bytes of a file; UTF-8, or UTF-16 with a byte order mark.</summary>
    /// <exception cref="InputException">Not text, not YAML, or uses what is refused.</exception>
    public static InputNode Read(byte[] bytes, string file) =>
        Read(Text(bytes, file, out _).TrimStart('\uFEFF'), file);

    /// <summary>The text in the bytes of a file, its byte order mark included.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="file">Name, for the message.</param>
    /// <param name="encoding">What writes the same bytes again.</param>
    /// <exception cref="InputException">Not text.</exception>
    public static string Text(byte[] bytes, string file, out Encoding encoding)
    {
        encoding = InputFile.EncodingOf(bytes);
        try
        {
            return encoding.GetString(bytes);
        }
        catch (ArgumentException)
        {
            throw Fault(
                file,
                1,
                1,
                "not-text",
                "bytes that are not UTF-8",
                "UTF-8 text",
                "Save the file as UTF-8."
            );
        }
    }

    /// <summary>Reads text.</summary>
    /// <exception cref="InputException">Not YAML, or uses what is refused.</exception>
    public static InputNode Read(string text, string file)
    {
        using var culture = InvariantCulture.Begin();
        CheckDepth(text, file);
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                throw Fault(
                    file,
                    1,
                    1,
                    "empty",
                    "nothing",
                    "a study",
                    "Begin with 'plimsoll study new --like zhengzhou'."
                );
            }
            parser.Consume<DocumentStart>();
            var nodes = 0;
            var root = ReadNode(parser, file, 0, ref nodes);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                throw Fault(
                    file,
                    second.Start,
                    "second-document",
                    "another document after '---'",
                    "one document a file",
                    "Put it into a file of its own."
                );
            }
            return root;
        }
        catch (YamlException e)
        {
            throw Syntax(text, file, e);
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or ArgumentException
                        or FormatException
                        or IndexOutOfRangeException
                        or NullReferenceException
                        or OverflowException
            )
        {
            // The parser fails in its own code on some broken flow collections and escapes; the fault is the file's all the same.
            throw Fault(
                file,
                parser.Current?.End ?? Mark.Empty,
                "not-yaml",
                "something that cannot be read",
                "valid YAML",
                "Check brackets, braces and quotes from here on."
            );
        }
    }

    private static InputNode ReadNode(Parser parser, string file, int depth, ref int nodes)
    {
        var at = parser.Current!;
        if (depth > MaxDepth || ++nodes > MaxNodes)
        {
            throw Fault(
                file,
                at.Start,
                "too-deep",
                depth > MaxDepth ? $"more than {MaxDepth} levels" : $"more than {MaxNodes} values",
                "a study of ordinary size",
                "Take the nesting out."
            );
        }
        if (at is AnchorAlias || at is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Fault(
                file,
                at.Start,
                "alias",
                "an anchor or alias (& or *)",
                "plain values",
                "Write the value out."
            );
        }
        if (
            at is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag }
            && tag.Value != "!"
        )
        {
            throw Fault(
                file,
                at.Start,
                "tag",
                $"the tag {InputText.Cut(tag.Value)}",
                "plain values",
                "Take the tag away."
            );
        }
        int line = (int)at.Start.Line,
            column = (int)at.Start.Column;
        switch (at)
        {
            case Scalar scalar:
                parser.MoveNext();
                return new InputScalar(
                    scalar.Value,
                    scalar.Style != ScalarStyle.Plain,
                    line,
                    column
                );
            case SequenceStart:
                parser.MoveNext();
                var items = new List<InputNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(ReadNode(parser, file, depth + 1, ref nodes));
                }
                return new InputSequence(items, line, column);
            case MappingStart:
                parser.MoveNext();
                var entries = new List<InputEntry>();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    var keyStart = parser.Current!.Start;
                    if (ReadNode(parser, file, depth + 1, ref nodes) is not InputScalar key)
                    {
                        throw Fault(
                            file,
                            keyStart,
                            "key",
                            "a list or mapping as key",
                            "a word as key",
                            "Write 'key: value'."
                        );
                    }
                    entries.Add(
                        new InputEntry(
                            key.Text,
                            ReadNode(parser, file, depth + 1, ref nodes),
                            key.Line,
                            key.Column
                        )
                    );
                }
                return new InputMapping(entries, line, column);
            default:
                throw Fault(
                    file,
                    at.Start,
                    "not-yaml",
                    at.GetType().Name,
                    "a value",
                    "Check the file at this place."
                );
        }
    }

    /// <summary>The parser nests its own calls, so brackets are counted before it runs.</summary>
    private static void CheckDepth(string text, string file)
    {
        int open = 0,
            line = 1,
            column = 0,
            indicators = 0;
        foreach (var c in text)
        {
            column++;
            switch (c)
            {
                case '[' or '{':
                    open++;
                    break;
                case ']' or '}':
                    open = Math.Max(0, open - 1);
                    break;
                case '-' or '?' or ':' or ' ' or '\t':
                    break;
                case '\0':
                    throw Fault(
                        file,
                        line,
                        column,
                        "not-text",
                        "a character of code 0",
                        "UTF-8 text",
                        "Save the file as UTF-8; UTF-16 needs its byte order mark."
                    );
                case '\n':
                    (line, column, indicators) = (line + 1, 0, 0);
                    continue;
                default:
                    indicators = int.MinValue / 2;
                    break;
            }
            indicators += c is '-' or '?' or ':' ? 1 : 0;
            if (open > 4 * MaxDepth || indicators > 8 * MaxDepth)
            {
                throw Fault(
                    file,
                    line,
                    column,
                    "too-deep",
                    $"more than {MaxDepth} levels",
                    "a study of ordinary size",
                    "Take the nesting out."
                );
            }
        }
    }

    /// <summary>Where YAML breaks. The parser points at the start of the construct it was in; the end is nearer to the fault, and a tab is the fault itself.</summary>
    private static InputException Syntax(string text, string file, YamlException e)
    {
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, l => l.TrimStart(' ').StartsWith('\t'));
        if (tab >= 0 && e.Message.Contains("tab", StringComparison.OrdinalIgnoreCase))
        {
            return Fault(
                file,
                tab + 1,
                lines[tab].IndexOf('\t') + 1,
                "tab",
                "a tab before the first word of a line",
                "blanks",
                "Indent with blanks; most editors have a setting for it."
            );
        }
        if (FullWidth(lines, file) is { Count: > 0 } wide)
        {
            return new InputException(wide);
        }
        var at = e.End.Line > e.Start.Line ? e.End : e.Start;
        return Fault(
            file,
            at,
            "not-yaml",
            Broken(e.Message),
            "valid YAML",
            "Check indentation, colons and quotes here and on the line before; quote words that hold ': ' or ' #'."
        );
    }

    /// <summary>Every line with a full-width sign where YAML has its own, as a Chinese keyboard gives it: after a key, or between keys within braces.</summary>
    private static List<LocatedFinding> FullWidth(string[] lines, string file) =>
        [
            .. lines
                .Index()
                .Select(l => (Line: l.Index + 1, Sign: FullWidthSign().Match(l.Item)))
                .Where(l => l.Sign.Success)
                .Take(InputCheck.MaxFindings)
                .Select(l => new LocatedFinding(
                    file,
                    l.Line,
                    l.Sign.Groups["sign"].Index + 1,
                    new Finding(
                        InputPath.Root,
                        "full-width",
                        "a full-width sign where YAML has ':', ',' or brackets",
                        "half-width signs: 'key: value', a blank after the colon",
                        "Write ':' and a blank for '：', ',' for '，'; switch the keyboard to half-width signs for the file."
                    )
                )),
        ];

    /// <summary>A key with a full-width colon behind it, at the start of a line or behind a brace or comma; not within quotes or a comment.</summary>
    [GeneratedRegex(
        @"^(?:[^""'#]*[{｛](?:[^""'#]*[,，])?|\s*(?:-\s+)*)\s*\w+(?<sign>：)",
        RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex FullWidthSign();

    /// <summary>What is broken, in plain words: the parser names its own states.</summary>
    private static string Broken(string message)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        return Says("quoted scalar") ? "a quotation mark that is not closed"
            : Says("flow mapping") || Says("flow sequence")
                ? "a brace or bracket that is not closed, or a comma that is missing"
            : Says("block sequence") || Says("block collection")
                ? "a line that is no item of a list ('- ...') at this place"
            : Says("block mapping") || Says("simple key") || Says("mapping values")
                ? "a line that is no 'key: value' at this place"
            : Says("start any token") ? "a sign with which no value begins"
            : "something that is no YAML";
    }

    private static InputException Fault(
        string file,
        Mark at,
        string rule,
        string found,
        string expected,
        string remedy
    ) =>
        Fault(
            file,
            (int)Math.Max(1, at.Line),
            (int)Math.Max(1, at.Column),
            rule,
            found,
            expected,
            remedy
        );

    private static InputException Fault(
        string file,
        int line,
        int column,
        string rule,
        string found,
        string expected,
        string remedy
    ) =>
        new([
            new LocatedFinding(
                file,
                line,
                column,
                new Finding(InputPath.Root, rule, found, expected, remedy)
            ),
        ]);
}
