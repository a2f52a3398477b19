using Plimsoll.Decisions;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>Picks one real joint draw to stand for a percentile; never a mixture of percentiles.</summary>
internal static class RepresentativeDraw
{
    /// <summary>Among the draws within five points of the percentile of the decisive figure, the one whose fill and rent are nearest to their own percentile.</summary>
    /// <param name="figures">The draws.</param>
    /// <param name="good">0.5 for the median case, 0.1 for the P90 case: share of draws that are worse.</param>
    /// <exception cref="UnanswerableException">No draw was computed.</exception>
    public static int Of(DrawFigures figures, double good)
    {
        var sound = figures.Sound;
        if (sound.Length == 0)
        {
            throw new UnanswerableException(
                $"No draw could be computed; the first reason: {figures.Failure.FirstOrDefault(f => f is not null)}"
            );
        }
        var decisive = Ranks(
            figures,
            sound.Any(i => !double.IsNaN(figures.MinimumCover[i]))
                ? figures.MinimumCover
                : figures.EquityNpv
        );
        double[] fill = Ranks(figures, figures.Fill),
            rent = Ranks(figures, figures.Rent);
        var near = sound.Where(i => Math.Abs(decisive[i] - good) <= 0.05).ToArray();
        var pool = near.Length > 0 ? near : sound;
        return pool.MinBy(i =>
            Math.Abs(fill[i] - good) + Math.Abs(rent[i] - good) + Math.Abs(decisive[i] - good)
        );
    }

    /// <summary>Share of draws below each, a draw without meaning counting as lowest.</summary>
    private static double[] Ranks(DrawFigures figures, double[] values)
    {
        var order = figures
            .Sound.OrderBy(i => double.IsNaN(values[i]) ? double.NegativeInfinity : values[i])
            .ThenBy(i => i)
            .ToArray();
        var ranks = new double[values.Length];
        for (var k = 0; k < order.Length; k++)
        {
            ranks[order[k]] = (k + 0.5) / order.Length;
        }
        return ranks;
    }
}
