using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Sites;

/// <summary>What running servers at a site costs, in one currency.</summary>
public sealed record SiteTerms
{
    /// <summary>Site in the catalogue.</summary>
    public required string Site { get; init; }

    /// <summary>Money per kWh, tax excluded, mean over the bands.</summary>
    public required double Tariff { get; init; }

    /// <summary>Money per kW of highest power and month, on top of the tariff.</summary>
    public required double DemandCharge { get; init; }

    /// <summary>PUE at full load, at least 1.</summary>
    public required double DesignPue { get; init; }

    /// <summary>Share of the overhead power that runs whatever the load, 0 to 1.</summary>
    public required double FixedOverheadShare { get; init; }

    /// <summary>Mean share of busy power drawn by a let accelerator, between idle and busy, 0 to 1.</summary>
    public required double LetLoad { get; init; }

    /// <summary>Money a server and month: operations staff and maintenance that follow lit servers.</summary>
    public required double LitService { get; init; }

    /// <summary>Money a server and month: bandwidth and licences of lit servers.</summary>
    public required double LitBandwidth { get; init; }

    /// <summary>Money a server and month that runs on while dark: core staff, security, support contracts, software platform.</summary>
    public required double StandingService { get; init; }

    /// <summary>Money per kW of server power and month for hall and cooling, due whether lit or not.</summary>
    public required double Colocation { get; init; }

    /// <summary>Water, litres per kWh of server energy.</summary>
    public required double WaterPerKwh { get; init; }

    /// <summary>Yearly growth of all these prices, nominal.</summary>
    public required double Escalation { get; init; }

    /// <summary>Climate, tariff bands and daily load; flat when not given.</summary>
    public SiteProfile Profile { get; init; } = SiteProfile.Flat;

    /// <summary>Best estimates for a site as the catalogue and the defaults of a study give them, in the site's currency.</summary>
    /// <exception cref="KeyNotFoundException">The site, or a number of it, is not known on the day of the view.</exception>
    public static SiteTerms Of(CatalogView view, string site)
    {
        InputScalar Scalar(string text) => new(text, true, 1, 1);
        var table = new InputTable("site", "A site.", SiteInputs.Rows());
        var section = new InputMapping([new InputEntry("name", Scalar(site), 1, 1)], 1, 1);
        var values = new InputValues(
            table,
            new InputMapping([new InputEntry("site", section, 1, 1)], 1, 1)
        );
        var own = values.Section("site");
        return new SiteTerms
        {
            Site = site,
            Tariff = SiteInputs.Tariff(values, view).Value,
            DemandCharge = own.Number("demand_charge"),
            DesignPue = SiteInputs.DesignPue(values, view).Value,
            FixedOverheadShare = own.Number("fixed_overhead_share"),
            LetLoad = own.Number("let_load"),
            LitService = SiteInputs.Running(values, view, "lit_service").Value,
            LitBandwidth = SiteInputs.Running(values, view, "lit_bandwidth").Value,
            StandingService = SiteInputs.Running(values, view, "standing_service").Value,
            Colocation = SiteInputs.Running(values, view, "colocation").Value,
            WaterPerKwh = own.Number("water"),
            Escalation = own.Number("escalation"),
            Profile = SiteProfile.Of(view, site),
        };
    }
}

/// <summary>Power of one server.</summary>
/// <param name="Accelerators">Accelerators in it.</param>
/// <param name="OffKw">Switched off, kW.</param>
/// <param name="IdleKw">Lit and idle, kW.</param>
/// <param name="BusyKw">Busy, kW.</param>
public sealed record ServerPower(double Accelerators, double OffKw, double IdleKw, double BusyKw)
{
    /// <summary>Power of a server as the catalogue knows it.</summary>
    /// <exception cref="KeyNotFoundException">The server is not known on the day of the view.</exception>
    public static ServerPower Of(CatalogView view, string server)
    {
        var entry = view.Entry("servers", server);
        return new ServerPower(
            entry.Number("accelerators").Value,
            entry.Number("power_off").Value,
            entry.Number("power_idle").Value,
            entry.Number("power_busy").Value
        );
    }
}
