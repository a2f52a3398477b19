using Plimsoll.Catalog;

namespace Plimsoll.Market.Hedonics;

/// <summary>What a chip-hour is worth beside an hour of an H100 of the same basis and day.</summary>
/// <param name="Chip">Its name in the catalogue.</param>
/// <param name="LogQuality">Log of its rent over that of an H100; 0 for an H100.</param>
/// <param name="Deviation">Standard deviation of that log; 0 for an H100.</param>
/// <param name="Source">What it rests on, in words.</param>
/// <param name="Quoted">True when rents of the chip itself speak; false when the law alone does, with a wide interval.</param>
public sealed record ChipQuality(
    string Chip,
    double LogQuality,
    double Deviation,
    string Source,
    bool Quoted
)
{
    /// <summary>The quality of a chip on the day of the view: its own rents where there are any, the hedonic law for the rest.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public static ChipQuality Of(CatalogView view, string chip) => Of(HedonicLaw.Fit(view), chip);

    /// <summary>The quality of a chip by a law already fitted: for many chips of one day.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public static ChipQuality Of(HedonicLaw law, string chip)
    {
        var (mean, deviation) = law.Quality(chip);
        var panels = law
            .Ratios.Where(r => r.Chip == chip || r.Other == chip)
            .Select(r => $"{r.Panel} ({r.Market})")
            .Distinct()
            .ToList();
        var source =
            chip == ChipNeeds.Reference ? "the chip that others are measured by"
            : panels.Count > 0 ? "rents of the chip itself: " + string.Join(", ", panels)
            : $"hedonic law over {law.Ratios.Count} ratios of other chips; no rent of this one is known";
        return new ChipQuality(chip, mean, deviation, source, law.Quoted(chip));
    }
}
