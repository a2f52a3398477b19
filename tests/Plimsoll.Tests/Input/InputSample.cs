using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Tests.Input;

/// <summary>Writes sample files of any kind from its table: the smallest valid one, or one with every key.</summary>
internal static class InputSample
{
    /// <summary>The whole catalogue.</summary>
    public static CatalogView View { get; } =
        FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));

    /// <summary>A valid file.</summary>
    /// <param name="table">Its kind.</param>
    /// <param name="full">True for every key, false for the required ones.</param>
    public static string Write(InputTable table, bool full)
    {
        var text = new StringBuilder();
        Keys(text, table, "", 0, full);
        return text.ToString();
    }

    private static void Keys(
        StringBuilder text,
        InputTable table,
        string parent,
        int indent,
        bool full,
        string first = ""
    )
    {
        foreach (var row in table.Children(parent).Where(r => full || r.Required))
        {
            text.Append(first.Length > 0 ? first : new string(' ', indent));
            first = "";
            text.Append(row.Key).Append(':');
            switch (row.Type)
            {
                case InputType.Section:
                    var keys = new StringBuilder();
                    Keys(keys, table, row.Path, indent + 2, full);
                    text.Append(keys.Length == 0 ? " {}\n" : "\n").Append(keys);
                    break;
                case InputType.List:
                    text.Append('\n');
                    var count = Math.Max(1, double.IsFinite(row.Min) ? (int)row.Min : 1);
                    for (var i = 0; i < count; i++)
                    {
                        Keys(
                            text,
                            table,
                            row.Path + "[]",
                            indent + 4,
                            full,
                            new string(' ', indent + 2) + "- "
                        );
                    }
                    break;
                default:
                    text.Append(' ').Append(Value(row)).Append('\n');
                    break;
            }
        }
    }

    private static string Value(InputRow row)
    {
        switch (row.Type)
        {
            case InputType.Choice:
                return row.Default ?? row.Choices[0];
            case InputType.CatalogName:
                return $"\"{row.Default ?? View.Names(row.CatalogKind).FirstOrDefault() ?? "none"}\"";
            case InputType.Month:
                return row.Default ?? "2024-03";
            case InputType.Boolean:
                return row.Default ?? "true";
            case InputType.Text:
                return "\"words\"";
            case InputType.NumberList:
                var n = double.IsFinite(row.Min) ? Math.Max(1, (int)row.Min) : 1;
                return $"[{string.Join(", ", Enumerable.Repeat("1", n))}]";
            default:
                if (row.Default is { } given)
                {
                    return given;
                }
                var low = double.IsFinite(row.Min) ? row.Min : Math.Min(0, row.Max);
                var value = double.IsFinite(row.Max) && low == 0 && row.Max >= 1 ? 1 : low;
                return value.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A YAML double-quoted scalar; JSON's escapes are YAML's.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(
                c is '"' or '\\' ? $"\\{c}"
                : char.IsAsciiLetterOrDigit(c) || c == ' ' ? $"{c}"
                : $"\\u{(int)c:X4}"
            );
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>The same data as JSON, as an editor's schema validator sees it.</summary>
    public static JsonNode? Json(InputNode node) =>
        node switch
        {
            InputScalar { IsNull: true } => null,
            InputScalar s when InputText.TryNumber(s, out var number) => number
                == Math.Floor(number)
            && Math.Abs(number) < 1e15
                ? JsonValue.Create((long)number)
                : JsonValue.Create(number),
            InputScalar { Quoted: false, Text: "true" or "false" } s => JsonValue.Create(
                s.Text == "true"
            ),
            InputScalar s => JsonValue.Create(s.Text),
            InputSequence l => new JsonArray([.. l.Items.Select(Json)]),
            InputMapping m => new JsonObject(
                m.Entries.DistinctBy(e => e.Key)
                    .Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))
            ),
            _ => null,
        };
}
