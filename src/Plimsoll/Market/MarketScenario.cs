namespace Plimsoll.Market;

/// <summary>What is assumed of the market beside its parameters: the world link and the stresses.</summary>
public sealed record MarketScenario
{
    /// <summary>china or us.</summary>
    public string Market { get; init; } = "china";

    /// <summary>on, off or half: whether the top tier's rent is drawn to the world's in a draw.</summary>
    public string WorldLink { get; init; } = "half";

    /// <summary>Multiplies training and inference demand per unit of work from the shock month on; 1 for no shock.</summary>
    public double EfficiencyShock { get; init; } = 1;

    /// <summary>Multiplies every rent the centre meets; 1 for none.</summary>
    public double RentFactor { get; init; } = 1;

    /// <summary>True to lift the export rule: new capacity of the H class comes as before it.</summary>
    public bool ExportRuleLifted { get; init; }

    /// <summary>Months by which the centre's fleets come late.</summary>
    public int DelayMonths { get; init; }

    /// <summary>Month of the outlook in which every tenant signed beforehand breaks its contract; -1 for never.</summary>
    public int AnchorDefaultMonth { get; init; } = -1;
}
