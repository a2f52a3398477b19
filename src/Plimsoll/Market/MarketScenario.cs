namespace Plimsoll.Market;

/// <summary>What is assumed of the market beside its parameters: the world link, the switches and the stresses.</summary>
public sealed record MarketScenario
{
    /// <summary>china or us.</summary>
    public string Market { get; init; } = "china";

    /// <summary>on, off or half: whether the top tier's rent is drawn to the world's in a draw.</summary>
    public string WorldLink { get; init; } = "half";

    /// <summary>Mechanisms switched off; none in a study.</summary>
    public Mechanisms Off { get; init; } = Mechanisms.None;

    /// <summary>Multiplies the need for compute per unit of work from the vintage on; 1 for no shock beside those that the draws hold.</summary>
    public double EfficiencyShock { get; init; } = 1;

    /// <summary>Multiplies every rent the centre meets; 1 for none.</summary>
    public double RentFactor { get; init; } = 1;

    /// <summary>True to lift the export rule after the vintage: new capacity of the H class comes as before it.</summary>
    public bool ExportRuleLifted { get; init; }

    /// <summary>Months by which the centre's fleets come late.</summary>
    public int DelayMonths { get; init; }

    /// <summary>Month of the outlook in which every tenant signed beforehand breaks its contract; -1 for never.</summary>
    public int AnchorDefaultMonth { get; init; } = -1;
}
