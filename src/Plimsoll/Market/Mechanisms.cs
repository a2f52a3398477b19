namespace Plimsoll.Market;

/// <summary>The mechanisms M1 to M13 of the design, each of which can be switched off alone.</summary>
[Flags]
public enum Mechanisms
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>M1: new centres come into service. Off: nothing is begun after the start.</summary>
    NewBuild = 1,

    /// <summary>M2: only eligible capacity meets demand. Off: everything racked can be let.</summary>
    Eligibility = 1 << 1,

    /// <summary>M3: rent answers vacancy. Off: it stays at its start (and at the world's, where linked).</summary>
    RentFormation = 1 << 2,

    /// <summary>M4: owners switch off below avoidable cost. Off: all that is eligible is offered.</summary>
    DarkDecision = 1 << 3,

    /// <summary>M5: subsidised push, inflated forecasts and imitation in orders. Off: orders follow rent alone.</summary>
    InflatedOrders = 1 << 4,

    /// <summary>M6: sale of idle hardware with a fire-sale discount. Off: nothing is sold and nothing leaves.</summary>
    Resale = 1 << 5,

    /// <summary>M7: export rules change what new centres are equipped with. Off: as before October 2023.</summary>
    ExportRules = 1 << 6,

    /// <summary>M8: efficiency shocks to training and serving. Off: none comes.</summary>
    EfficiencyShocks = 1 << 7,

    /// <summary>M9: demand moves from training to inference. Off: tokens stay at their start.</summary>
    InferenceShift = 1 << 8,

    /// <summary>M10: latency-bound demand cannot use remote capacity. Off: all capacity is near.</summary>
    LatencyReach = 1 << 9,

    /// <summary>M11: vouchers. Off: none.</summary>
    Vouchers = 1 << 10,

    /// <summary>M12: capable operators take idle centres over and make them eligible. Off: nobody does.</summary>
    Takeover = 1 << 11,

    /// <summary>M13: captive owners lease in when short. Off: they never do.</summary>
    CaptiveOverflow = 1 << 12,
}

/// <summary>Reading a set of mechanisms.</summary>
public static class MechanismSet
{
    /// <summary>True when a set holds a mechanism; unlike <see cref="Enum.HasFlag"/> it never boxes.</summary>
    public static bool Has(this Mechanisms set, Mechanisms one) => (set & one) != Mechanisms.None;
}
