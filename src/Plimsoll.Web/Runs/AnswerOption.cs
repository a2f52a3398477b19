using System.Text.Json.Nodes;
using Plimsoll.Web.Pages;

namespace Plimsoll.Web.Runs;

/// <summary>Of which course or loan the figures are that stand for a whole run.</summary>
internal static class AnswerOption
{
    /// <summary>Index among the options of the one that the verdict names; the first, the plan as asked, where it is none of them.</summary>
    /// <param name="result">The published document, in any language.</param>
    public static int Index(JsonNode? result) =>
        Math.Max(
            0,
            result
                .Items("options")
                .ToList()
                .FindIndex(o =>
                    o.Words("name") is { Length: > 0 } name
                    && name == result.Words("verdict.option")
                )
        );

    /// <summary>That option; null where a run has none.</summary>
    public static JsonNode? Of(JsonNode? result) =>
        result.Items("options").ElementAtOrDefault(Index(result));
}
