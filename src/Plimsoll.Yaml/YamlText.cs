using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Inputs;

namespace Plimsoll.Yaml;

/// <summary>Writes input nodes as YAML that reads as the same nodes; places and comments are not kept.</summary>
public static class YamlText
{
    private static readonly JsonSerializerOptions _quoted = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a file.</summary>
    public static string Of(InputNode root)
    {
        var text = new StringBuilder();
        Write(text, root, 0);
        return text.ToString();
    }

    /// <summary>True when words need no quotes to be read as they stand: letters, digits and a few signs, with no blank at either end.</summary>
    public static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '.' or '+')
        && text[^1] != ' '
        && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '_' or '-' or '+' or '/');

    private static void Write(StringBuilder text, InputNode node, int indent)
    {
        switch (node)
        {
            case InputMapping { Entries.Count: > 0 } mapping:
                foreach (var entry in mapping.Entries)
                {
                    text.Append(' ', indent)
                        .Append(IsPlain(entry.Key) ? entry.Key : Quoted(entry.Key))
                        .Append(':');
                    Value(text, entry.Value, indent);
                }
                break;
            case InputSequence { Items.Count: > 0 } sequence:
                foreach (var item in sequence.Items)
                {
                    text.Append(' ', indent).Append('-');
                    Value(text, item, indent);
                }
                break;
            default:
                text.Append(' ', indent).Append(Inline(node)).Append('\n');
                break;
        }
    }

    private static void Value(StringBuilder text, InputNode node, int indent)
    {
        if (node is InputMapping { Entries.Count: > 0 } or InputSequence { Items.Count: > 0 })
        {
            text.Append('\n');
            Write(text, node, indent + 2);
        }
        else
        {
            text.Append(' ').Append(Inline(node)).Append('\n');
        }
    }

    private static string Inline(InputNode node) =>
        node switch
        {
            InputMapping => "{}",
            InputSequence => "[]",
            // What was read without quotes stands without them; over several lines it can only be words.
            InputScalar { Quoted: false } scalar
                when !scalar.Text.Contains('\n', StringComparison.Ordinal) => scalar.Text,
            InputScalar scalar => Quoted(scalar.Text),
            _ => throw new ArgumentException("No such node.", nameof(node)),
        };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, _quoted);
}
