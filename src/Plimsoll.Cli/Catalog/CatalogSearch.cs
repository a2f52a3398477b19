using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Cli.Catalog;

/// <summary>Finds entries by the name a user types.</summary>
internal static class CatalogSearch
{
    /// <summary>The entries of this name in any case; else those that begin with it; else those that hold it, are called so, or lie in a province of this name.</summary>
    /// <exception cref="KeyNotFoundException">None; the message names the nearest.</exception>
    public static IReadOnlyList<CatalogEntry> Matching(
        CatalogView view,
        string name,
        string? kind = null
    )
    {
        var all = (
            kind is null ? view.Kinds.SelectMany(view.Entries) : view.Entries(kind)
        ).ToList();
        var called = new CatalogNames(view);
        const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
        Func<CatalogEntry, bool>[] rules =
        [
            e => e.Name.Equals(name, AnyCase),
            e => e.Name.StartsWith(name, AnyCase),
            e => e.Name.Contains(name, AnyCase),
            e => called.Find(e.Kind, name) == e.Name,
            e => called.Meant(e.Kind, name).Contains(e.Name, StringComparer.Ordinal),
        ];
        foreach (var rule in name.Length == 0 ? [] : rules)
        {
            var found = all.Where(rule).ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }
        var near = NearestName.Several(name, all.Select(e => e.Name), 3);
        var day = view.AsOf.Year == 9999 ? "" : $" as of {view.AsOf:yyyy-MM-dd}";
        var remedy =
            near.Count > 0 ? $" Nearest: {string.Join(", ", near.Select(n => $"'{n}'"))}."
            : view.Kinds.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? $" It is a kind: run 'plimsoll catalog list {name.ToLowerInvariant()}'."
            : $" Run 'plimsoll catalog list{(kind is null ? "" : " " + kind)}' for the names.";
        throw new KeyNotFoundException(
            $"The catalogue has no {kind?.TrimEnd('s') ?? "entry"} '{name}'{day}.{remedy}"
        );
    }
}
