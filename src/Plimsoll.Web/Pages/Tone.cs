using Plimsoll.Decisions;

namespace Plimsoll.Web.Pages;

/// <summary>Whether a verdict says yes, no, something else, or nothing yet: for its colour, never in place of its words.</summary>
internal static class Tone
{
    /// <summary>yes, no, change or open.</summary>
    public static string Of(string kind) =>
        !Enum.TryParse<VerdictKind>(kind, out var verdict)
            ? "open"
            : verdict switch
            {
                VerdictKind.Unresolved => "open",
                VerdictKind.Build
                or VerdictKind.Finish
                or VerdictKind.Lend
                or VerdictKind.HoldPrice
                or VerdictKind.Sign => "yes",
                VerdictKind.DoNotBuild
                or VerdictKind.Stop
                or VerdictKind.Decline
                or VerdictKind.Close
                or VerdictKind.Refuse => "no",
                VerdictKind.Resize
                or VerdictKind.Stage
                or VerdictKind.Relocate
                or VerdictKind.Retarget
                or VerdictKind.Wait
                or VerdictKind.Shrink
                or VerdictKind.Assign
                or VerdictKind.LendLess
                or VerdictKind.LendOnConditions
                or VerdictKind.CutPrice
                or VerdictKind.GoDark
                or VerdictKind.ConvertToInference
                or VerdictKind.RestructureDebt
                or VerdictKind.SellAccelerators
                or VerdictKind.HandOver
                or VerdictKind.LeaseToCloud
                or VerdictKind.MoveServers
                or VerdictKind.ByFleet
                or VerdictKind.Counter => "change",
            };
}
