using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Sites;

namespace Plimsoll.Studies;

/// <summary>A site is named or written, not both; what is written says where it is and when electricity has which price.</summary>
internal static class SiteCheck
{
    private static readonly string[] _bandKeys =
    [
        "peak_hours",
        "peak_ratio",
        "valley_hours",
        "valley_ratio",
    ];

    private static readonly string[] _placeKeys = ["near", "country", "latitude", "longitude"];

    /// <summary>Adds what is missing or contradicts itself in section <c>site</c>.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, CatalogView view, StudyFindings found)
    {
        var site = values.Section("site");
        Place(site, values, view, found);
        Bands(site, values, view, found);
        if (site.Number("demand_charge") <= 0 && (site.NumberOrNull("demand_ratchet") ?? 0) > 0)
        {
            found.Warn(
                site.Path.Key("demand_ratchet"),
                "without-effect",
                $"a ratchet and no demand charge",
                $"'site.demand_charge' above 0",
                "The catalogue's tariffs are all-in; to see the ratchet, write the demand charge and the tariff without it."
            );
        }
    }

    /// <summary>Countries of the sites known, by their two letters.</summary>
    private static List<string> Countries(CatalogView view) =>
        [
            .. view.Entries("sites")
                .Select(e => e.TextOrNull("country"))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];

    private static void Place(
        InputValues site,
        InputValues values,
        CatalogView view,
        StudyFindings found
    )
    {
        var written = site.Has("place");
        if (!written && !site.Has("name"))
        {
            found.Refuse(
                site.Path.Key("name"),
                "missing-key",
                $"nothing",
                $"a site of the catalogue, or 'place' for one of your own",
                "Run 'plimsoll catalog list sites' for the names."
            );
            return;
        }
        if (written && site.Has("name"))
        {
            found.Refuse(
                site.Path.Key("name"),
                "two-sites",
                $"'{site.Text("name")}' and a place of your own",
                $"one of them",
                "Take one away; to take what is not stated from a known site, write it as 'near'."
            );
            return;
        }
        foreach (var key in _placeKeys.Where(site.Has))
        {
            if (!written)
            {
                found.Refuse(
                    site.Path.Key(key),
                    "known-site",
                    $"'{key}' of a site that the catalogue knows",
                    $"nothing",
                    "Take it away, or write the site with 'place' instead of 'name'."
                );
            }
        }
        if (!written)
        {
            return;
        }
        if (
            site.TextOrNull("country") is { } code
            && Countries(view) is var countries
            && countries.Count > 0
            && !countries.Contains(code)
        )
        {
            found.Refuse(
                site.Path.Key("country"),
                "no-known-site",
                $"'{code}'",
                $"a country with a site in the catalogue: {string.Join(", ", countries)}",
                "Write the country by its two letters."
            );
        }
        else if (site.Has("latitude") != site.Has("longitude"))
        {
            var missing = site.Has("latitude") ? "longitude" : "latitude";
            found.Refuse(
                site.Path.Key(missing),
                "missing-key",
                $"nothing",
                $"a number of degrees",
                $"Add '{missing}:'; a place has both."
            );
        }
        else if (!site.Has("near") && !site.Has("latitude"))
        {
            found.Refuse(
                site.Path.Key("place"),
                "place-unknown",
                $"'{site.Text("place")}'",
                $"where it is",
                site.Has("country")
                    ? "Add latitude and longitude, or 'near' with a known site."
                    : "Add latitude, longitude and country, or 'near' with a known site."
            );
        }
        else if (!site.Has("near") && !site.Has("country"))
        {
            found.Refuse(
                site.Path.Key("country"),
                "missing-key",
                $"nothing",
                $"two letters, as CN or US",
                "Currency, market and tax follow the country."
            );
        }
        else if (WrittenSite.Nearest(values, view) is not { } nearest)
        {
            found.Refuse(
                site.Path.Key(site.Has("near") ? "near" : "country"),
                "no-known-site",
                $"'{site.TextOrNull("near") ?? site.Text("country")}'",
                $"one of the sites known by {values.Month("decided")}",
                Countries(view).Count == 0
                    ? "The catalogue knew no sites then; decide later."
                    : "Name a known site with 'near'."
            );
        }
        else if (
            site.TextOrNull("country") is { } country
            && nearest.Site.TextOrNull("country") != country
        )
        {
            found.Refuse(
                site.Path.Key("near"),
                "other-country",
                $"'{nearest.Site.Name}' in {nearest.Site.Text("country")}",
                $"a site in {country}",
                "Prices, market and tax are those of the country; name a known site there."
            );
        }
        else
        {
            Coordinates(site, nearest.Site.Text("country"), view, found);
            Tariff(site, nearest.Site, nearest.Kilometres, found);
        }
    }

