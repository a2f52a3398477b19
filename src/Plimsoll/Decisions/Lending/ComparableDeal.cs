using Plimsoll.Catalog;
using Plimsoll.Contracts;

namespace Plimsoll.Decisions.Lending;

/// <summary>A loan to such a centre as it was really made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Date">Day on which it was signed.</param>
/// <param name="Standing">Class of what carries it: the tenant, or the borrower where nobody else stands behind it.</param>
/// <param name="Margin">Yearly margin paid over the base rate.</param>
/// <param name="TenorMonths">Months to maturity; null where not known.</param>
/// <param name="Security">What secures it, in words.</param>
/// <param name="Amount">Money lent; null where not known.</param>
/// <param name="Source">Where the margin was read.</param>
public sealed record ComparableDeal(
    string Name,
    DateOnly Date,
    CreditClass Standing,
    double Margin,
    int? TenorMonths,
    string Security,
    double? Amount,
    string Source
)
{
    /// <summary>Class of whoever guarantees it beside what carries it; null where no guarantee is known.</summary>
    public CreditClass? Guarantor { get; init; }

    /// <summary>True when only the borrower's word secures it.</summary>
    public bool Unsecured => Security.StartsWith("none", StringComparison.Ordinal);

    /// <summary>True when accelerators secure it: neither buildings nor the word of a company.</summary>
    public bool OnAccelerators => Security.StartsWith("accelerators", StringComparison.Ordinal);

    /// <summary>All deals known on the day of the view, oldest first.</summary>
    /// <param name="view">The catalogue as known on a day.</param>
    public static IReadOnlyList<ComparableDeal> All(CatalogView view) =>
        [
            .. view.Entries("loans")
                .Select(Of)
                .OfType<ComparableDeal>()
                .OrderBy(d => d.Date)
                .ThenBy(d => d.Name, StringComparer.Ordinal),
        ];

    private static ComparableDeal? Of(CatalogEntry entry) =>
        entry.NumberOrNull("margin") is { } margin
        && entry.TextOrNull("standing") is { } word
        && CreditTerms.Parse(word) is { } standing
            ? new ComparableDeal(
                entry.Name,
                margin.ValidFrom,
                standing,
                margin.Value,
                entry.NumberOrNull("tenor") is { } tenor ? (int)tenor.Value : null,
                entry.TextOrNull("security") ?? "",
                entry.NumberOrNull("amount")?.Value,
                margin.Source
            )
            {
                Guarantor = entry.TextOrNull("guarantor") is { } guarantor
                    ? CreditTerms.Parse(guarantor)
                    : null,
            }
            : null;
}
