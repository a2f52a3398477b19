using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Months of a standing centre as they were: read in any order, found where they are no months of it, and the start of what follows.</summary>
public sealed class ActualMonthsTest
{
    private const string Head = """
        kind: study
        name: standing
        question: owner
        decided: 2024-03
        horizon: 48
        market:
          name: china
        centre:
          operator_capability: 0.5
        site:
          name: Zhengzhou
        fleet:
          - server: 8xH800
            servers: 64
            online: 2023-04
            capex_per_server: 2800000
        finance:
          existing_debt: 60000000
          tenor: 36

        """;

    private static readonly string[] _months =
    [
        .. Enumerable
            .Range(0, 12)
            .Select(i =>
                $"  - {{ month: {new Month(2023, 4) + i}, cash: {1_000_000 + (100_000 * i)}, due: 2000000 }}\n"
            ),
    ];

    private static string With(params IEnumerable<string> months) =>
        Head + "actuals:\n" + string.Concat(months);

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        StudyCheck.Of(SmallStudy.Read(text), FactCatalog.Shipped(), "standing.yaml");

    /// <summary>One month in units of 10,000 among months in yuan, or a digit lost; a month that brings nothing may be.</summary>
    [Theory]
    [InlineData(140, "error")]
    [InlineData(14000, "warning")]
    [InlineData(0, "")]
    [InlineData(700_000, "")]
    public void A_month_of_another_magnitude_is_found(double cash, string finding)
    {
        var found = Found(
                With(
                    _months.Select(
                        (m, i) =>
                            i == 4
                                ? m.Replace(
                                    "cash: 1400000",
                                    $"cash: {cash}",
                                    StringComparison.Ordinal
                                )
                                : m
                    )
                )
            )
            .Where(f => f.Finding.Rule == "unlike-the-other-months")
            .ToList();
        Assert.Equal(finding.Length > 0 ? 1 : 0, found.Count);
        if (finding.Length > 0)
        {
            Assert.Equal("actuals[4].cash", found[0].Finding.Path.Text);
            Assert.Equal(finding == "warning", found[0].Finding.IsWarning);
        }
    }

    private static StudyReader Reader(string text) =>
        StudyReader.Of(SmallStudy.Read(text), FactCatalog.Shipped().AsOf(new Month(2024, 3)));

    [Fact]
    public void Twelve_months_in_a_row_are_sound() =>
        Assert.DoesNotContain(Found(With(_months)), f => !f.Finding.IsWarning);

    /// <summary>Cash rises from 1.0 to 2.1 million, 18.6 million in all, over 24 million due.</summary>
    [Fact]
    public void Order_does_not_matter()
    {
        var service = Reader(With(_months.Reverse())).Plan().Terms.Before;
        Assert.Equal(12, service.Count);
        Assert.Equal(18.6 / 24, service.CoverAt(0), 1e-12);
        Assert.Equal(1_000_000, service.Months[0].Cash);
    }

    [Fact]
    public void A_study_without_them_is_as_before() =>
        Assert.Same(Plimsoll.Finance.ServiceToDate.None, Plimsoll.Finance.ServiceToDate.Of([]));

    [Theory]
    [InlineData("after-the-decision", "  - { month: 2024-04, cash: 1, due: 1 }\n")]
    [InlineData("month-twice", "  - { month: 2024-01, cash: 1, due: 1 }\n")]
    [InlineData("months-missing", "  - { month: 2023-02, cash: 1, due: 1 }\n")]
    [InlineData("missing-key", "  - { month: 2023-03, due: 1 }\n")]
    [InlineData("missing-key", "  - { month: 2023-03, revenue: 2000000, due: 1000000 }\n")]
    public void What_is_no_month_of_the_centre_is_refused(string rule, string row)
    {
        var finding = Assert.Single(Found(With([.. _months, row])), f => !f.Finding.IsWarning);
        Assert.Equal(rule, finding.Finding.Rule);
        Assert.True(finding.Line > 20);
    }

