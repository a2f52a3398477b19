using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>Figures of the memo in words with their units, no more digits than they carry.</summary>
/// <param name="currency">Currency of every amount.</param>
internal sealed class MemoFigures(Currency currency)
{
    /// <summary>An amount of money.</summary>
    public MemoCell Money(double value) => Of(value, $"{Words.Money(value)} {currency.Code}");

    /// <summary>An amount without its currency, for columns whose heading names it.</summary>
    public static MemoCell Amount(double value) => Of(value, Words.Money(value));

    /// <summary>An amount of a table that is added up, in thousands.</summary>
    public static MemoCell Thousands(double value) => Of(value, Number(value / 1e3, "#,0"));

    /// <summary>A price of an accelerator-hour.</summary>
    public MemoCell Price(double value) =>
        Of(value, $"{Words.Round3(value)} {currency.Code}/GPU-hour");

    /// <summary>A cover or multiple, to the hundredth.</summary>
    public static MemoCell Times(double value) => Of(value, Number(value, "0.00") + "×");

    /// <summary>A share in percent.</summary>
    public static MemoCell Share(double value) => Of(value, Words.Percent(value));

    /// <summary>The odds of something, never a false certainty.</summary>
    public static MemoCell Odds(double value) => Of(value, Words.Odds(value));

    /// <summary>A yearly rate, to the hundredth of a percent.</summary>
    public static MemoCell Rate(double value) =>
        Of(value, Number(100 * value, "0.00") + " % a year");

    /// <summary>A span of years.</summary>
    public static MemoCell Years(double value) => Of(value, Number(value, "0.0") + " years");

    /// <summary>A count.</summary>
    public static MemoCell Count(double value) => Of(value, Number(value, "#,0"));

    private static MemoCell Of(double value, string text) =>
        double.IsFinite(value) ? new(text, value, true) : new("no figure", double.NaN, true);

    private static string Number(double value, string format) =>
        (Math.Round(value, 4) + 0.0).ToString(format, CultureInfo.InvariantCulture);
}
