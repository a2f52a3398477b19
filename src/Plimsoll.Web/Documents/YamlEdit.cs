using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plimsoll.Web.Documents;

/// <summary>Changes one value of a YAML text and nothing else: comments, order and spelling of the rest stay as they were written.</summary>
/// <remarks>The text must be one that the bounded reader of the program has accepted.</remarks>
internal static partial class YamlEdit
{
    /// <summary>Sets the value of a key, adding the sections around it where they are missing.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Keys joined by points, items by their index: <c>fleet[0].servers</c>.</param>
    /// <param name="value">As it shall be read; null to take the key away.</param>
    /// <param name="words">True when the value is words, and must stay words whatever it looks like.</param>
    /// <exception cref="ArgumentException">There is no such place: an item that is not there.</exception>
    public static string Set(string text, string path, string? value, bool words)
    {
        var keys = Keys(path);
        var root = Root(text);
        YamlNode node = root;
        for (var i = 0; i < keys.Count; i++)
        {
            var last = i == keys.Count - 1;
            if (node is YamlSequenceNode list)
            {
                node = Item(list, keys[i]);
                continue;
            }
            if (node is not YamlMappingNode mapping)
            {
                // A number alone becomes a number with a range when its low end is written.
                return node is YamlScalarNode scalar && last && value is not null
                    ? Replace(
                        text,
                        scalar,
                        $"{{ value: {Raw(text, scalar)}, {keys[i]}: {Written(value, words, true)} }}"
                    )
                    : throw new ArgumentException($"'{path}' is no place in this file.");
            }
            var entry = Find(mapping, keys[i]);
            if (entry is null)
            {
                return value is null ? text
                    : keys[i..].Exists(k => k[0] == '[')
                        ? throw new ArgumentException($"'{path}' names an item that is not there.")
                    : Insert(
                        text,
                        mapping,
                        root,
                        keys[i..],
                        Written(value, words, Flow(mapping)),
                        Declared(root, keys[..i])
                    );
            }
            if (last)
            {
                return value is null
                    ? Remove(text, mapping, entry.Value.Key, entry.Value.Value)
                    : ReplaceValue(text, mapping, entry.Value, value, words);
            }
            node = entry.Value.Value;
        }
        throw new ArgumentException($"'{path}' names a list, not a value.");
    }

    /// <summary>Adds an item to a list, which is made where it is missing.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">The list.</param>
    /// <param name="keys">Keys that the new item begins with, each with its value as written; may be empty.</param>
    public static string AddItem(
        string text,
        string path,
        IReadOnlyList<KeyValuePair<string, string>> keys
    ) => AddWritten(text, path, dash => ItemText(dash, keys));

    /// <summary>Adds what is written as items to a list, which is made where it is missing.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">The list.</param>
    /// <param name="written">The items in block form, whole lines, by the column of their dashes.</param>
    public static string AddWritten(string text, string path, Func<int, string> written)
    {
        var root = Root(text);
        var names = Keys(path);
        YamlNode node = root;
        for (var i = 0; i < names.Count; i++)
        {
            if (node is YamlSequenceNode outer)
            {
                node = Item(outer, names[i]);
                continue;
            }
            if (node is not YamlMappingNode mapping)
            {
                throw new ArgumentException($"'{path}' is no list in this file.");
            }
            if (Find(mapping, names[i]) is not { } entry)
            {
                var indent = Indent(mapping, root) + (2 * (names.Count - i));
                return Insert(
                    text,
                    mapping,
                    root,
                    names[i..],
                    "\n" + written(indent),
                    Declared(root, names[..i])
                );
            }
            node = entry.Value;
        }
        if (node is not YamlSequenceNode list)
        {
            throw new ArgumentException($"'{path}' is no list in this file.");
        }
        if (list.Children.Count == 0)
        {
            // "key: []" is written out on the next line.
            return Splice(
                text,
                (int)list.Start.Index,
                End(text, list),
                "\n" + written(Column(text, (int)list.Start.Index) + 2).TrimEnd('\n')
            );
        }
        var dash = DashOf(text, list.Children[^1]);
        var at = LineEnd(text, LastIndex(text, list.Children[^1]));
        return Splice(text, at, at, (at > 0 && text[at - 1] != '\n' ? "\n" : "") + written(dash));
    }

