namespace Plimsoll.Serving.Planning;

/// <summary>The highest rate at which a margin that falls with the rate is still there.</summary>
internal static class RateSearch
{
    private const int MostSteps = 40;

    /// <summary>Searches between two rates, from a bracket that is widened where it does not hold the answer.</summary>
    /// <param name="margin">0 or more where the rate is kept.</param>
    /// <param name="guess">Where the answer is expected.</param>
    /// <param name="spread">Relative half-width of the first bracket.</param>
    /// <param name="least">Rate below which is not searched.</param>
    /// <param name="most">Rate above which is not searched.</param>
    /// <param name="tolerance">Relative width of the last bracket.</param>
    /// <returns>The middle of the last bracket; 0 when not even the least is kept, <paramref name="most"/> when that is kept.</returns>
    /// <remarks>False position with halving (the Illinois rule, Dowell and Jarratt 1971): margins are logarithms of shares, nearly straight in the rate.</remarks>
    public static double Highest(
        Func<double, double> margin,
        double guess,
        double spread,
        double least,
        double most,
        double tolerance
    )
    {
        var low = Math.Clamp(guess / (1 + spread), least, most);
        var high = Math.Clamp(guess * (1 + spread), least, most);
        var atLow = margin(low);
        while (atLow < 0)
        {
            if (low <= least)
            {
                return 0;
            }
            high = low;
            spread *= 2;
            low = Math.Max(least, low / (1 + spread));
            atLow = margin(low);
        }
        var atHigh = margin(high);
        while (atHigh >= 0)
        {
            if (high >= most)
            {
                return most;
            }
            (low, atLow) = (high, atHigh);
            spread *= 2;
            high = Math.Min(most, high * (1 + spread));
            atHigh = margin(high);
        }
        return Inside(margin, low, atLow, high, atHigh, tolerance);
    }

    private static double Inside(
        Func<double, double> margin,
        double low,
        double atLow,
        double high,
        double atHigh,
        double tolerance
    )
    {
        var side = 0;
        for (var step = 0; step < MostSteps && high > low * (1 + tolerance); step++)
        {
            var share = atLow - atHigh > 0 ? atLow / (atLow - atHigh) : 0.5;
            // Every third step halves, so that a margin that stands still at one end cannot hold the search up.
            var middle = step % 3 == 2 ? 0.5 : Math.Clamp(share, 0.08, 0.92);
            var rate = low + (middle * (high - low));
            var at = margin(rate);
            if (at >= 0)
            {
                (low, atLow) = (rate, at);
                atHigh *= side == 1 ? 0.5 : 1;
                side = 1;
            }
            else
            {
                (high, atHigh) = (rate, at);
                atLow *= side == -1 ? 0.5 : 1;
                side = -1;
            }
        }
        return (low + high) / 2;
    }
}
