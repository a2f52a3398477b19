using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Books;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Reports;

namespace Plimsoll.Cli.Book;

/// <summary><c>book FILE</c>: a lender's loans together: loss of the whole, concentration, contagion, fire sale.</summary>
internal static class BookCommand
{
    public static Command Create() =>
        PageCommand.Create(
            "book",
            "Run a lender's book: odds of loss of the whole, concentration by tenant, operator, chip, place and maturity, what one failure takes along, and what selling the collateral of several defaults at once does to its price.",
            "A file of kind book, for example examples/book/twelve-loans.yaml: loans, leases, counterparties.",
            Run,
            "book examples/book/twelve-loans.yaml",
            "book examples/book/twelve-loans.yaml --json"
        );

    /// <summary>What the market of the day does not know of a book: an exchange rate, the price of a chip.</summary>
    internal static IReadOnlyList<LocatedFinding> Unknown(
        string file,
        InputValues values,
        LoanBook book
    )
    {
        try
        {
            _ = BookMarket.Of(book with { Draws = 1 }, FactCatalog.Shipped().AsOf(book.Decided));
            return [];
        }
        catch (Exception e) when (e is InvalidDataException or KeyNotFoundException)
        {
            var path = new InputPath("decided");
            var (line, column) = values.Place(path);
            return
            [
                new LocatedFinding(
                    file,
                    line,
                    column,
                    new Finding(
                        path,
                        "not-known-then",
                        $"{book.Decided}",
                        "a day on which the market of the book was known",
                        e.Message
                    )
                ),
            ];
        }
    }

    private static int Run(PageCommand.Asked asked)
    {
        var input = InputFiles.Open(asked.Path);
        var values = InputFiles.Read(input, "book");
        InputFiles.Say(InputFiles.Warnings(input.Name, values));
        var book = BookReader.Read(values, input.Name);
        if (!WorkLimit.Allows(BookWork.Of(book), asked.Minutes))
        {
            return ExitCode.Unanswerable;
        }
        if (Unknown(input.Name, values, book) is [_, ..] unknown)
        {
            throw new InputException(unknown);
        }
        using var output = asked.Open(book.Name);
        var market = BookMarket.Of(book, FactCatalog.Shipped().AsOf(book.Decided));
        var result = new BookRun(book, market).Run(Environment.ProcessorCount);
        var lines = BookWords.Lines(result);
        return asked.Answer(
            output,
            Document(result),
            () => PhrasePage.Html(lines, asked.Words),
            lines.Select(l => (l.Item, asked.Words.Say(l.Said))),
            input
        );
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
