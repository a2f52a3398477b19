using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Files;

/// <summary>Whose outputs a folder holds.</summary>
/// <param name="Kind">The word after <c>kind:</c> of the input.</param>
/// <param name="Name">Name of the study, case or market.</param>
/// <param name="Files">Names of the files that this run may write.</param>
public sealed record OutputOwner(string Kind, string Name, IReadOnlyList<string> Files)
{
    /// <summary>Name of the manifest, written last.</summary>
    public const string Manifest = "manifest.json";

    private const long MostBytes = 4_000_000;

    /// <summary>What the manifest in a folder says; null when there is none that can be read.</summary>
    internal static OutputOwner? Of(string folder)
    {
        var path = Path.Combine(folder, Manifest);
        if (FileFacts.Of(path).Kind != FileKind.Regular)
        {
            return null;
        }
        try
        {
            var manifest = JsonNode.Parse(InputFile.Read(path, MostBytes).Bytes) as JsonObject;
            if (manifest?["schema"]?.GetValue<string>() != "plimsoll.manifest")
            {
                return null;
            }
            return new OutputOwner(
                manifest["kind"]?.GetValue<string>() ?? "study",
                manifest["study"]?.GetValue<string>() ?? "",
                // The first version listed no outputs; it wrote these.
                manifest["outputs"] is JsonObject outputs
                    ? [.. outputs.Where(o => IsOurs(folder, o.Key, o.Value)).Select(o => o.Key)]
                    : ["result.json", "report.html", "workbook.xlsx"]
            );
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FileRefusedException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return null;
        }
    }

    /// <summary>Whether a name is that of a file in the folder itself.</summary>
    internal static bool IsPlain(string name) =>
        name.Length > 0 && Path.GetFileName(name) == name && name is not ("." or "..");

    /// <summary>A manifest may name any file; only one that still has its hash is taken for ours.</summary>
    private static bool IsOurs(string folder, string name, JsonNode? output)
    {
        var path = Path.Combine(folder, name);
        if (!IsPlain(name) || FileFacts.Of(path).Kind != FileKind.Regular)
        {
            return false;
        }
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file))
            == output?["sha256"]?.GetValue<string>();
    }

    /// <summary>Whether a folder may be written by this owner; throws with the reason when not.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="shown">The folder as the user wrote it.</param>
    /// <param name="replace">Whether something else may be overwritten.</param>
    /// <returns>Who wrote the folder before; null for nobody.</returns>
    internal OutputOwner? MayWrite(string folder, string shown, bool replace)
    {
        var before = Of(folder);
        if (replace || (before is not null && before.Kind == Kind && before.Name == Name))
        {
            return before;
        }
        if (before is not null)
        {
            throw new OutputException(
                OutputFault.HoldsAnother,
                $"'{InputText.Cut(shown)}' holds the outputs of another {InputText.Cut(before.Kind)}, '{InputText.Cut(before.Name)}'; give another folder with --out, or say --replace."
            );
        }
        if (
            Files.Append(Manifest).FirstOrDefault(f => Path.Exists(Path.Combine(folder, f))) is
            { } there
        )
        {
            throw new OutputException(
                OutputFault.HoldsAnother,
                $"'{InputText.Cut(shown)}' holds a {there} that no sound manifest accounts for; give another folder with --out, or say --replace."
            );
        }
        return null;
    }
}
