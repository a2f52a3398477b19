using System.Text.Json.Nodes;

namespace Plimsoll.Jobs;

/// <summary>A place in a result document: keys joined by points, items of a list by number in brackets, or all of them by <c>[*]</c>: <c>options[0].equityNpv.p50</c>, <c>options[*].name</c>.</summary>
public static class DocumentPath
{
    /// <summary>What stands there; null when nothing does.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">The path.</param>
    public static JsonNode? Find(JsonNode? document, string path)
    {
        var node = document;
        var parts = path.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            var pieces = parts[i].Split('[');
            node = pieces[0].Length > 0 ? (node as JsonObject)?[pieces[0]] : node;
            foreach (var piece in pieces.Skip(1))
            {
                var item = piece.TrimEnd(']');
                if (item == "*")
                {
                    var rest = string.Join('.', parts.Skip(i + 1));
                    return node is JsonArray all
                        ? new JsonArray([
                            .. all.Select(n => (rest.Length == 0 ? n : Find(n, rest))?.DeepClone()),
                        ])
                        : null;
                }
                node =
                    node is JsonArray list
                    && int.TryParse(item, out var number)
                    && number >= 0
                    && number < list.Count
                        ? list[number]
                        : null;
            }
        }
        return node;
    }
}
