using System.Text.Json.Nodes;
using Plimsoll.Jobs;

namespace Plimsoll.Web.Pages;

/// <summary>Reads a published result.</summary>
internal static class Figures
{
    /// <summary>A number at a path; NaN where there is none.</summary>
    public static double Number(this JsonNode? node, string path) =>
        DocumentPath.Find(node, path) is JsonValue value
        && value.TryGetValue<double>(out var number)
            ? number
            : double.NaN;

    /// <summary>Words at a path; empty where there are none.</summary>
    public static string Words(this JsonNode? node, string path) =>
        DocumentPath.Find(node, path) is JsonValue value ? value.ToString() : "";

    /// <summary>A list at a path; empty where there is none.</summary>
    public static IReadOnlyList<JsonNode> Items(this JsonNode? node, string path) =>
        DocumentPath.Find(node, path) is JsonArray list ? [.. list.OfType<JsonNode>()] : [];

    /// <summary>Numbers at a path; NaN where an item is none.</summary>
    public static double[] Numbers(this JsonNode? node, string path) =>
        DocumentPath.Find(node, path) is JsonArray list
            ?
            [
                .. list.Select(i =>
                    i is JsonValue v && v.TryGetValue<double>(out var n) ? n : double.NaN
                ),
            ]
            : [];
}
