using System.Text.Json.Nodes;
using Plimsoll.Files;
using Plimsoll.Reports;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary>The files that a run of a study writes.</summary>
internal static class StudyFiles
{
    private const string Result = "result.json";
    private const string Report = "report.html";
    private const string Sheets = "workbook.xlsx";

    /// <summary>Names of all of them but the manifest.</summary>
    public static IReadOnlyList<string> Names { get; } = [Result, Report, Sheets];

    /// <summary>Drafts all of them.</summary>
    /// <param name="output">Where.</param>
    /// <param name="answer">The run.</param>
    /// <param name="document">The published document of its result.</param>
    public static void Write(OutputFolder output, StudyAnswer answer, JsonNode document)
    {
        output.Write(Result, JsonOutput.Text(document));
        output.Write(Report, stream => StudyReport.Write(answer.Result, stream));
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
                    answer.Result.Conventions
                )
        );
    }
}
