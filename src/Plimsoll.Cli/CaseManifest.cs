using System.Reflection;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Files;

namespace Plimsoll.Cli;

/// <summary>What the outputs of a finance case or a market were made from.</summary>
internal static class CaseManifest
{
    /// <summary>The manifest; the folder of outputs adds kind, name and the hash of every output.</summary>
    /// <param name="input">The file.</param>
    /// <param name="further">Files that it names; null for none.</param>
    public static JsonObject Of(InputFile input, params IReadOnlyList<InputFile?> further) =>
        new()
        {
            ["plimsoll"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            ["dotnet"] = Environment.Version.ToString(),
            ["inputSha256"] = input.Sha256,
            ["filesSha256"] = new JsonObject([
                .. further
                    .OfType<InputFile>()
                    .Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Sha256)),
            ]),
            ["catalogSha256"] = FactCatalog.Shipped().Hash,
        };
}
