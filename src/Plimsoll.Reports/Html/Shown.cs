using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
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
/// <param name="book">The language of the page.</param>
internal sealed partial class Figures(Currency currency, PhraseBook book)
{
    /// <summary>Figures of a page in English.</summary>
    public Figures(Currency currency)
        : this(currency, PhraseBook.English) { }

    /// <summary>The language of the page.</summary>
    public PhraseBook Book => book;

    /// <summary>Unit of prices.</summary>
    public string PriceUnit => book.Unit($"{currency.Code}/GPU-hour");

    /// <summary>Code of the currency.</summary>
    public string Code => book.Unit(currency.Code);

    /// <summary>What stands behind a number in percent at an axis.</summary>
    public string PercentSign => book.Say("figure.percent");

    /// <summary>A text of the page.</summary>
    public string Say(string key, params object[] arguments) => book.Say(key, arguments);

    /// <summary>A place, as its readers write it.</summary>
    public string Place(string name) => book.Name("place", name);

    /// <summary>A month.</summary>
    public string Month(Month month) => book.Say("report.month", month);

    /// <summary>The smallest coin: what is less in size than half of it is nothing.</summary>
    private const double Coin = 0.01;

    /// <summary>An amount of money; less than half a cent prints as nothing.</summary>
    public Shown Money(double value, string of) =>
        Of(Math.Abs(value) < Coin / 2 ? 0 : value, currency.Code, of) with
        {
            Value = value,
        };

    /// <summary>A price of an accelerator-hour.</summary>
    public Shown Price(double value, string of) => Of(value, $"{currency.Code}/GPU-hour", of);

    /// <summary>A share in percent.</summary>
    public Shown Share(double value, string of) => new(book.Share(value), value, of);

    /// <summary>The odds of something, in percent; never a false certainty.</summary>
    public Shown Odds(double value, string of) => new(book.Odds(value), value, of);

    /// <summary>A cover or multiple.</summary>
    public Shown Times(double value, string of) => new(Cover(value), value, of);

    /// <summary>A span of months.</summary>
    public Shown Months(double value, string of) => Of(value, value == 1 ? "month" : "months", of);

    /// <summary>A round trip.</summary>
    public Shown Milliseconds(double value, string of) => Of(value, "ms", of);

    /// <summary>A count of draws.</summary>
    public Shown Draws(int value, string of) => new(Say("figure.draws", value), value, of);

    /// <summary>From one figure to another.</summary>
    public Cell Range(Shown from, Shown to) => new(Say("range", from.Html, to.Html), true);

    /// <summary>A value in a unit named by the result: shares in percent, pure numbers to three digits.</summary>
    public Shown Value(double value, string unit, string of) =>
        unit switch
        {
            "fraction" or "share" => new(book.Share(value), value, of),
            "times" or "x" or "×" => new(Cover(value), value, of),
            "1" or "" when Math.Abs(value) >= 1e4 => new(book.Amount(value), value, of),
            "1" or "" => new(double.IsNaN(value) ? None : Words.Round3(value), value, of),
            "fraction/yr" or "fraction a year" => new(
                Say("figure.yearly", book.Share(value)),
                value,
                of
            ),
            // What is counted stands as it was counted.
            "servers" or "accelerators" or "GPU" or "centres" or "leases" or "projects" => new(
                double.IsFinite(value)
                    ? Say(
                        "figure.unit",
                        value.ToString("#,0.##", CultureInfo.InvariantCulture),
                        book.Unit(unit)
                    )
                    : None,
                value,
                of
            ),
            _ => Of(value, unit, of),
        };

    /// <summary>A number of the study or of the catalogue: its key, in other languages its name before it.</summary>
    public string Label(string name)
    {
        if (book.Language == PhraseBook.English.Language)
        {
            return name;
        }
        if (Fact().Match(name) is { Success: true } fact)
        {
            var attribute = fact.Groups["attribute"].Value;
            return Say(
                "report.fact",
                Place(fact.Groups["name"].Value),
                book.Name("attribute", attribute) is var known && known == attribute
                    ? attribute
                    : Say("report.named", known, attribute),
                fact.Groups["day"].Value
            );
        }
        var label = Short(name, name);
        return label == name ? name : Say("report.named", label, name);
    }

    /// <summary>A number of the study by its name alone; otherwise as given where it has none.</summary>
    public string Short(string path, string otherwise)
    {
        if (
            book.Language == PhraseBook.English.Language
            || InputLabels.Of(book.Language, path) is not { } label
        )
        {
            return otherwise;
        }
        return Owner().Match(path) is { Success: true } owner
            ? Say("report.of", book.Name("owner", owner.Groups["owner"].Value), label)
            : label;
    }

    /// <summary>A count of something, on a page in English.</summary>
    public static Shown Count(int value, string what, string of) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{value:N0} {what}"), value, of);

    /// <summary>A value in a unit named by the result, on a page in English.</summary>
    public static Shown In(double value, string unit, string of) =>
        new Figures(Currency.Usd).Value(value, unit, of);

    /// <summary>What stands where there is no figure.</summary>
    public string None => Say("figure.none");

    private Shown Of(double value, string unit, string of) =>
        new(
            double.IsFinite(value)
                ? Say("figure.unit", book.Amount(value), book.Unit(unit))
                : book.Amount(value),
            value,
            of
        );

    /// <summary>To the hundredth, as covenants are written.</summary>
    private string Cover(double value) =>
        double.IsFinite(value) ? Say("figure.times", Math.Round(value, 2) + 0.0) : None;

    [GeneratedRegex(
        @"^(?<name>.*): (?<attribute>[a-z0-9_]+) from (?<day>\d{4}-\d\d-\d\d)$",
        RegexOptions.None,
        60_000
    )]
    private static partial Regex Fact();

    [GeneratedRegex(@"\[(?<owner>[^\]]+)\]", RegexOptions.None, 60_000)]
    private static partial Regex Owner();
}
