using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>What a study takes from the country of its site: currency, market and tax.</summary>
/// <param name="Code">Two letters, ISO 3166.</param>
/// <param name="Name">In English.</param>
/// <param name="Currency">Its money.</param>
/// <param name="Market">Market of accelerator-hours that is modelled for it; null for none.</param>
/// <param name="Tax">Tax preset of the catalogue; null for none.</param>
public sealed record Country(
    string Code,
    string Name,
    Currency Currency,
    string? Market,
    string? Tax
)
{
    private static readonly Country[] _all =
    [
        new("CN", "China", Currency.Cny, "china", "China"),
        new("US", "the United States", Currency.Usd, "us", "United States"),
        new("DE", "Germany", Currency.Eur, "europe", "Germany"),
        new("FR", "France", Currency.Eur, "europe", null),
        new("IE", "Ireland", Currency.Eur, "europe", null),
        new("SE", "Sweden", Currency.Eur, "europe", null),
        new("GB", "the United Kingdom", Currency.Eur, "europe", null),
    ];

    /// <summary>The countries that have more than a code here.</summary>
    public static IReadOnlyList<Country> All => _all;

    /// <summary>A country by its code; one without market and tax when nothing else is known of it.</summary>
    /// <param name="code">Two letters.</param>
    /// <param name="currency">Currency in which the catalogue gives its sites' costs.</param>
    public static Country Of(string code, Currency currency) =>
        Array.Find(_all, c => c.Code == code) ?? new Country(code, code, currency, null, null);

    /// <summary>The country of a market; null for a market that is no country's.</summary>
    public static Country? OfMarket(string market) =>
        Array.Find(_all, c => string.Equals(c.Market, market, StringComparison.Ordinal));

    /// <summary>The country of a tax preset; null for a preset that is no country's.</summary>
    public static Country? OfTax(string preset) =>
        Array.Find(_all, c => string.Equals(c.Tax, preset, StringComparison.Ordinal));
}
