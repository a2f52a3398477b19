using Plimsoll.Catalog;

namespace Plimsoll.Jobs;

/// <summary>What computes a result: two processes with the same version give the same result for the same order.</summary>
/// <param name="Engine">Version of the library and the identity of its build.</param>
/// <param name="Catalogue">SHA-256 of the catalogue, lower-case hexadecimal.</param>
/// <remarks>
/// The build is deterministic, so the same sources give the same identity. On one platform results are the same to the byte; machines of other processors or systems agree
/// to 1e-9, so a sweep whose results are to be compared by hash runs on one platform.
/// </remarks>
public sealed record EngineVersion(string Engine, string Catalogue)
{
    /// <summary>The library in this process with a catalogue.</summary>
    /// <param name="catalog">The catalogue.</param>
    public static EngineVersion Of(FactCatalog catalog)
    {
        var library = typeof(FactCatalog).Assembly;
        return new EngineVersion(
            $"{library.GetName().Version!.ToString(3)} {library.ManifestModule.ModuleVersionId:N}",
            catalog.Hash
        );
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"engine {Engine}, catalogue {Catalogue[..Math.Min(8, Catalogue.Length)]}";
}