    /// <summary>Takes an item of a list away.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">The list.</param>
    /// <param name="index">From 0.</param>
    public static string RemoveItem(string text, string path, int index)
    {
        YamlNode node = Root(text);
        YamlMappingNode? parent = null;
        YamlNode? key = null;
        foreach (var name in Keys(path))
        {
            if (node is YamlSequenceNode outer)
            {
                node = Item(outer, name);
                continue;
            }
            parent = node as YamlMappingNode;
            var entry =
                (parent is null ? null : Find(parent, name))
                ?? throw new ArgumentException($"'{path}' is no list in this file.");
            (key, node) = (entry.Key, entry.Value);
        }
        if (node is not YamlSequenceNode list || index < 0 || index >= list.Children.Count)
        {
            throw new ArgumentException($"'{path}' has no item {index}.");
        }
        if (list.Children.Count == 1 && parent is not null && key is not null)
        {
            return Remove(text, parent, key, list);
        }
        var item = list.Children[index];
        if (Flow(list))
        {
            var from = (int)item.Start.Index;
            var to =
                index + 1 < list.Children.Count
                    ? (int)list.Children[index + 1].Start.Index
                    : End(text, item);
            return Splice(text, from, to, "");
        }
        var start = LineStart(text, (int)item.Start.Index);
        return Splice(text, start, LineEnd(text, LastIndex(text, item)), "");
    }

    private static YamlMappingNode Root(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
            ? root
            : throw new ArgumentException("The file is no group of keys.");
    }

    private static List<string> Keys(string path) =>
        [
            .. path.Replace("[", ".[", StringComparison.Ordinal)
                .Split('.', StringSplitOptions.RemoveEmptyEntries),
        ];

