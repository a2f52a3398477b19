using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>The debt of a half-built centre in a study: read, and found where it contradicts itself.</summary>
public sealed class ConstructionCheckTest
{
    private static string With(string construction, string finance = "existing_debt: 30000000") =>
        SmallStudy
            .With(
                ("question: sponsor", "question: construction"),
                ("  gearing: 0.6\n", $"  {finance}\n")
            )
            .Replace("forecast:", $"construction: {{ {construction} }}\nforecast:", Ordinal);

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        StudyCheck.Of(SmallStudy.Read(text), FactCatalog.Shipped(), "small.yaml");

    private static StudyCase Plan(string text) =>
        StudyReader
            .Of(SmallStudy.Read(text), FactCatalog.Shipped().AsOf(new Month(2024, 3)))
            .Plan();

    /// <summary>Fleet in October 2024, month 6 from April; the commitment ends in December, month 8.</summary>
    [Fact]
    public void It_is_read_with_its_last_month()
    {
        const string Told = "spent: 60000000, undrawn: 20000000, break_share: 0.03";
        Assert.Equal(new BuildingDebt(30_000_000, 20_000_000, 6, 0.03), Plan(With(Told)).Building);
        Assert.Equal(8, Plan(With(Told + ", available_until: 2024-12")).Building!.LastMonth);
        Assert.Null(Plan(With("spent: 60000000", "gearing: 0.6")).Building);
        Assert.Null(Plan(SmallStudy.Text).Building);
    }

    [Theory]
    [InlineData("spent: 60000000, undrawn: 20000000", "")]
    [InlineData("spent: 20000000, undrawn: 20000000", "debt-above-spent")]
    [InlineData("spent: 60000000, undrawn: 190000000", "more-than-is-left")]
    [InlineData(
        "spent: 60000000, undrawn: 20000000, available_until: 2024-08",
        "ends-before-the-cost"
    )]
    [InlineData("spent: 60000000, available_until: 2024-12", "without-effect")]
    public void What_does_not_fit_is_warned_of(string construction, string rule)
    {
        string[] rules =
        [
            "debt-above-spent",
            "more-than-is-left",
            "ends-before-the-cost",
            "without-effect",
        ];
        var warned = Found(With(construction))
            .Where(f => rules.Contains(f.Finding.Rule, StringComparer.Ordinal))
            .ToList();
        Assert.All(warned, f => Assert.True(f.Finding.IsWarning && f.Line > 1));
        Assert.Equal(rule.Length > 0 ? [rule] : [], warned.Select(f => f.Finding.Rule));
    }

    [Fact]
    public void A_gearing_beside_a_commitment_has_no_effect() =>
        Assert.Contains(
            Found(With("spent: 60000000, undrawn: 20000000", "gearing: 0.6")),
            f => f.Finding is { Rule: "without-effect", IsWarning: true }
        );

    [Fact]
    public void A_list_of_tranches_says_itself_what_is_lent() =>
        Assert.Contains(
            Found(
                With(
                        "spent: 60000000, undrawn: 20000000",
                        "debt:\n    - { name: senior, amount: 50000000, tenor: 36, base_rate: 0.03 }"
                    )
                    .Replace("  tenor: 36\n", "", Ordinal)
            ),
            f => f.Finding is { Rule: "contradiction", IsWarning: false }
        );

    /// <summary>Two fleets in either order call the same commitment.</summary>
    [Fact]
    public void The_order_of_fleets_does_not_matter()
    {
        const string One =
            "  - server: 8xH800\n    servers: 64\n    online: 2024-10\n    capex_per_server: 2800000\n";
        const string Other =
            "  - server: 8xA800\n    servers: 20\n    online: 2024-08\n    capex_per_server: 1500000\n";
        var text = With("spent: 60000000, undrawn: 50000000");
        double[] Draws(string fleets) =>
            [
                .. CaseTermsOf(Plan(text.Replace(One, fleets, Ordinal)))
                    .CapitalCosts.OrderBy(c => c.Month)
                    .ThenBy(c => c.Amount)
                    .Select(c => c.Amount),
            ];
        Assert.Equal(Draws(One + Other), Draws(Other + One));
    }

    private static Plimsoll.Finance.FinanceTerms CaseTermsOf(StudyCase plan) =>
        CaseTerms.Of(plan, n => n.Value, true);
}
