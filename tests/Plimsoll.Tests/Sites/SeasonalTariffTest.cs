using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Xunit;

namespace Plimsoll.Tests.Sites;

/// <summary>Bands by month and hour and a demand ratchet, worked by hand.</summary>
public sealed class SeasonalTariffTest
{
    /// <summary>8 accelerators; 0 kW off, 4 idle, 10 busy.</summary>
    private static readonly ServerPower _power = new(8, 0, 4, 10);

    [Fact]
    public void Summer_afternoons_carry_their_own_price()
    {
        // Twelve hours at 2 in June to August, all else at 1: the mean of the 288 is (36 x 2 + 252 x 1) / 288 = 1.125.
        var bands = TariffBands.Of([new TariffBand("6-8", "8-20", 2)]);
        Assert.Equal(2 / 1.125, bands.Factor(7, 12), 12);
        Assert.Equal(1 / 1.125, bands.Factor(7, 7), 12);
        Assert.Equal(1 / 1.125, bands.Factor(1, 12), 12);
        var profile = new SiteProfile(
            new SiteClimate(0, 0, 0),
            new CoolingRule(10, 20, 0),
            bands,
            0,
            0
        );
        // No overhead, one server let at its full power: 10 kW. July: 744 h x 10 kW x 0.9 x 1.5 / 1.125; January: x 1 / 1.125.
        var model = new SiteModel(Terms(profile, 0), _power);
        var costs = model.AddCosts(Outlook(new Month(2025, 1), [8, 8, 8, 8, 8, 8, 8])).Costs[0];
        Assert.Equal(744 * 10 * 0.9 * 1 / 1.125, costs.Total(0), 6);
        Assert.Equal(744 * 10 * 0.9 * 1.5 / 1.125, costs.Total(6), 6);
    }

    [Fact]
    public void Spans_run_through_new_year_and_midnight()
    {
        var bands = TariffBands.Of([new TariffBand("11-2", "22-6", 3)]);
        Assert.True(bands.Factor(12, 23) > bands.Factor(12, 12));
        Assert.Equal(bands.Factor(1, 5), bands.Factor(11, 22));
        Assert.Equal(bands.Factor(3, 23), bands.Factor(12, 6));
        Assert.Equal(
            1,
            Enumerable
                .Range(1, 12)
                .SelectMany(m => Enumerable.Range(0, 24).Select(h => bands.Factor(m, h)))
                .Average(),
            12
        );
    }

    [Fact]
    public void Spans_may_end_at_either_end_of_day_and_year()
    {
        // 20-0 is the last four hours, 0-24 the whole day, 12-1 the two months about New Year, 7 a month alone.
        var evening = TariffBands.Of([new TariffBand("12-1", "20-0", 2)]);
        // 8 of 288 at 2: mean 296/288.
        Assert.Equal(2 * 288 / 296.0, evening.Factor(23), 12);
        Assert.Equal(288 / 296.0, evening.Factor(0), 12);
        Assert.Equal(2 * 288 / 296.0, evening.Factor(12, 20), 12);
        Assert.Equal(288 / 296.0, evening.Factor(2, 20), 12);
        Assert.Equal(
            evening.Factor(1, 23),
            TariffBands.Of([new TariffBand("12-1", "20-24", 2)]).Factor(23),
            12
        );
        var july = TariffBands.Of([new TariffBand("7", "0-24", 13)]);
        // 1 of 12 at 13: mean 2.
        Assert.All(Enumerable.Range(0, 24), h => Assert.Equal(6.5, july.Factor(7, h), 12));
        Assert.All(Enumerable.Range(0, 24), h => Assert.Equal(0.5, july.Factor(6, h), 12));
        Assert.All(
            Enumerable.Range(0, 24),
            h =>
                Assert.Equal(
                    1,
                    TariffBands.Of([new TariffBand("1-12", "0-24", 3)]).Factor(12, h),
                    12
                )
        );
    }

