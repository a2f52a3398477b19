using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Portfolios;

/// <summary>What may be done with a centre of a portfolio.</summary>
public enum ActionKind
{
    /// <summary>Go on as it is, or build as planned.</summary>
    Keep,

    /// <summary>Ask less than the market's quote.</summary>
    Cut,

    /// <summary>Switch off what is not let until the quote reaches a trigger.</summary>
    Mothball,

    /// <summary>Fit it to serve tokens.</summary>
    Convert,

    /// <summary>Move its servers to another centre of the portfolio.</summary>
    Merge,

    /// <summary>Hand it to an abler operator.</summary>
    HandOver,

    /// <summary>Lease all that is free to a pool, take-or-pay.</summary>
    Lease,

    /// <summary>Sell its accelerators over some months.</summary>
    Sell,

    /// <summary>Switch it off and sell at once.</summary>
    Close,

    /// <summary>Decide again later: build then only if rents pay for it.</summary>
    Delay,

    /// <summary>Build a part now and the rest only if that has filled by a date.</summary>
    Condition,

    /// <summary>Build less.</summary>
    Shrink,

    /// <summary>Cancel what is being built.</summary>
    Stop,

    /// <summary>Sell the orders of what is being built.</summary>
    Assign,

    /// <summary>Do not begin what is planned.</summary>
    Refuse,
}

/// <summary>One thing that may be done with one centre, as a case to run.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Kind and what is chosen within it, such as the taker or the host; the same for all centres.</param>
/// <param name="Description">What it is, in one sentence.</param>
/// <param name="Cases">The case, one for each variant of the centre.</param>
/// <param name="Cost">Money of the budget that it takes once, 0 or more; what it brings goes to the owner.</param>
public sealed record CentreAction(
    ActionKind Kind,
    string Key,
    string Description,
    IReadOnlyList<StudyCase> Cases,
    double Cost
)
{
    /// <summary><see cref="Description"/> in the words of any language.</summary>
    public Phrase Said { get; init; } = Phrase.Of("name", Description);

    /// <summary>Name of the centre that takes the servers of a merger; null for none.</summary>
    public string? Host { get; init; }

    /// <summary>True when servers of another centre can be moved in: it stands, is not moved itself, and nobody has taken what is free in it.</summary>
    public bool TakesServers => Stays && Host is null && Kind != ActionKind.Lease;

    /// <summary>True when the centre, or what is left of it, then stands or comes.</summary>
    public bool Stays =>
        Kind
            is not (
                ActionKind.Close
                or ActionKind.Sell
                or ActionKind.Refuse
                or ActionKind.Stop
                or ActionKind.Assign
            );
}
