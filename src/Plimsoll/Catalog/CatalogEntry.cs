using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>One entry of the catalogue as known on the day of its view.</summary>
/// <param name="Kind">Kind of entry.</param>
/// <param name="Name">Its name.</param>
/// <param name="AsOf">Day of the view.</param>
/// <param name="Facts">Its visible facts, oldest first.</param>
public sealed record CatalogEntry(
    string Kind,
    string Name,
    DateOnly AsOf,
    IReadOnlyList<CatalogFact> Facts
)
{
    /// <summary>The fact in force on the day of the view: the latest valid one; one announced for later only if there is no other.</summary>
    /// <returns>Null when nothing is known.</returns>
    public CatalogFact? Find(string attribute) => FindAt(attribute, AsOf);

    /// <summary>The fact in force on a day: the latest valid by then, else the earliest announced.</summary>
    public CatalogFact? FindAt(string attribute, DateOnly day)
    {
        CatalogFact? best = null;
        foreach (var fact in Facts)
        {
            if (!string.Equals(fact.Attribute, attribute, StringComparison.Ordinal))
            {
                continue;
            }
            if (
                best is null
                || (
                    fact.Text.ValidFrom <= day
                    && (fact.Text.ValidFrom, fact.Text.Published).CompareTo(
                        (best.Text.ValidFrom, best.Text.Published)
                    ) >= 0
                )
            )
            {
                best = fact;
            }
        }
        return best;
    }

    /// <summary>A number in force on the day of the view.</summary>
    /// <exception cref="KeyNotFoundException">Nothing is known of it on that day.</exception>
    public Sourced<double> Number(string attribute) =>
        NumberOrNull(attribute) ?? throw Unknown(attribute);

    /// <summary>A number in force on the day of the view, or null.</summary>
    public Sourced<double>? NumberOrNull(string attribute) => Find(attribute)?.Number;

    /// <summary>Words in force on the day of the view.</summary>
    /// <exception cref="KeyNotFoundException">Nothing is known of it on that day.</exception>
    public string Text(string attribute) => TextOrNull(attribute) ?? throw Unknown(attribute);

    /// <summary>Words in force on the day of the view, or null.</summary>
    public string? TextOrNull(string attribute) => Find(attribute)?.Text.Value;

    /// <summary>All visible values of an attribute, by the day from which each holds; a revision replaces what it revises.</summary>
    public IReadOnlyList<Sourced<double>> Series(string attribute) =>
        [
            .. Facts
                .Where(f =>
                    f.Number is not null
                    && string.Equals(f.Attribute, attribute, StringComparison.Ordinal)
                )
                .GroupBy(f => f.Text.ValidFrom)
                .OrderBy(g => g.Key)
                .Select(g => g.MaxBy(f => f.Text.Published)!.Number!),
        ];

    private KeyNotFoundException Unknown(string attribute) =>
        new($"The catalogue knows no '{attribute}' of {Kind} '{Name}' as of {AsOf:yyyy-MM-dd}.");
}
