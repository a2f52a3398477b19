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
    /// <param name="question">sponsor, lender or owner.</param>
    public static Asker Of(string question) =>
        question.ToUpperInvariant() switch
        {
            "LENDER" => new(
                "Should this loan be made, and on what terms?",
                "the loan as asked for",
                "as asked",
                "What else could be built, and what it would do to the loan"
            ),
            "OWNER" => new(
                "The centre stands. What should its owner do now?",
                "going on as now",
                "as now",
                "The courses open to the owner"
            ),
            _ => new(
                "Should this centre be built, and as planned?",
                "the centre as planned",
                "as planned",
                "The plan and its alternatives"
            ),
        };

    /// <summary>Tone of a verdict: yes, no, change or open.</summary>
    public static string Tone(VerdictKind kind) =>
        kind switch
        {
            VerdictKind.Unresolved => "open",
            VerdictKind.Build or VerdictKind.Lend or VerdictKind.HoldPrice => "yes",
            VerdictKind.DoNotBuild or VerdictKind.Decline or VerdictKind.Close => "no",
            _ => "change",
        };
}
