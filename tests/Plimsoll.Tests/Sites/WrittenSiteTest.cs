using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Plimsoll.Studies;
using Plimsoll.Tests.Studies;
using Xunit;

namespace Plimsoll.Tests.Sites;

/// <summary>A place that the catalogue does not know takes from its nearest neighbour what the study does not state, and says so.</summary>
public sealed class WrittenSiteTest
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2024, 3));

    private const string Luoyang =
        "  place: Luoyang\n  country: CN\n  latitude: 34.62\n  longitude: 112.45\n";

    [Fact]
    public void What_is_not_stated_is_the_nearest_sites_with_its_distance()
    {
        var values = SmallStudy.Read(
            SmallStudy.With(("  name: Zhengzhou\n", Luoyang + "  mean_temperature: 14\n"))
        );
        var site = WrittenSite.In(values, _view).Entry("sites", "Luoyang");
        var near = _view.Entry("sites", "Zhengzhou");
        Assert.Equal(near.Number("tariff").Value, site.Number("tariff").Value);
        // 1.18 degrees of longitude at 34.7 north and 0.13 of latitude: about 109 km.
        Assert.Contains(
            "(of Zhengzhou, 109 km away",
            site.Number("tariff").Source,
            StringComparison.Ordinal
        );
        Assert.Equal(14, site.Number("mean_temperature").Value);
        Assert.Equal(34.62, site.Number("latitude").Value);
        Assert.Null(site.Find("hub_weight"));
        Assert.Null(site.Find("name_zh"));
        Assert.Null(_view.Find("sites", "Luoyang"));
    }

    [Fact]
    public void Currency_market_and_round_trips_follow_the_place()
    {
        var values = SmallStudy.Read(SmallStudy.With(("  name: Zhengzhou\n", Luoyang)));
        var reader = StudyReader.Of(values, _view);
        Assert.Equal(Currency.Cny, reader.Currency);
        Assert.Equal("Luoyang", reader.Plan().Plan.Site);
        var there = Latency.ToHubs(reader.View, "Luoyang");
        var here = Latency.ToHubs(_view, "Zhengzhou");
        Assert.Equal(here.Select(h => h.Hub).Order(), there.Select(h => h.Hub).Order());
        // Xian and Chengdu lie to the west, as Luoyang does.
        Assert.True(
            there.Single(h => h.Hub == "Chengdu").Milliseconds
                < here.Single(h => h.Hub == "Chengdu").Milliseconds
        );
    }

    [Fact]
    public void A_known_site_keeps_its_own_with_the_studys_tariff_in_place()
    {
        var values = SmallStudy.Read(
            SmallStudy.With(("  name: Zhengzhou\n", "  name: Zhengzhou\n  peak_ratio: 2.5\n"))
        );
        var own = SiteProfile.Of(WrittenSite.In(values, _view), "Zhengzhou");
        var known = SiteProfile.Of(_view, "Zhengzhou");
        Assert.Equal(2.5, own.Bands.Factor(11) / own.Bands.Factor(9), 9);
        Assert.Equal(1.64, known.Bands.Factor(11) / known.Bands.Factor(9), 9);
        Assert.Same(_view, WrittenSite.In(SmallStudy.Read(SmallStudy.Text), _view));
    }

    private static CatalogEntry Written(string lines) =>
        WrittenSite
            .In(SmallStudy.Read(SmallStudy.With(("  name: Zhengzhou\n", lines))), _view)
            .Entry("sites", "Luoyang");

    [Fact]
    public void What_is_stated_of_tariff_and_power_is_taken_as_it_stands()
    {
        var hours = Written(Luoyang + "  peak_hours: 9-12\n  demand_ratchet: 0.8\n");
        Assert.Equal("9-12", hours.Text("peak_hours"));
        var stated = Luoyang + "  bands:\n    - months: 6-8\n      hours: 12-18\n      ratio: 2\n";
        Assert.Equal("6-8@12-18=2", Written(stated).Text("bands"));
        var view = WrittenSite.In(
            SmallStudy.Read(
                SmallStudy.With(("  name: Zhengzhou\n", Luoyang + "  demand_ratchet: 0.8\n"))
            ),
            _view
        );
        Assert.Equal(0.8, SiteProfile.Of(view, "Luoyang").DemandRatchet);
        // What is taken from a neighbour says so, numbers and texts alike.
        Assert.EndsWith(
            "the nearest known)",
            hours.Find("valley_hours")!.Text.Source,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void South_of_the_equator_january_is_the_warmest_month()
    {
        string At(string latitude) =>
            $"  place: Luoyang\n  near: Zhengzhou\n  country: CN\n  latitude: {latitude}\n  longitude: 112.45\n";
        SiteClimate Climate(string latitude) =>
            SiteProfile
                .Of(
                    WrittenSite.In(
                        SmallStudy.Read(SmallStudy.With(("  name: Zhengzhou\n", At(latitude)))),
                        _view
                    ),
                    "Luoyang"
                )
                .Climate;
        Assert.Equal(1, Climate("-34.6").WarmestMonth);
        Assert.Equal(7, Climate("0").WarmestMonth);
        Assert.Equal(7, Climate("34.6").WarmestMonth);
    }

    [Fact]
    public void A_place_without_both_coordinates_or_a_neighbour_is_near_nothing()
    {
        const string NoLongitude = "  place: Luoyang\n  country: CN\n  latitude: 34.62\n";
        Assert.Null(
            WrittenSite.Nearest(
                SmallStudy.Read(SmallStudy.With(("  name: Zhengzhou\n", NoLongitude))),
                _view
            )
        );
    }
}
