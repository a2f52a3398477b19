using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>A market as the motion of its rents needs it: its currency, and the market it leans on where it has no quotes of its own.</summary>
/// <param name="Name">china, us, europe.</param>
/// <param name="Currency">Currency of its rents.</param>
/// <param name="Reference">Market whose quotes inform its level, converted at the day's rate; null for none.</param>
/// <param name="ServicesTax">Rate of value-added tax on computing services, for a quote with tax that does not say its rate: China 6 %, Europe about 20 %; United States, none on the whole.</param>
/// <param name="ReferenceDeviation">Deviation of its log level from that market's, own prior.</param>
public sealed record MarketLink(
    string Name,
    Currency Currency,
    double ServicesTax,
    string? Reference,
    double ReferenceDeviation
)
{
    /// <summary>The markets known.</summary>
    public static IReadOnlyList<MarketLink> All { get; } =
    [
        new("china", Currency.Cny, 0.06, null, 0),
        new("us", Currency.Usd, 0, null, 0),
        new("europe", Currency.Eur, 0.20, "us", 0.20),
    ];

    /// <summary>A market by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such market; the message lists those there are.</exception>
    public static MarketLink Of(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no market '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}."
        );
}
