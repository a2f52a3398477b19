using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Books;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Reports;

namespace Plimsoll.Cli.Book;

/// <summary><c>book FILE</c>: a lender's loans together: loss of the whole, concentration, contagion, fire sale.</summary>
internal static class BookCommand
{
    private const string Result = "result.json";
    private const string Page = "report.html";

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A file of kind book, for example examples/book/twelve-loans.yaml: loans, leases, counterparties.",
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
            "book",
            "Run a lender's book: odds of loss of the whole, concentration by tenant, operator, chip, place and maturity, what one failure takes along, and what selling the collateral of several defaults at once does to its price.",
            "book examples/book/twelve-loans.yaml",
            "book examples/book/twelve-loans.yaml --json"
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

    private static int Run(string path, bool json, PhraseBook words, string? folder, bool replace)
    {
        var input = InputFiles.Open(path);
        var book = BookReader.Read(InputFiles.Read(input, "book"), input.Name);
        using var output = folder is null
            ? null
            : OutputFolder.Open(
                folder,
                new OutputOwner("book", book.Name, [Result, Page]),
                replace
            );
        var market = BookMarket.Of(book, FactCatalog.Shipped().AsOf(book.Decided));
        var result = new BookRun(book, market).Run(Environment.ProcessorCount);
        if (output is not null)
        {
            output.Write(Result, JsonOutput.Text(Document(result)));
            output.Write(Page, PhrasePage.Html(BookWords.Lines(result), words));
            output.Commit(CaseManifest.Of(input), JsonOutput.Text);
        }
        if (json)
        {
            JsonOutput.Print(Document(result));
            return ExitCode.Success;
        }
        foreach (var (item, said) in BookWords.Lines(result))
        {
            var first = true;
            foreach (var part in TextTable.Wrap(words.Say(said), Terminal.Width - 4))
            {
                Console.WriteLine(
                    (
                        item
                            ? first
                                ? "  - "
                                : "    "
                            : ""
                    ) + part
                );
                first = false;
            }
        }
        return ExitCode.Success;
    }

    private static JsonObject Document(BookResult r) =>
        new()
        {
            ["kind"] = "book",
            ["name"] = r.Book.Name,
            ["currency"] = r.Book.Currency.Code,
            ["draws"] = r.Book.Draws,
            ["outstanding"] = Number(r.Book.Outstanding),
            ["loss"] = Loss(r.Loss),
            ["lossSoldAlone"] = Loss(r.Alone),
            ["lossIndependent"] = Loss(r.Independent),
            ["fireSaleDraws"] = Number(r.FireSaleDraws),
            ["fireSaleDiscount"] = Number(r.FireSaleDiscount),
            ["loans"] = new JsonArray([
                .. r.Loans.Select(l => new JsonObject
                {
                    ["name"] = l.Loan.Name,
                    ["outstanding"] = Number(l.Loan.Outstanding),
                    ["default"] = Number(l.Default),
                    ["loss"] = Number(l.Loss),
                    ["lossGivenDefault"] = Number(l.LossGivenDefault),
                    ["tailLoss"] = Number(l.TailLoss),
                }),
            ]),
            ["concentrations"] = new JsonArray([
                .. r.Concentrations.Select(c => new JsonObject
                {
                    ["trait"] = c.Trait,
                    ["name"] = c.Name,
                    ["loans"] = c.Loans,
                    ["outstanding"] = Number(c.Outstanding),
                    ["share"] = Number(c.Share),
                    ["tailLossShare"] = Number(c.LossShare),
                }),
            ]),
            ["contagion"] = new JsonArray([
                .. r.Contagion.Select(c => new JsonObject
                {
                    ["name"] = c.Name,
                    ["loans"] = c.Loans,
                    ["outstanding"] = Number(c.Outstanding),
                    ["odds"] = Number(c.Odds),
                    ["moreDefaults"] = Number(c.MoreDefaults),
                    ["moreLoss"] = Number(c.MoreLoss),
                    ["elsewhereLoss"] = Number(c.ElsewhereLoss),
                }),
            ]),
        };

    private static JsonObject Loss(BookLoss l) =>
        new()
        {
            ["mean"] = Number(l.Mean),
            ["error"] = Number(l.Error),
            ["deviation"] = Number(l.Deviation),
            ["p50"] = Number(l.Median),
            ["p90"] = Number(l.P90),
            ["p99"] = Number(l.P99),
            ["worstTwentieth"] = Number(l.Tail),
            ["oddsOfAny"] = Number(l.OddsOfAny),
            ["oddsOfTenth"] = Number(l.OddsOfTenth),
        };

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : null;
}
