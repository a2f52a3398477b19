using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Inputs;

namespace Plimsoll.Catalog;

/// <summary>The names by which people call what the catalogue knows: its own, those in Chinese, and the usual short ones (attribute <c>also</c>).</summary>
/// <remarks>
/// Case, blanks, hyphens, full-width letters and the maker's name do not matter; a server may be written as eight cards of its chip. A name that more than one entry bears
/// is nobody's: it is refused, and all of them are proposed. A province (attributes <c>province</c> and <c>province_zh</c>) is no site: its sites are proposed.
/// </remarks>
public sealed partial class CatalogNames
{
    /// <summary>Attribute of further names, parted by semicolons.</summary>
    public const string Also = "also";

    private static readonly string[] _named = [Also, "name_zh"];
    private static readonly string[] _around = ["province", "province_zh"];

    private static readonly string[] _makers =
    [
        "nvidia",
        "英伟达",
        "amd",
        "huawei",
        "华为",
        "ascend",
        "昇腾",
    ];

    private readonly CatalogView _view;

    // Read by many at once in a server.
    private readonly ConcurrentDictionary<string, Dictionary<string, List<string>>> _kinds = new(
        StringComparer.Ordinal
    );

    /// <summary>The names of a view.</summary>
    /// <param name="view">Of all days, where a name not known yet is to be told from one that is wrong.</param>
    public CatalogNames(CatalogView view) => _view = view;

    /// <summary>The entry that a text names; null where none is, or more than one.</summary>
    /// <param name="kind">Kind of entry.</param>
    /// <param name="text">As written.</param>
    public string? Find(string kind, string text) =>
        _view.Find(kind, text) is not null ? text
        : (Known(kind).GetValueOrDefault(Plain(text)) ?? [])
            .Where(n => !n.EndsWith(Around))
            .Take(2)
            .ToArray()
            is [var one]
            ? one
        : null;

    /// <summary>Entries that may have been meant by a text that names none: those that bear it together, or lie in the province of this name.</summary>
    /// <param name="kind">Kind of entry.</param>
    /// <param name="text">As written.</param>
    public IReadOnlyList<string> Meant(string kind, string text) =>
        [
            .. (Known(kind).GetValueOrDefault(Plain(text)) ?? [])
                .Select(n => n.TrimEnd(Around))
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>A file in which every name of the catalogue is the entry's own.</summary>
    /// <param name="root">The file as written.</param>
    /// <param name="table">Its table.</param>
    public InputMapping In(InputMapping root, InputTable table)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(table);
        return Mapping(root, table, "");
    }

    private InputMapping Mapping(InputMapping mapping, InputTable table, string parent)
    {
        List<InputEntry>? changed = null;
        foreach (var (i, entry) in mapping.Entries.Index())
        {
            var path = parent.Length == 0 ? entry.Key : $"{parent}.{entry.Key}";
            var value = entry.Value switch
            {
                InputScalar scalar => Scalar(scalar, table.Find(path)),
                InputMapping section => Mapping(section, table, path),
                InputSequence list => List(list, table, path + "[]"),
                var other => other,
            };
            if (!ReferenceEquals(value, entry.Value))
            {
                changed ??= [.. mapping.Entries];
                changed[i] = entry with { Value = value };
            }
        }
        return changed is null ? mapping : mapping with { Entries = changed };
    }

    private InputSequence List(InputSequence list, InputTable table, string path)
    {
        InputNode[] items =
        [
            .. list.Items.Select(item =>
                item is InputMapping mapping ? Mapping(mapping, table, path) : item
            ),
        ];
        return items.Zip(list.Items).All(p => ReferenceEquals(p.First, p.Second))
            ? list
            : list with
            {
                Items = items,
            };
    }

    private InputScalar Scalar(InputScalar scalar, InputRow? row) =>
        row is { Type: InputType.CatalogName }
        && Find(row.CatalogKind, scalar.Text) is { } name
        && name != scalar.Text
            ? scalar with
            {
                Text = name,
            }
            : scalar;

    /// <summary>Marks a name under which an entry is only proposed.</summary>
    private const char Around = '\u0001';

    private Dictionary<string, List<string>> Known(string kind) => _kinds.GetOrAdd(kind, Read);

    private Dictionary<string, List<string>> Read(string kind)
    {
        var known = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        void Add(string text, string name)
        {
            var plain = Plain(text);
            if (plain.Length == 0)
            {
                return;
            }
            if (!known.TryGetValue(plain, out var names))
            {
                known[plain] = names = [];
            }
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                names.Add(name);
            }
        }
        foreach (var entry in _view.Entries(kind))
        {
            Add(entry.Name, entry.Name);
            foreach (
                var text in _named
                    .Select(entry.TextOrNull)
                    .OfType<string>()
                    .SelectMany(t => t.Split(';', StringSplitOptions.TrimEntries))
            )
            {
                Add(text, entry.Name);
            }
        }
        foreach (var entry in _view.Entries(kind))
        {
            foreach (var province in _around.Select(entry.TextOrNull).OfType<string>())
            {
                // A city that is its own province is itself.
                if (known.GetValueOrDefault(Plain(province))?.Contains(entry.Name) != true)
                {
                    Add(province, entry.Name + Around);
                }
            }
        }
        return known;
    }

    /// <summary>A name without what does not matter.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (
            var c in InputText
                .HalfWidth(text)
                .ToLowerInvariant()
                .Where(c => char.IsLetterOrDigit(c) || c is '.' or '×' or '*')
        )
        {
            plain.Append(c is '×' or '*' or '卡' ? 'x' : c);
        }
        var name = plain.ToString();
        foreach (
            var maker in _makers.Where(m =>
                name.Length > m.Length && name.StartsWith(m, StringComparison.Ordinal)
            )
        )
        {
            name = name[maker.Length..];
        }
        name = name.Length > 2 && name[^1] is '市' or '省' ? name[..^1] : name;
        return Eight().Replace(name, "8x${chip}");
    }

    [GeneratedRegex("^(?<chip>[a-z0-9.]+?)(?:x8|8x)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Eight();
}
