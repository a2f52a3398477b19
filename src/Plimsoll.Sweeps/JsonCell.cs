using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Sweeps;

/// <summary>A value of a JSON document as a cell of a table.</summary>
internal static class JsonCell
{
    /// <summary>A number; null when it is none.</summary>
    public static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
        && double.TryParse(
            value.ToJsonString(),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    /// <summary>Words; null for nothing.</summary>
    public static string? Words(JsonNode? value) =>
        value is null ? null
        : value is JsonValue v && v.TryGetValue<string>(out var text) ? text
        : value.ToJsonString();
}
