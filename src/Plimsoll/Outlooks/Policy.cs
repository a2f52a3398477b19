using Plimsoll.Quantities;

namespace Plimsoll.Outlooks;

/// <summary>What an owner can see when deciding: the past and the present, never the rest of the draw.</summary>
/// <param name="Month">Month just closed.</param>
/// <param name="MonthIndex">The same, counted from 0.</param>
/// <param name="Installed">Accelerators installed.</param>
/// <param name="Fill">Share sold in the month just closed.</param>
/// <param name="OwnPrice">Mean price obtained per accelerator-hour; 0 when nothing was sold.</param>
/// <param name="MarketQuotes">Quoted rents per accelerator-hour up to now, oldest first.</param>
/// <param name="AvoidableCostPerGpuHour">Running cost that darkness would save, per accelerator-hour.</param>
/// <param name="ResalePrice">Second-hand price now of one accelerator.</param>
/// <param name="InferenceValuePerGpuHour">What one accelerator-hour would earn in inference at today's token price; 0 when it cannot serve.</param>
public readonly record struct ObservedState(
    Month Month,
    int MonthIndex,
    double Installed,
    double Fill,
    double OwnPrice,
    ReadOnlyMemory<double> MarketQuotes,
    double AvoidableCostPerGpuHour,
    double ResalePrice,
    double InferenceValuePerGpuHour
)
{
    /// <summary>Name of the fleet that is observed.</summary>
    public string Fleet { get; init; } = "";
}

/// <summary>What the owner does from the next month on.</summary>
/// <param name="PriceOverQuote">Asked price as a multiple of the market quote; 1 follows the market.</param>
/// <param name="DarkShare">Share of the unsold fleet switched off, 0 to 1.</param>
/// <param name="InferenceShare">Share of the unsold fleet offered for inference, 0 to 1.</param>
/// <param name="SellShare">Share of the fleet not yet put up for sale that is put up this month, 0 to 1; what is under contract is sold when its contract ends.</param>
/// <param name="HandOver">True to hand the centre to an operator of the plan's takeover capability.</param>
public readonly record struct CentreAction(
    double PriceOverQuote,
    double DarkShare,
    double InferenceShare,
    double SellShare,
    bool HandOver
)
{
    /// <summary>Follow the market with everything lit.</summary>
    public static CentreAction Hold => new(1, 0, 0, 0, false);

    /// <summary>Share of what is then left that will be put up for sale in later months, 0 to 1: it is let no more.</summary>
    public double SellLater { get; init; }
}

/// <summary>The rules by which an owner runs the fleets of a centre: one for all, or one of its own for some.</summary>
/// <param name="All">For every fleet that has none of its own.</param>
public sealed record FleetPolicies(IPolicy All)
{
    /// <summary>Rules of single fleets, by the fleet's name.</summary>
    public IReadOnlyDictionary<string, IPolicy> Own { get; init; } =
        new Dictionary<string, IPolicy>(StringComparer.Ordinal);

    /// <summary>The rule of a fleet.</summary>
    public IPolicy Of(string fleet) => Own.TryGetValue(fleet, out var own) ? own : All;
}

/// <summary>A rule by which an owner runs a fleet; it sees the past of that fleet only.</summary>
public interface IPolicy
{
    /// <summary>What to do from the next month on.</summary>
    CentreAction Decide(in ObservedState state);
}
