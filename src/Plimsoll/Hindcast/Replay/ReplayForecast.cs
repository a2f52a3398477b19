using Plimsoll.Market.Motion;

namespace Plimsoll.Hindcast.Replay;

/// <summary>The law's forecast of a panel: where it stands at the decision, and the months to come of each draw.</summary>
public static class ReplayForecast
{
    /// <summary>Deviation of what panels of one chip and basis print of one month, as far as it lasts; own prior.</summary>
    private const double BetweenPanels = 0.15;

    /// <summary>Equally likely values of a panel's outcome.</summary>
    /// <param name="question">The case.</param>
    /// <param name="levels">Rents of the day of the decision.</param>
    /// <param name="keep">Which draws count: all of them, or those of one law.</param>
    public static double[] Of(ReplayCase question, RentLevels levels, Func<MotionKind, bool> keep)
    {
        var quote = question.Latest.Quote;
        var start = Start(question, levels);
        return
        [
            .. Enumerable
                .Range(0, levels.Draws)
                .Where(d => keep(levels.Kind(d)))
                .Select(d =>
                {
                    var path = levels.LogPath(d, quote.Accelerator, quote.Basis);
                    var place = Normal(d, levels.Draws);
                    return Math.Exp(
                        start.Log + (start.Deviation * place) + path[question.MonthsAhead] - path[0]
                    );
                }),
        ];
    }

    /// <summary>Where the panel stands at the decision: its own newest quote, drawn to the level that the other panels give by what each of them is worth.</summary>
    internal static (double Log, double Deviation) Start(ReplayCase question, RentLevels levels)
    {
        var quote = question.Latest.Quote;
        var width = levels.Widths[quote.Basis].Value;
        var own = (quote.LogError * quote.LogError) + (width * width * question.Age / 12.0);
        var level = levels.Posterior(quote.Accelerator, quote.Basis);
        var others = (level.Deviation * level.Deviation) + (BetweenPanels * BetweenPanels);
        var weight = others / (own + others);
        var log = (weight * Math.Log(quote.PerGpuHour)) + ((1 - weight) * level.Mean);
        return (log, Math.Sqrt(own * others / (own + others)));
    }

    // Strata in an order of their own, so that a draw's place says nothing of its path.
    private static double Normal(int draw, int draws)
    {
        var p = (((draw * 0.7548776662466927) + (0.5 / draws)) % 1 + 1) % 1;
        return MathNet.Numerics.Distributions.Normal.InvCDF(
            0,
            1,
            Math.Clamp(p, 0.5 / draws, 1 - (0.5 / draws))
        );
    }
}
