using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Sites;

/// <summary>The inputs of a site; silent ones come from the catalogue's entry of the site.</summary>
public static class SiteInputs
{
    /// <summary>Rows of section <c>site</c>. Money is in the study's currency.</summary>
    public static IEnumerable<InputRow> Rows() =>
        [
            new("site", InputType.Section, "Where it stands and what running it costs.")
            {
                Required = true,
            },
            new(
                "site.name",
                InputType.CatalogName,
                "Site in the catalogue; or write a site of your own with 'place'."
            )
            {
                CatalogKind = "sites",
            },
            .. WrittenSite.Rows(),
            new(
                "site.tariff",
                InputType.Number,
                "Price of electricity per kWh, tax excluded, mean over the bands; the catalogue's when silent."
            )
            {
                Min = 0,
                Max = 10,
                Unit = "1",
                Money = "/kWh",
            },
            new(
                "site.demand_charge",
                InputType.Number,
                "Charge per kW of highest power and month, when the tariff does not hold it."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1000,
                Unit = "1",
                Money = "/kW-month",
                Source = "catalogue tariffs are all-in",
                Grade = Grade.D,
            },
            new(
                "site.design_pue",
                InputType.Number,
                "PUE at full load; the catalogue's when silent."
            )
            {
                Min = 1,
                Max = 3,
                Unit = "1",
            },
            new(
                "site.fixed_overhead_share",
                InputType.Number,
                "Share of overhead power that runs whatever the load."
            )
            {
                Default = "0.45",
                DefaultLow = 0.3,
                DefaultHigh = 0.6,
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source = "own prior from part-load behaviour of fans, pumps and UPS",
            },
            new(
                "site.let_load",
                InputType.Number,
                "How far between idle and busy power a let accelerator runs, in the mean."
            )
            {
                Default = "0.6",
                DefaultLow = 0.45,
                DefaultHigh = 0.75,
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source = "own prior",
            },
            new(
                "site.lit_service",
                InputType.Number,
                "Cost per server and month of operations that follow lit servers; that of the site's market in the catalogue when silent."
            )
            {
                Min = 0,
                Max = 1e6,
                Unit = "1",
                Money = "/server-month",
            },
            new(
                "site.lit_bandwidth",
                InputType.Number,
                "Cost per server and month of bandwidth and licences of lit servers; that of the site's market in the catalogue when silent."
            )
            {
                Min = 0,
                Max = 1e6,
                Unit = "1",
                Money = "/server-month",
            },
            new(
                "site.standing_service",
                InputType.Number,
                "Cost per server and month that runs on while dark: core staff, security, support, platform; that of the site's market in the catalogue when silent."
            )
            {
                Min = 0,
                Max = 1e6,
                Unit = "1",
                Money = "/server-month",
            },
            new(
                "site.colocation",
                InputType.Number,
                "Cost per kW of server power and month for hall and cooling, due whether lit or not; that of the site's market in the catalogue when silent."
            )
            {
                Min = 0,
                Max = 1e5,
                Unit = "1",
                Money = "/kW-month",
            },
            new("site.water", InputType.Number, "Litres of water per kWh of server energy.")
            {
                Default = "1.2",
                DefaultLow = 0.2,
                DefaultHigh = 2,
                Min = 0,
                Max = 10,
                Unit = "L/kWh",
                Source = "own prior",
            },
            new("site.escalation", InputType.Number, "Yearly growth of these prices.")
            {
                Default = "0.02",
                DefaultLow = 0,
                DefaultHigh = 0.04,
                Min = -0.1,
                Max = 0.5,
                Unit = "fraction/yr",
                Source = "own prior",
            },
        ];

    /// <summary>The tariff as the study gives it, else as the catalogue does.</summary>
    public static InputNumber Tariff(InputValues values, CatalogView view) =>
        Own(values, view, "tariff", "tariff");

    /// <summary>The design PUE as the study gives it, else as the catalogue does.</summary>
    public static InputNumber DesignPue(InputValues values, CatalogView view) =>
        Own(values, view, "design_pue", "design_pue");

    /// <summary>A running cost (<c>lit_service</c>, <c>lit_bandwidth</c>, <c>standing_service</c>, <c>colocation</c>) as the study gives it, else as the catalogue does for the site's market, in the site's currency.</summary>
    /// <exception cref="KeyNotFoundException">Neither the study nor the catalogue knows it on the day of the view.</exception>
    public static InputNumber Running(InputValues values, CatalogView view, string key)
    {
        var site = values.Section("site");
        if (site.Has(key))
        {
            return site.Sourced(key);
        }
        var market = view.Entry("sites", site.Text("name")).Text("market");
        var fact =
            view.Find("running-costs", market)?.Find(key)
            ?? throw new KeyNotFoundException(
                $"The catalogue knows no '{key}' of running-costs '{market}' as of {view.AsOf:yyyy-MM-dd}; give 'site.{key}'."
            );
        return OfFact(fact, key);
    }

    private static InputNumber Own(
        InputValues values,
        CatalogView view,
        string key,
        string attribute
    )
    {
        var site = values.Section("site");
        if (site.Has(key))
        {
            return site.Sourced(key);
        }
        var entry = view.Entry("sites", site.Text("name"));
        var fact =
            entry.Find(attribute)
            ?? throw new KeyNotFoundException(
                $"The catalogue knows no '{attribute}' of site '{entry.Name}' as of {view.AsOf:yyyy-MM-dd}; give 'site.{key}'."
            );
        return OfFact(fact, key);
    }

    private static InputNumber OfFact(CatalogFact fact, string key)
    {
        var number = fact.Number!;
        return new InputNumber(
            $"site.{key}",
            number.Value,
            number.Low,
            number.High,
            number.Unit,
            $"{number.Source} ({fact.Place})",
            number.Grade,
            true
        );
    }
}
