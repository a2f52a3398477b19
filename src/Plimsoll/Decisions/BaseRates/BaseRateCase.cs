using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Decisions.BaseRates;

/// <summary>A claim of the past and what became of it.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Country">China, US or Europe.</param>
/// <param name="Asset">What was claimed: power, hall, centre, servers or compute lease.</param>
/// <param name="Kind">Kind of evidence it came with.</param>
/// <param name="Claimed">What was claimed, in <paramref name="Unit"/>.</param>
/// <param name="Became">What it was when last looked at.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Claims">Claims that the row stands for; 1 where their number is not known.</param>
/// <param name="ClaimedOn">When it was claimed.</param>
/// <param name="Known">When its outcome could be known.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Grade">Grade of the source.</param>
/// <param name="Evidence">Seen, derived or from memory.</param>
/// <param name="Note">What a reader must know.</param>
/// <param name="NotCounted">Why it is shown but enters no rate; empty when it does.</param>
/// <param name="Place">File and line.</param>
public sealed record BaseRateCase(
    string Name,
    string Country,
    string Asset,
    string Kind,
    double Claimed,
    double Became,
    string Unit,
    int Claims,
    DateOnly ClaimedOn,
    DateOnly Known,
    string Source,
    Grade Grade,
    Evidence Evidence,
    string Note,
    string NotCounted,
    string Place
)
{
    /// <summary>Kind of catalogue entry.</summary>
    public const string CatalogKind = "base-rates";

    /// <summary>Weight of one story: claims of one row fared alike, so that many count as at most four (correlation 0.25 within a row, own prior; Kish 1965).</summary>
    public const double WithinRow = 0.25;

    /// <summary>Share of the claim that came true, 0 to 1.</summary>
    public double Share => Math.Clamp(Became / Claimed, 0, 1);

    /// <summary>How firm its evidence was.</summary>
    public Firmness Firmness => EvidenceKind.Of(Kind);

    /// <summary>True when its source was seen and it enters the rates.</summary>
    public bool Counted => NotCounted.Length == 0 && Evidence is Evidence.Seen or Evidence.Derived;

    /// <summary>Cases that the row counts as: n / (1 + (n - 1) r) of n claims.</summary>
    public double Weight => Claims / (1 + ((Claims - 1) * WithinRow));

    /// <summary>The cases whose outcome was known on the day of a view, in file order.</summary>
    /// <exception cref="KeyNotFoundException">A case lacks an attribute.</exception>
    public static IReadOnlyList<BaseRateCase> KnownOn(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [.. view.Entries(CatalogKind).Where(e => e.Find("became") is not null).Select(Of)];
    }

    private static BaseRateCase Of(CatalogEntry entry)
    {
        var claimed = entry.Number("claimed");
        var became = entry.Number("became");
        return new BaseRateCase(
            entry.Name,
            entry.Text("country"),
            entry.Text("asset"),
            entry.Text("kind"),
            claimed.Value,
            became.Value,
            became.Unit,
            (int)(entry.NumberOrNull("claims")?.Value ?? 1),
            claimed.ValidFrom,
            became.Published,
            became.Source,
            became.Grade,
            became.Evidence,
            became.Note,
            entry.TextOrNull("not_counted") ?? "",
            entry.Find("became")!.Place
        );
    }
}
