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
            ["dotnet"] = Environment.Version.ToString(),
            ["resultVersion"] = ResultDocument.Version,
            ["studySha256"] = study.Sha256,
            ["catalogSha256"] = catalog.Hash,
            ["seed"] = result.Seed,
            ["draws"] = result.Draws,
            ["vintage"] = result.Market,
            ["decided"] = result.Decided.ToString(),
        };
}
