using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Slips that a check once let pass, or met with advice that did not help: each names what was meant.</summary>
public sealed class SlipsThatPassTest
{
    private static string Check(string text, params string[] more)
    {
        using var folder = new TempFolder();
        var (_, output, error) = CommandLine.Run([
            "study",
            "check",
            folder.File("x.yaml", text),
            .. more,
        ]);
        return output + error;
    }

    private const string Lease =
        "signed:\n  - { tenant: one, servers: 8, price_per_gpu_hour: 9.8, tenor: 24 }\n";

    private static string With(string from, string to) =>
        SmallStudy.With(("finance:\n", Lease + "finance:\n")).Replace(from, to, Ordinal);

    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>A date with the year last is read as what it can be: the month before the year, day and month in either order.</summary>
    [Theory]
    [InlineData("31/10/2025", "Write 2025-10.")]
    [InlineData("05/2025", "Write 2025-05.")]
    [InlineData("03-2024", "Write 2024-03.")]
    [InlineData("30.09.2028", "Write 2028-09.")]
    [InlineData(
        "04/05/2025",
        "Write 2025-05 if the day comes first, or 2025-04 if the month comes first."
    )]
    [InlineData("2025-1", "Write 2025-01.")]
    [InlineData("13/2025", "Write for example 2024-03.")]
    public void A_date_is_read_as_the_month_it_means(string written, string said) =>
        Assert.Contains(said, Check(With("online: 2024-10", $"online: {written}")), Ordinal);

    /// <summary>In braces a decimal comma makes two keys of one number: it is said as the number.</summary>
    [Fact]
    public void A_decimal_comma_in_braces_is_told_as_one()
    {
        var said = Check(With("9.8", "9,8"));
        Assert.Contains("'9,8'", said, Ordinal);
        Assert.Contains("9.8 if the comma marks decimals", said, Ordinal);
        Assert.DoesNotContain("unknown-key", said, Ordinal);
    }

    /// <summary>A word for unknown in another language names the word that counts; 中国 is the market china.</summary>
    [Fact]
    public void Chinese_words_for_unknown_and_for_the_market_are_met()
    {
        Assert.Contains("Write unknown", Check(With("9.8", "未知")), Ordinal);
        Assert.Contains("请写unknown", Check(With("9.8", "未知"), "--language", "zh"), Ordinal);
        Assert.Contains("'china'", Check(With("name: china", "name: 中国")), Ordinal);
    }

    /// <summary>A rent of some sixty times the quote is refused: nothing was ever let for it.</summary>
    [Fact]
    public void A_rent_of_many_times_the_quote_is_refused()
    {
        var said = Check(With("9.8", "5000"));
        Assert.Contains("magnitude", said, Ordinal);
        Assert.Contains("Correct the number or its unit.", said, Ordinal);
    }

    /// <summary>A later price, a promise and an extension are judged as the price itself: a month for an hour, a price for a ratio.</summary>
    [Theory]
    [InlineData("steps: [{ from: 12, price_per_gpu_hour: 7154 }]", "a month for an hour")]
    [InlineData("extension: 12, extension_price: 4.9", "times the last price")]
    public void Later_prices_are_judged_as_the_first(string more, string said)
    {
        var found = Check(With("tenor: 24", $"tenor: 24, {more}"));
        Assert.Contains("magnitude", found, Ordinal);
        Assert.Contains(said, found, Ordinal);
    }

    /// <summary>An amount that names a currency is taken only where the file counts in it.</summary>
    [Theory]
    [InlineData("$9.80", "dollars")]
    [InlineData("¥9.80", "yuan")]
    [InlineData("9.80 EUR", "euros")]
    [InlineData("€9.80", "euros")]
    [InlineData("£9.80", "pounds")]
    public void A_currency_beside_an_amount_is_never_dropped(string written, string counted)
    {
        var found = Check(With("9.8,", $"\"{written}\","));
        Assert.Contains($"Write 9.8 if the study counts in {counted}.", found, Ordinal);
        Assert.Contains("convert the amount", found, Ordinal);
    }

    /// <summary>What the owner keeps is not let too.</summary>
    [Theory]
    [InlineData(0.3, 64, true)]
    [InlineData(0.3, 48, true)]
    [InlineData(0.3, 40, false)]
    [InlineData(0, 64, false)]
    public void No_server_is_kept_and_let(double kept, int signed, bool refused)
    {
        var found = Check(
            With("servers: 8,", $"servers: {signed},")
                .Replace(
                    "centre:\n",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"centre:\n  captive_share: {kept}\n"
                    ),
                    Ordinal
                )
        );
        Assert.Equal(
            refused,
            found.Contains("centre.captive_share: more-than", Ordinal)
                || found.Contains("more-than-the-fleet", Ordinal)
        );
    }

    /// <summary>A hall is rented for hundreds of yuan a kilowatt and month; 0.42 is thousands.</summary>
    [Fact]
    public void The_rent_of_a_hall_is_set_beside_colocation() =>
        Assert.Contains(
            "hall.per_kw",
            Check(With("finance:\n", "hall: { per_kw: 0.42, kw: 700, term: 120 }\nfinance:\n")),
            Ordinal
        );

    /// <summary>A place far from every known one, without a tariff, says whose tariff it takes; with one, or with 'near', nothing.</summary>
    [Fact]
    public void A_tariff_from_far_away_is_said()
    {
        const string Place =
            "site: { place: 榆林, latitude: 38.28, longitude: 109.73, country: CN }\n";
        string At(string site) => With("site:\n  name: Zhengzhou\n", site);
        Assert.Contains("far-tariff", Check(At(Place)), Ordinal);
        Assert.DoesNotContain(
            "far-tariff",
            Check(At(Place.Replace(" }", ", tariff: 0.45 }", Ordinal))),
            Ordinal
        );
        Assert.DoesNotContain(
            "far-tariff",
            Check(At(Place.Replace(" }", ", near: Xi'an }", Ordinal))),
            Ordinal
        );
    }

    /// <summary>What falls due is of the magnitude of what is paid, and of the debt.</summary>
    [Theory]
    [InlineData("due: 270, paid: 2700000", "two-figures")]
    [InlineData("due: 270", "two-figures")]
    [InlineData("due: 2700000, paid: 2000000", "")]
    public void Debt_service_in_another_unit_is_asked_after(string month, string rule)
    {
        var text = With("question: sponsor", "question: owner")
            .Replace("online: 2024-10", "online: 2023-10", Ordinal)
            .Replace(
                "gearing: 0.6\n  tenor: 36\n",
                "existing_debt: 90000000\n  maturity: 2027-03\n",
                Ordinal
            );
        text =
            text[..text.IndexOf("forecast:", Ordinal)]
            + $"actuals:\n  - {{ month: 2024-03, revenue: 460000, running_cost: 1650000, {month} }}\n";
        var said = Check(text);
        var of = said.Split('\n').Where(l => l.Contains("actuals[0].due", Ordinal)).ToList();
        Assert.Equal(rule.Length > 0, of.Exists(l => l.Contains(rule, Ordinal)) && rule.Length > 0);
        if (rule.Length == 0)
        {
            Assert.Empty(of);
        }
    }
}
