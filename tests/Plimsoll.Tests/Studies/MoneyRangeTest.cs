using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A range on a term of finance moves the draws, or is refused.</summary>
public sealed class MoneyRangeTest
{
    private static StudyCase Plan(string finance)
    {
        var values = SmallStudy.Read(
            SmallStudy.With(("  gearing: 0.6\n", $"  gearing: 0.6\n{finance}"))
        );
        return StudyReader.Of(values, FactCatalog.Shipped().AsOf(values.Month("decided"))).Plan();
    }

    public static TheoryData<string, double, double> Taken =>
        new()
        {
            { "base_rate", 0.02, 0.06 },
            { "margin", 0.01, 0.08 },
            { "receivable_days", 10, 90 },
            { "selling_cost", 0.01, 0.2 },
            { "sweep", 0, 0.5 },
        };

    [Theory]
    [MemberData(nameof(Taken))]
    public void A_range_enters_the_uncertain_numbers_and_moves_the_terms(
        string key,
        double low,
        double high
    )
    {
        var middle = (low + high) / 2;
        var plan = Plan($"  {key}: {{ value: {middle}, low: {low}, high: {high} }}\n");
        var number = Assert.Single(plan.Uncertain, n => n.Path == $"finance.{key}");
        Assert.Equal((low, high), (number.Low, number.High));
        FinanceTerms At(double value) =>
            CaseTerms.Of(plan, n => n.Path == number.Path ? value : n.Value, true);
        double Read(FinanceTerms t) =>
            key switch
            {
                "base_rate" => t.Tranches[0].BaseRate,
                "margin" => t.Tranches[0].Margin,
                "sweep" => t.Tranches[0].SweepShare,
                "receivable_days" => t.ReceivableDays,
                _ => t.SellingCost,
            };
        Assert.Equal(low, Read(At(low)), 1e-12);
        Assert.Equal(high, Read(At(high)), 1e-12);
    }

    [Theory]
    [InlineData("  grant: { value: 1000000, low: 0, high: 2000000 }\n")]
    [InlineData("  existing_debt: { value: 1000000, low: 0, high: 2000000 }\n")]
    [InlineData("  grant_fill_test: { value: 0.4, low: 0.3, high: 0.5 }\n")]
    public void A_range_that_would_change_nothing_is_refused(string line)
    {
        var error = Assert.Throws<InputException>(() => Plan(line));
        Assert.Contains(error.Findings, f => f.Finding.Rule == "range-not-taken");
    }

    [Fact]
    public void Sales_tax_is_paid_on_top_of_the_servers_and_never_recovered()
    {
        FinanceTerms Of(string line) => CaseTerms.Of(Plan(line), n => n.Value, true);
        var (without, taxed) = (Of(""), Of("  sales_tax: 0.08\n"));
        Assert.Equal(1.08 * without.CapitalCosts[0].Amount, taxed.CapitalCosts[0].Amount, 1e-3);
        Assert.Equal(0.08, taxed.CapitalCosts[0].SalesTaxRate);
    }

    /// <summary>The sum asked for is what the gearing lends at the file's own cost: in a dear draw no more of it, in a cheap one the gearing of what it costs.</summary>
    [Fact]
    public void A_loan_asked_for_by_gearing_is_a_sum()
    {
        var plan = Plan("");
        var own = plan.Fleets[0].CapexPerServer;
        double Lent(double cost, double share = 1, double overrun = 1) =>
            CaseTerms
                .Contract(
                    plan with
                    {
                        Loan = plan.Loan! with { Gearing = 0.6 * share },
                        CapexOverrun = overrun,
                    },
                    n => n.Path == own.Path ? cost : n.Value,
                    true
                )
                .Debt.TotalLent;
        var asked = Lent(own.Value);
        Assert.Equal(0.6 * plan.Fleets[0].Servers * own.Value, asked, 1e-3);
        Assert.Equal(asked, Lent(1.4 * own.Value), 1e-3);
        Assert.Equal(asked, Lent(own.Value, 1, 2), 1e-3);
        Assert.Equal(0.7 * asked, Lent(0.7 * own.Value), 1e-3);
        Assert.Equal(0.5 * asked, Lent(1.4 * own.Value, 0.5), 1e-3);
    }

    [Fact]
    public void Every_key_that_takes_a_range_moves_the_terms()
    {
        foreach (var key in UncertainTerms.Keys)
        {
            var path = key.Replace("[]", "[0]", StringComparison.Ordinal);
            var number = new InputNumber($"finance.{path}", 0.2, 0.1, 0.3, "", "", default, false);
            var loan = new DebtTranche
            {
                Name = "loan",
                TenorMonths = 12,
                FirstPaymentMonth = 1,
                SwapRate = 0.03,
            };
            var terms = new FinanceTerms
            {
                Currency = Plimsoll.Quantities.Currency.Usd,
                CapitalCosts = [],
            };
            var moved =
                UncertainTerms.Set(loan, 0, [number], _ => 0.3) != loan
                || UncertainTerms.Set(terms, [number], _ => 0.3) != terms;
            Assert.True(moved, key);
        }
    }
}
