#:property RestorePackagesWithLockFile=false
// Writes the bill of materials (CycloneDX 1.6, JSON) of the shipped projects from their lock files: dotnet run .ci/Sbom.cs -- OUT LOCK...
using System.Text.Json;
using System.Text.Json.Nodes;

var components = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
foreach (var file in args.Skip(1))
{
    var frameworks = JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!.AsObject();
    foreach (var (name, package) in frameworks.SelectMany(f => f.Value!.AsObject()))
    {
        if ((string?)package!["resolved"] is not { } version)
        {
            continue; // a project of our own
        }
        var reference = $"pkg:nuget/{name}@{version}";
        components[reference] = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = reference,
            ["name"] = name,
            ["version"] = version,
            ["purl"] = reference,
            ["hashes"] = new JsonArray(
                new JsonObject
                {
                    ["alg"] = "SHA-512",
                    ["content"] = Convert.ToHexStringLower(
                        Convert.FromBase64String((string)package["contentHash"]!)
                    ),
                }
            ),
        };
    }
}
var document = new JsonObject
{
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["version"] = 1,
    ["metadata"] = new JsonObject
    {
        ["component"] = new JsonObject { ["type"] = "application", ["name"] = "plimsoll" },
    },
    ["components"] = new JsonArray([.. components.Values]),
};
File.WriteAllText(
    args[0],
    document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n"
);
Console.WriteLine($"   {components.Count} packages");
return components.Count > 0 ? 0 : 1;
