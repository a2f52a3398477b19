using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Reports;

namespace Plimsoll.Cli.Finance;

/// <summary><c>finance run FILE</c>: debt, waterfall and every figure of a case.</summary>
internal static class RunCommand
{
    private const string CashFlow = "cashflow.csv";
    private const string Result = "result.json";
    private const string Sheets = "workbook.xlsx";

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A file of kind finance, for example examples/finance/neocloud.yaml: outlook, capital, debt, tax and terms.",
        };
        var json = CommonOptions.Json();
        var folder = OutputOptions.Folder(
            "cashflow.csv (every row by month), result.json and workbook.xlsx (live formulas)",
            "Default: none."
        );
        var replace = OutputOptions.Replace();
        var command = new Command(
            "run",
            "Contract the debt of a case, run its waterfall month by month and print every figure with its convention; a figure without meaning is refused with the reason."
        )
        {
            file,
            json,
            folder,
            replace,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(json),
                    result.GetValue(folder),
                    result.GetValue(replace)
                )
            )
        );
        return command;
    }

    private static int Run(string file, bool json, string? folder, bool replace)
    {
        var input = InputFile.Read(file, FileBounds.Yaml);
        var finance = Read(input, out var table);
        var values = InputFiles.Read(input, "finance");
        InputFiles.Say(InputFiles.Warnings(input.Name, values));
        InputFiles.Say(finance.Warnings.Select(w => Located(input.Name, values, w)));
        using var output = folder is null
            ? null
            : OutputFolder.Open(
                folder,
                new OutputOwner("finance", finance.Name, [CashFlow, Result, Sheets]),
                replace
            );
        var (model, flow) = finance.Run();
        var figures = new ProjectFigures(model, finance.Outlook, flow);
        var document = FinanceJson.Of(finance, model, flow, figures);
        if (output is not null)
        {
            output.Write(CashFlow, CashFlowTable.Csv(model, flow));
            output.Write(Result, JsonOutput.Text(document));
            output.Write(
                Sheets,
                stream => Workbook.Write(stream, finance.Name, model, finance.Outlook, flow, [], [])
            );
            output.Commit(CaseManifest.Of(input, table), JsonOutput.Text);
        }
        if (json)
        {
            JsonOutput.Print(document);
        }
        else
        {
            FinanceScreen.Print(finance, model, flow, figures);
        }
        return ExitCode.Success;
    }

    /// <summary>Reads a case for what its run would warn of, with lines.</summary>
    internal static IReadOnlyList<LocatedFinding> Warnings(string file)
    {
        var input = InputFile.Read(file, FileBounds.Yaml);
        var finance = Read(input, out _);
        var values = InputFiles.Read(input, "finance");
        return [.. finance.Warnings.Select(w => Located(input.Name, values, w))];
    }

    /// <summary>Reads a case; what contradicts itself is reported with its line.</summary>
    internal static FinanceCase Read(string file) =>
        Read(InputFile.Read(file, FileBounds.Yaml), out _);

    private static FinanceCase Read(InputFile file, out InputFile? table)
    {
        var values = InputFiles.Read(file, "finance");
        var view = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        table = Table(file.Name, values);
        var rows = table is null ? null : CsvTable.Parse(table.Text(), table.Name);
        try
        {
            return new FinanceCaseReader(values, view, rows).Read();
        }
        catch (FinanceCaseException e)
        {
            throw new InputException([.. e.Findings.Select(f => Located(file.Name, values, f))]);
        }
    }

    private static InputFile? Table(string file, InputValues values)
    {
        var outlook = values.Section("outlook");
        if (outlook.TextOrNull("csv") is not { } name)
        {
            return null;
        }
        try
        {
            return InputFiles.FolderOf(file).Read(name, FileBounds.Table);
        }
        catch (FileRefusedException refusal)
        {
            var finding = refusal.At(outlook.Path.Key("csv"));
            throw new InputException([Located(file, values, finding)]);
        }
    }

    private static LocatedFinding Located(string file, InputValues values, Finding finding)
    {
        // A finding in the table carries its own file and line: "outlook.csv:7: price".
        var parts = finding.Path.Text.Split(": ", 2);
        if (
            parts.Length == 2
            && parts[0].LastIndexOf(':') is var colon and > 0
            && int.TryParse(parts[0][(colon + 1)..], out var row)
        )
        {
            return new LocatedFinding(
                parts[0][..colon],
                row,
                1,
                finding with
                {
                    Path = new InputPath(parts[1]),
                }
            );
        }
        var (line, column) = values.Place(finding.Path);
        return new LocatedFinding(file, line, column, finding);
    }
}
