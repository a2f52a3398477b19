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

    private static readonly Lazy<StudyResult> _merchant = new(() =>
        SmallStudy
            .Run(Text[..Text.IndexOf("signed:", StringComparison.Ordinal)] + Finance, Draws)
            .Result
    );

    private const string Finance = """
        finance:
          debt:
            - { name: senior, gearing: 0.85, repayment: annuity, tenor: 57, base_rate: 0.042, margin: 0.06, upfront_fee: 0.01 }

        """;

    private static Plimsoll.Studies.Memos.MemoBlock Block(StudyResult result, string heading) =>
        result.Memo!.Blocks.Single(b => b.Heading == heading);

    private static double Carried(StudyResult result, string by) =>
        Block(result, "What carries the amount asked for")
            .Rows.Where(r => r[0].Text.StartsWith(by, StringComparison.Ordinal))
            .Sum(r => r[1].Value);

    /// <summary>The whole fleet is under take-or-pay to the end of the loan rated: nothing is left that a market could carry.</summary>
    [Fact]
    public void A_centre_let_whole_leaves_nothing_to_the_market()
    {
        var r = _answer.Value.Result;
        Assert.Equal(0, Carried(r, "merchant"));
        Assert.True(Carried(r, "contracts signed today") >= r.ContractedCapacity);
    }

    [Fact]
    public void Nothing_is_carried_by_contracts_that_nobody_has_signed()
    {
        var r = _merchant.Value;
        Assert.Equal(0, Carried(r, "contracts signed today"));
        Assert.Contains(
            "No contract is signed today: every hour has still to be let.",
            Block(r, "Contracts").Sentences
        );
        Assert.Empty(Block(r, "Contracts").Rows);
        var let = r.Rated.Contains("let before", StringComparison.Ordinal);
        Assert.Equal(let, r.Memo!.Blocks.Any(b => b.Heading == "Leases still to be signed"));
    }

    /// <summary>What clearly fails as asked is declined, whoever its tenants are; a condition alone may stay open.</summary>
    [Fact]
    public void A_centre_without_tenants_is_treated_no_more_mildly()
    {
        var r = _merchant.Value;
        Assert.Contains(r.Loans[0].Tests, t => t.Outcome == RuleOutcome.Fails);
        Assert.Equal(VerdictKind.Decline, r.Verdict.Kind);
        Assert.StartsWith("Decline as asked: ", r.Verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void The_terms_asked_for_stand_beside_those_rated()
    {
        var r = _answer.Value.Result;
        var sheet = Block(r, "Terms asked for and recommended");
        string[] Row(string term) =>
            [.. sheet.Rows.Single(c => c[0].Text == term).Select(c => c.Text)];
        Assert.Equal(["term", "asked", "rated here"], sheet.Columns);
        Assert.Contains(Words.Money(r.Loans[0].Amount), Row("amount")[1], StringComparison.Ordinal);
        Assert.Contains(
            Words.Money(r.ContractedCapacity),
            Row("amount")[2],
            StringComparison.Ordinal
        );
        Assert.Equal("57", Row("months from the first payment")[1]);
        Assert.Equal(["margin", "6.00 % a year", "6.00 % a year"], Row("margin"));
        Assert.Equal("none", Row("commitment fee on what is undrawn")[1]);
        Assert.Equal("50 %", Row("free cash that repays it early")[1]);
    }

    /// <summary>An estimate that carries the whole of what is asked stands beside what passes the tests.</summary>
    [Fact]
    public void The_table_of_what_carries_the_amount_holds_what_passes_every_test()
    {
        var r = _answer.Value.Result;
        Assert.Equal(r.ContractedCapacity, Carried(r, "beside them: passes every test"));
        Assert.Equal(
            r.Loans[0].Amount,
            Block(r, "What carries the amount asked for").Rows.SkipLast(1).Sum(c => c[1].Value),
            1.0
        );
    }

    /// <summary>Few draws in default rule out little: the price of the risk at the upper end of its odds is no less than at the estimate.</summary>
    [Fact]
    public void The_price_of_the_risk_is_carried_to_the_upper_bound_of_default()
    {
        var rows = Block(_answer.Value.Result, "Risk and its price").Rows;
        double Of(string start) =>
            rows.Single(c => c[0].Text.StartsWith(start, StringComparison.Ordinal))[1].Value;
        Assert.Contains(
            rows,
            c =>
                c[0].Text.StartsWith("LGD, from ", StringComparison.Ordinal)
                && c[0].Text.EndsWith("draws in default", StringComparison.Ordinal)
        );
        Assert.True(Of("EL a year at most") > 0);
        Assert.True(Of("EL a year at most") >= Of("EL a year of the weighted life"));
        Assert.True(
            Of("margin required at most")
                >= rows.Single(c => c[0].Text == "margin required")[1].Value
        );
    }

    [Fact]
    public void The_memo_says_what_a_committee_asks()
    {
        var r = _answer.Value.Result;
        Assert.Equal(r.Verdict.Tests.Count, Block(r, "The tests of the rule").Rows.Count);
        Assert.Contains(
            "on signed contracts alone",
            Block(r, "The tests of the rule").Note!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Block(r, "Security package, as the figures take it for granted").Sentences,
            s => s.StartsWith("LGD rests on", StringComparison.Ordinal)
        );
        var before = Block(r, "Conditions precedent").Sentences;
        Assert.Contains(before, s => s.Contains("anchor", StringComparison.Ordinal));
        Assert.Contains(before, s => s.Contains("a hedge of it", StringComparison.Ordinal));
        var stresses = Block(r, "Stresses");
        foreach (var name in new[] { "rates +2 points", "power +50 %" })
        {
            Assert.Single(
                stresses.Rows,
                row => row[0].Text.StartsWith(name, StringComparison.Ordinal)
            );
        }
        Assert.All(stresses.Rows, row => Assert.Equal(stresses.Columns.Count, row.Count));
        Assert.All(
            Block(r, "Comparable deals known on the day").Rows,
            row => Assert.StartsWith("accelerators", row[^1].Text, StringComparison.Ordinal)
        );
    }

    /// <summary>Whose failure ends the contracts is asked for, and numbers that turn the answer by themselves come first.</summary>
    [Fact]
    public void The_credit_of_operator_and_tenants_is_tried_as_what_turns_the_answer()
    {
        var r = SmallStudy
            .Run(
                Text.Replace(
                    "operator: { monthly_hazard: 0 }",
                    "operator: { class: start-up }",
                    StringComparison.Ordinal
                ),
                Draws
            )
            .Result;
        Assert.Single(r.Flips, f => f.Title.Key == "lever.operator");
        Assert.Contains(_merchant.Value.Flips, f => f.Joint);
        Assert.DoesNotContain(r.Flips, f => f.Joint);
        var turning = _merchant.Value.Flips.Where(f => double.IsFinite(f.AtFlip)).ToList();
        Assert.Equal(turning.OrderBy(f => f.Joint), turning);
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
