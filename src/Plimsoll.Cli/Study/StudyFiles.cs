using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Reports;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary>The files that a run of a study writes.</summary>
internal static class StudyFiles
{
    private const string Result = "result.json";
    private const string Report = "report.html";
    private const string Sheets = "workbook.xlsx";
    private const string Paper = "memo.docx";
    private const string Case = "finance-case.yaml";
    private const string CaseTable = "finance-case.csv";
    private const string Contracted = "contracted-case.yaml";
    private const string ContractedTable = "contracted-case.csv";

    /// <summary>Names of all of them but the manifest.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [Result, Report, Paper, Sheets, Case, CaseTable, Contracted, ContractedTable];

    /// <summary>Drafts all of them.</summary>
    /// <param name="output">Where.</param>
    /// <param name="answer">The run.</param>
    /// <param name="document">The published document of its result.</param>
    /// <param name="book">Language of report and memo.</param>
    public static void Write(
        OutputFolder output,
        StudyAnswer answer,
        JsonNode document,
        PhraseBook book
    )
    {
        output.Write(Result, JsonOutput.Text(document));
        output.Write(Report, stream => StudyReport.Write(answer.Result, stream, book));
        if (answer.Result.MemoIn(book) is { } memo)
        {
            output.Write(Paper, stream => Plimsoll.Reports.Memos.MemoFile.Write(memo, stream));
        }
        output.Write(
            Sheets,
            stream =>
                Workbook.Write(
                    stream,
                    $"{answer.Result.Name}, draw {answer.Median.Draw}",
                    answer.Median.Model,
                    answer.Median.Case.Outlook.Physical,
                    answer.Median.Case.Cash,
                    answer.Result.Assumptions,
                    answer.BookConventions
                )
        );
        var median = answer.Median;
        if (median.Model.Terms.CapitalCosts.Count == 0)
        {
            // A centre that stands and owes nothing has no finance to write.
            return;
        }
        var of = $"draw {median.Draw}, the middle one, of study '{answer.Result.Name}'";
        WriteCase(output, (Case, CaseTable), answer, of, median.Case.Outlook.Physical);
        if (median.Contracted is { } contracted)
        {
            WriteCase(
                output,
                (Contracted, ContractedTable),
                answer,
                $"signed contracts alone in {of}",
                contracted
            );
        }
    }

    /// <summary>An outlook of the middle draw with the study's terms, to be run by <c>finance run</c>.</summary>
    private static void WriteCase(
        OutputFolder output,
        (string File, string Table) names,
        StudyAnswer answer,
        string what,
        MonthlyOutlook outlook
    )
    {
        output.Write(
            names.File,
            FinanceCaseWriter.Yaml(
                answer.Result.Name,
                $"Written by 'plimsoll study run': {what.ReplaceLineEndings(" ")}.",
                names.Table,
                answer.Median.Model,
                outlook
            )
        );
        output.Write(names.Table, FinanceCaseTable.Csv(outlook));
    }
}
