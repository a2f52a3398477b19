using System.CommandLine;
using Plimsoll.Files;

namespace Plimsoll.Cli.Inference;

/// <summary>Where a ledger is written, and what it says of its making; passed in, so that a run on the same input gives the same bytes.</summary>
/// <param name="File">The Markdown file.</param>
/// <param name="Date">Day of the run.</param>
/// <param name="Commit">Commit measured.</param>
/// <param name="Machine">Machine, in words.</param>
internal sealed record LedgerPlace(string File, string Date, string Commit, string Machine)
{
    /// <summary>Replaces the part of a name between its markers, or adds it at the end.</summary>
    public void Replace(string name, string text)
    {
        var begin = $"<!-- {name} ledger: generated, do not edit -->";
        var end = $"<!-- end of the {name} ledger -->";
        var old =
            FileFacts.Of(File).Kind != FileKind.Absent
                ? InputFile.Read(File, FileBounds.Table).Text()
                : "# Performance model\n\n";
        var from = old.IndexOf(begin, StringComparison.Ordinal);
        var to = old.IndexOf(end, StringComparison.Ordinal);
        var (before, after) =
            from >= 0 && to > from
                ? (old[..from], old[(to + end.Length)..])
                : (old.TrimEnd('\n') + "\n\n", "\n");
        OutputFile.Write(File, before + begin + "\n" + text + end + after);
    }
}

/// <summary>The options of a validation that writes a ledger.</summary>
internal sealed class LedgerOptions
{
    private readonly Option<string?> _file = new("--ledger")
    {
        Description = "Write the ledger into this Markdown file, between its markers.",
    };

    private readonly Option<string> _date = new("--date")
    {
        Description = "Day of the run, for the ledger.",
        DefaultValueFactory = _ => "not stated",
    };

    private readonly Option<string> _commit = new("--commit")
    {
        Description = "Commit measured, for the ledger.",
        DefaultValueFactory = _ => "not stated",
    };

    private readonly Option<string> _machine = new("--machine")
    {
        Description = "Machine in words, for the ledger.",
        DefaultValueFactory = _ => "not stated",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_date);
        command.Options.Add(_commit);
        command.Options.Add(_machine);
    }

    /// <summary>The place given, or null.</summary>
    public LedgerPlace? Read(ParseResult result) =>
        result.GetValue(_file) is { } file
            ? new LedgerPlace(
                file,
                result.GetValue(_date)!,
                result.GetValue(_commit)!,
                result.GetValue(_machine)!
            )
            : null;
}