    [Fact]
    public void Months_have_to_reach_the_decision() =>
        Assert.Contains(
            Found(With(_months[..^1])),
            f => f.Finding.Rule == "months-missing" && !f.Finding.IsWarning
        );

    [Fact]
    public void A_plan_has_no_months_to_tell() =>
        Assert.Contains(
            Found(
                With(_months)
                    .Replace("question: owner", "question: sponsor", StringComparison.Ordinal)
            ),
            f => f.Finding.Rule == "actuals-of-a-plan"
        );

    /// <summary>A quarter of the servers let beside a fill of 0.6, and 16 x 8 x 730 hours at 15 = 1.4 million beside a revenue of 3 million: both are said, neither is changed.</summary>
    [Theory]
    [InlineData("fill: 0.6", 1)]
    [InlineData("fill: 0.28", 0)]
    [InlineData("revenue: 3000000", 1)]
    [InlineData("revenue: 1500000", 0)]
    [InlineData("revenue: 2500000, running_cost: 800000", 2)]
    public void A_rent_roll_that_says_otherwise_is_warned_of(string told, int warnings)
    {
        var text =
            With([
                .. _months[..^1],
                $"  - {{ month: 2024-03, cash: 1000000, due: 2000000, {told} }}\n",
            ])
            + "signed:\n  - { tenant: a bank, servers: 16, price_per_gpu_hour: 15, tenor: 24, months_run: 6 }\n";
        Assert.Equal(warnings, Found(text).Count(f => f.Finding.Rule == "two-figures"));
    }

    /// <summary>Half a million of two was not paid in the last two months each: a million in arrears, two months missed.</summary>
    [Fact]
    public void What_was_not_paid_is_in_arrears()
    {
        var text = With([
            .. _months[..^2],
            "  - { month: 2024-02, cash: 1500000, due: 2000000, paid: 1500000 }\n",
            "  - { month: 2024-03, cash: 1500000, due: 2000000, paid: 1500000 }\n",
        ]);
        var plan = Reader(text).Plan();
        Assert.Equal(1_000_000, plan.Loan!.Arrears);
        var facts = CovenantsToDate.Of(plan)!;
        Assert.Equal(2, facts.MissedMonths);
        Assert.False(facts.InDefault);
        Assert.True(facts.Broken);
        Assert.True(facts.LockedUp);
        Assert.All(
            facts.Said,
            f =>
            {
                Assert.Contains(PhraseBook.Chinese.Say(f), c => c is >= '\u4e00' and <= '\u9fff');
                Assert.DoesNotContain(PhraseBook.English.Say(f), c => c > '\u00ff');
            }
        );
        Assert.Equal(
            400_000,
            Reader(
                    text.Replace(
                        "tenor: 36",
                        "tenor: 36\n  arrears: 400000",
                        StringComparison.Ordinal
                    )
                )
                .Plan()
                .Loan!.Arrears
        );
    }

    /// <summary>Forty per cent of 512 accelerators, at what 1.5 million comes to over their 149,504 hours: 10.03 an hour; a rent roll counts instead where there is one.</summary>
    [Fact]
    public void A_centre_without_a_rent_roll_begins_as_full_as_it_was()
    {
        var text = With([
            .. _months[..^1],
            "  - { month: 2024-03, cash: 1000000, due: 2000000, fill: 0.4, revenue: 1500000 }\n",
        ]);
        var lease = Assert.Single(Reader(text).Plan().Leases).Terms;
        Assert.Equal(204.8, lease.Accelerators, 1e-9);
        Assert.Equal(1_500_000 / (204.8 * 730), lease.PricePerGpuHour, 1e-9);
        var roll =
            text
            + "signed:\n  - { tenant: a bank, servers: 16, price_per_gpu_hour: 15, tenor: 24, months_run: 6 }\n";
        Assert.Equal("a bank", Assert.Single(Reader(roll).Plan().Leases).Terms.Tenant);
        Assert.Empty(Reader(With(_months)).Plan().Leases);
    }

