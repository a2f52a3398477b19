using Plimsoll.Books;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Books;

/// <summary>A lender's book on a market that stands still, where everything is known in closed form, and the shipped example.</summary>
public sealed class BookTest
{
    private const string Chip = "chip";
    private const double Hours = 730;

    /// <summary>Rents and prices that stand still; a fire sale presses by the share for sale.</summary>
    private static BookMarket Still(double price, double press = 0) =>
        new(
            (_, _) => new double[400],
            _ => CreditFactor.Constant(0),
            (_, _, _, _, forSale) => price * Math.Exp(-press * forSale)
        );

    /// <summary>Equal loans of two years, each let whole to one tenant who pays just what is due; without it nothing comes in.</summary>
    private static LoanBook Book(int loans, double yearly, int draws, bool shared = true) =>
        new()
        {
            Name = "twin",
            Decided = new Month(2025, 12),
            Market = "china",
            Currency = Currency.Cny,
            Draws = draws,
            Seed = 7,
            Stocks = new Dictionary<string, double>(StringComparer.Ordinal) { [Chip] = 1000 },
            Counterparties = Enumerable
                .Range(0, shared ? 1 : loans)
                .Select(i => new Counterparty(shared ? "tenant" : $"tenant {i}")
                {
                    YearlyDefaultRate = yearly,
                })
                .ToDictionary(c => c.Name, StringComparer.Ordinal),
            Loans =
            [
                .. Enumerable
                    .Range(0, loans)
                    .Select(i => Loan(i, shared ? "tenant" : $"tenant {i}")),
            ],
        };

    private static BookLoan Loan(int i, string tenant)
    {
        var loan = new BookLoan
        {
            Name = $"loan {i}",
            Outstanding = 1_000_000,
            Rate = 0,
            MonthsLeft = 24,
            Chip = Chip,
            Accelerators = 100,
        };
        return loan with
        {
            Leases = [new BookLease(tenant, 100, loan.Payment / (100 * Hours), 24)],
        };
    }

    /// <summary>
    /// Without collateral a loan loses what is owed when its tenant fails in month m: 1,000,000 (1 - m / 24) at intensity lambda. All loans on
    /// one tenant: the same mean, deviation n times that of one; on n tenants of their own: the square root of n times.
    /// </summary>
    [Fact]
    public void With_shared_counterparties_the_mean_is_the_same_and_the_tail_fatter_as_in_closed_form()
    {
        const int Loans = 8;
        const int Draws = 20_000;
        const double Yearly = 0.1;
        var lambda = -Math.Log(1 - Yearly) / 12;
        var (mean, square) = (0.0, 0.0);
        // A tenant that fails in month index m pays months 1 to m - 1; index 0 and 1 lose the whole.
        for (var index = 0; index <= 24; index++)
        {
            var odds = Math.Exp(-lambda * index) - Math.Exp(-lambda * (index + 1));
            var loss = 1_000_000 * (1 - (Math.Max(0, index - 1) / 24.0));
            (mean, square) = (mean + (odds * loss), square + (odds * loss * loss));
        }
        var deviation = Math.Sqrt(square - (mean * mean));
        var result = new BookRun(Book(Loans, Yearly, Draws), Still(0)).Run(
            2,
            TestContext.Current.CancellationToken
        );
        var (together, apart) = (result.Alone, result.Independent);
        Assert.InRange(
            together.Mean,
            Loans * mean - (4 * together.Error),
            Loans * mean + (4 * together.Error)
        );
        Assert.InRange(
            apart.Mean,
            Loans * mean - (4 * apart.Error),
            Loans * mean + (4 * apart.Error)
        );
        Assert.InRange(together.Deviation / (Loans * deviation), 0.97, 1.03);
        Assert.InRange(apart.Deviation / (Math.Sqrt(Loans) * deviation), 0.97, 1.03);
        Assert.True(together.Tail > 1.5 * apart.Tail);
        Assert.True(together.P99 > 1.3 * apart.P99);
        Assert.True(together.OddsOfAny < apart.OddsOfAny);
        // Odds of any loss: one tenant, or the union of eight.
        var one = 1 - Math.Exp(-lambda * 25);
        Assert.InRange(together.OddsOfAny, one - 0.01, one + 0.01);
        Assert.InRange(
            apart.OddsOfAny,
            1 - Math.Pow(1 - one, Loans) - 0.015,
            1 - Math.Pow(1 - one, Loans) + 0.015
        );
    }

