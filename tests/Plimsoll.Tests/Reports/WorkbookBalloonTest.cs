using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Reports.Workbooks;
using Plimsoll.Studies.Memos;
using Plimsoll.Tests.Finance;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>The workbook's cover in the year of a balloon is the memo's: a sum due at the end is no debt service.</summary>
public sealed class WorkbookBalloonTest
{
    private static FinanceTerms Terms(int cures) =>
        new()
        {
            Currency = Currency.Usd,
            Start = new Month(2024, 1),
            CapitalCosts = [new CapitalCost("centre", 0, 100e6, 1, 5, 0, 0)],
            LockUpCover = 0,
            EquityCures = cures,
            SponsorSupport = 80e6,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 0.5,
                    TenorMonths = 36,
                    FirstPaymentMonth = 1,
                    BaseRate = 0.12,
                    Repayment = Repayment.Bullet,
                },
            ],
        };

    private static (ModelBook Book, CashFlow Flow, LoanPicture Picture) Made(int cures = 999)
    {
        var outlook = Outlook.Of(_ => 2e6, _ => 0, 49, resalePrice: _ => 60_000);
        var model = ProjectModel.Contract(Terms(cures), outlook.Months, outlook);
        var flow = model.Run(outlook);
        return (
            new ModelBook("test", model, outlook, [], []),
            flow,
            new LoanPicture(flow, outlook, 1, 36, new double[outlook.Months])
        );
    }

    [Fact]
    public void Dashboard_and_memo_print_one_cover_a_year()
    {
        var (book, flow, memo) = Made();
        Assert.Equal(50e6, CreditEvent.Balloons(flow)[36], 1e-3);
        var cells = book.Book.Sheets.Single(s => s.Name == "Dashboard").Cells;
        var row = Enumerable
            .Range(1, 200)
            .First(r => cells.TryGetValue((r, 1), out var c) && c.Value == flow.Start.Year);
        foreach (var (year, available, service, _) in memo.Years().Where(y => y.Service > 0))
        {
            var at = row + year - flow.Start.Year;
            Assert.Equal(service, cells[(at, 5)].Value, 1e-3);
            Assert.Equal(available / service, cells[(at, 6)].Value, 1e-9);
        }
        Assert.Equal(50e6, cells[(row + 3, 8)].Value, 1e-3);
    }

    [Fact]
    public void The_lowest_cover_is_that_of_the_memo()
    {
        var (book, flow, _) = Made();
        var lowest = CreditEvent.LowestCover(flow);
        Assert.True(
            flow.MinimumCover < 0.5,
            "what is due in one sum lies within the window of a test"
        );
        Assert.True(lowest > 2, "interest alone is covered several times");
        Assert.Equal(lowest, book.Ratios.Figures["min_dscr"].Cell.Value, 1e-9);
    }

    [Theory]
    [InlineData(999, "no limit")]
    [InlineData(3, null)]
    public void No_limit_of_cures_is_said_in_words(int cures, string? words)
    {
        var (book, _, _) = Made(cures);
        var cells = book.Book.Sheets.SelectMany(s => s.Cells).ToList();
        var label = cells.Single(c => c.Value.Text == "most months in which they do");
        var sheet = book.Book.Sheets.Single(s => s.Cells.Contains(label));
        var cell = sheet.Cells[(label.Key.Item1, 2)];
        Assert.Equal(words, cell.Text);
        Assert.Equal(words is null ? cures : double.NaN, cell.Value);
        Assert.Contains(cells, c => c.Value.Formula?.Contains("ISNUMBER(equity_cures)") == true);
    }
}
