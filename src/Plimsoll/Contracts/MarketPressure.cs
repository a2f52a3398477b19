namespace Plimsoll.Contracts;

/// <summary>What a fall of the market does to a running contract; printed with the contract.</summary>
/// <param name="BreachPerLog">Chance a month that it is broken, per log unit of its price over the market's, 0 or more.</param>
/// <param name="RepricePerLog">Chance a month that its price is cut half-way to the market's, per log unit, 0 or more.</param>
public readonly record struct MarketPressure(double BreachPerLog, double RepricePerLog)
{
    /// <summary>The contract binds whatever the market does.</summary>
    public static MarketPressure None => default;
}