    private static YamlNode Item(YamlSequenceNode list, string key) =>
        key.Length > 2
        && key[0] == '['
        && int.TryParse(key[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && i < list.Children.Count
            ? list.Children[i]
            : throw new ArgumentException($"The list has no item {key}.");

    private static KeyValuePair<YamlNode, YamlNode>? Find(YamlMappingNode mapping, string key)
    {
        foreach (var entry in mapping.Children)
        {
            if (entry.Key is YamlScalarNode name && name.Value == key)
            {
                return entry;
            }
        }
        return null;
    }

    private static string ReplaceValue(
        string text,
        YamlMappingNode mapping,
        KeyValuePair<YamlNode, YamlNode> entry,
        string value,
        bool words
    )
    {
        // A number with its range keeps the range, its source and its grade.
        if (
            entry.Value is YamlMappingNode range
            && Find(range, "value") is { Value: YamlScalarNode best }
        )
        {
            return Replace(text, best, Written(value, words, Flow(range)));
        }
        var written = Written(value, words, Flow(mapping));
        if (
            entry.Value is YamlScalarNode { Value: "" or null } empty
            && empty.Start.Index >= empty.End.Index
        )
        {
            var colon = text.IndexOf(':', (int)entry.Key.End.Index) + 1;
            return Splice(text, colon, colon, " " + written);
        }
        return entry.Value is YamlScalarNode scalar
            ? Replace(text, scalar, written)
            : Splice(
                text,
                (int)entry.Value.Start.Index,
                Flow(entry.Value) ? End(text, entry.Value) : LastIndex(text, entry.Value),
                written
            );
    }

    private static string Replace(string text, YamlScalarNode scalar, string written) =>
        Splice(
            text,
            (int)scalar.Start.Index,
            Block(scalar) ? BlockEnd(text, scalar) : (int)scalar.End.Index,
            written
        );

    private static string Raw(string text, YamlScalarNode scalar) =>
        text[(int)scalar.Start.Index..(int)scalar.End.Index];

    private static string Remove(string text, YamlMappingNode mapping, YamlNode key, YamlNode value)
    {
        if (Flow(mapping))
        {
            var position = mapping.Children.Keys.ToList().IndexOf(key);
            var next =
                position + 1 < mapping.Children.Count
                    ? (int)mapping.Children.Keys.ElementAt(position + 1).Start.Index
                    : -1;
            var from = (int)key.Start.Index;
            if (next < 0 && position > 0)
            {
                from = End(text, mapping.Children.Values.ElementAt(position - 1));
            }
            return Splice(text, from, next >= 0 ? next : End(text, value), "");
        }
        if (mapping.Children.Count == 1 && LineStart(text, (int)key.Start.Index) > 0)
        {
            // A section without keys is written as one, so that its own key keeps a value.
            return Splice(
                text,
                (int)key.Start.Index,
                Math.Max(LastIndex(text, value), (int)key.End.Index + 1),
                "{}"
            );
        }
        var start = (int)key.Start.Index;
        var line = LineStart(text, start);
        // The first key of an item stands behind its dash, which stays.
        if (text[line..start].Trim().Length > 0)
        {
            var following = mapping.Children.Keys.ElementAt(1);
            return Splice(text, start, (int)following.Start.Index, "");
        }
        return Splice(
            text,
            line,
            LineEnd(text, Math.Max(LastIndex(text, value), (int)key.End.Index)),
            ""
        );
    }

    private static string Insert(
        string text,
        YamlMappingNode mapping,
        YamlMappingNode root,
        IReadOnlyList<string> keys,
        string written,
        IReadOnlyList<string> order
    )
    {
        if (Flow(mapping))
        {
            var nested = keys.Skip(1)
                .Reverse()
                .Aggregate(written, (inner, key) => $"{{ {key}: {inner} }}");
            var close = End(text, mapping) - 1;
            var before = text[..close].TrimEnd();
            return mapping.Children.Count == 0
                ? Splice(text, (int)mapping.Start.Index, close + 1, $"{{ {keys[0]}: {nested} }}")
                : string.Concat(before, $", {keys[0]}: {nested} ", text.AsSpan(close));
        }
        var indent = Indent(mapping, root);
        var lines = new StringBuilder();
        for (var i = 0; i < keys.Count; i++)
        {
            lines.Append(' ', indent + (2 * i)).Append(keys[i]).Append(':');
            if (i < keys.Count - 1)
            {
                lines.Append('\n');
            }
        }
        lines.Append(written[0] == '\n' ? written : $" {written}\n");
        if (lines[^1] != '\n')
        {
            lines.Append('\n');
        }
        var at =
            mapping.Children.Count == 0 ? text.Length
            : Before(mapping, order, keys[0]) is { } above
                ? LineEnd(text, Math.Max(LastIndex(text, above.Value), (int)above.Key.End.Index))
            : LineEnd(text, LastIndex(text, mapping));
        return Splice(text, at, at, (at > 0 && text[at - 1] != '\n' ? "\n" : "") + lines);
    }

    /// <summary>Keys of a group in the order in which the table declares them.</summary>
    private static IReadOnlyList<string> Declared(
        YamlMappingNode root,
        IReadOnlyList<string> parent
    ) =>
        [
            .. StudyDocument
                .TableOf((Find(root, "kind")?.Value as YamlScalarNode)?.Value ?? "")
                .Children(
                    FieldChanges.Declared(
                        string.Join('.', parent).Replace(".[", "[", StringComparison.Ordinal)
                    )
                )
                .Select(r => r.Key),
        ];

    /// <summary>The entry behind which a new key is written: the nearest declared before it, so that one emptied and filled again stands where it stood; null where there is none.</summary>
    private static KeyValuePair<YamlNode, YamlNode>? Before(
        YamlMappingNode mapping,
        IReadOnlyList<string> order,
        string key
    )
    {
        for (var i = order.ToList().IndexOf(key) - 1; i >= 0; i--)
        {
            if (Find(mapping, order[i]) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    private static string ItemText(int dash, IReadOnlyList<KeyValuePair<string, string>> keys)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < keys.Count; i++)
        {
            lines.Append(' ', dash).Append(i == 0 ? "- " : "  ").Append(keys[i].Key).Append(':');
            lines.Append(keys[i].Value.Length > 0 ? " " + keys[i].Value : "").Append('\n');
        }
        if (keys.Count == 0)
        {
            lines.Append(' ', dash).Append("- {}\n");
        }
        return lines.ToString();
    }

    /// <summary>A value as it is written: bare where that reads the same, else in double quotes.</summary>
    internal static string Written(string value, bool words, bool inFlow)
    {
        var bare =
            Bare().IsMatch(value)
            && !value.EndsWith(' ')
            && !value.Contains(": ", StringComparison.Ordinal)
            && !value.Contains(" #", StringComparison.Ordinal)
            && !(inFlow && value.AsSpan().IndexOfAny(",[]{}") >= 0)
            && !(words && LooksOtherwise().IsMatch(value));
        return bare || (!words && Listed().IsMatch(value))
            ? value
            : JsonSerializer.Serialize(value, _plain);
    }

    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static bool Flow(YamlNode node) =>
        node switch
        {
            YamlMappingNode m => m.Style == YamlDotNet.Core.Events.MappingStyle.Flow,
            YamlSequenceNode s => s.Style == YamlDotNet.Core.Events.SequenceStyle.Flow,
            _ => false,
        };

    private static bool Block(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Folded or ScalarStyle.Literal;

    /// <summary>The end of a block scalar's last line; its mark lies at the next token.</summary>
    private static int BlockEnd(string text, YamlScalarNode scalar)
    {
        var end = Math.Min((int)scalar.End.Index, text.Length);
        while (end > scalar.Start.Index && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }
        return end;
    }

    private static int Indent(YamlMappingNode mapping, YamlMappingNode root) =>
        ReferenceEquals(mapping, root) || mapping.Children.Count == 0
            ? 0
            : (int)mapping.Children.Keys.First().Start.Column - 1;

    private static int DashOf(string text, YamlNode item)
    {
        var start = LineStart(text, (int)item.Start.Index);
        var dash = text.IndexOf('-', start);
        return dash - start;
    }

    private static int Column(string text, int index) => LineIndent(text, LineStart(text, index));

    private static int LineIndent(string text, int start)
    {
        var at = start;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
        return at - start;
    }

    /// <summary>Where the last character of a node stands; marks of blocks lie beyond the comments that follow.</summary>
    private static int LastIndex(string text, YamlNode node) =>
        node switch
        {
            YamlScalarNode scalar => Block(scalar)
                ? (int)scalar.End.Index - 1
                : (int)scalar.End.Index,
            _ when Flow(node) => End(text, node),
            YamlMappingNode { Children.Count: > 0 } m => Math.Max(
                (int)m.Children.Keys.Last().End.Index,
                LastIndex(text, m.Children.Values.Last())
            ),
            YamlSequenceNode { Children.Count: > 0 } s => LastIndex(text, s.Children[^1]),
            _ => (int)node.End.Index,
        };

    /// <summary>Behind the last character of a scalar, or behind the bracket that closes a group written in one line; the marks of groups name only their beginning.</summary>
    private static int End(string text, YamlNode node)
    {
        if (!Flow(node))
        {
            return (int)node.End.Index;
        }
        var depth = 0;
        var before = ' ';
        for (var at = (int)node.Start.Index; at < text.Length; at++)
        {
            var c = text[at];
            if (c is '"' or '\'' && "[{,: ".Contains(before, StringComparison.Ordinal))
            {
                at = Quoted(text, at);
            }
            else if (c == '#' && at > 0 && char.IsWhiteSpace(text[at - 1]))
            {
                at = LineEnd(text, at) - 1;
            }
            else if (c is '[' or '{')
            {
                depth++;
            }
            else if (c is ']' or '}' && --depth == 0)
            {
                return at + 1;
            }
            before = char.IsWhiteSpace(c) ? ' ' : c;
        }
        return text.Length;
    }

    /// <summary>Where the quote that closes stands.</summary>
    private static int Quoted(string text, int open)
    {
        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] == '\\' && text[open] == '"')
            {
                at++;
            }
            else if (text[at] == text[open])
            {
                if (text[open] == '\'' && at + 1 < text.Length && text[at + 1] == '\'')
                {
                    at++;
                    continue;
                }
                return at;
            }
        }
        return text.Length - 1;
    }

    private static int LineStart(string text, int index) =>
        index <= 0 ? 0 : text.LastIndexOf('\n', Math.Min(index, text.Length) - 1) + 1;

    /// <summary>Behind the line break of the line in which an index lies.</summary>
    private static int LineEnd(string text, int index)
    {
        var at = index >= text.Length ? -1 : text.IndexOf('\n', index);
        return at < 0 ? text.Length : at + 1;
    }

    private static string Splice(string text, int from, int to, string with) =>
        string.Concat(text.AsSpan(0, from), with, text.AsSpan(to));

    [GeneratedRegex(
        @"^[\p{L}\p{Nd}_.+\-/(][\p{L}\p{Nd}_.+\-/()%', :;,&#·]*$",
        RegexOptions.None,
        60_000
    )]
    private static partial Regex Bare();

    /// <summary>A list of plain numbers, or of what was typed for them.</summary>
    [GeneratedRegex(
        @"^\[[\p{L}\p{Nd}_.+\-]+(, [\p{L}\p{Nd}_.+\-]+)*\]$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Listed();

    [GeneratedRegex(
        @"^(true|false|null|yes|no|on|off|unknown|~|[-+.]?\d.*|[-+]?\.(inf|nan)|-.*)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex LooksOtherwise();
}
