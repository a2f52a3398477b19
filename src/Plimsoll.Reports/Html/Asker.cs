using Plimsoll.Decisions;

namespace Plimsoll.Reports.Html;

/// <summary>Words of the person who asks.</summary>
/// <param name="Question">The question in one sentence.</param>
/// <param name="Base">What the first option is called.</param>
/// <param name="BaseColumn">The same in one word.</param>
/// <param name="Courses">What the options are called.</param>
internal sealed record Asker(string Question, string Base, string BaseColumn, string Courses)
{
    /// <summary>The words for a question.</summary>
    /// <param name="question">sponsor, lender, owner, construction or offer.</param>
    /// <param name="book">The language.</param>
    public static Asker Of(string question, PhraseBook book)
    {
        var who = question.ToUpperInvariant() switch
        {
            "LENDER" => "lender",
            "OWNER" => "owner",
            "CONSTRUCTION" => "construction",
            "OFFER" => "offer",
            _ => "sponsor",
        };
        return new(
            book.Say($"asker.{who}"),
            book.Say($"asker.{who}.base"),
            book.Say($"asker.{who}.column"),
            book.Say($"asker.{who}.courses")
        );
    }

    /// <summary>Tone of a verdict: yes, no, change or open.</summary>
    public static string Tone(VerdictKind kind) =>
        kind switch
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
            or VerdictKind.SellAndLeaseBack
            or VerdictKind.HandOver
            or VerdictKind.LeaseToCloud
            or VerdictKind.MoveServers
            or VerdictKind.ByFleet
            or VerdictKind.Counter => "change",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such verdict."),
        };
}
