using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Terms and outlook of any kind, written as a finance case and read again by the door of a user, give the same money.</summary>
public sealed class WrittenCaseTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_case_read_again_gives_its_figures(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms();
        // A borrowing base before machines stand is refused: what waits for one is drawn when they do. So are arrears of what is drawn later.
        terms = terms with
        {
            Tranches =
            [
                .. terms
                    .Tranches.Select(t =>
                        t.Gearing > 0 && seed % 2 == 0
                            ? t with
                            {
                                Commitment = 0.9 * t.Gearing * terms.TotalCapitalCost,
                            }
                            : t
                    )
                    .Select(t =>
                        t.BorrowingBaseAdvance <= 0 ? t
                        : t.Draw == DrawRule.EquityFirst ? t with { BorrowingBaseAdvance = 0 }
                        : t with { AcceptanceMonths = 6 }
                    )
                    .Select(t => t with { Arrears = 0 }),
            ],
        };
        var outlook = random.Outlook();
        var model = ProjectModel.Contract(terms, outlook.Months, outlook);
        var flow = model.Run(outlook);
        var folder = Directory.CreateTempSubdirectory("plimsoll").FullName;
        try
        {
            var file = Path.Combine(folder, "case.yaml");
            File.WriteAllText(
                file,
                FinanceCaseWriter.Yaml("a case", "as written", "table.csv", model, outlook)
            );
            File.WriteAllText(Path.Combine(folder, "table.csv"), FinanceCaseTable.Csv(outlook));
            var (_, read) = Plimsoll.Cli.Finance.RunCommand.Read(file).Run();
            var scale = 1 + flow.Revenue.Max() + flow.DebtBalance.Max();
            void Same(Func<CashFlow, double[]> row, string name)
            {
                var (a, b) = (row(flow), row(read));
                Assert.Equal(a.Length, b.Length);
                for (var m = 0; m < a.Length; m++)
                {
                    Assert.True(
                        a[m].Equals(b[m]) || Math.Abs(a[m] - b[m]) <= 1e-9 * scale,
                        $"{name} of month {m}: {a[m]} and {b[m]}"
                    );
                }
            }
            Same(f => f.Revenue, "revenue");
            Same(f => f.RunningCost, "running cost");
            Same(f => f.CapitalCost, "capital cost");
            Same(f => f.Tax, "tax");
            Same(f => f.Cfads, "cash available");
            Same(f => f.InterestDue, "interest");
            Same(f => f.PrincipalDue, "principal");
            Same(f => f.DebtBalance, "debt");
            Same(f => f.Reserve, "reserve");
            Same(f => f.Grants, "grants");
            Same(f => f.EquityIn, "equity");
            Same(f => f.Distributed, "distributed");
            Assert.Equal(flow.DefaultMonth, read.DefaultMonth);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
