using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Web.Access;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Pages;

/// <summary>Who looks at a page, and in which language and light.</summary>
internal sealed class Reader(IHttpContextAccessor context)
{
    /// <summary>Cookie of the language chosen.</summary>
    public const string LanguageCookie = "language";

    /// <summary>Cookie of the light chosen.</summary>
    public const string LightCookie = "light";

    private HttpContext Context =>
        context.HttpContext ?? throw new InvalidOperationException("A page without a request.");

    /// <summary>Who is signed in; null for nobody.</summary>
    public Caller? Caller => Access.Caller.Of(Context.User);

    /// <summary>Who is signed in; only on pages that ask for it.</summary>
    public Caller Signed =>
        Caller
        ?? throw new InvalidOperationException("The page is shown to those signed in alone.");

    /// <summary>The language: chosen, else the browser's first that is spoken here.</summary>
    public Language Language =>
        Context.Request.Cookies[LanguageCookie] is { } chosen && Language.Spoken(chosen)
            ? Language.Of(chosen)
            : Language.Of(
                Context
                    .Request.GetTypedHeaders()
                    .AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
                    .Select(l => l.Value.ToString().Split('-')[0])
                    .FirstOrDefault(c => Language.Spoken(c) && c != Language.Pseudo)
            );

    /// <summary>auto, light or dark.</summary>
    public string Light =>
        Context.Request.Cookies[LightCookie] is "light" or "dark"
            ? Context.Request.Cookies[LightCookie]!
            : "auto";

    /// <summary>The page asked for, to come back to.</summary>
    public string Here => Context.Request.Path + Context.Request.QueryString;

    /// <summary>A text.</summary>
    public string this[string key] => Language[key];

    /// <summary>A text, or another where there is none.</summary>
    public string Or(string key, string otherwise) =>
        Language.Code == Words.Language.Pseudo
            ? Language.Or(key, $"⟦{otherwise}⟧")
            : Language.Or(key, otherwise);

    /// <summary>A text with arguments.</summary>
    public string Say(string key, params object?[] arguments) => Language.Say(key, arguments);

    /// <summary>A verdict in words.</summary>
    public string Verdict(string kind) =>
        kind.Length == 0 ? ""
        : kind == Runs.PortfolioRunFiles.Kind ? this["portfolio.verdict"]
        : kind == Runs.VoucherRunFiles.Kind ? this["voucher.verdict"]
        : Language.Code == Words.Language.Pseudo ? $"⟦{kind}⟧"
        : Language.Phrases.Say(Quantities.Phrase.Of("verdict." + kind));

    /// <summary>An action of a portfolio's centre in words; whom it names stays as named.</summary>
    public string Action(string key) => Portfolios.PortfolioWords.Action(key, Language.Phrases);

    /// <summary>The language in which a source was published, as far as its letters tell: Chinese or English.</summary>
    public static string Tongue(string words) =>
        words.Any(c => c is >= '\u4e00' and <= '\u9fff') ? "zh" : "en";

    /// <summary>A moment, to the minute, in UTC.</summary>
    public static string At(long milliseconds) =>
        DateTimeOffset
            .FromUnixTimeMilliseconds(milliseconds)
            .UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An amount in the words of the language.</summary>
    public string Amount(double value) =>
        !double.IsFinite(value) ? this["figure.none"]
        : Language.Code == "zh" && Math.Abs(value) >= 1e8 ? Words3(value / 1e8) + "亿"
        : Language.Code == "zh" && Math.Abs(value) >= 1e4 ? Words3(value / 1e4) + "万"
        : Language.Code == "zh" ? Words3(value)
        : Plimsoll.Decisions.Words.Money(value);

    /// <summary>A currency by its code, or a price in it, in the words of the language.</summary>
    public string Currency(string code) => Language.Phrases.Unit(code);

    /// <summary>A sum with its currency; in Chinese without a space between.</summary>
    public string Money(double value, string code) =>
        Amount(value) + (Language.Code == "zh" ? "" : " ") + Currency(code);

    /// <summary>Odds in the words of the language.</summary>
    public string Odds(double value) =>
        !double.IsFinite(value) ? this["figure.none"]
        : value <= 0 ? this["odds.none"]
        : value >= 1 ? this["odds.all"]
        : value < 0.01 ? this["odds.under"]
        : value > 0.99 ? this["odds.over"]
        : Percent(value);

    /// <summary>A share in percent.</summary>
    public string Percent(double value) =>
        double.IsFinite(value)
            ? Say("figure.percent", (value * 100).ToString("0.#", CultureInfo.InvariantCulture))
            : this["figure.none"];

    /// <summary>The sampling interval of a chance or a share, in percent; empty where it has none.</summary>
    /// <param name="of">What has a low and a high end, 0 to 1.</param>
    public string Interval(JsonNode? of) =>
        double.IsFinite(of.Number("low")) && double.IsFinite(of.Number("high"))
            ? Say("figure.interval", Points(of.Number("low")), Points(of.Number("high")))
            : "";

    // Whole points, but where all of the interval is small.
    private static string Points(double share) =>
        (share * 100).ToString(Math.Abs(share) < 0.095 ? "0.#" : "0", CultureInfo.InvariantCulture);

    /// <summary>A figure in its unit: accelerators whole, large numbers in words, else to three digits.</summary>
    public string Measured(double value, string unit) =>
        !double.IsFinite(value) ? this["figure.none"]
        : Math.Abs(value) >= 1e5 ? Amount(value)
        : unit == "GPU" ? value.ToString("#,0", CultureInfo.InvariantCulture)
        : Number(value);

    /// <summary>What is let, or at what rent; in words where the course lets nothing any more.</summary>
    /// <param name="value">Share or rent; NaN where nothing is let.</param>
    /// <param name="says">The figure in words.</param>
    public string Let(double value, Func<double, string> says) =>
        double.IsFinite(value) ? says(value) : this["figure.unlet"];

    /// <summary>The answer as a heading: what cannot be told apart from it stands beside it.</summary>
    /// <param name="result">The published document, in the reader's language.</param>
    public string Heading(JsonNode? result)
    {
        var kind = result.Words("verdict.kind");
        var meanwhile = result?["verdict"]?["meanwhile"];
        if (meanwhile is null)
        {
            return Verdict(kind);
        }
        string[] courses =
        [
            .. result
                .Items("options")
                .Where(o =>
                    o.Words("name") == meanwhile.Words("option")
                    || meanwhile.Items("others").Any(n => n?.ToString() == o.Words("name"))
                )
                .Select(o => Verdict(o.Words("kind")))
                .Distinct(StringComparer.Ordinal),
        ];
        return courses.Length > 1
                ? Say(
                    "answer.apart",
                    courses[..^1].Aggregate((a, b) => Say("answer.apart.list", a, b)),
                    courses[^1]
                )
            : kind == "Unresolved" ? Verdict(kind)
            : Say("answer.apart.one", Verdict(kind));
    }

    /// <summary>A cover.</summary>
    public string Cover(double value) =>
        double.IsFinite(value)
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00}×")
            : this["figure.none"];

    /// <summary>A price or other number to three digits.</summary>
    public string Number(double value) =>
        double.IsFinite(value) ? Apart(Words3(value)) : this["figure.none"];

    /// <summary>Thousands apart, where a number has them.</summary>
    private static string Apart(string number) =>
        number.Length > 4
        && double.TryParse(number, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) is >= 1000 and < 1e15
            ? value.ToString("#,0.###", CultureInfo.InvariantCulture)
            : number;

    private static string Words3(double value) => Plimsoll.Decisions.Words.Round3(value);
}
