using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Xunit;

namespace Plimsoll.Tests.Sites;

public sealed class LatencyTest
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 3));

    /// <summary>168 round trips computed apart from this code by the same rule.</summary>
    [Fact]
    public void Round_trips_equal_the_computed_table()
    {
        var sites = TestData.Table("Sites/sites.csv");
        var names = sites.Rows.ToDictionary(
            r => sites.Cell(r, "site_id"),
            r =>
                _view
                    .Entries("sites")
                    .Single(s =>
                        s.Number("latitude").Value == Parse(sites.Cell(r, "lat"))
                        && s.Number("longitude").Value == Parse(sites.Cell(r, "lon"))
                    )
                    .Name
        );
        var table = TestData.Table("Sites/latency_computed.csv");
        Assert.Equal(168, table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var hub = Latency
                .ToHubs(_view, names[table.Cell(row, "site_id")])
                .Single(h => h.Hub == names[table.Cell(row, "demand_id")]);
            Assert.InRange(hub.Milliseconds - Parse(table.Cell(row, "rtt_ms")), -0.02, 0.02);
            Assert.InRange(hub.Low - Parse(table.Cell(row, "rtt_low")), -0.02, 0.02);
            Assert.InRange(hub.High - Parse(table.Cell(row, "rtt_high")), -0.02, 0.02);
        }
    }

    /// <summary>Reported figures that name both ends; one-way claims count double.</summary>
    [Theory]
    [InlineData("Zhongwei", "Beijing", 18)]
    [InlineData("Zhongwei", "Shanghai", 30)]
    [InlineData("Horinger", "Beijing", 8.4)]
    [InlineData("Beijing", "Shanghai", 20)]
    public void Reported_round_trips_lie_in_the_range(string site, string hub, double reported)
    {
        var trip = Latency.ToHubs(_view, site).Single(h => h.Hub == hub);
        Assert.InRange(reported, trip.Low * 0.9, trip.High * 1.1);
    }

    [Fact]
    public void Weights_of_a_markets_hubs_add_up_to_one_from_every_site()
    {
        foreach (var site in _view.Names("sites"))
        {
            var hubs = Latency.ToHubs(_view, site);
            Assert.Equal(1, hubs.Sum(h => h.Weight), 9);
            Assert.All(hubs, h => Assert.True(h.Low <= h.Milliseconds && h.Milliseconds <= h.High));
            Assert.Equal(hubs.OrderBy(h => h.Milliseconds), hubs);
        }
        Assert.Contains(Latency.ToHubs(_view, "Frankfurt"), h => h.Hub == "London");
    }

    [Theory]
    [InlineData(0, 0, 0, 180, 20015.1)]
    [InlineData(90, 0, -90, 0, 20015.1)]
    [InlineData(51.5, -0.13, 40.7, -74.0, 5570)]
    [InlineData(39.9, 116.4, 39.9, 116.4, 0)]
    public void Great_circles_are_known_ones(
        double lat1,
        double lon1,
        double lat2,
        double lon2,
        double km
    ) =>
        Assert.InRange(
            Latency.GreatCircleKm(lat1, lon1, lat2, lon2),
            km * 0.999,
            (km * 1.001) + 1e-9
        );

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
