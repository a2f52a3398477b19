using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Files;

namespace Plimsoll.Cli;

/// <summary>A command that answers one file on the screen, as a page and as a document.</summary>
internal static class PageCommand
{
    private const string Result = "result.json";
    private const string Page = "report.html";

    /// <summary>The command with the options that all of them have.</summary>
    /// <param name="kind">Its name, and the kind of its file.</param>
    /// <param name="about">What it answers.</param>
    /// <param name="holds">What its file is, with an example.</param>
    /// <param name="run">From the file to the exit code.</param>
    /// <param name="examples">Calls to start from.</param>
    public static Command Create(
        string kind,
        string about,
        string holds,
        Func<Asked, int> run,
        params string[] examples
    )
    {
        var file = new Argument<string>("file") { Description = holds };
        var json = CommonOptions.Json();
        var language = CommonOptions.Language("Language of screen and page: en or zh (Chinese).");
        var folder = OutputOptions.Folder($"{Result} and {Page}", "Default: none.");
        var replace = OutputOptions.Replace();
        var allowed = WorkLimit.Option();
        var command = new ExampleCommand(kind, about, examples)
        {
            file,
            json,
            language,
            folder,
            replace,
            allowed,
        };
        command.SetAction(result =>
            Commands.Guard(
                () =>
                    run(
                        new Asked(
                            kind,
                            result.GetValue(file)!,
                            result.GetValue(json),
                            PhraseBook.Of(result.GetValue(language)!),
                            result.GetValue(folder),
                            result.GetValue(replace),
                            result.GetValue(allowed)
                        )
                    ),
                PhraseBook.Of(result.GetValue(language)!)
            )
        );
        return command;
    }

    /// <summary>What a user asked for.</summary>
    /// <param name="Kind">Kind of the file.</param>
    /// <param name="Path">The file.</param>
    /// <param name="Json">Whether the document alone is printed.</param>
    /// <param name="Words">The language.</param>
    /// <param name="Folder">Where outputs go; null for nowhere.</param>
    /// <param name="Replace">Whether another's outputs may be overwritten.</param>
    /// <param name="Minutes">Minutes of processor time that the run may take by its estimate.</param>
    internal sealed record Asked(
        string Kind,
        string Path,
        bool Json,
        PhraseBook Words,
        string? Folder,
        bool Replace,
        double Minutes
    )
    {
        /// <summary>The folder of outputs, taken before the work; null when none was asked for.</summary>
        public OutputFolder? Open(string name) =>
            Folder is null
                ? null
                : OutputFolder.Open(Folder, new OutputOwner(Kind, name, [Result, Page]), Replace);

        /// <summary>Writes the answer where it was asked for, and prints it.</summary>
        /// <param name="output">The folder taken.</param>
        /// <param name="document">The document.</param>
        /// <param name="page">The page.</param>
        /// <param name="lines">What stands on the screen; items are set in.</param>
        /// <param name="input">The file that was read.</param>
        /// <param name="further">The files it names.</param>
        public int Answer(
            OutputFolder? output,
            JsonObject document,
            Func<string> page,
            IEnumerable<(bool Item, string Text)> lines,
            InputFile input,
            params IReadOnlyList<InputFile?> further
        )
        {
            if (output is not null)
            {
                output.Write(Result, JsonOutput.Text(document));
                output.Write(Page, page());
                output.Commit(CaseManifest.Of(input, further), JsonOutput.Text);
            }
            if (Json)
            {
                JsonOutput.Print(document);
                return ExitCode.Success;
            }
            foreach (var (item, text) in lines)
            {
                var mark = item ? "  - " : "";
                foreach (var part in TextTable.Wrap(text, Terminal.Width - 4))
                {
                    Console.WriteLine(mark + part);
                    mark = item ? "    " : "";
                }
            }
            return ExitCode.Success;
        }
    }
}
