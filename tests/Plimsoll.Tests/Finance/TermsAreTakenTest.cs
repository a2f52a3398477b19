using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Terms mean one thing wherever they are read, in whatever order, and contradictions are findings.</summary>
public sealed class TermsAreTakenTest
{
    private static IReadOnlyList<string> Rules(string name, Func<string, string>? change = null) =>
        [
            .. Assert
                .Throws<InputException>(() => CaseFile.Read(name, change))
                .Findings.Select(f => f.Finding.Rule),
        ];

    [Theory]
    [InlineData("us", 0.2495)]
    [InlineData("us_no_state", 0.21)]
    [InlineData("us_california", 0.21 + (0.0884 * 0.79))]
    [InlineData("germany", 0.29825)]
    public void A_states_tax_lowers_the_countrys_where_it_is_deductible(string name, double rate) =>
        Assert.Equal(rate, CaseFile.Read($"two-readers/{name}").Terms.Tax.IncomeRate, 1e-12);

    [Fact]
    public void A_preset_gives_both_doors_the_same_terms()
    {
        var own = CaseFile.Read("two-readers/henan_preset").Terms;
        var stated = CaseFile.Read("two-readers/henan_cap3").Terms;
        Assert.Equal(stated.Tax, own.Tax);
        var study = TaxPreset.Of(
            FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31)),
            "China",
            new Month(2024, 7),
            2_123_894
        );
        Assert.Equal(study.Terms.CapitalisedLifeYears, own.Tax.CapitalisedLifeYears);
        Assert.Equal(study.Terms.IncomeRate, own.Tax.IncomeRate);
    }

    [Theory]
    [InlineData("hedge_without_swap_rate")]
    [InlineData("fully_hedged")]
    public void A_hedge_needs_its_rate(string name) =>
        Assert.Contains("hedge-without-rate", Rules($"hedge/{name}"));

    [Fact]
    public void A_hedge_at_a_stated_zero_is_taken() =>
        Assert.Equal(0, CaseFile.Read("hedge/hedge_at_zero").Terms.Tranches[0].SwapRate);

    [Fact]
    public void A_blank_swap_rate_is_no_rate() => Assert.NotEmpty(Rules("hedge/hedge_blank_rate"));

    [Fact]
    public void Base_rates_mean_the_same_in_any_order()
    {
        var (_, one) = CaseFile.Run("hedge/base_rates_unordered");
        var (_, two) = CaseFile.Run(
            "hedge/base_rates_unordered",
            text =>
            {
                var from = text.IndexOf("    base_rates:\n", StringComparison.Ordinal);
                var first = text.IndexOf("      - from:", from, StringComparison.Ordinal);
                var second = text.IndexOf("      - from:", first + 1, StringComparison.Ordinal);
                var end =
                    text.IndexOf('\n', text.IndexOf("rate:", second, StringComparison.Ordinal)) + 1;
                return text[..first] + text[second..end] + text[first..second] + text[end..];
            }
        );
        Assert.Equal(one.TrancheRate[0], two.TrancheRate[0]);
        Assert.NotEqual(one.TrancheRate[0][2], one.TrancheRate[0][30]);
    }

    [Theory]
    [InlineData("    floor: 0.01\n", "    floor: { value: 0.01, low: 0, high: 0.02 }\n")]
    [InlineData("  lock_up: 1.2\n", "  lock_up: { value: 1.2, low: 1.1, high: 1.3 }\n")]
    [InlineData(
        "  resale_price: 30_000\n",
        "  resale_price: { value: 30000, low: 10000, high: 40000 }\n"
    )]
    public void A_range_in_a_case_that_is_run_once_is_refused(string from, string to) =>
        Assert.Contains(
            "range-not-taken",
            Rules("lenders-cash/gpu_prepaid0", text => text.Replace(from, to))
        );

    public static TheoryData<string, string, string> Contradictions =>
        new()
        {
            { "  lock_up: 1.2\n", "  lock_up: 1.2\n  default_cover: 1.4\n", "contradiction" },
            {
                "  lock_up: 1.2\n",
                "  lock_up: 1.2\n  covenant: 1.1\n  default_cover: 1.15\n",
                "contradiction"
            },
            { "    gearing: 0.8\n", "    gearing: 0.8\n    amount: 1000000\n", "contradiction" },
            { "  - name: second delivery\n", "  - name: first delivery\n", "same-name-twice" },
            { "    - name: merchant\n", "    - name: laboratory\n", "same-name-twice" },
            {
                "    month: 4\n    online: 5\n",
                "    month: 7\n    online: 5\n",
                "paid-after-online"
            },
            {
                "  costs:\n",
                "  breaches:\n    - sale: laboratory\n      month: 80\n      empty: 3\n      relet_share: 0.5\n      relet_price: 1\n  costs:\n",
                "outside-the-lease"
            },
            { "      - from: 12\n", "      - from: 0\n", "same-month-twice" },
            { "      - from: 0\n", "      - from: 6\n", "rate-missing" },
            {
                "  costs:\n",
                "  sold:\n    - { month: 10, accelerators: 9000000, price: 1 }\n  costs:\n",
                "more-sold-than-installed"
            },
            {
                "capital:\n",
                "power: { contract_kw: 100, price_per_kwh: 0.1, from: 590, term: 10 }\ncapital:\n",
                "beyond-horizon"
            },
            {
                "capital:\n",
                "power: { contract_kw: 100, price_per_kwh: 0.1, from: 12, term: 24, exit_month: 2 }\ncapital:\n",
                "beyond-the-term"
            },
        };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Terms_that_contradict_each_other_are_findings(
        string from,
        string to,
        string rule
    ) =>
        Assert.Contains(
            rule,
            Rules(
                "lenders-cash/gpu_prepaid0",
                text =>
                {
                    Assert.Contains(from, text);
                    return text.Replace(from, to);
                }
            )
        );
}
