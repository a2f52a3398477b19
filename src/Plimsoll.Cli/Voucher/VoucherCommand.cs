using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Reports;
using Plimsoll.Studies;
using Spectre.Console;

namespace Plimsoll.Cli.Voucher;

/// <summary><c>voucher FILE</c>: what compute vouchers add in a market, what they cost, who gains.</summary>
internal static class VoucherCommand
{
    public static Command Create() =>
        PageCommand.Create(
            "voucher",
            "Try compute vouchers in a market: used hours added, what would have been rented anyway, money per added hour with its interval, who gains, where the scheme is saturated, the best within a limit.",
            "A file of kind voucher, for example examples/voucher/province.yaml: a market, face values, budgets.",
            Run,
            "voucher examples/voucher/province.yaml",
            "voucher examples/voucher/province.yaml --language zh"
        );

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

    /// <summary>What is out of proportion in a voucher file; what prevents a run is thrown.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="path">Its name.</param>
    /// <param name="file">As read.</param>
    internal static IReadOnlyList<LocatedFinding> Warnings(
        InputValues values,
        string path,
        VoucherFile file
    )
    {
        var found = FileMagnitudes.OfVoucher(
            values,
            file.Market.Currency,
            FactCatalog.Shipped(),
            path
        );
        return found.Any(f => !f.Finding.IsWarning) ? throw new InputException(found) : found;
    }

    private static int Run(PageCommand.Asked asked)
    {
        var input = InputFiles.Open(asked.Path);
        var values = InputFiles.Read(input, "voucher");
        var file = Read(values, input.Name, out var market);
        InputFiles.Say(Warnings(values, input.Name, file), asked.Words);
        if (!WorkLimit.Allows(VoucherWork.Of(file), asked.Minutes))
        {
            return ExitCode.Unanswerable;
        }
        using var output = asked.Open(file.Name);
        var result = Run(file);
        var lines = VoucherWords.Lines(result);
        return asked.Answer(
            output,
            VoucherDocument.Of(result),
            () => PhrasePage.Html(lines, asked.Words),
            lines.Select(l => (l.Item, asked.Words.Say(l.Said))),
            input,
            market
        );
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
}
