using System.Reflection;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary>What a result was made from: enough to make the same bytes again. The folder of outputs adds kind, name and the hash of every output.</summary>
internal static class Manifest
{
    public static JsonObject Of(StudyResult result, FactCatalog catalog, InputFile study) =>
        new()
        {
            ["plimsoll"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            ["commit"] = Commit,
            ["dotnet"] = Environment.Version.ToString(),
            ["resultVersion"] = ResultDocument.Version,
            ["studySha256"] = study.Sha256,
            ["catalogSha256"] = catalog.Hash,
            ["seed"] = result.Seed,
            ["draws"] = result.Draws,
            ["vintage"] = result.Market,
            ["decided"] = result.Decided.ToString(),
        };

    /// <summary>Commit of the sources from which the tool was built; "unknown" when they stood under no version control.</summary>
    public static string Commit =>
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "Commit")
            is { Value: { Length: > 0 } commit }
            ? commit
            : "unknown";
}