    [Fact]
    public void Where_every_loan_has_its_own_tenant_both_views_agree_in_law()
    {
        var result = new BookRun(Book(6, 0.2, 8000, shared: false), Still(0)).Run(
            2,
            TestContext.Current.CancellationToken
        );
        Assert.InRange(
            result.Alone.Mean - result.Independent.Mean,
            -4 * 1.42 * result.Alone.Error,
            4 * 1.42 * result.Alone.Error
        );
        Assert.InRange(result.Alone.Deviation / result.Independent.Deviation, 0.93, 1.07);
    }

    [Fact]
    public void Nobody_fails_and_nothing_is_lost()
    {
        var result = new BookRun(Book(4, 0, 200), Still(0)).Run(
            1,
            TestContext.Current.CancellationToken
        );
        Assert.Equal((0.0, 0.0), (result.Loss.Mean, result.Loss.OddsOfAny));
        Assert.All(result.Loans, l => Assert.Equal(0, l.Default));
    }

    /// <summary>The tenant made to fail in month 6 takes every loan: what is owed after five payments, sold as one lot.</summary>
    [Fact]
    public void A_failure_goes_through_every_loan_it_touches_and_through_the_price_of_collateral()
    {
        var book = Book(4, 0, 50);
        var owed = 1_000_000 * (1 - (5 / 24.0));
        var result = new BookRun(book, Still(3000, press: 2)).Run(
            1,
            TestContext.Current.CancellationToken
        );
        var line = Assert.Single(result.Contagion);
        Assert.Equal(("tenant", 4, 4.0), (line.Name, line.Loans, line.MoreDefaults));
        // 400 of 1,000 accelerators for sale press the price by exp(-0.8).
        Assert.Equal(4 * (owed - (100 * 3000 * Math.Exp(-0.8))), line.MoreLoss, 1e-3);
        Assert.Equal(0, line.ElsewhereLoss, 1e-9);
        // A loan of a stranger defaults too when its lease ends, and suffers from the others' sale.
        var stranger = Loan(9, "nobody") with
        {
            Leases = [new BookLease("sound", 100, 1_000_000 / 24.0 / (100 * Hours), 5)],
        };
        var mixed = new BookRun(
            book with
            {
                Loans = [.. book.Loans, stranger],
            },
            Still(3000, press: 2)
        ).Run(1, TestContext.Current.CancellationToken);
        Assert.True(mixed.Contagion[0].ElsewhereLoss > 0);
    }

