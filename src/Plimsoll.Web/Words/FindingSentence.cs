using System.Text.RegularExpressions;
using Plimsoll.Inputs;
using Plimsoll.Studies;

namespace Plimsoll.Web.Words;

/// <summary>What a finding of the check says at its field: what may stand there, then what to do.</summary>
internal static partial class FindingSentence
{
    /// <summary>The sentence in a language of the pages; what a command line would do is said as a reader of pages does it.</summary>
    public static string Of(Finding finding, Language language)
    {
        var here = finding with { Remedy = Command().Replace(finding.Remedy, "").Trim() };
        var remedy = here.Remedy.Length == 0 ? "" : FindingWords.Remedy(here, language.Phrases);
        if (finding.Remedy.Contains("plimsoll catalog list", StringComparison.Ordinal))
        {
            remedy = $"{language["study.finding.names"]} {remedy}".TrimEnd();
        }
        if (finding.Expected.Length == 0)
        {
            return remedy;
        }
        var expected = language.Phrases.Say(FindingWords.Of(finding.Expected));
        // What follows from other fields is not what stands in this one: it is named.
        return
            finding.Found.Length > 0
            && finding.Found != "nothing"
            && char.IsLetter(finding.Found[0])
            && finding.Path.Text == "horizon"
            ? language
                .Say(
                    "study.finding.found",
                    language.Phrases.Say(FindingWords.Of(finding.Found)),
                    expected,
                    remedy
                )
                .TrimEnd()
            : language.Say("study.finding", expected, remedy).TrimEnd();
    }

    // Sentences that tell to run the program, or to write a line of the text where the page has a field.
    [GeneratedRegex(
        @"Run 'plimsoll catalog list [a-z-]*' for the names\.|See 'plimsoll catalog list [a-z-]*'\.|(?:,? or )?begin anew with 'plimsoll study new'|; 'plimsoll migrate FILE' rewrites it",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Command();
}
