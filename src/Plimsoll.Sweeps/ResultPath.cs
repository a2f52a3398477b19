using System.Text.Json;
using Plimsoll.Inputs;

namespace Plimsoll.Sweeps;

/// <summary>A path into result.json, held to the published schema before anything runs.</summary>
internal static class ResultPath
{
    private static readonly Lazy<JsonElement> _schema = new(() =>
    {
        using var stream = typeof(ResultPath).Assembly.GetManifestResourceStream(
            "result-schema.json"
        )!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    });

    /// <summary>What is wrong with a path as that of a column.</summary>
    /// <param name="path">Keys joined by points, items of a list by number.</param>
    /// <param name="isWords">Whether the column holds words; numbers otherwise.</param>
    /// <returns>What was found and what to do; null when the document can hold it.</returns>
    public static (string Found, string Remedy)? Fault(string path, bool isWords)
    {
        var at = _schema.Value;
        var walked = "";
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            at = Target(at);
            JsonElement next;
            if (step.StartsWith('['))
            {
                if (step == "[*]")
                {
                    return ("every item", "A column holds one: give an item by number.");
                }
                if (!at.TryGetProperty("items", out next))
                {
                    return ($"'{walked}' is no list", $"Write '{walked}' without a number.");
                }
            }
            else if (!Property(at, step, out next))
            {
                return (
                    $"'{InputText.Cut(step)}' is not in {(walked.Length == 0 ? "result.json" : $"'{walked}'")}",
                    Names(at, step)
                );
            }
            walked += step.StartsWith('[') || walked.Length == 0 ? step : $".{step}";
            at = next;
        }
        var types = Types(Target(at)).ToHashSet(StringComparer.Ordinal);
        return isWords || types.Count == 0 || types.Contains("number") || types.Contains("integer")
                ? null
            : types.Contains("string") ? ("words", "Add 'type: words'.")
            : ("no number", Names(Target(at), ""));
    }

    private static JsonElement Target(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? Target(
                reference
                    .GetString()!
                    .Split('/')
                    .Skip(1)
                    .Aggregate(_schema.Value, (at, name) => at.GetProperty(name))
            )
        // Of what may be there or not, the part that is there.
        : schema.TryGetProperty("oneOf", out var parts)
            ? Target(
                parts
                    .EnumerateArray()
                    .First(p => !p.TryGetProperty("type", out var t) || t.ToString() != "null")
            )
        : schema;

    private static bool Property(JsonElement schema, string name, out JsonElement found) =>
        schema.TryGetProperty("properties", out var named) && named.TryGetProperty(name, out found)
        || schema.TryGetProperty("additionalProperties", out found)
            && found.ValueKind == JsonValueKind.Object;

    private static IEnumerable<string> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type)
            ? schema.TryGetProperty("enum", out _)
                ? ["string"]
                : []
            : type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Select(t => t.GetString()!)
                : [type.GetString()!];

    private static string Names(JsonElement schema, string typed)
    {
        if (schema.TryGetProperty("items", out _))
        {
            return "It is a list: give an item by number, for example [0].";
        }
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return "It holds one figure: end the path there.";
        }
        var names = properties.EnumerateObject().Select(p => p.Name).ToList();
        return NearestName.Of(typed, names) is { } near
            ? $"Did you mean '{near}'?"
            : $"It holds {string.Join(", ", names)}.";
    }
}
