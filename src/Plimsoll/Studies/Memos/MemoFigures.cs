using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>Figures of the memo in words with their units, no more digits than they carry.</summary>
/// <param name="currency">Currency of every amount.</param>
internal sealed class MemoFigures(Currency currency)
{
    /// <summary>An amount of money.</summary>
    public MemoDraftCell Money(double value) => Of(value, Phrase.Of("memo.money", value, Unit));

    /// <summary>An amount without its currency, for columns whose heading names it.</summary>
    public static MemoDraftCell Amount(double value) => Of(value, Phrase.Of("memo.amount", value));

    /// <summary>An amount of a table that is added up, in thousands; in Chinese in ten thousands.</summary>
    public static MemoDraftCell Thousands(double value) =>
        Of(value, Phrase.Of("memo.thousands", value));

    /// <summary>A price of an accelerator-hour.</summary>
    public MemoDraftCell Price(double value) => Of(value, Phrase.Of("memo.price", value, Unit));

    /// <summary>A cover or multiple, to the hundredth.</summary>
    public static MemoDraftCell Times(double value) => Of(value, Phrase.Of("memo.times", value));

    /// <summary>A share in percent.</summary>
    public static MemoDraftCell Share(double value) => Of(value, Phrase.Of("memo.share", value));

    /// <summary>The odds of something, never a false certainty.</summary>
    public static MemoDraftCell Odds(double value) => Of(value, Phrase.Of("memo.odds", value));

    /// <summary>A yearly rate, to the hundredth of a percent.</summary>
    public static MemoDraftCell Rate(double value) => Of(value, Phrase.Of("memo.rate", value));

    /// <summary>A span of years.</summary>
    public static MemoDraftCell Years(double value) => Of(value, Phrase.Of("memo.years", value));

    /// <summary>A count.</summary>
    public static MemoDraftCell Count(double value) => Of(value, Phrase.Of("memo.count", value));

    /// <summary>The currency, as written behind an amount.</summary>
    public Phrase Unit => Words.Named("measure", currency.Code);

    /// <summary>A row of a name and its figure.</summary>
    public static IReadOnlyList<MemoDraftCell> Line(Phrase name, MemoDraftCell figure) =>
        [name, figure];

    private static MemoDraftCell Of(double value, Phrase text) =>
        double.IsFinite(value)
            ? new(text, value, true)
            : new(Phrase.Of("figure.none"), double.NaN, true);
}
