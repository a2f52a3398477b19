namespace Plimsoll.Market.Motion;

/// <summary>What supply does about rents that cannot last: servers ordered when rents pay far more than a new one costs come after a lag; servers go dark when rents do not pay for their power.</summary>
/// <remarks>
/// A rent moves freely between the two. Above <see cref="Top"/> it is drawn back only while it stood above when what now comes was ordered (time to build: Kydland and
/// Prescott 1982; Stopford 2009, chapter 4), so that shortage may last for the lag and no longer by itself. The top falls as accelerators do more for their price:
/// twice as much every two and a half years over 470 of them (Hobbhahn and Besiroglu 2022), of which .20 a year is taken, own prior. Without it the mean over draws of a
/// walk in logs grows without bound, and with it every value that is a mean.
/// </remarks>
/// <param name="Top">Log rent above which new supply is ordered, at month 0.</param>
/// <param name="Bottom">Log rent at which servers go dark.</param>
internal readonly record struct SupplyAnswer(double Top, double Bottom)
{
    /// <summary>Log of the rent over the cost of replacement at which all who can, build: nine levels in ten lay below it (<see cref="MotionPriors.LevelDeviation"/>).</summary>
    public const double Scarcity = 1.2816 * MotionPriors.LevelDeviation;

    /// <summary>Months from an order of servers with their hall and power to their sale; own prior.</summary>
    public const int Lag = 18;

    /// <summary>Yearly fall of the log of the top: a chip of today meets ever better ones.</summary>
    public const double YearlyFall = 0.20;

    /// <summary>Share of running cost that a dark server saves: power, its part of staff and bandwidth; own prior.</summary>
    public const double AvoidableShare = 0.4;

    /// <summary>Years in which half of an excess over the top goes, once supply comes.</summary>
    public const double BuildHalfLife = MotionPriors.HalfLife;

    /// <summary>Years in which half of what is missing to the bottom goes: darkness is decided from month to month.</summary>
    public const double DarkHalfLife = 0.25;

    private static readonly double _build = Monthly(BuildHalfLife);
    private static readonly double _dark = Monthly(DarkHalfLife);

    /// <summary>What supply adds to the log rent in a month.</summary>
    /// <param name="path">Log rents up to the month before.</param>
    /// <param name="month">The month, from 1.</param>
    /// <returns>Not above 0 when rents stand high, not below 0 when they stand low, else 0.</returns>
    public double In(ReadOnlySpan<double> path, int month)
    {
        var last = path[month - 1];
        if (last < Bottom)
        {
            return _dark * (Bottom - last);
        }
        var ordered = month - 1 - Lag;
        return ordered < 0 || last <= TopAt(month - 1) || path[ordered] <= TopAt(ordered)
            ? 0
            : -_build * Math.Min(last - TopAt(month - 1), path[ordered] - TopAt(ordered));
    }

    private double TopAt(int month) => Top - (YearlyFall * month / 12);

    private static double Monthly(double halfLife) => 1 - Math.Pow(0.5, 1 / (12 * halfLife));
}
