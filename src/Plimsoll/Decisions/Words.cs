using System.Globalization;
using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>Numbers and outcomes in plain words, with no more digits than they carry.</summary>
public static class Words
{
    /// <summary>A chance: to the nearest percent, never a false 0 % or 100 %.</summary>
    public static string Odds(double share) =>
        double.IsNaN(share) ? "no figure"
        : share <= 0 ? "none"
        : share < 0.01 ? "under 1 %"
        : share >= 1 ? "all"
        : share > 0.99 ? "over 99 %"
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    /// <summary>A number to two significant digits, large ones in thousands, millions or billions.</summary>
    public static string Amount(double value) => Scaled(value, 2);

    /// <summary>A sum that is asked, lent or paid: the same to three significant digits.</summary>
    public static string Money(double value) => Scaled(value, 3);

    private static string Scaled(double value, int digits)
    {
        if (double.IsNaN(value))
        {
            return "no figure";
        }
        // What rounds up to the next scale is told in it.
        var size = Significant(Math.Abs(value), digits);
        var (scale, word) = size switch
        {
            >= 1e9 => (1e9, " billion"),
            >= 1e6 => (1e6, " million"),
            >= 1e4 => (1e3, " thousand"),
            _ => (1.0, ""),
        };
        return Round(value / scale, digits) + word;
    }

    /// <summary>A number rounded to some significant digits.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="digits">1 to 6.</param>
    internal static double Significant(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) + 1 - digits);
        return Math.Round(value / step, MidpointRounding.AwayFromZero) * step;
    }

    /// <summary>A number to some significant digits, never in exponent form.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="digits">1 to 6.</param>
    public static string Round(double value, int digits)
    {
        if (value == 0)
        {
            return "0";
        }
        var places = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var step = Math.Pow(10, -places);
        var rounded = Math.Round(value / step, MidpointRounding.AwayFromZero) * step;
        return rounded.ToString(
            places > 0 ? "0." + new string('#', Math.Min(places, 8)) : "0",
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>A pure number to three significant digits, for covers and multiples.</summary>
    public static string Round3(double value) =>
        double.IsNaN(value) ? "no figure" : Round(value, 3);

    /// <summary>The verdict in English words.</summary>
    public static string Of(VerdictKind kind) => PhraseBook.English.Say(Said(kind));

    /// <summary>The verdict in the words of any language.</summary>
    public static Phrase Said(VerdictKind kind) => Phrase.Of($"verdict.{kind}");

    /// <summary>A verdict as a heading: courses that cannot be told from the one followed stand beside it, by the paired difference on the same draws.</summary>
    public static Phrase Heading(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Followed is not { } now)
        {
            return Said(verdict.Kind);
        }
        var kinds = now.All.Select(o => o.Kind).Distinct().Select(Said).ToList();
        return kinds.Count > 1
                ? Phrase.Of(
                    "heading.apart",
                    kinds[..^1]
                        .Aggregate((before, next) => Phrase.Of("heading.list", before, next)),
                    kinds[^1]
                )
            : verdict.Kind == VerdictKind.Unresolved ? Said(verdict.Kind)
            : Phrase.Of("heading.apart.one", Said(verdict.Kind));
    }

    /// <summary>How an option stands to the rule, in English.</summary>
    public static string Verb(RuleOutcome outcome) => PhraseBook.English.Say(Said(outcome));

    /// <summary>How an option stands to the rule, in the words of any language.</summary>
    public static Phrase Said(RuleOutcome outcome) => Phrase.Of($"outcome.{outcome}");

    /// <summary>A rent law, or another way of grouping draws, in the words of any language; its own name where it has none.</summary>
    public static Phrase OfGroup(string group) => Named("group", group);

    /// <summary>A name that stands in a result or a file, in the words of any language; itself where the book has none.</summary>
    /// <param name="kind">Kind of name, the beginning of its key.</param>
    /// <param name="name">The name.</param>
    public static Phrase Named(string kind, string name) =>
        PhraseBook.English.Keys.Contains($"{kind}.{name}")
            ? Phrase.Of($"{kind}.{name}")
            : Name(name);

    /// <summary>A unit as it stands in a result, in the words of any language: by its parts where it is made of a currency and what it is for.</summary>
    public static Phrase Measure(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        const string Yearly = " a year";
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        return PhraseBook.English.Keys.Contains($"measure.{unit}") ? Phrase.Of($"measure.{unit}")
            : slash > 0
                ? Phrase.Of("measure.per", Measure(unit[..slash]), Measure(unit[(slash + 1)..]))
            : unit.EndsWith(Yearly, StringComparison.Ordinal)
                ? Phrase.Of("measure.yearly", Measure(unit[..^Yearly.Length]))
            : Name(unit);
    }

    /// <summary>A name that is the same in every language.</summary>
    public static Phrase Name(string name) => Phrase.Of("name", name);

    /// <summary>A test in one English sentence.</summary>
    public static string Sentence(RuleTest test) => PhraseBook.English.Say(Said(test));

    /// <summary>A test in one sentence of any language.</summary>
    public static Phrase Said(RuleTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return Phrase.Of(
            "test.said",
            test.Title,
            test.Value,
            test.Limit,
            Said(test.Outcome),
            test.Because
        );
    }

    /// <summary>A share as a percentage to two significant digits.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? "no figure"
        : share is > 0 and < 0.001 ? "under 0.1 %"
        : Round(share * 100, 2) + " %";
}
