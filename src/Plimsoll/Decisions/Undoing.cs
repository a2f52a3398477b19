namespace Plimsoll.Decisions;

/// <summary>How a course can be undone once it is begun, the easiest first.</summary>
public enum Undoing
{
    /// <summary>In the next month and for nothing: no more than a price or a switch is changed.</summary>
    NextMonth,

    /// <summary>At a price: money was spent, or a contract signed by which others may stand.</summary>
    AtAPrice,

    /// <summary>Not at all: what is sold, paid out or given up does not come back.</summary>
    Never,
}

/// <summary>Which course can be undone how.</summary>
public static class UndoingOf
{
    /// <summary>How a course of an owner can be undone; a course of several fleets is undone as the worst of its parts.</summary>
    /// <param name="kind">The verdict that choosing it would be.</param>
    public static Undoing Course(VerdictKind kind) =>
        kind switch
        {
            VerdictKind.HoldPrice or VerdictKind.CutPrice or VerdictKind.GoDark =>
                Undoing.NextMonth,
            VerdictKind.ConvertToInference
            or VerdictKind.RestructureDebt
            or VerdictKind.HandOver
            or VerdictKind.LeaseToCloud
            or VerdictKind.MoveServers => Undoing.AtAPrice,
            _ => Undoing.Never,
        };
}
