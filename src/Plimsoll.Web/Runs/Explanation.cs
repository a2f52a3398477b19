using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Jobs;

namespace Plimsoll.Web.Runs;

/// <summary>A figure of a result opened: its value, how it comes about, the numbers it rests on, and the catalogue row or line of the study behind each.</summary>
internal static class Explanation
{
    /// <summary>Numbers told of a figure whose own inputs are not named: those that move the answer most.</summary>
    private const int Movers = 6;

    /// <summary>The explanation; null when the result has no such figure.</summary>
    /// <param name="result">The published document.</param>
    /// <param name="path">Its place: <c>options[0].breach.value</c>, <c>why[3]</c>, <c>assumptions[7]</c>.</param>
    public static JsonObject? Of(JsonNode result, string path)
    {
        if (path.Length is 0 or > 300 || DocumentPath.Find(result, path) is not { } figure)
        {
            return null;
        }
        var (steps, names) = Behind(result, path);
        return new JsonObject
        {
            ["path"] = path,
            ["value"] = figure is JsonValue ? figure.DeepClone() : null,
            ["figure"] = figure is JsonValue ? null : figure.DeepClone(),
            ["chain"] = new JsonArray([.. steps.Select(s => s.DeepClone())]),
            ["restsOn"] = new JsonArray([
                .. names.Select(n => Source(result, n)).OfType<JsonNode>(),
            ]),
            ["draws"] = result["draws"]?.DeepClone(),
            ["seed"] = result["seed"]?.DeepClone(),
            ["market"] = result["market"]?.DeepClone(),
        };
    }

    /// <summary>The catalogue row that an assumption's source names; null where it is the study's own.</summary>
    /// <param name="text">Source or place, holding for example <c>sites.csv:343</c>.</param>
    public static CatalogFact? Row(string text)
    {
        foreach (
            var word in text.Split([' ', '(', ')', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var at = word.LastIndexOf(".csv:", StringComparison.Ordinal);
            if (
                at > 0
                && int.TryParse(word[(at + 5)..], CultureInfo.InvariantCulture, out var line)
            )
            {
                var file = word[..(at + 4)];
                return FactCatalog
                    .Shipped()
                    .Facts.FirstOrDefault(f =>
                        f.Line == line
                        && (f.File == file || f.File.EndsWith("/" + file, StringComparison.Ordinal))
                    );
            }
        }
        return null;
    }

    private static (IEnumerable<JsonNode> Steps, IEnumerable<string> Names) Behind(
        JsonNode result,
        string path
    )
    {
        var why = result["why"]?.AsArray().OfType<JsonNode>().ToList() ?? [];
        if (path.StartsWith("assumptions[", StringComparison.Ordinal))
        {
            var item = DocumentPath.Find(result, path.Split('.')[0]);
            return ([], [Text(item?["name"])]);
        }
        if (path.StartsWith("why[", StringComparison.Ordinal))
        {
            var end = path.IndexOf(']', StringComparison.Ordinal);
            var index =
                end > 4 && int.TryParse(path[4..end], CultureInfo.InvariantCulture, out var i)
                    ? i
                    : 0;
            var steps = why.Take(index + 1).ToList();
            return (steps, Inputs(steps[^1..]));
        }
        var movers =
            result["tornado"]
                ?.AsArray()
                .Take(Movers)
                .Select(b => Text(b?["input"]))
                .Where(n => n.Length > 0)
            ?? [];
        return (why, movers);
    }

    private static IEnumerable<string> Inputs(IEnumerable<JsonNode> steps) =>
        steps
            .SelectMany(s => s["inputs"]?.AsArray().Select(Text) ?? [])
            .Distinct(StringComparer.Ordinal);

    private static JsonObject? Source(JsonNode result, string name)
    {
        var row =
            result["assumptions"]
                ?.AsArray()
                .FirstOrDefault(a =>
                    Text(a?["name"]) == name
                    || Text(a?["name"]).StartsWith(name + ".", StringComparison.Ordinal)
                ) as JsonObject;
        var bar =
            result["tornado"]?.AsArray().FirstOrDefault(b => Text(b?["input"]) == name)
            as JsonObject;
        if (row is null && bar is null)
        {
            return new JsonObject { ["name"] = name };
        }
        var document = new JsonObject
        {
            ["name"] = name,
            ["value"] = Text(row?["value"]),
            ["range"] = Text(row?["range"]),
            ["unit"] = Text(row?["unit"] ?? bar?["unit"]),
            ["grade"] = Text(row?["grade"] ?? bar?["grade"]),
            ["source"] = Text(row?["source"] ?? bar?["source"]),
            ["dated"] = Text(row?["dated"]),
            ["place"] = Text(row?["place"]),
        };
        if (Row(Text(document["source"]) + " " + Text(document["place"])) is { } fact)
        {
            document["catalogue"] = new JsonObject
            {
                ["kind"] = fact.Kind,
                ["entry"] = fact.Name,
                ["attribute"] = fact.Attribute,
                ["value"] = fact.Text.Value,
                ["source"] = fact.Text.Source,
                ["published"] = fact.Text.Published.ToString(
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture
                ),
                ["place"] = fact.Place,
            };
        }
        return document;
    }

    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";
}
