using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Decisions.Lending;
using Xunit;

namespace Plimsoll.Tests.Decisions.Lending;

/// <summary>Deals that were made, priced by the rule on what their class and term say.</summary>
public sealed class DealRebuildTest
{
    private static readonly IReadOnlyList<ComparableDeal> _deals = ComparableDeal.All(
        FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31))
    );

    /// <summary>Buildings let to clouds and the bare word of a company are no measure of a loan on accelerators.</summary>
    [Fact]
    public void A_loan_on_accelerators_is_told_from_the_others()
    {
        Assert.Equal(
            [
                "Compass Datacenters ABS (senior)",
                "CoreWeave senior notes 2030",
                "CoreWeave senior notes 2031",
            ],
            _deals.Where(d => !d.OnAccelerators).Select(d => d.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            0.06,
            _deals
                .Where(d => d.OnAccelerators && d.Standing == CreditClass.InvestmentGrade)
                .Min(d => d.Margin)
        );
    }

    [Fact]
    public void Every_deal_of_known_class_and_term_has_a_required_margin_beside_the_paid_one()
    {
        var rebuilt = Rebuilt();
        Assert.True(rebuilt.Count >= 6);
        foreach (var deal in rebuilt)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{deal.Deal.Date} {deal.Deal.Name} ({CreditTerms.Word(deal.Deal.Standing)}): required {deal.Margin.Required:0.00%} "
                    + $"(expected {deal.Margin.ExpectedLoss:0.00%}, tail {deal.Margin.TailCharge:0.00%}), paid {deal.Margin.Offered:0.00%}; "
                    + $"default {deal.DefaultOdds:0.0%}, as {deal.Rating}, loss given default {deal.Losses.GivenDefault:0%}"
            );
            Assert.True(deal.Margin.Required > 0, deal.Deal.Name);
            Assert.InRange(deal.Losses.Expected, 0, deal.Losses.Tail);
        }
    }

    /// <summary>The table of docs/validation/lending.md is what the rule gives today.</summary>
    [Fact]
    public void The_ledger_is_as_reckoned()
    {
        var ledger = File.ReadAllLines(
            Path.Combine(TestData.Repository(), "docs", "validation", "lending.md")
        );
        foreach (var deal in Rebuilt())
        {
            var line = Assert.Single(
                ledger,
                l => l.Contains($"| {deal.Deal.Name} |", StringComparison.Ordinal)
            );
            var figures = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| {deal.DefaultOdds:0.0 %} | {deal.Losses.GivenDefault:0 %} | {deal.Margin.ExpectedLoss:0.00 %} | {deal.Margin.TailCharge:0.00 %} | {deal.Margin.Required:0.00 %} | {deal.Margin.Offered:0.00 %} | {(deal.Lent ? "yes" : "no")} |"
            );
            Assert.EndsWith(figures, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Investment_grade_needs_less_than_a_lab_and_a_lab_less_than_an_unrated_company()
    {
        double[] Of(CreditClass standing) =>
            [
                .. Rebuilt()
                    .Where(d => d.Deal.Standing == standing && !d.Deal.Unsecured)
                    .Select(d => d.Margin.Required),
            ];
        var (safe, lab, unrated) = (
            Of(CreditClass.InvestmentGrade),
            Of(CreditClass.FundedLab),
            Of(CreditClass.StartUp)
        );
        Assert.NotEmpty(safe);
        Assert.NotEmpty(lab);
        Assert.NotEmpty(unrated);
        Assert.True(safe.Max() < lab.Min());
        Assert.True(lab.Max() < unrated.Min());
    }

    [Fact]
    public void No_investment_grade_deal_is_declined() =>
        Assert.All(
            Rebuilt().Where(d => d.Deal.Standing == CreditClass.InvestmentGrade),
            d => Assert.True(d.Lent, d.Deal.Name)
        );

    [Fact]
    public void No_deal_is_known_before_its_day_and_none_is_of_2026()
    {
        Assert.Empty(ComparableDeal.All(FactCatalog.Shipped().AsOf(new DateOnly(2023, 7, 1))));
        Assert.Single(ComparableDeal.All(FactCatalog.Shipped().AsOf(new DateOnly(2024, 1, 1))));
        var all = ComparableDeal.All(FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31)));
        Assert.All(all, d => Assert.True(d.Date <= new DateOnly(2025, 12, 31)));
    }

    [Fact]
    public void A_deal_of_unknown_term_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            DealRebuild.Of(
                _deals.First(d => d.TenorMonths is null),
                new LendingRule(),
                new RebuildTerms()
            )
        );

    [Fact]
    public void More_advance_or_a_faster_fall_of_value_never_asks_for_less()
    {
        var deal = _deals.First(d => d.Standing == CreditClass.FundedLab);
        double Needs(RebuildTerms terms) =>
            DealRebuild.Of(deal, _risk, terms with { Draws = 4000 }).Margin.Required;
        var plain = new RebuildTerms();
        Assert.True(Needs(plain with { Advance = 0.9 }) > Needs(plain));
        Assert.True(Needs(plain with { ResaleFall = 0.6 }) > Needs(plain));
        Assert.True(Needs(plain with { ResaleLoading = 0 }) < Needs(plain));
    }

    [Fact]
    public void Security_and_a_guarantee_never_ask_for_more()
    {
        double Needs(ComparableDeal deal) =>
            DealRebuild
                .Of(deal, new LendingRule(), new RebuildTerms { Draws = 4000 })
                .Margin.ExpectedLoss;
        foreach (var deal in _deals.Where(d => d.TenorMonths is not null && !d.Unsecured))
        {
            var secured = Needs(deal with { Guarantor = null });
            Assert.True(secured <= Needs(deal with { Guarantor = null, Security = "none" }));
            foreach (var guarantor in Enum.GetValues<CreditClass>())
            {
                Assert.True(Needs(deal with { Guarantor = guarantor }) <= secured);
            }
        }
    }

    /// <summary>The rule as it stands: the price of risk, without a floor that would make safe deals alike.</summary>
    private static readonly LendingRule _risk = new();

    private static List<DealRebuild> Rebuilt() =>
        [
            .. _deals
                .Where(d => d.TenorMonths is not null)
                .Select(d => DealRebuild.Of(d, _risk, new RebuildTerms())),
        ];
}
