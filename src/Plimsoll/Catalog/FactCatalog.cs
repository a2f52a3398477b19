using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Files;

namespace Plimsoll.Catalog;

/// <summary>Everything known, with dates. Layers never receive this; they receive a <see cref="CatalogView"/> of a day.</summary>
public sealed class FactCatalog
{
    private const string Prefix = "catalog/";
    private const string DerivedFolder = "derived/";

    // Read once: the files are part of the program and never change while it runs.
    private static readonly Lazy<FactCatalog> _shipped = new(() => new FactCatalog(ShippedFiles()));

    private readonly List<CatalogFact> _facts = [];
    private readonly Dictionary<string, Lazy<DerivedTable>> _derived = new(StringComparer.Ordinal);

    private FactCatalog(IEnumerable<(string Path, string Text)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n" + text + "\n"));
            var name = Path.GetFileNameWithoutExtension(path);
            if (path.StartsWith(DerivedFolder, StringComparison.Ordinal))
            {
                // Fitted artefacts are large and few commands need them: they are parsed when first asked for.
                _derived[name] = new Lazy<DerivedTable>(() => DerivedTable.Read(name, text, path));
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

    /// <summary>Names of the fitted artefacts, in alphabetic order.</summary>
    public IReadOnlyList<string> DerivedNames => [.. _derived.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A fitted artefact with all its rows; null when there is none of this name.</summary>
    /// <exception cref="InvalidDataException">The file lacks <c>data_to</c> or holds no date there.</exception>
    public DerivedTable? Derived(string name) =>
        _derived.TryGetValue(name, out var table) ? table.Value : null;

    /// <summary>The catalogue shipped inside the package.</summary>
    public static FactCatalog Shipped() => _shipped.Value;

    /// <summary>The files of the shipped catalogue, path to content: a base for a catalogue of one's own.</summary>
    public static IReadOnlyList<(string Path, string Text)> ShippedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using var reader = new StreamReader(
                        assembly.GetManifestResourceStream(n)!,
                        Encoding.UTF8
                    );
                    return (n[Prefix.Length..], reader.ReadToEnd());
                }),
        ];
    }

    /// <summary>A catalogue from a folder with the layout of the shipped one.</summary>
    /// <exception cref="InvalidDataException">A row breaks a rule; the message names file, line, found and expected.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static FactCatalog FromFolder(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
                .Select(f =>
                    (
                        Path.GetRelativePath(folder, f).Replace('\\', '/'),
                        InputFile.Read(f, FileBounds.Table).Text()
                    )
                )
        );

    /// <summary>A catalogue from texts, path to content; for tests and for planting changes.</summary>
    /// <exception cref="InvalidDataException">A row breaks a rule; the message names file, line, found and expected.</exception>
    public static FactCatalog FromTexts(IEnumerable<(string Path, string Text)> files) =>
        new(files);

    /// <summary>What was published by a day.</summary>
    public CatalogView AsOf(DateOnly day) => new(this, day);

    /// <summary>What was published by the end of a month.</summary>
    public CatalogView AsOf(Quantities.Month month) => new(this, month.LastDay);
}
