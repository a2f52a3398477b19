using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Nothing published after the decision may be named: a model not yet out, a server not yet sold, a scheme not yet announced.</summary>
internal static partial class KnowledgeCheck
{
    private const int Named = 4;

    /// <summary>Adds every catalogue name that is not known on the day of the decision, whether written or a default.</summary>
    /// <param name="values">The file.</param>
    /// <param name="catalog">Everything known, to say from when a name is.</param>
    /// <param name="view">What was known at the decision.</param>
    /// <param name="found">Findings.</param>
    public static void Add(
        InputValues values,
        FactCatalog catalog,
        CatalogView view,
        StudyFindings found
    )
    {
        foreach (var row in values.Table.Rows.Where(r => r.Type == InputType.CatalogName))
        {
            foreach (var (path, name) in Names(values, row))
            {
                if (view.Find(row.CatalogKind, name) is null)
                {
                    found.Refuse(
                        path,
                        "not-yet-known",
                        $"'{name}', {Since(catalog, row.CatalogKind, name)}",
                        $"one of the {row.CatalogKind} known by {values.Month("decided")}",
                        Remedy(values, view, row, path)
                    );
                }
            }
        }
    }

    private static string Remedy(InputValues values, CatalogView view, InputRow row, InputPath path)
    {
        // The latest known come first: they are nearest to what is not yet.
        var known = view.Entries(row.CatalogKind)
            .OrderByDescending(e => e.Facts.Min(f => f.Text.Published))
            .Select(e => e.Name)
            .Take(Named)
            .ToList();
        var silent = row.Default is not null && !Stands(values, path);
        return (silent ? $"It is the default of '{path}'; name another. " : "")
            + (
                known.Count > 0
                    ? $"Known then: {string.Join(", ", known)}; or decide later."
                    : $"The catalogue knew no {row.CatalogKind} then; decide later."
            );
    }

    private static bool Stands(InputValues values, InputPath path) => values.Has(path.Text);

    private static string Since(FactCatalog catalog, string kind, string name)
    {
        var first = catalog
            .Facts.Where(f => f.Kind == kind && f.Name == name)
            .Select(f => f.Text.Published)
            .DefaultIfEmpty(DateOnly.MaxValue)
            .Min();
        return first == DateOnly.MaxValue
            ? "unknown"
            : $"known from {first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    /// <summary>The names that stand at a row or hold by default, with their places; none of a section that is absent.</summary>
    private static IEnumerable<(InputPath Path, string Name)> Names(
        InputValues values,
        InputRow row
    )
    {
        if (List().Match(row.Path) is { Success: true } list)
        {
            return values
                .Items(list.Groups["list"].Value)
                .Where(item => item.TextOrNull(row.Key) is not null)
                .Select(item => (item.Path.Key(row.Key), item.Text(row.Key)));
        }
        var used = row.Parent != "serving" || Serves(values);
        return used && values.TextOrNull(row.Path) is { } name
            ? [(new InputPath(row.Path), name)]
            : [];
    }

    /// <summary>True when the study serves tokens or asks what serving them would earn.</summary>
    public static bool Serves(InputValues values) =>
        values.Has("serving") || values.Flag("centre.sells_inference");

    [GeneratedRegex(@"^(?<list>[^\[]+)\[\]\.[^\[.]+$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex List();
}
