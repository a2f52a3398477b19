using System.CommandLine;
using Plimsoll.Audits;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Reports;

namespace Plimsoll.Cli.Audit;

/// <summary><c>audit FILE</c>: what the papers behind a claim of demand are worth at base rates; below it the cases and their score.</summary>
internal static class AuditCommands
{
    private const string Result = "result.json";
    private const string Page = "report.html";

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A file of kind audit, for example examples/audit/zhengzhou-claim.yaml: claims, papers, parties.",
        };
        var json = CommonOptions.Json();
        var language = new Option<string>("--language")
        {
            Description = "Language of screen, sentences and page: en or zh (Chinese).",
            DefaultValueFactory = _ => PhraseBook.English.Language,
        };
        language.AcceptOnlyFromAmong([.. PhraseBook.Languages]);
        var folder = OutputOptions.Folder("result.json and report.html", "Default: none.");
        var replace = OutputOptions.Replace();
        var command = new ExampleCommand(
            "audit",
            "Audit claims of demand: the share their evidence supports at the base rates known at the decision, what to ask, what would move it, and a subsidy designed to the odds.",
            "audit examples/audit/zhengzhou-claim.yaml",
            "audit examples/audit/five-applicants.yaml --language zh --out out/applicants",
            "audit cases --as-of 2025-06",
            "audit validate"
        )
        {
            file,
            json,
            language,
            folder,
            replace,
            CasesCommand.Create(),
            ValidateCommand.Create(),
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(json),
                    PhraseBook.Of(result.GetValue(language)!),
                    result.GetValue(folder),
                    result.GetValue(replace)
                )
            )
        );
        return command;
    }

    private static int Run(string path, bool json, PhraseBook book, string? folder, bool replace)
    {
        var input = InputFiles.Open(path);
        var file = AuditReader.Read(InputFiles.Read(input, "audit"), input.Name);
        using var output = folder is null
            ? null
            : OutputFolder.Open(
                folder,
                new OutputOwner("audit", file.Name, [Result, Page]),
                replace
            );
        var result = AuditRun.Of(file, FactCatalog.Shipped().AsOf(file.Decided));
        if (output is not null)
        {
            output.Write(Result, JsonOutput.Text(AuditDocument.Of(result, book)));
            output.Write(Page, AuditReport.Html(result, book));
            output.Commit(CaseManifest.Of(input), JsonOutput.Text);
        }
        if (json)
        {
            JsonOutput.Print(AuditDocument.Of(result, book));
            return ExitCode.Success;
        }
        foreach (var line in AuditWords.Lines(result, book))
        {
            foreach (var part in TextTable.Wrap(line.TrimStart(), Terminal.Width - 4))
            {
                Console.WriteLine(
                    line.StartsWith("  ", StringComparison.Ordinal)
                        ? (part.StartsWith("- ", StringComparison.Ordinal) ? "  " : "    ") + part
                        : part
                );
            }
        }
        return ExitCode.Success;
    }
}