    /// <summary>Kilometres beyond which a tariff is hardly that of the same grid: half the width of a province; own reading.</summary>
    private const double FarGrid = 150;

    /// <summary>A place that says neither its tariff nor whose it takes has that of the nearest known site: from far away that is said.</summary>
    private static void Tariff(
        InputValues site,
        CatalogEntry nearest,
        double? kilometres,
        StudyFindings found
    )
    {
        if (site.Has("tariff") || site.Has("near") || kilometres is not > FarGrid)
        {
            return;
        }
        var of = nearest.TextOrNull("province") is { } province
            ? $"{nearest.Name} ({province})"
            : nearest.Name;
        found.Warn(
            site.Path.Key("place"),
            "far-tariff",
            $"no tariff; it is taken from {of}, {kilometres:#,0} km away",
            $"the tariff of the place itself",
            "Write 'site.tariff' as the local grid bills it, or 'near' with the known site whose tariff and cooling hold."
        );
    }

    /// <summary>Times as far, and kilometres, from which a place is told to lie in another country than its own.</summary>
    private const double FarTimes = 3,
        FarKilometres = 1500;

    /// <summary>A place lies in its country: none of another country is much nearer than the nearest of its own.</summary>
    private static void Coordinates(
        InputValues site,
        string country,
        CatalogView view,
        StudyFindings found
    )
    {
        if (
            site.NumberOrNull("latitude") is not { } north
            || site.NumberOrNull("longitude") is not { } east
        )
        {
            return;
        }
        var sites = view.Entries("sites")
            .Select(e =>
                (
                    Site: e,
                    Km: Latency.GreatCircleKm(
                        north,
                        east,
                        e.Number("latitude").Value,
                        e.Number("longitude").Value
                    )
                )
            )
            .ToList();
        var own = sites.Where(s => s.Site.TextOrNull("country") == country).Min(s => s.Km);
        var (other, km) = sites.MinBy(s => s.Km);
        if (own > FarKilometres && own > FarTimes * km)
        {
            found.Warn(
                site.Path.Key("latitude"),
                "other-country",
                $"a place in {country}, {own:#,0} km from the nearest known site there and {km:#,0} km from {other.Name} in {other.Text("country")}",
                $"degrees within {country}",
                "Correct latitude, longitude or country: west and south are negative, latitude comes first. Currency, market and tax follow the country, distance and climate the degrees."
            );
        }
    }

    private static void Bands(
        InputValues site,
        InputValues values,
        CatalogView view,
        StudyFindings found
    )
    {
        var given = _bandKeys.Where(site.Has).ToList();
        if (site.Has("bands"))
        {
            foreach (var key in given)
            {
                found.Refuse(
                    site.Path.Key(key),
                    "two-tariffs",
                    $"'{key}' beside 'bands'",
                    $"one of them",
                    "Bands are the whole tariff; take the other away."
                );
            }
            Readable(site.Path.Key("bands"), () => TariffBands.Of(WrittenSite.Bands(site)), found);
            return;
        }
        if (given.Count == 0 || found.Refused)
        {
            return;
        }
        var entry = WrittenSite.In(values, view).Find("sites", WrittenSite.NameOf(values));
        foreach (var key in _bandKeys.Where(k => entry?.Find(k) is null))
        {
            found.Refuse(
                site.Path.Key(given[0]),
                "missing-key",
                $"'{given[0]}' without '{key}'",
                $"hours and ratios of peak and valley",
                $"The catalogue knows no bands here; add '{key}:', or write the whole tariff as 'bands'."
            );
            return;
        }
        Readable(
            site.Path.Key(given[0]),
            () =>
                TariffBands.Of(
                    entry!.Text("peak_hours"),
                    entry.Number("peak_ratio").Value,
                    entry.Text("valley_hours"),
                    entry.Number("valley_ratio").Value
                ),
            found
        );
    }

    private static void Readable(InputPath path, Func<TariffBands> bands, StudyFindings found)
    {
        try
        {
            _ = bands();
        }
        catch (FormatException e)
        {
            found.Refuse(
                path,
                "tariff-bands",
                $"{e.Message}",
                $"each hour of each month in one band at most",
                "Correct the spans."
            );
        }
    }
}
