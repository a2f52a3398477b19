using System.CommandLine;
using Plimsoll.Audits;
using Plimsoll.Catalog;
using Plimsoll.Reports;

namespace Plimsoll.Cli.Audit;

/// <summary><c>audit FILE</c>: what the papers behind a claim of demand are worth at base rates; below it the cases and their score.</summary>
internal static class AuditCommands
{
    public static Command Create()
    {
        var command = PageCommand.Create(
            "audit",
            "Audit claims of demand: the share their evidence supports at the base rates known at the decision, what to ask, what would move it, and a subsidy designed to the odds.",
            "A file of kind audit, for example examples/audit/zhengzhou-claim.yaml: claims, papers, parties.",
            Run,
            "audit examples/audit/zhengzhou-claim.yaml",
            "audit examples/audit/five-applicants.yaml --language zh --out out/applicants",
            "audit cases --as-of 2025-06",
            "audit validate"
        );
        command.Add(CasesCommand.Create());
        command.Add(ValidateCommand.Create());
        return command;
    }

    private static int Run(PageCommand.Asked asked)
    {
        var input = InputFiles.Open(asked.Path);
        var values = InputFiles.Read(input, "audit");
        InputFiles.Say(InputFiles.Warnings(input.Name, values), asked.Words);
        var file = AuditReader.Read(values, input.Name);
        using var output = asked.Open(file.Name);
        var result = AuditRun.Of(file, FactCatalog.Shipped().AsOf(file.Decided));
        return asked.Answer(
            output,
            AuditDocument.Of(result, asked.Words),
            () => AuditReport.Html(result, asked.Words),
            AuditWords.Lines(result, asked.Words).Select(Line),
            input
        );
    }

    private static (bool Item, string Text) Line(string line)
    {
        var text = line.TrimStart();
        return text.StartsWith("- ", StringComparison.Ordinal) ? (true, text[2..]) : (false, text);
    }
}
