using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Voucher;

/// <summary><c>voucher FILE</c>: what compute vouchers add in a market, what they cost, who gains.</summary>
internal static class VoucherCommand
{
    private const string Result = "result.json";
    private const string Page = "report.html";

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A file of kind voucher, for example examples/voucher/province.yaml: a market, face values, budgets.",
        };
        var json = CommonOptions.Json();
        var language = new Option<string>("--language")
        {
            Description = "Language of the screen: en or zh (Chinese).",
            DefaultValueFactory = _ => PhraseBook.English.Language,
        };
        language.AcceptOnlyFromAmong([.. PhraseBook.Languages]);
        var folder = OutputOptions.Folder("result.json and report.html", "Default: none.");
        var replace = OutputOptions.Replace();
        var command = new ExampleCommand(
            "voucher",
            "Try compute vouchers in a market: used hours added, what would have been rented anyway, money per added hour with its interval, who gains, where the scheme is saturated, the best within a limit.",
            "voucher examples/voucher/province.yaml",
            "voucher examples/voucher/province.yaml --language zh"
        )
        {
            file,
            json,
            language,
            folder,
            replace,
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

    /// <summary>Reads a voucher file and the market it names.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="path">Its name.</param>
    /// <param name="market">The market file.</param>
    internal static VoucherFile Read(InputValues values, string path, out InputFile market)
    {
        var at = InputPath.Root.Key("market");
        try
        {
            market = InputFiles.FolderOf(path).Read(values.Text("market"), FileBounds.Yaml);
        }
        catch (FileRefusedException refusal)
        {
            var (line, column) = values.Place(at);
            throw new InputException([new LocatedFinding(path, line, column, refusal.At(at))]);
        }
        var read = MarketFileReader.Read(
            InputFiles.Read(market, "market"),
            market.Name,
            InputFiles.FolderOf(market.Name)
        );
        return VoucherFile.Read(values, path, read);
    }

    private static int Run(string path, bool json, PhraseBook book, string? folder, bool replace)
    {
        var input = InputFiles.Open(path);
        var file = Read(InputFiles.Read(input, "voucher"), input.Name, out var market);
        using var output = folder is null
            ? null
            : OutputFolder.Open(
                folder,
                new OutputOwner("voucher", file.Name, [Result, Page]),
                replace
            );
        var result = Run(file);
        if (output is not null)
        {
            output.Write(Result, JsonOutput.Text(Document(result)));
            output.Write(Page, PhrasePage.Html(VoucherWords.Lines(result), book));
            output.Commit(CaseManifest.Of(input, market), JsonOutput.Text);
        }
        if (json)
        {
            JsonOutput.Print(Document(result));
            return ExitCode.Success;
        }
        foreach (var (item, said) in VoucherWords.Lines(result))
        {
            var indent = item ? "    " : "";
            var first = true;
            foreach (var part in TextTable.Wrap(book.Say(said), Terminal.Width - 4))
            {
                Console.WriteLine((first && item ? "  - " : indent) + part);
                first = false;
            }
        }
        return ExitCode.Success;
    }

    private static VoucherResult Run(VoucherFile file)
    {
        var run = new VoucherRun(file, FactCatalog.Shipped().AsOf(file.Market.Start.LastDay));
        if (Console.IsErrorRedirected)
        {
            return run.Run(Environment.ProcessorCount);
        }
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }
        );
        return console
            .Progress()
            .AutoClear(true)
            .Start(context =>
            {
                var task = context.AddTask("Trying schemes", maxValue: 1);
                return run.Run(Environment.ProcessorCount, share => task.Value = share);
            });
    }

    private static JsonObject Document(VoucherResult r) =>
        new()
        {
            ["kind"] = "voucher",
            ["name"] = r.File.Name,
            ["market"] = r.File.Market.Name,
            ["currency"] = r.File.Market.Currency.Code,
            ["draws"] = r.File.Market.Draws,
            ["emptyShare"] = Number(r.Empty),
            ["rentOfAnHour"] = Number(r.Rent),
            ["worthOfAnHour"] = Number(r.HourWorth),
            ["moneyOfEachForm"] = Number(r.Money),
            ["cheapest"] = r.Cheapest is null ? null : Scheme(r.Cheapest),
            ["schemes"] = new JsonArray([.. r.Schemes.Select(Scheme)]),
            ["best"] = r.Best is null ? null : Scheme(r.Best),
            ["forms"] = new JsonArray([.. r.Forms.Select(Scheme)]),
        };

    private static JsonObject Scheme(SchemeResult s) =>
        new()
        {
            ["form"] = s.Form.ToString(),
            ["face"] = Number(s.Face),
            ["budgetPerYear"] = Number(s.Budget),
            ["paid"] = Number(s.Paid),
            ["mostPaidOfBudget"] = Number(s.MostPaidOfBudget),
            ["addedHours"] = Number(s.Added),
            ["addedHoursError"] = Number(s.AddedError),
            ["hoursHere"] = Number(s.Here),
            ["hoursElsewhere"] = Number(s.Elsewhere),
            ["coveredHours"] = Number(s.Covered),
            ["rentedAnyway"] = Number(s.Anyway),
            ["moneyPerAddedHour"] = Number(s.PerHour),
            ["moneyPerAddedHourLow"] = Number(s.PerHourLow),
            ["moneyPerAddedHourHigh"] = Number(s.PerHourHigh),
            ["ownersHere"] = Number(s.OwnersHere),
            ["ownersElsewhere"] = Number(s.OwnersElsewhere),
            ["tenants"] = Number(s.Tenants),
            ["emptyShare"] = Number(s.Empty),
            ["saturated"] = s.Saturated,
            ["budgetBinds"] = s.Binding,
            ["hallAccelerators"] = s.HallAccelerators,
        };

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : null;
}
