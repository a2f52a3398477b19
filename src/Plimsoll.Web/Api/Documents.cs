using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Api;

/// <summary>A finding of the check.</summary>
/// <param name="Severity">error or warning.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Path">The field.</param>
/// <param name="Rule">Short name of the rule.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What may stand there.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record FindingDocument(
    string Severity,
    int Line,
    int Column,
    string Path,
    string Rule,
    string Found,
    string Expected,
    string Remedy
)
{
    /// <summary>What may stand there and what to do, by language.</summary>
    public IReadOnlyDictionary<string, string> Says { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public static FindingDocument Of(LocatedFinding f) =>
        new(
            f.Finding.IsWarning ? "warning" : "error",
            f.Line,
            f.Column,
            f.Finding.Path.Text,
            f.Finding.Rule,
            f.Finding.Found,
            f.Finding.Expected,
            f.Finding.Remedy
        )
        {
            Says = PhraseBook.Languages.ToDictionary(
                l => l,
                l => FindingSentence.Of(f.Finding, Language.Of(l)),
                StringComparer.Ordinal
            ),
        };
}

/// <summary>A study in a list.</summary>
internal sealed record StudyListItem(
    string Id,
    string Name,
    int Revision,
    DateTimeOffset Updated,
    string UpdatedBy
)
{
    public static StudyListItem Of(StudyRow row) =>
        new(
            row.Id,
            row.Name,
            row.Revision,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Updated),
            row.UpdatedBy
        );
}

/// <summary>A study with its text, its values by field and its findings.</summary>
internal sealed record StudyContent(
    string Id,
    string Name,
    int Revision,
    string UpdatedBy,
    string Text,
    bool Readable,
    bool Sound,
    string Shape,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<FindingDocument> Findings
)
{
    public static StudyContent Of(StudyRow row)
    {
        var document = StudyDocument.Of(row.Text);
        return new StudyContent(
            row.Id,
            row.Name,
            row.Revision,
            row.UpdatedBy,
            row.Text,
            document.Readable,
            document.Sound,
            FormField.Shape(document.Root),
            FormField
                .Values(document.Root, "")
                .GroupBy(v => v.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal),
            [.. document.Findings.Select(FindingDocument.Of)]
        );
    }
}

/// <summary>A run.</summary>
internal sealed record RunDocument(
    string Id,
    string Study,
    int StudyRevision,
    string Name,
    int Draws,
    string State,
    string Stage,
    double Share,
    string Reason,
    string Verdict,
    string Headline,
    string RequestedBy,
    DateTimeOffset Requested,
    DateTimeOffset? Ended,
    bool Stale,
    string StudySha256,
    string CatalogSha256,
    string Engine,
    string ResultSha256,
    string SignedBy,
    bool SignedByAsker
)
{
    public static RunDocument Of(RunView run) =>
        new(
            run.Row.Id,
            run.Row.StudyId,
            run.Row.StudyRevision,
            run.Row.Name,
            run.Row.Draws,
            run.State,
            run.Record?.Stage ?? "",
            run.State == "done" ? 1 : run.Record?.Progress ?? 0,
            run.Record?.Reason ?? "",
            run.Answer?.Verdict ?? "",
            run.Answer?.Headline ?? "",
            run.Row.RequestedBy,
            DateTimeOffset.FromUnixTimeMilliseconds(run.Row.Requested),
            run.Answer is { } answer
                ? DateTimeOffset.FromUnixTimeMilliseconds(answer.At)
                : run.Record?.Ended,
            run.Stale,
            run.Row.StudySha256,
            run.Row.CatalogSha256,
            run.Row.Engine,
            run.Answer?.ResultSha256 ?? "",
            run.Row.SignedBy,
            run.Row.SignedBy.Length > 0 && run.Row.SignedBy == run.Row.RequestedBy
        );
}

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Most items on one.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, int Page, int PageSize);