    [Theory]
    [InlineData("6-8", "12-14", 0.0)]
    [InlineData("6-8", "12-14", -1.0)]
    public void Prices_of_bands_are_more_than_nothing(string months, string hours, double ratio)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            TariffBands.Of([new TariffBand(months, hours, ratio)])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => TariffBands.Of(hours, ratio, "0-1", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TariffBands.Of("0-1", 1, hours, ratio));
    }

    [Theory]
    [InlineData("0", "1-2", "'0' is not a span of months; write 6-8")]
    [InlineData("12-13", "1-2", "'12-13' is not a span of months; write 6-8")]
    [InlineData("6-x", "1-2", "'6-x' is not a span of months")]
    [InlineData("6", "7", "'7' is not a span of hours; write 10-14")]
    [InlineData("6", "24-3", "'24-3' is not a span of hours")]
    [InlineData("6", "1-25", "'1-25' is not a span of hours")]
    [InlineData("6", "-1-3", "'-1-3' is not a span of hours")]
    public void Spans_that_are_none_are_refused(string months, string hours, string reason) =>
        Assert.Contains(
            reason,
            Assert
                .Throws<FormatException>(() => TariffBands.Of([new TariffBand(months, hours, 2)]))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_hour_in_two_bands_is_refused_with_its_place() =>
        Assert.Equal(
            "Hour 13 of month 8 stands in two bands.",
            Assert
                .Throws<FormatException>(() =>
                    TariffBands.Of([
                        new TariffBand("6-8", "10-14", 2),
                        new TariffBand("8", "13-20", 3),
                    ])
                )
                .Message
        );

    [Fact]
    public void Bands_are_written_as_they_are_read()
    {
        const string Text = "6-8@10-14 17-21=1.7; 11-2@23-7=0.45";
        Assert.Equal(
            [new TariffBand("6-8", "10-14 17-21", 1.7), new TariffBand("11-2", "23-7", 0.45)],
            TariffBand.Parse(Text + " ; ;")
        );
        Assert.Equal(Text, TariffBand.Text(TariffBand.Parse(Text)));
        Assert.Throws<FormatException>(() => TariffBand.Parse("6-8@10-14"));
        Assert.Throws<FormatException>(() => TariffBand.Parse("6-8@10-14=dear"));
    }

    [Fact]
    public void A_ratchet_bills_a_share_of_the_highest_power_before()
    {
        // Full, then dark: 10 kW x 30 = 300 in the first month; then 80 % of 10 kW x 30 = 240 for eleven months, though nothing is drawn.
        var profile = SiteProfile.Flat;
        var with = new SiteProfile(
            profile.Climate,
            new CoolingRule(10, 20, 0),
            TariffBands.Single,
            0,
            0
        )
        {
            DemandRatchet = 0.8,
        };
        var outlook = Outlook(new Month(2025, 1), [8, .. new double[13]]);
        var billed = new SiteModel(Terms(with, 30) with { Tariff = 0 }, _power)
            .AddCosts(outlook)
            .Costs[0];
        Assert.Equal(300, billed.Total(0), 9);
        // No month before: nothing is owed but for what is drawn.
        Assert.Equal(300, billed.AvoidableWhenDark[0], 9);
        for (var m = 1; m <= 11; m++)
        {
            Assert.Equal(240, billed.AvoidableOnClosing[m], 9);
            Assert.Equal(0, billed.AvoidableWhenDark[m], 9);
        }
        Assert.Equal(0, billed.Total(12), 9);
        // Without a ratchet darkness saves all of it at once.
        var free = new SiteModel(Terms(profile, 30) with { Tariff = 0 }, _power)
            .AddCosts(outlook)
            .Costs[0];
        Assert.Equal(300, free.AvoidableWhenDark[0], 9);
        Assert.Equal(0, free.Total(1), 9);
    }

    [Fact]
    public void The_floor_counts_only_what_the_ratchet_lets_darkness_save()
    {
        double Saved(double ratchet) =>
            new SiteModel(
                Terms(
                    new SiteProfile(
                        new SiteClimate(0, 0, 0),
                        new CoolingRule(10, 20, 0),
                        TariffBands.Single,
                        0,
                        0
                    )
                    {
                        DemandRatchet = ratchet,
                    },
                    73
                ) with
                {
                    Tariff = 0,
                },
                _power
            ).AvoidablePerLetHour;
        // 10 kW x 73 a month over 8 accelerators and 730 hours is 0.125 an hour; a ratchet of 0.8 leaves a fifth of it.
        Assert.Equal(0.125, Saved(0), 9);
        Assert.Equal(0.025, Saved(0.8), 9);
        Assert.Equal(0, Saved(1), 9);
    }

    private static SiteTerms Terms(SiteProfile profile, double demand) =>
        new()
        {
            Site = "a town",
            Tariff = 0.9,
            DemandCharge = demand,
            DesignPue = 1,
            FixedOverheadShare = 0,
            LetLoad = 1,
            LitService = 0,
            LitBandwidth = 0,
            StandingService = 0,
            Colocation = 0,
            WaterPerKwh = 0,
            Escalation = 0,
            Profile = profile,
        };

    /// <summary>One server; accelerators let by month, the rest dark.</summary>
    private static MonthlyOutlook Outlook(Month start, double[] let)
    {
        var n = let.Length;
        double[] Of(double value) => [.. Enumerable.Repeat(value, n)];
        return new MonthlyOutlook
        {
            Start = start,
            Currency = Currency.Cny,
            Installed = Of(8),
            Repair = Of(0),
            Dark = [.. let.Select(l => 8 - l)],
            Idle = Of(0),
            Sales =
            [
                new ProductSales(
                    Product.SmallLease,
                    [.. let.Select((l, m) => l * (start + m).Hours)],
                    Of(1),
                    []
                ),
            ],
            Leases = [],
            Costs = [],
            EnergyKwh = Of(0),
            PeakKw = Of(0),
            ResalePrice = Of(0),
            MonthsToSell = Of(1),
        };
    }
}
