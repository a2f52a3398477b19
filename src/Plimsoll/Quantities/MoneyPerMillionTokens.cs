using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A price of tokens through an API, in one currency.</summary>
/// <param name="Amount">Units of the currency per M tokens; never NaN.</param>
/// <param name="Currency">The currency.</param>
/// <param name="PriceYear">Year of the price level; 0 for nominal money of its own date.</param>
public readonly record struct MoneyPerMillionTokens(
    double Amount,
    Currency Currency,
    int PriceYear = 0
)
{
    /// <summary>Units of the currency per M tokens.</summary>
    public double Amount
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Amount));
    } = Refuse.NotFinite(Amount, nameof(Amount));

    /// <summary>What a quantity costs at this price.</summary>
    public static Money operator *(MoneyPerMillionTokens price, Tokens quantity) =>
        new(price.Amount * quantity.Millions, price.Currency, price.PriceYear);

    /// <summary>What a quantity costs at this price.</summary>
    public static Money operator *(Tokens quantity, MoneyPerMillionTokens price) =>
        price * quantity;

    /// <summary>A multiple of the price.</summary>
    public static MoneyPerMillionTokens operator *(MoneyPerMillionTokens price, double factor) =>
        price with
        {
            Amount = price.Amount * factor,
        };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Amount:0.####} {Currency}/M tokens");
}
