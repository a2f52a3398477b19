namespace Plimsoll.Decisions;

/// <summary>The answer given.</summary>
public enum VerdictKind
{
    /// <summary>Data or equations do not support an answer.</summary>
    Unresolved,

    /// <summary>Sponsor: build as planned.</summary>
    Build,

    /// <summary>Sponsor: build a smaller centre.</summary>
    Resize,

    /// <summary>Sponsor: build in stages.</summary>
    Stage,

    /// <summary>Sponsor: build elsewhere.</summary>
    Relocate,

    /// <summary>Sponsor: build for another product or with another chip.</summary>
    Retarget,

    /// <summary>Sponsor: wait and decide again.</summary>
    Wait,

    /// <summary>Sponsor: do not build.</summary>
    DoNotBuild,

    /// <summary>Sponsor of a half-built centre: finish it.</summary>
    Finish,

    /// <summary>Sponsor of a half-built centre: finish a part and cancel the rest.</summary>
    Shrink,

    /// <summary>Sponsor of a half-built centre: cancel every order.</summary>
    Stop,

    /// <summary>Sponsor of a half-built centre: sell the orders.</summary>
    Assign,

    /// <summary>Lender: lend as asked.</summary>
    Lend,

    /// <summary>Lender: lend less.</summary>
    LendLess,

    /// <summary>Lender: lend on conditions.</summary>
    LendOnConditions,

    /// <summary>Lender: decline.</summary>
    Decline,

    /// <summary>Owner: hold the price.</summary>
    HoldPrice,

    /// <summary>Owner: cut the price.</summary>
    CutPrice,

    /// <summary>Owner: go dark until a trigger rent.</summary>
    GoDark,

    /// <summary>Owner: convert to inference.</summary>
    ConvertToInference,

    /// <summary>Owner: restructure the debt.</summary>
    RestructureDebt,

    /// <summary>Owner: sell the accelerators.</summary>
    SellAccelerators,

    /// <summary>Owner: hand over to a more capable operator.</summary>
    HandOver,

    /// <summary>Owner: lease all that is free to one cloud.</summary>
    LeaseToCloud,

    /// <summary>Owner: move the servers to another site.</summary>
    MoveServers,

    /// <summary>Owner: a course of its own for each kind of server.</summary>
    ByFleet,

    /// <summary>Owner: close.</summary>
    Close,

    /// <summary>Operator: sign the lease on the table.</summary>
    Sign,

    /// <summary>Operator: answer it with other terms.</summary>
    Counter,

    /// <summary>Operator: refuse it.</summary>
    Refuse,
}

/// <summary>The verdict with its grounds.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Headline">The answer in one plain sentence.</param>
/// <param name="Option">Name of the option it names; empty for none.</param>
/// <param name="Grounds">Why, sentence by sentence.</param>
/// <param name="Unknown">What it does not know, or what would resolve it.</param>
/// <param name="Tests">The tests of the rule it rests on.</param>
public sealed record Verdict(
    VerdictKind Kind,
    string Headline,
    string Option,
    IReadOnlyList<string> Grounds,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<RuleTest> Tests
)
{
    /// <summary>Name of the option, or of the terms of the loan, that <see cref="Tests"/> are of; empty when not said.</summary>
    public string TestsOf { get; init; } = "";
}
