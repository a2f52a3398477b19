using Plimsoll.Catalog;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Quantities;

namespace Plimsoll.Market.MarketFiles;

/// <summary>One whole history of a nation: every centre and month, named projects with their place, drawn ones with what was drawn of them.</summary>
/// <param name="Draw">Number of the history.</param>
/// <param name="Start">First month reported.</param>
/// <param name="Offset">Months of the market before it.</param>
/// <param name="Ledgers">Books of all centres.</param>
/// <param name="View">The catalogue of the day, for the places of named projects.</param>
public sealed record NationalHistory(
    int Draw,
    Month Start,
    int Offset,
    IReadOnlyList<CentreLedger> Ledgers,
    CatalogView View
)
{
    /// <summary>Capability from which an operator is called able, and below which new; between them it is middling. Own bands.</summary>
    private const double Able = 0.6,
        Middling = 0.4;

    /// <summary>Share let from which a centre counts as full.</summary>
    private const double Full = 0.9;

    /// <summary>The project of a centre in the catalogue; null for a drawn one.</summary>
    public CatalogEntry? Project(CentreLedger centre) => View.Find("projects", centre.Name);

    /// <summary>Place of a centre: city of a named project, else whether hubs are within reach.</summary>
    public string Place(CentreLedger centre) =>
        Project(centre)?.TextOrNull("city") ?? (centre.Near ? "near a hub" : "remote");

    /// <summary>Province of a named project; empty for a drawn one.</summary>
    public string Province(CentreLedger centre) => Project(centre)?.TextOrNull("province") ?? "";

    /// <summary>Chips of a named project as reported, else the tier.</summary>
    public string Chip(CentreLedger centre) =>
        Project(centre)?.TextOrNull("chip") ?? $"tier {centre.Tier}";

    /// <summary>Where a named project stands: its city, else the middle of its province's sites in the catalogue; null where neither is known, and for drawn centres, which have no place.</summary>
    public (double Latitude, double Longitude)? Where(CentreLedger centre)
    {
        if (Project(centre) is not { } project)
        {
            return null;
        }
        var city = project.TextOrNull("city") ?? "";
        var province = project.TextOrNull("province") ?? "";
        var sites = View.Entries("sites")
            .Where(s => s.NumberOrNull("latitude") is not null)
            .ToList();
        var here = sites.Where(s => Same(s.Name, city)).ToList();
        if (here.Count == 0)
        {
            here = [.. sites.Where(s => Same(s.TextOrNull("province") ?? "", province))];
        }
        return here.Count == 0
            ? null
            : (
                here.Average(s => s.Number("latitude").Value),
                here.Average(s => s.Number("longitude").Value)
            );
    }

    private static bool Same(string one, string other) =>
        one.Length > 0
        && string.Equals(
            one.Replace("-", "", StringComparison.Ordinal),
            other.Replace("-", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase
        );

    /// <summary>Class of who runs a centre, by capability: able, middling, new.</summary>
    public static string OperatorClass(CentreLedger centre) =>
        centre.Capability >= Able ? "able"
        : centre.Capability >= Middling ? "middling"
        : "new";

    /// <summary>Share of the installed accelerators sold in a month; NaN where none is installed.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="month">Month of the report, from 0.</param>
    public double Fill(CentreLedger centre, int month)
    {
        var m = Offset + month;
        return centre.Installed[m] > 0
            ? (centre.Let[m] + centre.Spot[m]) / centre.Installed[m]
            : double.NaN;
    }

    /// <summary>Mean fill of a centre over the months in which it stood; NaN where it never did.</summary>
    public double MeanFill(CentreLedger centre, int months) =>
        Enumerable
            .Range(0, months)
            .Select(m => Fill(centre, m))
            .Where(f => !double.IsNaN(f))
            .DefaultIfEmpty(double.NaN)
            .Average();

    /// <summary>Why a centre was not full in a month: the largest part of what was not sold.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="month">Month of the report, from 0.</param>
    public string Reason(CentreLedger centre, int month)
    {
        var m = Offset + month;
        if (centre.Installed[m] <= 0)
        {
            return "nothing stands";
        }
        if (Fill(centre, month) >= Full)
        {
            return "full";
        }
        var unfit = centre.Installed[m] - centre.Repair[m] - centre.Eligible[m];
        (string Why, double Part)[] parts =
        [
            ("operator, network or chip do not fit", Math.Max(0, unfit)),
            ("dark, since rent does not pay for running", Math.Max(0, centre.Dark[m])),
            ("under repair", centre.Repair[m]),
            ("no tenant found", Math.Max(0, centre.Idle[m] - Math.Max(0, unfit))),
        ];
        return parts.MaxBy(p => p.Part).Why;
    }
}
