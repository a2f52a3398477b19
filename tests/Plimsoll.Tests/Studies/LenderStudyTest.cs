using Plimsoll.Decisions;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A lender's study from file to memo: one loan is recommended, and that loan is rated.</summary>
public sealed class LenderStudyTest
{
    private const int Draws = 60;

    /// <summary>Asked over 57 months on a contract of 36: less is lent, inside the contract.</summary>
    private const string Text = """
        kind: study
        name: contract of three years
        question: lender
        decided: 2025-09
        horizon: 72
        seed: 3
        market: { name: us }
        centre:
          operator: Prairie Compute
          operator_capability: 0.6
        operator: { monthly_hazard: 0 }
        site:
          name: Texas
        fleet:
          - { server: 8xH200, servers: 200, online: 2026-01, capex_per_server: 300000, training_fabric: true }
        signed:
          - tenant: anchor
            class: investment grade
            servers: 200
            price_per_gpu_hour: 2.6
            tenor: 36
            take_or_pay: 1
            availability: 0.99
            availability_credit: 0.05
            termination_months: 12
        finance:
          debt:
            - { name: senior, gearing: 0.85, repayment: annuity, tenor: 57, base_rate: 0.042, margin: 0.06, upfront_fee: 0.01, sweep: 0.5 }
          reserve: 6

        """;

    private static readonly Lazy<StudyAnswer> _answer = new(() => SmallStudy.Run(Text, Draws));

    [Fact]
    public void The_loan_recommended_is_the_loan_rated()
    {
        var (r, median) = (_answer.Value.Result, _answer.Value.Median);
        var offer = Assert.Single(r.Loans, l => l.Name == r.Verdict.Option);
        Assert.Equal(VerdictKind.LendLess, r.Verdict.Kind);
        Assert.Equal(offer.Name, r.Rated);
        Assert.Equal([r.Options[0].Name, offer.Name], r.Options.Select(o => o.Name));
        // Workbook, finance case and memo are of its schedule.
        Assert.Equal(offer.Amount, median.Model.Debt.TotalLent, 1.0);
        Assert.Equal(offer.TenorMonths, median.Model.Terms.Tranches[0].TenorMonths);
        Assert.Equal(
            offer.Amount,
            r.Waterfall.Sum(y => y.Lines.Single(l => l.Name == "debt drawn").Amount),
            1.0
        );
        var request = r.Memo!.Blocks[0].Sentences;
        Assert.StartsWith("Asked: ", request[0], StringComparison.Ordinal);
        Assert.StartsWith("Recommended, and rated", request[1], StringComparison.Ordinal);
        Assert.Contains(Words.Money(offer.Amount), request[1], StringComparison.Ordinal);
        Assert.Equal(r.ContractedCapacity, offer.Amount);
        Assert.True(offer.TenorMonths <= 36);
    }

    [Fact]
    public void The_memo_says_what_the_contract_promises()
    {
        var contracts = _answer.Value.Result.Memo!.Blocks.Single(b => b.Heading == "Contracts");
        Assert.Contains(
            contracts.Sentences,
            s => s.StartsWith("anchor: 99 % of the hours promised", StringComparison.Ordinal)
        );
        Assert.Contains(
            contracts.Sentences,
            s => s.Contains("owes 12 months of rent", StringComparison.Ordinal)
        );
    }

    /// <summary>The title of a study moves no draw and no figure.</summary>
    [Fact]
    public void The_title_changes_nothing()
    {
        var named = SmallStudy
            .Run(
                Text.Replace("contract of three years", "Project Z", StringComparison.Ordinal),
                Draws
            )
            .Result;
        var first = _answer.Value.Result;
        Assert.Equal("Project Z", named.Name);
        Assert.Equal(first.ContractedCapacity, named.ContractedCapacity);
        Assert.Equal(first.MedianDraw, named.MedianDraw);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(first.Options[i].Figures.Fill, named.Options[i].Figures.Fill);
            Assert.Equal(
                first.Options[i].Figures.MinimumCover,
                named.Options[i].Figures.MinimumCover
            );
        }
        Assert.Equal(
            first.Memo!.Blocks.SelectMany(b => b.Rows.SelectMany(c => c.Select(x => x.Text))),
            named.Memo!.Blocks.SelectMany(b => b.Rows.SelectMany(c => c.Select(x => x.Text)))
        );
    }
}
