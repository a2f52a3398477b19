using Plimsoll.Quantities;

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

    /// <summary>Owner: sell the accelerators to a lessor and rent them back.</summary>
    SellAndLeaseBack,

    /// <summary>Owner: hand over to a more capable operator.</summary>
    HandOver,

    /// <summary>Owner: lease all that is free to one cloud.</summary>
    LeaseToCloud,

    /// <summary>Owner: pay a tenant to leave before its lease ends.</summary>
    LetTenantGo,

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

    /// <summary>Name of the course that goes on while nothing is signed, where <see cref="Option"/> names none; empty for none.</summary>
    public string GoesOn { get; init; } = "";

    /// <summary>Share of the draws in which no other course that may be followed is worth more, for an owner, 0 to 1; NaN for other questions.</summary>
    public double Odds { get; init; } = double.NaN;

    /// <summary>Where several courses of an owner may each be the best: the one for the time being and what it costs to be wrong; else null.</summary>
    public Meanwhile? Followed { get; init; }

    /// <summary><see cref="Headline"/> in the words of any language.</summary>
    public Phrase Said { get; init; } = Phrase.Of("name", Headline);

    /// <summary><see cref="Grounds"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> Because { get; init; } =
    [.. Grounds.Select(g => Phrase.Of("name", g))];

    /// <summary><see cref="Unknown"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> Doubts { get; init; } =
    [.. Unknown.Select(u => Phrase.Of("name", u))];

    /// <summary>A verdict in words of any language.</summary>
    /// <param name="kind">The answer.</param>
    /// <param name="said">The answer in one plain sentence.</param>
    /// <param name="option">Name of the option it names; empty for none.</param>
    /// <param name="because">Why, sentence by sentence.</param>
    /// <param name="doubts">What it does not know, or what would resolve it.</param>
    /// <param name="tests">The tests of the rule it rests on.</param>
    internal static Verdict Of(
        VerdictKind kind,
        Phrase said,
        string option,
        IReadOnlyList<Phrase> because,
        IReadOnlyList<Phrase> doubts,
        IReadOnlyList<RuleTest> tests
    ) =>
        new(kind, PhraseBook.English.Say(said), option, English(because), English(doubts), tests)
        {
            Said = said,
            Because = because,
            Doubts = doubts,
        };

    /// <summary>The same verdict with other doubts.</summary>
    internal Verdict With(IReadOnlyList<Phrase> doubts) =>
        this with
        {
            Unknown = English(doubts),
            Doubts = doubts,
        };

    /// <summary>The same verdict with more grounds, told first.</summary>
    internal Verdict On(IReadOnlyList<Phrase> first) =>
        this with
        {
            Grounds = [.. English(first), .. Grounds],
            Because = [.. first, .. Because],
        };

    private static string[] English(IReadOnlyList<Phrase> phrases) =>
        [.. phrases.Select(PhraseBook.English.Say)];
}
