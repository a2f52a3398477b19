using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>An amount of money in one currency at the prices of one year.</summary>
/// <param name="Amount">Units of the currency; negative for an outflow; never NaN.</param>
/// <param name="Currency">The currency.</param>
/// <param name="PriceYear">Year whose price level the amount is in; 0 for nominal money of its own date.</param>
/// <remarks>Amounts of different currencies or price years do not add: convert first, with a dated rate.</remarks>
public readonly record struct Money(double Amount, Currency Currency, int PriceYear = 0)
{
    /// <summary>Units of the currency.</summary>
    public double Amount
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Amount));
    } = Refuse.NotFinite(Amount, nameof(Amount));

    /// <summary>Sum of two amounts of the same currency and price year.</summary>
    /// <exception cref="InvalidOperationException">Currency or price year differ.</exception>
    public static Money operator +(Money a, Money b) =>
        a with
        {
            Amount = a.Amount + b.Same(a).Amount,
        };

    /// <summary>Difference of two amounts of the same currency and price year.</summary>
    /// <exception cref="InvalidOperationException">Currency or price year differ.</exception>
    public static Money operator -(Money a, Money b) =>
        a with
        {
            Amount = a.Amount - b.Same(a).Amount,
        };

    /// <summary>An amount turned round.</summary>
    public static Money operator -(Money a) => a with { Amount = -a.Amount };

    /// <summary>A multiple of an amount.</summary>
    public static Money operator *(Money a, double factor) => a with { Amount = a.Amount * factor };

    /// <summary>A multiple of an amount.</summary>
    public static Money operator *(double factor, Money a) => a * factor;

    /// <summary>A part of an amount.</summary>
    public static Money operator /(Money a, double divisor) =>
        a with
        {
            Amount = a.Amount / divisor,
        };

    /// <summary>The ratio of two amounts of the same currency and price year.</summary>
    /// <exception cref="InvalidOperationException">Currency or price year differ.</exception>
    public static double operator /(Money a, Money b) => a.Amount / b.Same(a).Amount;

    private Money Same(Money other) =>
        Currency == other.Currency && PriceYear == other.PriceYear
            ? this
            : throw new InvalidOperationException(
                $"{this} and {other} differ in currency or price year; convert one of them first."
            );

    /// <inheritdoc/>
    public override string ToString() =>
        PriceYear == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Amount:#,0.##} {Currency}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Amount:#,0.##} {Currency} ({PriceYear} prices)"
            );
}