    [Fact]
    public void Selling_together_never_fetches_more_than_alone()
    {
        var result = new BookRun(Book(5, 0.3, 1000), Still(4000, press: 1)).Run(
            2,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.Loss.Mean > result.Alone.Mean);
        Assert.InRange(result.FireSaleDraws, 0.01, 1);
        // 500 for sale against 100: exp(-0.4) off.
        Assert.Equal(1 - Math.Exp(-0.4), result.FireSaleDiscount, 1e-9);
        var calm = new BookRun(Book(5, 0.3, 1000), Still(4000)).Run(
            2,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(calm.Alone, calm.Loss);
    }

    [Fact]
    public void The_order_of_loans_and_the_threads_change_no_figure()
    {
        var book = Book(5, 0.2, 400, shared: false);
        var turned = book with { Loans = [.. book.Loans.Reverse()] };
        var (a, b) = (
            new BookRun(book, Still(2000, 1)).Run(1, TestContext.Current.CancellationToken),
            new BookRun(turned, Still(2000, 1)).Run(2, TestContext.Current.CancellationToken)
        );
        Assert.Equal(a.Loss.Mean, b.Loss.Mean, 1e-6);
        Assert.Equal(a.Loss.Tail, b.Loss.Tail, 1e-6);
        Assert.Equal(
            a.Loans.Select(l => (l.Loan.Name, l.Default)).Order(),
            b.Loans.Select(l => (l.Loan.Name, l.Default)).Order()
        );
    }

    [Fact]
    public void A_parent_takes_its_company_along_and_an_operator_its_centre()
    {
        var book = Book(1, 0, 20);
        var holding = new Counterparty("holding");
        var result = new BookRun(
            book with
            {
                Counterparties = new Dictionary<string, Counterparty>(StringComparer.Ordinal)
                {
                    ["tenant"] = new Counterparty("tenant") { Parent = holding },
                    ["holding"] = holding,
                    ["runs it"] = new Counterparty("runs it"),
                },
                Loans =
                [
                    .. book.Loans.Select(l => l with { Operator = "runs it" }),
                    Loan(1, "holding"),
                ],
            },
            Still(0)
        ).Run(1, TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Contagion.Single(c => c.Name == "holding").MoreDefaults);
        Assert.Equal(1, result.Contagion.Single(c => c.Name == "runs it").MoreDefaults);
    }

    [Fact]
    public void Shares_of_a_trait_add_up_to_the_book()
    {
        var result = new BookRun(Book(4, 0.2, 200, shared: false), Still(0)).Run(
            1,
            TestContext.Current.CancellationToken
        );
        foreach (
            var trait in result
                .Concentrations.GroupBy(c => c.Trait)
                .Where(g => g.Key is "tenant" or "chip" or "maturity")
        )
        {
            Assert.Equal(1, trait.Sum(c => c.Share), 1e-9);
            Assert.Equal(1, trait.Sum(c => c.LossShare), 1e-9);
        }
    }

    /// <summary>What a list of concentration leaves out is counted, with its share of the book and where the rest is.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(8, true)]
    public void A_list_of_concentration_says_what_it_leaves_out(int loans, bool cut)
    {
        var result = new BookRun(Book(loans, 0.2, 50, shared: false), Still(0)).Run(
            1,
            TestContext.Current.CancellationToken
        );
        var more = BookWords
            .Lines(result)
            .Where(l => l.Said.Key == "book.concentration.more")
            .Select(l => l.Said)
            .ToList();
        Assert.Equal(cut, more.Count > 0);
        foreach (var said in more)
        {
            Assert.Equal(3, said.Arguments[1]);
            Assert.Equal(3.0 / 8, (double)said.Arguments[2], 1e-9);
            foreach (var book in (PhraseBook[])[PhraseBook.English, PhraseBook.Chinese])
            {
                Assert.Contains("result.json", book.Say(said), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_shipped_book_answers_in_both_languages_and_its_tail_is_fatter_than_with_companies_of_their_own()
    {
        var path = Path.Combine(TestData.Repository(), "examples", "book", "twelve-loans.yaml");
        Assert.Equal((0, ""), (CommandLine.Run("study", "check", path).Exit, ""));
        var outputs = ((string[])["en", "zh"])
            .Select(l => CommandLine.Run("book", path, "--language", l))
            .ToList();
        Assert.All(outputs, o => Assert.Equal((0, ""), (o.Exit, o.Error)));
        Assert.All(outputs, o => Assert.DoesNotContain("{", o.Out, StringComparison.Ordinal));
        var json = System.Text.Json.Nodes.JsonNode.Parse(
            CommandLine.Run("book", path, "--json").Out
        )!;
        double Of(string view, string figure) => (double)json[view]![figure]!;
        var error = 4 * (Of("lossSoldAlone", "error") + Of("lossIndependent", "error"));
        Assert.InRange(Of("lossSoldAlone", "mean") - Of("lossIndependent", "mean"), -error, error);
        Assert.True(
            Of("lossSoldAlone", "worstTwentieth") > Of("lossIndependent", "worstTwentieth")
        );
        Assert.True(Of("loss", "mean") >= Of("lossSoldAlone", "mean"));
    }

    [Fact]
    public void The_page_is_sound_and_says_what_the_screen_says()
    {
        using var folder = new TempFolder();
        var path = folder.File(
            "b.yaml",
            File.ReadAllText(
                    Path.Combine(TestData.Repository(), "examples", "book", "twelve-loans.yaml")
                )
                .Replace(
                    "name: Twelve loans",
                    "name: \"<b>Twelve & loans\"\ndraws: 50",
                    StringComparison.Ordinal
                )
        );
        var (exit, screen, error) = CommandLine.Run("book", path, "--out", folder.In("out"));
        Assert.Equal((0, ""), (exit, error));
        var html = File.ReadAllText(Path.Combine(folder.In("out"), "report.html"));
        var page = System.Xml.Linq.XDocument.Parse(
            html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)
        );
        Assert.Contains("&lt;b&gt;Twelve &amp; loans", html, StringComparison.Ordinal);
        static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
        var said = Plain(screen);
        Assert.All(
            page.Descendants()
                .Where(e => e.Name.LocalName is "li" or "h2" or "p")
                .Select(e => Plain(e.Value)),
            line => Assert.Contains(line, said, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Companies_that_are_not_listed_and_leases_larger_than_the_centre_are_found_with_their_place()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(TestData.Repository(), "examples", "book", "twelve-loans.yaml");
        var text = File.ReadAllText(path)
            .Replace(
                "tenant: Carmaker D, accelerators: 1_843",
                "tenant: Carmaker, accelerators: 4_096",
                StringComparison.Ordinal
            );
        var (exit, _, error) = CommandLine.Run("study", "check", folder.File("b.yaml", text));
        Assert.Equal(2, exit);
        Assert.Contains("Did you mean 'Carmaker D'", error, StringComparison.Ordinal);
        Assert.Contains("more-let-than-there-is", error, StringComparison.Ordinal);
        Assert.Matches(@"b\.yaml:\d+:\d+: ", error);
    }
}
