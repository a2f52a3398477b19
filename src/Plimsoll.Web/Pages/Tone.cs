using Plimsoll.Decisions;
using Plimsoll.Reports.Html;

namespace Plimsoll.Web.Pages;

/// <summary>Whether a verdict says yes, no, something else, or nothing yet, as the report has it: for its colour, never in place of its words.</summary>
internal static class Tone
{
    /// <summary>yes, no, change or open.</summary>
    public static string Of(string kind) =>
        Enum.TryParse<VerdictKind>(kind, out var verdict) ? Asker.Tone(verdict) : "open";
}
