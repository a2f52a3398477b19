using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Web.Runs;

/// <summary>What stands beside a chart or table of an answer, as comma-separated text: one column a field, in full.</summary>
internal static class ResultTables
{
    // What the search of a portfolio tells.
    private static readonly string[] _searched = ["rules", "frontier", "takenBack", "unknowns"];

    /// <summary>Names of the tables.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "options",
        "fans",
        "coverByYear",
        "waterfall",
        "tornado",
        "stresses",
        "floors",
        "flips",
        "why",
        "assumptions",
        "loans",
        "hubs",
        "centres",
        "crowding",
        "schemes",
        "forms",
        .. _searched,
    ];

    /// <summary>A table; null when there is none of this name.</summary>
    public static string? Csv(JsonNode result, string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }
        var rows = (
            name switch
            {
                "fans" => Fans(result),
                "waterfall" => Waterfall(result),
                "centres" => (result[name] as JsonArray ?? []).Select(Centre),
                _ when _searched.Contains(name, StringComparer.Ordinal) => (
                    result["search"]?[name] as JsonArray ?? []
                ).Select(Flat),
                _ => (result[name] as JsonArray ?? []).Select(Flat),
            }
        ).ToList();
        var columns = rows.SelectMany(r => r.Keys).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(CsvCell.Of)).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', columns.Select(c => CsvCell.Of(row.GetValueOrDefault(c, ""))))
                .Append('\n');
        }
        return text.ToString();
    }

    private static Dictionary<string, string> Flat(JsonNode? node)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(row, "", node);
        return row;
    }

    /// <summary>A centre without its months, which stand in the result.</summary>
    private static Dictionary<string, string> Centre(JsonNode? node) =>
        Flat(node)
            .Where(c => !c.Key.EndsWith("ByMonth", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);

    private static void Add(Dictionary<string, string> row, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                foreach (var (key, value) in mapping)
                {
                    Add(row, path.Length == 0 ? key : $"{path}.{key}", value);
                }
                break;
            case JsonArray list:
                row[path] = string.Join(
                    "; ",
                    list.Select(i => i is JsonValue ? i.ToString() : i?.ToJsonString() ?? "")
                );
                break;
            default:
                row[path] = node?.ToString() ?? "";
                break;
        }
    }

    private static IEnumerable<Dictionary<string, string>> Fans(JsonNode result)
    {
        foreach (var fan in result["fans"] as JsonArray ?? [])
        {
            var months = (fan!["p50"] as JsonArray)?.Count ?? 0;
            for (var m = 0; m < months; m++)
            {
                var row = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["figure"] = fan["name"]!.ToString(),
                    ["unit"] = fan["unit"]!.ToString(),
                    ["month"] = m.ToString(CultureInfo.InvariantCulture),
                };
                foreach (var key in new[] { "p10", "p50", "p90", "medianDraw" })
                {
                    row[key] = (fan[key] as JsonArray)?[m]?.ToString() ?? "";
                }
                yield return row;
            }
        }
    }

    private static IEnumerable<Dictionary<string, string>> Waterfall(JsonNode result)
    {
        foreach (var year in result["waterfall"] as JsonArray ?? [])
        {
            var row = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["year"] = year!["year"]!.ToString(),
            };
            foreach (var line in year["lines"] as JsonArray ?? [])
            {
                row[line!["name"]!.ToString()] = line["amount"]?.ToString() ?? "";
            }
            yield return row;
        }
    }
}
