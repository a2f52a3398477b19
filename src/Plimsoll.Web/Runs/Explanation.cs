using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Jobs;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Runs;

/// <summary>A figure of a result opened: its value, how it comes about, the numbers it rests on, and the catalogue row or line of the study behind each.</summary>
internal static class Explanation
{
    /// <summary>Inputs told of a whole section.</summary>
    private const int MostOfASection = 12;

    /// <summary>The explanation; null when the result has no such figure.</summary>
    /// <param name="result">The published document.</param>
    /// <param name="path">Its place: <c>options[0].breach.value</c>, <c>why[3]</c>, <c>assumptions[7]</c>.</param>
    /// <param name="spoken">The same document in the words of a language; null for those of the published one.</param>
    /// <param name="language">That language; English when null.</param>
    public static JsonObject? Of(
        JsonNode result,
        string path,
        JsonNode? spoken = null,
        Language? language = null
    )
    {
        spoken ??= result;
        if (path.Length is 0 or > 300 || DocumentPath.Find(result, path) is not { } figure)
        {
            return null;
        }
        var origin = FigureOrigin.Of(result, path, spoken, language ?? Language.Of(null));
        return new JsonObject
        {
            ["path"] = path,
            ["value"] = figure is JsonValue ? figure.DeepClone() : null,
            ["figure"] = figure is JsonValue ? null : figure.DeepClone(),
            ["how"] = new JsonArray([
                .. origin.How.Where(h => h.Length > 0).Select(h => (JsonNode)h),
            ]),
            ["chain"] = new JsonArray([
                .. (spoken["why"]?.AsArray() ?? [])
                    .Skip(origin.Steps.From)
                    .Take(origin.Steps.Count)
                    .Select(s => s!.DeepClone()),
            ]),
            ["parts"] = new JsonArray([
                .. origin.Parts.Select(p => new JsonObject
                {
                    ["name"] = p.Words,
                    ["path"] = p.Path,
                    ["value"] = DocumentPath.Find(result, p.Path)?.DeepClone(),
                }),
            ]),
            ["restsOnAll"] = origin.Movers,
            ["restsOn"] = new JsonArray([
                .. origin
                    .Names.SelectMany(n => Written(result, n))
                    .Distinct(StringComparer.Ordinal)
                    .Select(n => Source(result, n, spoken)),
            ]),
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

    /// <summary>True when a bar, which is named in words by the last key of its input and, where several have one, by whose it is, is of this input.</summary>
    private static bool IsBar(string input, string bar)
    {
        var comma = bar.IndexOf(", ", StringComparison.Ordinal);
        var (key, owner) = comma < 0 ? (bar, "") : (bar[..comma], bar[(comma + 2)..]);
        return input.EndsWith("." + key.Replace(' ', '_'), StringComparison.Ordinal)
            && (owner.Length == 0 || input.Contains($"[{owner}]", StringComparison.Ordinal));
    }

    private static int Bar(JsonNode result, string name) =>
        result["tornado"]?.AsArray().ToList().FindIndex(b => Text(b?["input"]) == name) ?? -1;

    /// <summary>The inputs of a name: itself, or of a section those that the study states; where it states none the first.</summary>
    private static IEnumerable<string> Written(JsonNode result, string name)
    {
        var rows = result["assumptions"]?.AsArray().OfType<JsonNode>().ToList() ?? [];
        var within = rows.Where(r =>
                Text(r["name"]) is var n
                && (
                    n.StartsWith(name + ".", StringComparison.Ordinal)
                    || n.StartsWith(name + "[", StringComparison.Ordinal)
                )
            )
            .ToList();
        if (rows.Exists(r => Text(r["name"]) == name))
        {
            return [name];
        }
        if (within.Count == 0)
        {
            // The market as a whole, or what a tornado bar moves; a section of which the study says nothing is no input.
            return name == "market" || Bar(result, name) >= 0 ? [name] : [];
        }
        var stated = within
            .Where(r => !Text(r["place"]).StartsWith("default", StringComparison.Ordinal))
            .ToList();
        return (stated.Count > 0 ? stated : within[..1])
            .Take(MostOfASection)
            .Select(r => Text(r["name"]));
    }

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
                || IsBar(Text(a?["name"]), name)
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
            ["range"] =
                Text(row?["range"]) is { Length: > 0 } range ? range
                : bar is null ? ""
                : $"{Text(bar["lowInput"])} to {Text(bar["highInput"])}",
            ["unit"] = Text(row?["unit"] ?? bar?["unit"]),
            ["grade"] = Text(row?["grade"] ?? bar?["grade"]),
            ["source"] = Text(row?["source"] ?? bar?["source"]),
            ["dated"] = Text(row?["dated"]),
            ["place"] = Text(row?["place"]),
        };
        if (Row(Text(written!["source"]) + " " + Text(written["place"])) is { } fact)
        {
            document["catalogue"] = Catalogue(fact);
        }
        return document;
    }

    /// <summary>A row of the catalogue as a figure opens to it.</summary>
    internal static JsonObject Catalogue(CatalogFact fact) =>
        new()
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

    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";
}
