using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Tests.Studies;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>A study and a finance case take the same terms, and give the same figures on the same outlook.</summary>
public sealed class TwoDoorsTest
{
    private static string Text(string name) => TestData.Text($"cases/two-doors/{name}.yaml");

    private static StudyAnswer Run(string text) => SmallStudy.Run(text);

    /// <summary>What a user gets who runs the files that a study wrote.</summary>
    private static (ProjectModel Model, CashFlow Flow) Written(
        ProjectModel model,
        MonthlyOutlook outlook
    ) => Read(model, outlook).Run();

    private static FinanceCase Read(ProjectModel model, MonthlyOutlook outlook)
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll").FullName;
        try
        {
            var file = System.IO.Path.Combine(folder, "case.yaml");
            File.WriteAllText(
                file,
                FinanceCaseWriter.Yaml("a case", "as written", "table.csv", model, outlook)
            );
            File.WriteAllText(
                System.IO.Path.Combine(folder, "table.csv"),
                FinanceCaseTable.Csv(outlook)
            );
            return Plimsoll.Cli.Finance.RunCommand.Read(file);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Three hours in five let, the rest sold as tokens at another price: every figure of the written case is that of the outlook, cost of tokens included.</summary>
    [Fact]
    public void Tokens_are_written_with_the_hours_that_serve_them()
    {
        const int Months = 25;
        double[] Each(double value) => [0, .. Enumerable.Repeat(value, Months - 1)];
        var outlook = Outlook.Of(_ => 1e6, _ => 2e5, Months, 2000) with
        {
            Sales =
            [
                new ProductSales(Product.TrainingLease, Each(6e5), Each(1.5), []),
                new ProductSales(Product.Inference, Each(4e5), Each(2.5), Each(7e11)),
            ],
        };
        var terms = new FinanceTerms
        {
            Currency = Currency.Usd,
            Start = outlook.Start,
            CapitalCosts = [new CapitalCost("servers", 0, 3e7, 1, 5, 0, 0)],
            Tranches = [],
        };
        var model = ProjectModel.Contract(terms, Months);
        var expected = new ProjectFigures(model, outlook, model.Run(outlook)).All();
        var read = Read(model, outlook);
        var (again, flow) = read.Run();
        var actual = new ProjectFigures(again, read.Outlook, flow).All();
        foreach (var (a, b) in expected.Zip(actual))
        {
            Assert.Equal(a.Figure.HasValue, b.Figure.HasValue);
            if (a.Figure.HasValue)
            {
                Assert.Equal(a.Figure.Value, b.Figure.Value, 1e-6 * (1 + Math.Abs(a.Figure.Value)));
            }
        }
        Assert.True(actual.Single(f => f.Key == "levelised_cost_million_tokens").Figure.Value > 0);
    }

    private static void Same(CashFlow expected, CashFlow actual)
    {
        var scale = 1 + expected.Revenue.Max() + expected.DebtBalance.Max();
        void Rows(double[] a, double[] b)
        {
            for (var m = 0; m < a.Length; m++)
            {
                Assert.Equal(double.IsNaN(a[m]), double.IsNaN(b[m]));
                Assert.True(double.IsNaN(a[m]) || Math.Abs(a[m] - b[m]) <= 1e-9 * scale);
            }
        }
        Rows(expected.Revenue, actual.Revenue);
        Rows(expected.ContractedRevenue, actual.ContractedRevenue);
        Rows(expected.Cfads, actual.Cfads);
        Rows(expected.DebtBalance, actual.DebtBalance);
        Rows(expected.Distributed, actual.Distributed);
        Rows(expected.EquityIn, actual.EquityIn);
        Rows(expected.TrailingCover, actual.TrailingCover);
        Assert.Equal(expected.DefaultMonth, actual.DefaultMonth);
        Assert.Equal(expected.ClosedMonth, actual.ClosedMonth);
        Assert.Equal(expected.MinimumCover, actual.MinimumCover, 1e-9);
        Assert.Equal(expected.Loss.GivenDefault, actual.Loss.GivenDefault, 1e-9);
    }

    [Theory]
    [InlineData("hyperscaler")]
    [InlineData("layers")]
    public void A_case_written_from_a_study_gives_its_figures(string name)
    {
        var median = Run(Text(name)).Median;
        Same(median.Case.Cash, Written(median.Model, median.Case.Outlook.Physical).Flow);
        var contracted = Assert.IsType<MonthlyOutlook>(median.Contracted);
        var alone = median.Model.Run(contracted);
        Assert.True(alone.Lent > 0, "nothing is lent");
        Assert.True(alone.ContractedRevenue.Sum() > 0, "nothing is let");
        Assert.True(alone.MinimumCover > 0, $"cover {alone.MinimumCover}");
        Same(alone, Written(median.Model, contracted).Flow);
    }

    /// <summary>Months before, arrears, what is not yet written off and what accounts hold go through the file too.</summary>
    [Fact]
    public void A_standing_centre_written_from_a_study_gives_its_figures()
    {
        var median = Run(Text("standing")).Median;
        var terms = median.Model.Terms;
        Assert.Equal(14, terms.Before.Count);
        Assert.Equal(1_200_000, terms.Tranches[0].Arrears, 1e-6);
        Assert.Equal(160_000_000, Assert.Single(terms.Opening!.Assets).Cost, 1e-6);
        var again = Written(median.Model, median.Case.Outlook.Physical).Flow;
        Same(median.Case.Cash, again);
        Assert.Equal(median.Case.Cash.OpeningEquity, again.OpeningEquity, 1e-3);
        // Hours times a price worked out from both are the same but for rounding.
        Assert.All(
            median.Case.Cash.Arrears.Zip(again.Arrears),
            a => Assert.Equal(a.First, a.Second, 1e-3)
        );
    }

    [Fact]
    public void The_one_loan_and_a_list_of_one_are_the_same_loan()
    {
        var one = Text("hyperscaler");
        var list = one.Replace(
            """
              gearing: 0.75
              base_rate: 0.037
              margin: 0.045
              tenor: 60
              grace: 6
              repayment: annuity
              upfront_fee: 0.015

            """,
            """
              grace: 6
              debt:
                - { name: senior loan, gearing: 0.75, base_rate: 0.037, margin: 0.045, tenor: 60, repayment: annuity,
                    upfront_fee: 0.015, commitment_fee: 0.003 }

            """,
            StringComparison.Ordinal
        );
        Assert.NotEqual(one, list);
        var (a, b) = (Run(one), Run(list));
        Assert.Equal(a.Median.Case.Cash.DebtBalance, b.Median.Case.Cash.DebtBalance);
        Assert.Equal(a.Median.Case.Cash.Distributed, b.Median.Case.Cash.Distributed);
        Assert.Equal(
            a.Result.Options[0].Figures.MinimumCover,
            b.Result.Options[0].Figures.MinimumCover
        );
    }

    [Fact]
    public void A_study_has_every_row_of_debt_that_a_case_has()
    {
        string[] elsewhere = ["debt[].currency", "debt[].merchant_tail"];
        var study = StudyInputs.Table().Rows.ToDictionary(r => r.Path);
        foreach (
            var row in FinanceCaseInputs
                .Table()
                .Rows.Where(r => r.Path.StartsWith("debt[]", StringComparison.Ordinal))
                .Where(r => !elsewhere.Contains(r.Path))
        )
        {
            Assert.True(study.TryGetValue($"finance.{row.Path}", out var twin), row.Path);
            Assert.Equal(row.Type, twin.Type);
            Assert.Equal((row.Min, row.Max, row.Unit), (twin.Min, twin.Max, twin.Unit));
            Assert.Equal(row.Choices, twin.Choices);
        }
    }

    [Theory]
    [InlineData("  liquidity: 2\n", "  liquidity: 2\n  margin: 0.05\n", "contradiction")]
    [InlineData("  liquidity: 2\n", "  liquidity: 2\n  gearing: 0.5\n", "contradiction")]
    [InlineData("swap_rate: 0.041, ", "", "hedge-without-rate")]
    [InlineData("name: junior", "name: senior", "same-name-twice")]
    [InlineData("default_cover: 0.9", "default_cover: 1.3", "contradiction")]
    [InlineData("funds: second", "funds: third", "unknown-name")]
    [InlineData("amount: 4000000", "amount: 4000000, gearing: 0.1", "contradiction")]
    [InlineData("tenor: 54", "tenor: 90", "debt-longer-than-horizon")]
    [InlineData("tenor: 54, first_payment: 14, base_rate: 0.043", "tenor: 54", "missing-key")]
    public void Terms_that_contradict_each_other_are_findings_of_a_study_too(
        string old,
        string now,
        string rule
    )
    {
        var text = Text("layers");
        Assert.Contains(old, text, StringComparison.Ordinal);
        var found = Study.Load(text.Replace(old, now, StringComparison.Ordinal)).Check();
        var finding = Assert.Single(found, f => !f.Finding.IsWarning);
        Assert.Equal(rule, finding.Finding.Rule);
        Assert.NotEmpty(finding.Finding.Remedy);
        var line = text[..text.IndexOf(old, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.InRange(finding.Line, line - 2, line + 2);
    }

    /// <summary>What the gearing cap cuts of an amount is said before the run, not only lent less.</summary>
    [Fact]
    public void An_amount_that_is_not_lent_is_warned_of()
    {
        var text = Text("layers").Replace("  gearing_base: uses\n", "", StringComparison.Ordinal);
        Assert.DoesNotContain(Study.Load(text).Check(), f => f.Finding.Rule == "more-than-is-lent");
        var more = text.Replace("amount: 4000000", "amount: 150000000", StringComparison.Ordinal);
        Assert.NotEqual(text, more);
        var found = Assert.Single(
            Study.Load(more).Check(),
            f => f.Finding.Rule == "more-than-is-lent"
        );
        Assert.True(found.Finding.IsWarning);
    }

    [Fact]
    public void Both_shipped_cases_of_the_kind_are_sound()
    {
        foreach (var name in new[] { "hyperscaler", "layers" })
        {
            Assert.DoesNotContain(Study.Load(Text(name)).Check(), f => !f.Finding.IsWarning);
        }
    }

    [Theory]
    [InlineData("sweep: 0.3", "sweep: 0.9")]
    [InlineData("floor: 0.01", "floor: 0.06")]
    [InlineData("target_cover: 1.5", "target_cover: 2.5")]
    [InlineData("target_cover: 1.5", "target_cover: 1.5, downside_target_cover: 1.4")]
    [InlineData("borrowing_base: 0.9", "borrowing_base: 0.1")]
    [InlineData("sponsor_support: 3000000", "sponsor_support: 30000000")]
    [InlineData("loss_limit: 0.6", "output_vat: 0.1, surcharge: 0.1")]
    [InlineData("payment_every: 3", "payment_every: 12")]
    public void A_term_of_the_list_moves_the_study(string old, string now)
    {
        var text = Text("layers");
        Assert.Contains(old, text, StringComparison.Ordinal);
        (CashFlow, double) At(string of)
        {
            var answer = _runs.GetOrAdd(of, key => new Lazy<StudyAnswer>(() => Run(key))).Value;
            return (answer.Median.Case.Cash, answer.Result.Options[0].MeanEquityNpv);
        }
        // A term of the bad months need not touch the draw in the middle.
        var (before, mean) = At(text);
        var (after, meanAfter) = At(text.Replace(old, now, StringComparison.Ordinal));
        Assert.False(
            before.DebtBalance.SequenceEqual(after.DebtBalance)
                && before.Distributed.SequenceEqual(after.Distributed)
                && before.EquityIn.SequenceEqual(after.EquityIn)
                && mean == meanAfter
        );
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<
        string,
        Lazy<StudyAnswer>
    > _runs = new(StringComparer.Ordinal);
}
