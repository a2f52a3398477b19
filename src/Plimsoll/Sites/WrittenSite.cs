using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Sites;

/// <summary>A site as a study writes it: a place that the catalogue does not know, or a known one with a tariff and a climate of the study's own.</summary>
/// <remarks>
/// It becomes an entry of the study's view. What the study does not state is that of the nearest known site of the same country, and its source says so.
/// </remarks>
public static class WrittenSite
{
    /// <summary>What one known site is not taken to share with another: names, roles and totals of its own.</summary>
    private static readonly string[] _own =
    [
        "name_zh",
        "also",
        "province_zh",
        "province",
        "role",
        "hub_weight",
        "compute",
        "latitude",
        "longitude",
    ];

    /// <summary>Keys of section <c>site</c> that are attributes of a site in the catalogue.</summary>
    private static readonly string[] _numbers =
    [
        "latitude",
        "longitude",
        "mean_temperature",
        "temperature_amplitude",
        "daily_amplitude",
        "peak_ratio",
        "valley_ratio",
        "demand_ratchet",
    ];

    /// <summary>Keys that hold spans of hours.</summary>
    private static readonly string[] _hours = ["peak_hours", "valley_hours"];

    /// <summary>Rows of a written site, of its tariff and its climate.</summary>
    internal static IEnumerable<InputRow> Rows() =>
        [
            new(
                "site.place",
                InputType.Text,
                "Name of a place that the catalogue does not know; say where it is with 'near', or with latitude, longitude and country."
            ),
            new(
                "site.near",
                InputType.CatalogName,
                "Known site from which a written one takes what the study does not state; the nearest of the country when silent."
            )
            {
                CatalogKind = "sites",
            },
            new("site.country", InputType.Text, "Country of a written site, two letters: CN, US."),
            new("site.latitude", InputType.Number, "Degrees north of the equator.")
            {
                Min = -90,
                Max = 90,
                Unit = "deg",
            },
            new("site.longitude", InputType.Number, "Degrees east of Greenwich.")
            {
                Min = -180,
                Max = 180,
                Unit = "deg",
            },
            new("site.mean_temperature", InputType.Number, "Mean of the outside air over the year.")
            {
                Min = -40,
                Max = 50,
                Unit = "degC",
            },
            new(
                "site.temperature_amplitude",
                InputType.Number,
                "Half the difference between the warmest and the coldest month."
            )
            {
                Min = 0,
                Max = 40,
                Unit = "degC",
            },
            new("site.daily_amplitude", InputType.Number, "Half the difference of day and night.")
            {
                Min = 0,
                Max = 30,
                Unit = "degC",
            },
            new(
                "site.peak_hours",
                InputType.Text,
                "Local hours of the peak price, as 10-14 17-21; the catalogue's when silent."
            ),
            new(
                "site.peak_ratio",
                InputType.Number,
                "Price in peak hours over that of flat hours; the catalogue's when silent."
            )
            {
                Min = 0.05,
                Max = 20,
                Unit = "1",
            },
            new(
                "site.valley_hours",
                InputType.Text,
                "Local hours of the valley price, as 23-7; the catalogue's when silent."
            ),
            new(
                "site.valley_ratio",
                InputType.Number,
                "Price in valley hours over that of flat hours; the catalogue's when silent."
            )
            {
                Min = 0.05,
                Max = 20,
                Unit = "1",
            },
            new(
                "site.bands",
                InputType.List,
                "The whole tariff by month and hour, in place of peak and valley hours; 'tariff' stays the mean over all hours."
            )
            {
                Max = 50,
            },
            new("site.bands[].months", InputType.Text, "Months, as 6-8, 7, or 11-2.")
            {
                Default = "1-12",
            },
            new("site.bands[].hours", InputType.Text, "Local hours, as 10-14 17-21, or 0-24.")
            {
                Default = "0-24",
            },
            new(
                "site.bands[].ratio",
                InputType.Number,
                "Price in these hours over that of hours in no band."
            )
            {
                Required = true,
                Min = 0.05,
                Max = 20,
                Unit = "1",
            },
            new(
                "site.demand_ratchet",
                InputType.Number,
                "Share of the highest power of the eleven months before for which the demand charge is paid at least."
            )
            {
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
        ];

    /// <summary>Name of the study's site: its place, or the catalogue's name.</summary>
    /// <returns>Empty when the study gives neither.</returns>
    public static string NameOf(InputValues values)
    {
        var site = values.Section("site");
        return site.TextOrNull("place") ?? site.TextOrNull("name") ?? "";
    }

    /// <summary>The known site from which a study takes what it does not state, with the distance; null when there is none.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    public static (CatalogEntry Site, double? Kilometres)? Nearest(
        InputValues values,
        CatalogView view
    )
    {
        var site = values.Section("site");
        var (latitude, longitude) = (site.NumberOrNull("latitude"), site.NumberOrNull("longitude"));
        double? Distance(CatalogEntry entry) =>
            latitude is { } north && longitude is { } east
                ? Latency.GreatCircleKm(
                    north,
                    east,
                    entry.Number("latitude").Value,
                    entry.Number("longitude").Value
                )
                : null;
        var named = site.TextOrNull("place") is null
            ? site.TextOrNull("name")
            : site.TextOrNull("near");
        if (named is not null)
        {
            return view.Find("sites", named) is { } entry ? (entry, Distance(entry)) : null;
        }
        return latitude is not null && longitude is not null
            ? view.Entries("sites")
                .Where(e => e.TextOrNull("country") == site.TextOrNull("country"))
                .Select(e => ((CatalogEntry, double?)?)(e, Distance(e)))
                .MinBy(e => e!.Value.Item2)
            : null;
    }

