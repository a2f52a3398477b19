using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Reports;

namespace Plimsoll.Cli.Finance;

/// <summary><c>finance run FILE</c>: debt, waterfall and every figure of a case.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A file of kind finance, for example examples/finance/neocloud.yaml: outlook, capital, debt, tax and terms.",
        };
        var json = CommonOptions.Json();
        var folder = new Option<string?>("--out")
        {
            Description =
                "Also write cashflow.csv (every row by month), result.json and workbook.xlsx (live formulas; none for debt that is not paid monthly) into this folder.",
        };
        var command = new Command(
            "run",
            "Contract the debt of a case, run its waterfall month by month and print every figure with its convention; a figure without meaning is refused with the reason."
        )
        {
            file,
            json,
            folder,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(file)!, result.GetValue(json), result.GetValue(folder))
            )
        );
        return command;
    }

    private static int Run(string file, bool json, string? folder)
    {
        var finance = Read(file);
        var (model, flow) = finance.Run();
        var figures = new ProjectFigures(model, finance.Outlook, flow);
        var document = FinanceJson.Of(finance, model, flow, figures);
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "cashflow.csv"), CashFlowTable.Csv(model, flow));
            JsonOutput.Write(Path.Combine(folder, "result.json"), document);
            WriteWorkbook(Path.Combine(folder, "workbook.xlsx"), finance, model, flow);
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

    /// <summary>The workbook; there is none for debt that is not paid monthly, and then none is left from an earlier run.</summary>
    private static void WriteWorkbook(
        string path,
        FinanceCase finance,
        ProjectModel model,
        CashFlow flow
    )
    {
        if (model.Debt.Tranches.Any(t => t.PaymentEveryMonths > 1))
        {
            File.Delete(path);
            return;
        }
        using var file = File.Create(path);
        Workbook.Write(file, finance.Name, model, finance.Outlook, flow, [], []);
    }

    /// <summary>Reads a case; what contradicts itself is reported with its line.</summary>
    internal static FinanceCase Read(string file)
    {
        var values = InputFiles.Read(file, "finance");
        var view = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        try
        {
            return new FinanceCaseReader(values, view, Table(file, values)).Read();
        }
        catch (FinanceCaseException e)
        {
            throw new InputException([.. e.Findings.Select(f => Located(file, values, f))]);
        }
    }

    private static CsvTable? Table(string file, InputValues values)
    {
        if (values.Section("outlook").TextOrNull("csv") is not { } name)
        {
            return null;
        }
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name);
        return CsvTable.Parse(File.ReadAllText(path), name);
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