    /// <summary>Decided in March 2024, first payment in April, the last in December 2026: 33 months.</summary>
    [Fact]
    public void A_maturity_stands_for_a_tenor()
    {
        var text = Head.Replace("tenor: 36", "maturity: 2026-12", StringComparison.Ordinal);
        Assert.Equal(33, Reader(text).Plan().Loan!.TenorMonths);
        Assert.DoesNotContain(Found(text), f => !f.Finding.IsWarning);
        foreach (
            var (told, rule) in new[]
            {
                ("maturity: 2026-12\n  tenor: 36", "contradiction"),
                ("maturity: 2024-04", "out-of-range"),
                ("maturity: 2029-12", "debt-longer-than-horizon"),
            }
        )
        {
            var finding = Assert.Single(
                Found(Head.Replace("tenor: 36", told, StringComparison.Ordinal)),
                f => !f.Finding.IsWarning
            );
            Assert.Equal(rule, finding.Finding.Rule);
            Assert.Equal("finance.maturity", finding.Finding.Path.Text);
        }
    }

    /// <summary>Silent accounts of an owner hold nothing; stated ones stand filled. A lender's new loan pays its reserve in.</summary>
    [Fact]
    public void Accounts_of_a_standing_centre_hold_what_is_stated()
    {
        var silent = Reader(Head).Plan().Terms;
        Assert.Equal((0, 0.0), (silent.ReserveMonths, silent.LiquidityMonths));
        Assert.True(silent.Opening!.AccountsFunded);
        var told = Reader(
                Head.Replace(
                    "tenor: 36",
                    "tenor: 36\n  reserve: 4\n  liquidity: 2",
                    StringComparison.Ordinal
                )
            )
            .Plan()
            .Terms;
        Assert.Equal((4, 2.0), (told.ReserveMonths, told.LiquidityMonths));
        Assert.True(told.Opening!.AccountsFunded);
        var lent = Reader(Head.Replace("owner", "lender", StringComparison.Ordinal)).Plan().Terms;
        Assert.Equal(3, lent.ReserveMonths);
        Assert.False(lent.Opening!.AccountsFunded);
        Assert.Null(Reader(SmallStudy.Text).Plan().Terms.Opening);
    }

    /// <summary>64 servers at 2.8 million cost 179.2 million, twice that at twice the price; a year of their tax life is gone, whatever is owed on them.</summary>
    [Theory]
    [InlineData(60_000_000, 2_800_000)]
    [InlineData(120_000_000, 2_800_000)]
    [InlineData(60_000_000, 5_600_000)]
    public void The_tax_book_is_what_the_servers_cost_and_not_the_loan(double debt, double price)
    {
        var plan = Reader(
                Head.Replace("60000000", $"{debt:0}", StringComparison.Ordinal)
                    .Replace("2800000", $"{price:0}", StringComparison.Ordinal)
            )
            .Plan();
        var terms = CaseTerms.Of(plan, n => n.Value, true);
        var asset = Assert.Single(terms.Opening!.Assets);
        Assert.Equal(64 * price, asset.Cost, 1e-6);
        var tax = plan.Fleets[0].Tax;
        var life = (int)Math.Round(12 * tax.EquipmentLifeYears);
        Assert.Equal(life - 12, asset.MonthsLeft);
        // Nothing counts as deducted at once, whatever the preset allows: the loss of it is not carried forward either.
        Assert.Equal(64 * price * (life - 12) / life, asset.Book, 1e-3);
        var owed = Assert.Single(terms.CapitalCosts);
        Assert.True(owed.DebtStanding && owed.Amount == debt);
    }

    [Fact]
    public void Arrears_need_a_debt() =>
        Assert.Contains(
            Found(
                Head.Replace(
                    "existing_debt: 60000000",
                    "gearing: 0\n  arrears: 5",
                    StringComparison.Ordinal
                )
            ),
            f => f.Finding.Rule == "needs-another-key" && f.Finding.Path.Text == "finance.arrears"
        );
}
