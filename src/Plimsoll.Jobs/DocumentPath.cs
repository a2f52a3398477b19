using System.Text.Json.Nodes;

namespace Plimsoll.Jobs;

/// <summary>A place in a result document: keys joined by points, items of a list by number or by their <c>name</c> in brackets: <c>options[0].equityNpv.p50</c>, <c>options[Build].equityNpv.p50</c>.</summary>
public static class DocumentPath
{
    /// <summary>What stands there; null when nothing does.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">The path.</param>
    public static JsonNode? Find(JsonNode? document, string path)
    {
        var node = document;
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var key = bracket < 0 ? part : part[..bracket];
            if (key.Length > 0)
            {
                node = (node as JsonObject)?[key];
            }
            if (bracket >= 0)
            {
                foreach (
                    var item in part[bracket..]
                        .Split(['[', ']'], StringSplitOptions.RemoveEmptyEntries)
                )
                {
                    node = Item(node as JsonArray, item);
                }
            }
        }
        return node;
    }

    private static JsonNode? Item(JsonArray? list, string item) =>
        list is null ? null
        : int.TryParse(item, out var number)
            ? number >= 0 && number < list.Count ? list[number]
                : null
        : list.FirstOrDefault(i =>
            (i as JsonObject)?["name"] is JsonValue name
            && name.TryGetValue<string>(out var text)
            && text == item
        );
}
