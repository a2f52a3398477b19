using Plimsoll.Market.Motion;

namespace Plimsoll.Hindcast.Replay;

/// <summary>The law's forecast of a panel: what it would print at the decision, and the months to come, draw by draw.</summary>
public static class ReplayForecast
{
    /// <summary>Equally likely values of a panel's outcome.</summary>
    /// <param name="question">The case.</param>
    /// <param name="levels">Rents of the day of the decision.</param>
    /// <param name="keep">Which draws count: all of them, or those of one law.</param>
    public static double[] Of(ReplayCase question, RentLevels levels, Func<MotionKind, bool> keep)
    {
        var quote = question.Latest.Quote;
        var prints = levels.LogPrints(question.Latest);
        return
        [
            .. Enumerable
                .Range(0, levels.Draws)
                .Where(d => keep(levels.Kind(d)))
                .Select(d =>
                {
                    var path = levels.LogPath(d, quote.Accelerator, quote.Basis);
                    return Math.Exp(prints[d] + path[question.MonthsAhead] - path[0]);
                }),
        ];
    }
}
