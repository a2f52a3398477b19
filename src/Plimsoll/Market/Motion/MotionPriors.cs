using Plimsoll.Outlooks;

namespace Plimsoll.Market.Motion;

/// <summary>What is assumed of the levels and motions of rents before any quote is read; grade D, the same in every market.</summary>
public static class MotionPriors
{
    /// <summary>Width of a year of a rent's log where no history speaks: as of freight, charters and memory chips.</summary>
    public const double Width = 0.35;

    /// <summary>Observations that the prior width counts for.</summary>
    public const double WidthWeight = 4;

    /// <summary>Degrees of freedom of a month's shock.</summary>
    public const double ShockFreedom = 5;

    /// <summary>Most by which a draw is wider than the width of its basis: one draw in twenty-five would be wider still.</summary>
    public const double WidestDraw = 2.5;

    /// <summary>Most by which a month is more turbulent than the mean one: one in two hundred would be more so.</summary>
    public const double WidestMonth = 3;

    /// <summary>Deviation of the log level of a market about the cost of replacement.</summary>
    public const double LevelDeviation = 0.70;

    /// <summary>Deviation of what a chip earns in one basis and market beyond its quality.</summary>
    public const double PairDeviation = 0.15;

    /// <summary>Least deviation of a chip's quality as a prior of its level, so that its own quotes of the day are heard.</summary>
    public const double LeastQualityDeviation = 0.15;

    /// <summary>Years in which half of a gap to the cost of replacement closes, in draws that revert.</summary>
    public const double HalfLife = 1;

    /// <summary>Share of draws that are a driftless walk.</summary>
    public const double WalkShare = 0.50;

    /// <summary>Share of draws that revert to the cost of replacement.</summary>
    public const double RevertingShare = 0.25;

    /// <summary>Chance a month that a hyperscaler's list is revised: about once a year.</summary>
    public const double ListStep = 1.0 / 12;

    /// <summary>Chance a month that a marketplace turns tight, where nothing is known of its fill.</summary>
    public const double SpikeStart = 0.02;

    /// <summary>Chance a month that tightness ends.</summary>
    public const double SpikeEnd = 0.33;

    /// <summary>Mean log by which a tight marketplace stands above its level.</summary>
    public const double SpikeHeight = 0.30;

    /// <summary>Deviation of a week of a marketplace about its month.</summary>
    public const double WeekDeviation = 0.08;

    /// <summary>Log of a basis over the one-year contract, mean and deviation.</summary>
    /// <remarks>Contracts run 25 to 50 % below lists of specialised clouds; hyperscalers list at two to eight times a contract.</remarks>
    public static (double Mean, double Deviation) Basis(QuoteBasis basis) =>
        basis switch
        {
            QuoteBasis.Contract => (0, 0),
            QuoteBasis.Marketplace => (0.10, 0.30),
            QuoteBasis.NeocloudList => (0.45, 0.25),
            QuoteBasis.HyperscalerList => (1.40, 0.60),
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis."),
        };

    /// <summary>Deviation of a panel's log about the level of a chip on its basis, as far as it lasts: who is asked, and how.</summary>
    /// <remarks>Of one month, panels of marketplaces and lists print prices 0.15 to 0.3 apart; contracts are surveyed by one method.</remarks>
    public static double Panel(QuoteBasis basis) =>
        basis switch
        {
            QuoteBasis.Contract => 0.05,
            QuoteBasis.Marketplace => 0.15,
            QuoteBasis.NeocloudList => 0.15,
            QuoteBasis.HyperscalerList => 0.15,
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis."),
        };
}
