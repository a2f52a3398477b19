using Plimsoll.Inputs;

namespace Plimsoll.Files;

/// <summary>A file that may not or cannot be read, worded so that it tells nothing of what lies outside the study's folder.</summary>
/// <param name="file">Name as the user wrote it.</param>
/// <param name="rule">Short stable name: <c>outside-folder</c>, <c>no-such-file</c>, <c>not-a-file</c>, <c>too-large</c>, <c>unreadable</c>.</param>
/// <param name="expected">What may stand there.</param>
/// <param name="remedy">What to do.</param>
/// <param name="found">What was found; the name when left out.</param>
public sealed class FileRefusedException(
    string file,
    string rule,
    string expected,
    string remedy,
    string? found = null
)
    : Exception(
        new LocatedFinding(
            InputText.Cut(file),
            1,
            1,
            new Finding(InputPath.Root, rule, found ?? $"'{InputText.Cut(file)}'", expected, remedy)
        ).ToString()
    )
{
    /// <summary>Name as the user wrote it.</summary>
    public string File => file;

    /// <summary>Short stable name of the rule.</summary>
    public string Rule => rule;

    /// <summary>The refusal as a finding at the key that names the file.</summary>
    public Finding At(InputPath path) =>
        new(path, rule, found ?? $"'{InputText.Cut(file)}'", expected, remedy);

    /// <summary>The refusal of a file that a command names itself: line 1, column 1 of that file.</summary>
    public LocatedFinding Located() => new(file, 1, 1, At(InputPath.Root));
}
