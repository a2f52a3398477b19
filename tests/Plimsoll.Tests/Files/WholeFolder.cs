using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>Whether a folder of outputs is one whole study.</summary>
internal static class WholeFolder
{
    /// <summary>Asserts that the manifest lists files and that each has the hash it states.</summary>
    /// <returns>The manifest.</returns>
    public static JsonObject Check(string path)
    {
        var manifest = JsonNode
            .Parse(File.ReadAllText(Path.Combine(path, "manifest.json")))!
            .AsObject();
        var outputs = manifest["outputs"]!.AsObject();
        Assert.NotEmpty(outputs);
        foreach (var (name, stated) in outputs)
        {
            var bytes = File.ReadAllBytes(Path.Combine(path, name));
            Assert.Equal(
                (string?)stated!["sha256"],
                Convert.ToHexStringLower(SHA256.HashData(bytes))
            );
        }
        return manifest;
    }
}
