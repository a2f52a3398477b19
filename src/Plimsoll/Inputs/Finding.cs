namespace Plimsoll.Inputs;

/// <summary>One thing wrong with an input: what was broken, what was found, what to do.</summary>
/// <param name="Path">Where.</param>
/// <param name="Rule">The rule broken, a short stable name such as <c>unknown-key</c>.</param>
/// <param name="Found">What stands there, cut to a readable length.</param>
/// <param name="Expected">What may stand there.</param>
/// <param name="Remedy">What to do, in one sentence.</param>
public sealed record Finding(
    InputPath Path,
    string Rule,
    string Found,
    string Expected,
    string Remedy
)
{
    /// <summary>True when the file may still be run: the finding then stands in the report.</summary>
    public bool IsWarning { get; init; }

    /// <summary>What the key means, where the remedy ends in it; empty where it does not.</summary>
    public string Explanation { get; init; } = "";
}

/// <summary>A finding with its place in the file.</summary>
/// <param name="File">Name of the file as the user gave it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Finding">The finding.</param>
public sealed record LocatedFinding(string File, int Line, int Column, Finding Finding)
{
    /// <inheritdoc/>
    /// <remarks>One line, without control characters: what a file holds never reaches the terminal as a command.</remarks>
    public override string ToString() =>
        InputText.OneLine(
            $"{File}:{Line}:{Column}: {(Finding.IsWarning ? "warning: " : "")}{Finding.Path}: {Finding.Rule}: found {Finding.Found}; expected {Finding.Expected}. {Finding.Remedy}"
        );
}

/// <summary>Bad input: carries every finding, so that all are shown at once.</summary>
public sealed class InputException : Exception
{
    /// <summary>Builds the exception from its findings.</summary>
    /// <param name="findings">At least one.</param>
    public InputException(IReadOnlyList<LocatedFinding> findings)
        : base(string.Join(Environment.NewLine, findings)) => Findings = findings;

    /// <summary>All findings, in file order.</summary>
    public IReadOnlyList<LocatedFinding> Findings { get; }
}
