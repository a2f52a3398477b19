using Plimsoll.Catalog;
using Plimsoll.Market.Quotes;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Hedonics;

/// <summary>How a chip's rent stood to that of the others of its panel, on the mean of the days on which the panel printed both.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Other">A chip of the same panel, an H100 or an H800 where there is one.</param>
/// <param name="Market">Market of the panel.</param>
/// <param name="Panel">The panel.</param>
/// <param name="LogRatio">Mean log of the chip's rent over the other's.</param>
/// <param name="LogError">Deviation of that mean about the ratio that holds on the average of panels.</param>
/// <param name="Days">Days with both.</param>
public sealed record ChipRatio(
    string Chip,
    string Other,
    string Market,
    string Panel,
    double LogRatio,
    double LogError,
    int Days
)
{
    // One panel's ratio against another's: 0.10 (H200), 0.18 (B200), 0.20 (A100), 0.32 (4090) in the quotes to 2025.
    private const double PanelDeviation = 0.20;

    // A day more adds little: a panel that prints the same list again says nothing new.
    private const double DayDeviation = 0.10;

    // Chips quoted within two months of each other are compared; farther apart, the level has moved.
    private const int MonthsApart = 2;

    /// <summary>The ratios visible on the day of the view, one for each chip and panel that also holds its reference.</summary>
    /// <remarks>Every basis counts here, since a panel is compared with itself: indices, reservations and spot lists too.</remarks>
    public static IReadOnlyList<ChipRatio> Of(CatalogView view)
    {
        var panels = view.Entries(QuoteBook.Kind)
            .Where(Credible)
            .GroupBy(e =>
                (Market: e.Text("market"), Basis: e.Text("basis"), Panel: e.Text("panel"))
            );
        var ratios = new List<ChipRatio>();
        foreach (var panel in panels)
        {
            // Lists over several sets of providers are pooled here: of one day, they are one page.
            var chips = panel
                .GroupBy(e => e.Text("chip"))
                .Select(g => (Chip: g.Key, Rents: g.SelectMany(e => e.Series("rent")).ToList()))
                .ToList();
            // A panel without an H100 still orders its chips: the first stands in.
            var reference = chips.FirstOrDefault(c => c.Chip == ChipNeeds.Reference);
            reference = reference.Chip is null ? chips[0] : reference;
            foreach (var (chip, rents) in chips.Where(c => c.Chip != reference.Chip))
            {
                var (mean, error, days) = Ratio(rents, reference.Rents);
                if (days > 0)
                {
                    ratios.Add(
                        new ChipRatio(
                            chip,
                            reference.Chip,
                            panel.Key.Market,
                            panel.Key.Panel,
                            mean,
                            error,
                            days
                        )
                    );
                }
            }
        }
        return ratios;
    }

    private static bool Credible(CatalogEntry series) =>
        series.Text("basis") is not ("mixed" or "notional" or "list-floor");

    private static (double Mean, double Error, int Days) Ratio(
        List<Sourced<double>> rents,
        List<Sourced<double>> others
    )
    {
        var logs = new List<double>();
        double own = 0;
        foreach (var rent in rents)
        {
            var near = others.MinBy(o =>
                Math.Abs(o.ValidFrom.DayNumber - rent.ValidFrom.DayNumber)
            );
            if (
                near is null
                || Math.Abs(near.ValidFrom.DayNumber - rent.ValidFrom.DayNumber)
                    > MonthsApart * 30.5
            )
            {
                continue;
            }
            logs.Add(Math.Log(QuoteBook.PerGpuHour(rent) / QuoteBook.PerGpuHour(near)));
            own += Math.Pow(QuoteError.Of(rent), 2) + Math.Pow(QuoteError.Of(near), 2);
        }
        if (logs.Count == 0)
        {
            return (0, 0, 0);
        }
        // Errors of quotes of one panel repeat from day to day, so they are not averaged away.
        var variance =
            (PanelDeviation * PanelDeviation)
            + (DayDeviation * DayDeviation / logs.Count)
            + (0.25 * own / logs.Count);
        return (logs.Average(), Math.Sqrt(variance), logs.Count);
    }
}