    /// <summary>The view with the study's own site in it; the view itself when the study writes nothing of its own.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    public static CatalogView In(InputValues values, CatalogView view)
    {
        var site = values.Section("site");
        var place = site.TextOrNull("place");
        var stated = Stated(site, view.AsOf, NameOf(values));
        if ((place is null && stated.Count == 0) || Nearest(values, view) is not { } nearest)
        {
            return view;
        }
        var taken = nearest.Site.Facts.Where(f => stated.All(s => s.Attribute != f.Attribute));
        if (place is not null)
        {
            var away = nearest.Kilometres is { } km
                ? string.Create(CultureInfo.InvariantCulture, $", {km:0} km away")
                : "";
            // Coordinates are taken only where the study gives none: it then stands where its neighbour does.
            taken = taken
                .Where(f =>
                    !_own.Contains(f.Attribute, StringComparer.Ordinal)
                    || f.Attribute is "latitude" or "longitude"
                )
                .Select(f =>
                    Taken(f, place, $" (of {nearest.Site.Name}{away}, the nearest known)")
                );
        }
        return view.With(
            new CatalogEntry("sites", NameOf(values), view.AsOf, [.. taken, .. stated])
        );
    }

    private static CatalogFact Taken(CatalogFact fact, string place, string words) =>
        fact with
        {
            Name = place,
            Text = fact.Text with { Source = fact.Text.Source + words },
            Number = fact.Number is { } n ? n with { Source = n.Source + words } : null,
        };

    /// <summary>What the study states of the site, as facts of its own day.</summary>
    private static IReadOnlyList<CatalogFact> Stated(InputValues site, DateOnly day, string name)
    {
        var facts = new WrittenFacts("sites", name, day);
        foreach (var key in _numbers.Where(site.Has))
        {
            facts.Add(key, site.Sourced(key));
        }
        foreach (var key in _hours.Where(site.Has))
        {
            facts.Add(key, site.Text(key));
        }
        var bands = Bands(site);
        if (bands.Count > 0)
        {
            facts.Add("bands", TariffBand.Text(bands));
        }
        return facts.All;
    }

    /// <summary>The bands of a site as the study writes them; none when it does not.</summary>
    /// <param name="site">Section <c>site</c>.</param>
    public static IReadOnlyList<TariffBand> Bands(InputValues site) =>
        [
            .. site.Items("bands")
                .Select(b => new TariffBand(b.Text("months"), b.Text("hours"), b.Number("ratio"))),
        ];
}
