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
    /// <param name="spoken">The same document in the words of a language; null for those of the published one.</param>
    public static JsonObject? Of(JsonNode result, string path, JsonNode? spoken = null)
    {
        spoken ??= result;
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
            ["chain"] = new JsonArray([.. steps.Select(i => spoken["why"]![i]!.DeepClone())]),
            ["restsOn"] = new JsonArray([.. names.Select(n => Source(result, n, spoken))]),
            ["draws"] = result["draws"]?.DeepClone(),
            ["seed"] = result["seed"]?.DeepClone(),
            ["market"] = spoken["market"]?.DeepClone(),
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

    private static (IEnumerable<int> Steps, IEnumerable<string> Names) Behind(
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
            return (Enumerable.Range(0, steps.Count), Inputs(steps[^1..]));
        }
        var movers =
            result["tornado"]
                ?.AsArray()
                .Take(Movers)
                .Select(b => Text(b?["input"]))
                .Where(n => n.Length > 0)
            ?? [];
        return (Enumerable.Range(0, why.Count), movers);
    }

    private static IEnumerable<string> Inputs(IEnumerable<JsonNode> steps) =>
        steps
            .SelectMany(s => s["inputs"]?.AsArray().Select(Text) ?? [])
            .Distinct(StringComparer.Ordinal);

    /// <summary>What a name of the published document stands for, in the words of the spoken one: both have the same rows at the same places.</summary>
    private static JsonObject Source(JsonNode result, string name, JsonNode spoken)
    {
        int At(string list, Func<JsonNode?, bool> wanted) =>
            result[list]?.AsArray().ToList().FindIndex(x => wanted(x)) ?? -1;
        static JsonNode? In(JsonNode of, string list, int at) => at < 0 ? null : of[list]![at];
        var rowAt = At(
            "assumptions",
            a =>
                Text(a?["name"]) == name
                || Text(a?["name"]).StartsWith(name + ".", StringComparison.Ordinal)
        );
        var barAt = At("tornado", b => Text(b?["input"]) == name);
        if (rowAt < 0 && barAt < 0)
        {
            return new JsonObject { ["name"] = name };
        }
        var (row, bar) = (In(spoken, "assumptions", rowAt), In(spoken, "tornado", barAt));
        var written = In(result, "assumptions", rowAt) ?? In(result, "tornado", barAt);
        var document = new JsonObject
        {
            ["name"] = spoken == result ? name : Text(row?["name"] ?? bar?["input"]),
            ["value"] = Text(row?["value"]),
            ["range"] = Text(row?["range"]),
            ["unit"] = Text(row?["unit"] ?? bar?["unit"]),
            ["grade"] = Text(row?["grade"] ?? bar?["grade"]),
            ["source"] = Text(row?["source"] ?? bar?["source"]),
            ["dated"] = Text(row?["dated"]),
            ["place"] = Text(row?["place"]),
        };
        if (Row(Text(written!["source"]) + " " + Text(written["place"])) is { } fact)
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
