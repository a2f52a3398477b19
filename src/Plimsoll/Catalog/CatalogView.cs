using Plimsoll.Inputs;

namespace Plimsoll.Catalog;

/// <summary>What was published by a day: the only form in which the layers see the catalogue.</summary>
public sealed class CatalogView
{
    private readonly Dictionary<(string Kind, string Name), CatalogEntry> _entries = [];
    private readonly Dictionary<string, List<string>> _names = new(StringComparer.Ordinal);
    private readonly FactCatalog _catalog;

    internal CatalogView(FactCatalog catalog, DateOnly asOf)
    {
        _catalog = catalog;
        AsOf = asOf;
        foreach (
            var group in catalog
                .Facts.Where(f => f.Text.Published <= asOf)
                .GroupBy(f => (f.Kind, f.Name))
        )
        {
            var facts = group.OrderBy(f => f.Text.ValidFrom).ThenBy(f => f.Text.Published).ToList();
            _entries[group.Key] = new CatalogEntry(group.Key.Kind, group.Key.Name, asOf, facts);
            if (!_names.TryGetValue(group.Key.Kind, out var names))
            {
                _names[group.Key.Kind] = names = [];
            }
            names.Add(group.Key.Name);
        }
    }

    private CatalogView(CatalogView view, CatalogEntry entry)
    {
        (_catalog, AsOf) = (view._catalog, view.AsOf);
        foreach (var (key, value) in view._entries)
        {
            _entries[key] = value;
        }
        foreach (var (kind, names) in view._names)
        {
            _names[kind] = names;
        }
        if (_entries.TryAdd((entry.Kind, entry.Name), entry))
        {
            _names[entry.Kind] = [.. _names.GetValueOrDefault(entry.Kind, []), entry.Name];
        }
        else
        {
            _entries[(entry.Kind, entry.Name)] = entry;
        }
    }

    /// <summary>The same view with one more entry, or another in place of one of the same name: what a study itself states.</summary>
    /// <param name="entry">The entry.</param>
    public CatalogView With(CatalogEntry entry) => new(this, entry);

    /// <summary>The day of the view.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Kinds with at least one visible entry, in alphabetic order.</summary>
    public IReadOnlyList<string> Kinds => [.. _names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Names of the visible entries of a kind, in file order; none when the kind is unknown.</summary>
    public IReadOnlyCollection<string> Names(string kind) =>
        _names.TryGetValue(kind, out var names) ? names : [];

    /// <summary>All visible entries of a kind, in file order.</summary>
    public IEnumerable<CatalogEntry> Entries(string kind) =>
        Names(kind).Select(name => _entries[(kind, name)]);

    /// <summary>An entry by its exact name, or null.</summary>
    public CatalogEntry? Find(string kind, string name) => _entries.GetValueOrDefault((kind, name));

    /// <summary>An entry by its exact name.</summary>
    /// <exception cref="KeyNotFoundException">Not known on the day; the message names the nearest.</exception>
    public CatalogEntry Entry(string kind, string name)
    {
        if (Find(kind, name) is { } entry)
        {
            return entry;
        }
        var near = NearestName.Of(name, Names(kind));
        throw new KeyNotFoundException(
            $"The catalogue has no {kind} '{name}' as of {AsOf:yyyy-MM-dd}."
                + (near is null ? "" : $" Did you mean '{near}'?")
        );
    }

    /// <summary>Names of the fitted artefacts with at least one visible row, in alphabetic order.</summary>
    public IReadOnlyList<string> DerivedNames =>
        [.. _catalog.DerivedNames.Where(name => Derived(name) is not null)];

    /// <summary>The rows of a fitted artefact whose data end on or before the day, as a table; null when no row is visible.</summary>
    public CsvTable? Derived(string name)
    {
        if (_catalog.Derived(name) is not { } derived)
        {
            return null;
        }
        var visible = derived.Table.Where((i) => derived.DataTo[i] <= AsOf);
        return visible.Rows.Count == 0 ? null
            : visible.Rows.Count == derived.Table.Rows.Count ? derived.Table
            : visible;
    }
}
