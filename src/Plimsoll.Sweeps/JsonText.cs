using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plimsoll.Sweeps;

/// <summary>How documents are written.</summary>
internal static class JsonText
{
    /// <summary>For people and programs.</summary>
    public static JsonSerializerOptions Indented { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
