using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Catalog;

/// <summary>Everything known, with dates. Layers never receive this; they receive a <see cref="CatalogView"/> of a day.</summary>
public sealed class FactCatalog
{
    private readonly List<CatalogFact> _facts = [];
    private readonly Dictionary<string, DerivedTable> _derived = new(StringComparer.Ordinal);

    private FactCatalog(IEnumerable<(string Path, string Text)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n" + text + "\n"));
            var name = Path.GetFileNameWithoutExtension(path);
            if (path.StartsWith("derived/", StringComparison.Ordinal))
            {
                _derived[name] = DerivedTable.Read(name, text, path);
            }
            else
            {
                _facts.AddRange(CatalogReader.Read(name, text, path));
            }
        }
        Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 of all files, for manifests.</summary>
    public string Hash { get; }

    /// <summary>All facts, in file order.</summary>
    public IReadOnlyList<CatalogFact> Facts => _facts;

    /// <summary>All fitted artefacts by name.</summary>
    public IReadOnlyDictionary<string, DerivedTable> Derived => _derived;

    /// <summary>The catalogue shipped inside the package.</summary>
    public static FactCatalog Shipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return new FactCatalog(
            assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("catalog/", StringComparison.Ordinal))
                .Select(n =>
                {
                    using var reader = new StreamReader(
                        assembly.GetManifestResourceStream(n)!,
                        Encoding.UTF8
                    );
                    return (n["catalog/".Length..], reader.ReadToEnd());
                })
        );
    }

    /// <summary>A catalogue from a folder with the layout of the shipped one.</summary>
    /// <exception cref="InvalidDataException">A row breaks a rule.</exception>
    public static FactCatalog FromFolder(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
                .Select(f =>
                    (Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText(f))
                )
        );

    /// <summary>A catalogue from texts, path to content; for tests and for planting changes.</summary>
    public static FactCatalog FromTexts(IEnumerable<(string Path, string Text)> files) =>
        new(files);

    /// <summary>What was published by a day.</summary>
    public CatalogView AsOf(DateOnly day) => new(this, day);

    /// <summary>What was published by the end of a month.</summary>
    public CatalogView AsOf(Quantities.Month month) => new(this, month.LastDay);
}
