using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Xunit;

namespace Plimsoll.Tests.Sites;

public sealed class SiteProfileTest
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 3));

    [Fact]
    public void Bands_keep_the_mean_and_the_ratios()
    {
        var bands = TariffBands.Of("10-14 17-21", 1.64, "23-7", 0.41);
        Assert.Equal(1, Enumerable.Range(0, 24).Average(bands.Factor), 12);
        Assert.Equal(1.64, bands.Factor(10) / bands.Factor(9), 12);
        Assert.Equal(0.41, bands.Factor(0) / bands.Factor(22), 12);
        Assert.Equal(bands.Factor(23), bands.Factor(6));
        Assert.Equal(bands.Factor(21), bands.Factor(7));
        Assert.All(Enumerable.Range(0, 24), h => Assert.Equal(1, TariffBands.Single.Factor(h)));
    }

    [Theory]
    [InlineData("10-14", "12-20", "Hour 12 is both")]
    [InlineData("10:14", "0-1", "is not a span of hours")]
    [InlineData("10-10", "0-1", "is not a span of hours")]
    [InlineData("10-25", "0-1", "is not a span of hours")]
    public void Impossible_bands_are_refused(string peak, string valley, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<FormatException>(() => TariffBands.Of(peak, 2, valley, 0.5)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_site_of_the_catalogue_has_a_profile_with_means_of_one()
    {
        foreach (var site in _view.Names("sites"))
        {
            var profile = SiteProfile.Of(_view, site);
            var overhead = Enumerable
                .Range(1, 12)
                .SelectMany(m => Enumerable.Range(0, 24).Select(h => profile.OverheadAt(m, h)))
                .ToList();
            Assert.Equal(1, overhead.Average(), 9);
            Assert.All(overhead, w => Assert.InRange(w, 0.4, 2.5));
            Assert.Equal(1, Enumerable.Range(0, 24).Average(profile.LoadAt), 9);
            Assert.True(profile.Climate.MonthMean(7) >= profile.Climate.MonthMean(1), site);
        }
        Assert.True(_view.Entries("sites").Count(s => s.TextOrNull("peak_hours") is not null) >= 8);
    }

    [Fact]
    public void Climate_gives_mean_and_amplitudes_back()
    {
        var climate = new SiteClimate(15, 13.3, 5);
        Assert.Equal(28.3, climate.MonthMean(7), 9);
        Assert.Equal(1.7, climate.MonthMean(1), 9);
        Assert.Equal(33.3, climate.Temperature(7, 15), 9);
        Assert.Equal(23.3, climate.Temperature(7, 3), 9);
        Assert.Equal(
            15,
            Enumerable
                .Range(1, 12)
                .Average(m => Enumerable.Range(0, 24).Average(h => climate.Temperature(m, h))),
            9
        );
    }

    [Fact]
    public void Cooling_is_free_when_cold_and_full_when_hot()
    {
        var rule = new CoolingRule(12, 27, 1.5);
        Assert.Equal(1, rule.Overhead(-20));
        Assert.Equal(1, rule.Overhead(12));
        Assert.Equal(1.75, rule.Overhead(19.5), 12);
        Assert.Equal(2.5, rule.Overhead(27));
        Assert.Equal(2.5, rule.Overhead(45));
    }

    [Fact]
    public void An_even_load_pays_the_mean_tariff_and_a_daytime_load_more_where_days_are_dear()
    {
        var bands = TariffBands.Of("10-14 17-21", 1.64, "23-7", 0.41);
        var climate = new SiteClimate(15, 10, 5);
        var cooling = new CoolingRule(12, 27, 0);
        Assert.Equal(1, new SiteProfile(climate, cooling, bands, 0, 15).LoadPrice, 12);
        Assert.True(new SiteProfile(climate, cooling, bands, 0.3, 15).LoadPrice > 1.03);
        Assert.True(new SiteProfile(climate, cooling, bands, 0.3, 3).LoadPrice < 0.97);
    }

    [Fact]
    public void A_tariff_without_seasons_has_the_mean_price_in_every_month_to_the_last_bit()
    {
        var bands = TariffBands.Of("10-14 17-21", 1.64, "23-7", 0.41);
        var profile = new SiteProfile(
            new SiteClimate(15, 10, 5),
            new CoolingRule(12, 27, 1),
            bands,
            0.3,
            15
        );
        Assert.All(profile.Price, p => Assert.Equal(1.0, p));
        Assert.Equal(0.3, profile.DailySwing);
        Assert.Equal(1.3, profile.LoadAt(15), 12);
        Assert.Equal(0.7, profile.LoadAt(3), 12);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void Loads_swing_by_at_most_their_mean(double swing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new SiteProfile(
                new SiteClimate(15, 10, 5),
                new CoolingRule(12, 27, 1),
                TariffBands.Single,
                swing,
                15
            )
        );

    [Fact]
    public void A_servers_power_is_the_catalogues()
    {
        var entry = _view.Entry("servers", "8xH100");
        Assert.Equal(
            new ServerPower(
                8,
                entry.Number("power_off").Value,
                entry.Number("power_idle").Value,
                entry.Number("power_busy").Value
            ),
            ServerPower.Of(_view, "8xH100")
        );
    }
}
