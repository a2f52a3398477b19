using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Studies;

namespace Plimsoll.Cli;

/// <summary>A finding on its way to standard error: a line for people, and the finding for <see cref="JsonErrors"/>.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Line">In the user's language.</param>
internal sealed record ToldFinding(LocatedFinding Finding, string Line)
{
    /// <summary>Writes a finding to standard error.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="book">The language; English when left out.</param>
    public static void Tell(LocatedFinding finding, PhraseBook? book = null) =>
        Console.Error.WriteLine(
            (object)new ToldFinding(finding, FindingWords.Line(finding, book ?? PhraseBook.English))
        );

    public override string ToString() => Line;
}
