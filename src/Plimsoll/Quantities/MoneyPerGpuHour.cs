using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A price of one accelerator for one hour, in one currency.</summary>
/// <param name="Amount">Units of the currency per GPU-h; never NaN.</param>
/// <param name="Currency">The currency.</param>
/// <param name="PriceYear">Year of the price level; 0 for nominal money of its own date.</param>
public readonly record struct MoneyPerGpuHour(double Amount, Currency Currency, int PriceYear = 0)
{
    /// <summary>Units of the currency per GPU-h.</summary>
    public double Amount
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Amount));
    } = Refuse.NotFinite(Amount, nameof(Amount));

    /// <summary>What a quantity costs at this price.</summary>
    public static Money operator *(MoneyPerGpuHour price, GpuHours quantity) =>
        new(price.Amount * quantity.Count, price.Currency, price.PriceYear);

    /// <summary>What a quantity costs at this price.</summary>
    public static Money operator *(GpuHours quantity, MoneyPerGpuHour price) => price * quantity;

    /// <summary>A multiple of the price.</summary>
    public static MoneyPerGpuHour operator *(MoneyPerGpuHour price, double factor) =>
        price with
        {
            Amount = price.Amount * factor,
        };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Amount:0.####} {Currency}/GPU-h");
}
