using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A price of electrical energy, in one currency.</summary>
/// <param name="Amount">Units of the currency per kWh; never NaN.</param>
/// <param name="Currency">The currency.</param>
/// <param name="PriceYear">Year of the price level; 0 for nominal money of its own date.</param>
public readonly record struct MoneyPerKilowattHour(
    double Amount,
    Currency Currency,
    int PriceYear = 0
)
{
    /// <summary>Units of the currency per kWh.</summary>
    public double Amount
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Amount));
    } = Refuse.NotFinite(Amount, nameof(Amount));

    /// <summary>What a quantity costs at this price.</summary>
    public static Money operator *(MoneyPerKilowattHour price, Energy quantity) =>
        new(price.Amount * quantity.KilowattHours, price.Currency, price.PriceYear);

    /// <summary>What a quantity costs at this price.</summary>
    public static Money operator *(Energy quantity, MoneyPerKilowattHour price) => price * quantity;

    /// <summary>A multiple of the price.</summary>
    public static MoneyPerKilowattHour operator *(MoneyPerKilowattHour price, double factor) =>
        price with
        {
            Amount = price.Amount * factor,
        };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Amount:0.####} {Currency}/kWh");
}
