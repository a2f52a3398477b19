using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Cli;

/// <summary>Prints one JSON document on standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the document and a line feed.</summary>
    public static void Print(JsonNode document) =>
        Console.Out.WriteLine(document.ToJsonString(_options));

    /// <summary>The text of a document as it stands in a file, with a line feed at its end.</summary>
    public static string Text(JsonNode document) =>
        document.ToJsonString(_options).ReplaceLineEndings("\n") + "\n";
}
