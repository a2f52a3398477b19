using System.Globalization;
using CsCheck;
using Plimsoll.Inputs;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>What a text may mean is said in full; one meaning is proposed only where there is one.</summary>
public sealed class NumberReadingTest
{
    [Theory]
    [InlineData("2,20", "1", "2.2 220")]
    [InlineData("１２，５", "1", "12.5 125")]
    [InlineData("1.234,50", "1", "1234.5 1.2345")]
    [InlineData("1,234.50", "1", "1234.5")]
    [InlineData("1,000", "servers", "1 1000")]
    [InlineData("0,110", "1", "0.11")]
    [InlineData("2900000,5", "1", "2900000.5")]
    [InlineData("1,234,567", "1", "1234567")]
    [InlineData("2.800.000", "1", "2800000")]
    [InlineData("2 800 000", "1", "2800000")]
    [InlineData("2\u202F800\u202F000,5", "1", "2800000.5")]
    [InlineData("2'800'000", "1", "2800000")]
    [InlineData("12 34", "1", "")]
    [InlineData("70 %", "fraction", "0.7")]
    [InlineData("2,5 %", "fraction/yr", "0.025 0.25")]
    [InlineData("90%", "1", "90 0.9")]
    [InlineData("225 bp", "fraction/yr", "0.0225")]
    [InlineData("5.4 million", "1", "5400000")]
    [InlineData("280万", "1", "2800000")]
    [InlineData("1.2亿", "1", "120000000")]
    [InlineData("¥75,000", "1", "75 75000")]
    [InlineData("$2.20", "1", "2.2")]
    [InlineData("12，5", "1", "12.5 125")]
    [InlineData("１２．５", "1", "12.5")]
    [InlineData("７０％", "fraction", "0.7")]
    [InlineData("7 years", "months", "84")]
    [InlineData("60 months", "months", "60")]
    [InlineData("2 s", "ms", "2000")]
    [InlineData("80 MW", "kW", "80000")]
    [InlineData("64 cards", "servers", "")]
    [InlineData("about 5", "1", "")]
    [InlineData("", "1", "")]
    public void Every_meaning_is_given(string text, string unit, string meanings) =>
        Assert.Equal(
            meanings,
            string.Join(
                ' ',
                NumberReading.Of(text, unit).Select(r => NumberReading.Written(r.Value)).Distinct()
            )
        );

    /// <summary>A number written in the manner of any of these places is among the readings of its text, and is proposed alone only if it is it.</summary>
    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    [InlineData("de-CH")]
    [InlineData("en-IN")]
    public void The_number_meant_is_never_lost(string place)
    {
        var culture = Format(place);
        Gen.Select(
                Gen.Int[0, 2_000_000_000].Select(Gen.Int[0, 9], (n, cut) => n >> (3 * cut)),
                Gen.Int[0, 4],
                Gen.Bool
            )
            .Sample(
                (digits, decimals, grouped) =>
                {
                    var meant = digits / (decimal)Math.Pow(10, decimals);
                    var text = meant.ToString(
                        (grouped ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture),
                        culture
                    );
                    // What is a number of the file's own language is read as it stands.
                    if (
                        decimal.TryParse(
                            text,
                            NumberStyles.AllowDecimalPoint,
                            CultureInfo.InvariantCulture,
                            out var own
                        )
                    )
                    {
                        meant = own;
                    }
                    var readings = NumberReading.Of(text, "1").Select(r => r.Value).ToList();
                    Assert.Contains(readings, r => Math.Abs(r - (double)meant) <= 1e-12 * r);
                },
                iter: 2000
            );
    }

    private static NumberFormatInfo Format(string place)
    {
        var format = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        (format.NumberGroupSeparator, format.NumberDecimalSeparator) = place switch
        {
            "de-DE" => (".", ","),
            "fr-FR" => ("\u202F", ","),
            "de-CH" => ("’", "."),
            _ => (",", "."),
        };
        format.NumberGroupSizes = place == "en-IN" ? [3, 2] : [3];
        return format;
    }
}
