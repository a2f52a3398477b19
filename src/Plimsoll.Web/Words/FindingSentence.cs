using Plimsoll.Inputs;
using Plimsoll.Studies;

namespace Plimsoll.Web.Words;

/// <summary>What a finding of the check says at its field: what may stand there, then what to do.</summary>
internal static class FindingSentence
{
    /// <summary>The sentence in a language of the pages.</summary>
    public static string Of(Finding finding, Language language)
    {
        var remedy = FindingWords.Remedy(finding, language.Phrases);
        return finding.Expected.Length == 0
            ? remedy
            : language
                .Say(
                    "study.finding",
                    language.Phrases.Say(FindingWords.Of(finding.Expected)),
                    remedy
                )
                .TrimEnd();
    }
}
