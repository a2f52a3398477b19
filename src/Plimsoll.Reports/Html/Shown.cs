using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Reports.Html;

/// <summary>A figure as printed, with the exact value behind it and its place in the result.</summary>
/// <param name="Text">As printed, with its unit.</param>
/// <param name="Value">Exact; NaN when there is no figure.</param>
/// <param name="Of">Its place in the result, for example <c>options[0].fill.p50</c>.</param>
internal readonly record struct Shown(string Text, double Value, string Of)
{
    /// <summary>A data element: the text for the eye, the exact value for programs.</summary>
    public string Html =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<data class=\"figure\" data-of=\"{Markup.Encode(Of)}\" value=\"{(double.IsFinite(Value) ? Value.ToString("R", CultureInfo.InvariantCulture) : "")}\">{Markup.Encode(Text)}</data>"
        );
}

/// <summary>Figures in words with their units, no more digits than they carry; the same words as on the screen.</summary>
/// <param name="currency">Currency of every amount.</param>
internal sealed class Figures(Currency currency)
{
    /// <summary>Unit of prices.</summary>
    public string PriceUnit => $"{currency.Code}/GPU-hour";

    /// <summary>Code of the currency.</summary>
    public string Code => currency.Code;

    /// <summary>An amount of money.</summary>
    public Shown Money(double value, string of) =>
        new(Unit(Words.Amount(value), value, " " + currency.Code), value, of);

    /// <summary>A price of an accelerator-hour.</summary>
    public Shown Price(double value, string of) =>
        new(Unit(Words.Amount(value), value, " " + PriceUnit), value, of);

    /// <summary>A share in percent.</summary>
    public Shown Share(double value, string of) => new(Words.Percent(value), value, of);

    /// <summary>The odds of something, in percent; never a false certainty.</summary>
    public Shown Odds(double value, string of) => new(Words.Odds(value), value, of);

    /// <summary>A cover or multiple.</summary>
    public Shown Times(double value, string of) => new(Cover(value), value, of);

    /// <summary>A span of months.</summary>
    public Shown Months(double value, string of) =>
        new(Unit(Words.Amount(value), value, value == 1 ? " month" : " months"), value, of);

    /// <summary>A round trip.</summary>
    public Shown Milliseconds(double value, string of) =>
        new(Unit(Words.Amount(value), value, " ms"), value, of);

    /// <summary>A count of something.</summary>
    public static Shown Count(int value, string what, string of) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{value:N0} {what}"), value, of);

    /// <summary>A value in a unit named by the result: shares in percent, pure numbers to three digits.</summary>
    public static Shown In(double value, string unit, string of) =>
        unit switch
        {
            "fraction" or "share" => new(Words.Percent(value), value, of),
            "times" or "x" or "×" => new(Cover(value), value, of),
            "1" or "" when Math.Abs(value) >= 1e4 => new(Words.Amount(value), value, of),
            "1" or "" => new(Words.Round3(value), value, of),
            "fraction/yr" or "fraction a year" => new(Words.Percent(value) + " a year", value, of),
            _ => new(Unit(Words.Amount(value), value, " " + unit), value, of),
        };

    /// <summary>To the hundredth, as covenants are written.</summary>
    private static string Cover(double value) =>
        double.IsFinite(value)
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, 2) + 0.0:0.00}×")
            : "no figure";

    private static string Unit(string text, double value, string unit) =>
        double.IsFinite(value) ? text + unit : text;
}
