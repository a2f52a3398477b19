using Plimsoll.Catalog;

namespace Plimsoll.Sites;

/// <summary>Round trip from a site to a demand hub, with its range.</summary>
/// <param name="Hub">Name of the hub.</param>
/// <param name="Milliseconds">Best estimate.</param>
/// <param name="Low">Straight route, quick equipment.</param>
/// <param name="High">Winding route, slow equipment.</param>
/// <param name="Weight">Share of its market's latency-bound demand at the hub, 0 to 1; the hubs of a market add up to 1.</param>
/// <param name="Latitude">Of the hub, degrees.</param>
/// <param name="Longitude">Of the hub, degrees.</param>
public sealed record HubLatency(
    string Hub,
    double Milliseconds,
    double Low,
    double High,
    double Weight,
    double Latitude,
    double Longitude
);

/// <summary>Latency by the computed rule: great circle, times a route factor, over the speed of light in fibre, both ways, plus equipment.</summary>
public static class Latency
{
    private const double EarthRadiusKm = 6371.0;

    /// <summary>Great-circle distance.</summary>
    /// <param name="latitude1">Degrees.</param>
    /// <param name="longitude1">Degrees.</param>
    /// <param name="latitude2">Degrees.</param>
    /// <param name="longitude2">Degrees.</param>
    /// <returns>Kilometres, 0 or more.</returns>
    /// <remarks>Haversine formula on a sphere of 6,371 km.</remarks>
    public static double GreatCircleKm(
        double latitude1,
        double longitude1,
        double latitude2,
        double longitude2
    )
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var dLat = Radians(latitude2 - latitude1);
        var dLon = Radians(longitude2 - longitude1);
        var h =
            Math.Pow(Math.Sin(dLat / 2), 2)
            + (
                Math.Cos(Radians(latitude1))
                * Math.Cos(Radians(latitude2))
                * Math.Pow(Math.Sin(dLon / 2), 2)
            );
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>Round trips from a site to every demand hub of its market (China, United States, Europe ...), nearest first.</summary>
    /// <exception cref="KeyNotFoundException">The site or the rule is not known on the day of the view.</exception>
    public static IReadOnlyList<HubLatency> ToHubs(CatalogView view, string site)
    {
        var here = view.Entry("sites", site);
        var rule = view.Entry("rules", "latency");
        var route = rule.Number("route_factor");
        var fibre = rule.Number("fibre_speed").Value;
        var equipment = rule.Number("equipment");
        var market = here.Text("market");
        var hubs = view.Entries("sites")
            .Where(s =>
                s.TextOrNull("market") == market && s.NumberOrNull("hub_weight") is not null
            )
            .ToList();
        var total = hubs.Sum(h => h.Number("hub_weight").Value);
        double latitude = here.Number("latitude").Value,
            longitude = here.Number("longitude").Value;
        return
        [
            .. hubs.Select(hub =>
                {
                    double hubLatitude = hub.Number("latitude").Value,
                        hubLongitude = hub.Number("longitude").Value;
                    var km = GreatCircleKm(latitude, longitude, hubLatitude, hubLongitude);
                    double Trip(double factor, double extra) => (2 * km * factor / fibre) + extra;
                    return new HubLatency(
                        hub.Name,
                        Trip(route.Value, equipment.Value),
                        Trip(route.Low, equipment.Low),
                        Trip(route.High, equipment.High),
                        hub.Number("hub_weight").Value / total,
                        hubLatitude,
                        hubLongitude
                    );
                })
                .OrderBy(h => h.Milliseconds),
        ];
    }
}
