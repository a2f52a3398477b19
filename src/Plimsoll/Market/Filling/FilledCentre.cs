using Plimsoll.Catalog;

namespace Plimsoll.Market.Filling;

/// <summary>A centre whose fate is known, by what could be observed of it beforehand; never by its tenant's name, which is the outcome.</summary>
/// <param name="Name">Its name and the month spoken of.</param>
/// <param name="Market">china, us, europe.</param>
/// <param name="Committed">1 when it is captive or was let before it was ready, else 0.</param>
/// <param name="Unpowered">1 when grid power is missing or late, else 0.</param>
/// <param name="Newcomer">1 when its operator had let no such hall before, else 0.</param>
/// <param name="Fill">Share let or in use, 0 to 1.</param>
/// <param name="Deviation">Deviation of that reading.</param>
public sealed record FilledCentre(
    string Name,
    string Market,
    double Committed,
    double Unpowered,
    double Newcomer,
    double Fill,
    double Deviation
)
{
    /// <summary>Kind of catalogue entry.</summary>
    public const string Kind = "centre-outcomes";

    /// <summary>The centres visible on the day of the view.</summary>
    public static IReadOnlyList<FilledCentre> Of(CatalogView view) =>
        [
            .. view.Entries(Kind)
                .Where(e => e.NumberOrNull("fill") is not null)
                .Select(e =>
                {
                    var fill = e.Number("fill");
                    return new FilledCentre(
                        e.Name,
                        e.Text("market"),
                        e.Number("committed").Value,
                        1 - e.Number("grid_power").Value,
                        e.Number("newcomer").Value,
                        fill.Value,
                        (fill.High - fill.Low) / 2.5631
                    );
                }),
        ];
}
