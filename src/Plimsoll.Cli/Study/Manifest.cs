using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary>What a result was made from: enough to make the same bytes again.</summary>
internal static class Manifest
{
    public static JsonObject Of(StudyResult result, FactCatalog catalog, byte[] study) =>
        new()
        {
            ["schema"] = "plimsoll.manifest",
            ["version"] = 1,
            ["plimsoll"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            ["dotnet"] = Environment.Version.ToString(),
            ["resultVersion"] = ResultDocument.Version,
            ["study"] = result.Name,
            ["studySha256"] = Convert.ToHexStringLower(SHA256.HashData(study)),
            ["catalogSha256"] = catalog.Hash,
            ["seed"] = result.Seed,
            ["draws"] = result.Draws,
            ["vintage"] = result.Market,
            ["decided"] = result.Decided.ToString(),
        };
}
