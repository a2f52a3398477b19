using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study whose parts contradict each other is refused with the line.</summary>
public sealed class StudyCheckTest
{
    private static IReadOnlyList<LocatedFinding> Found(params (string, string)[] changes) =>
        StudyCheck.Of(
            SmallStudy.Read(SmallStudy.With(changes)),
            FactCatalog.Shipped(),
            "small.yaml"
        );

    [Fact]
    public void A_market_is_looked_ahead_no_further_than_it_is_meant_for()
    {
        var far = Found(("2024-03", "2075-12"), ("2024-10", "2075-12"));
        Assert.Contains(far, f => f.Finding is { Rule: "too-far", Path.Text: "decided" });
        Assert.DoesNotContain(
            Found(("2024-03", "2044-03"), ("2024-10", "2044-10")),
            f => f.Finding.Rule == "too-far"
        );
    }

    /// <summary>A place lies in the country that is stated: swapped or unsigned degrees are warned of.</summary>
    [Theory]
    [InlineData("country: US, latitude: 36, longitude: 103.8", "other-country")]
    [InlineData("country: US, latitude: 36, longitude: -103.8", "")]
    [InlineData("country: CN, latitude: 36, longitude: 103.8", "")]
    [InlineData("country: NO", "no-known-site")]
    [InlineData("country: CN", "place-unknown")]
    public void A_place_lies_in_its_country(string place, string rule)
    {
        var found = Found(
                ("  name: Zhengzhou\n", ""),
                ("site:\n", $"site: {{ place: here, {place} }}\n")
            )
            .Where(f => f.Finding.Path.Text.StartsWith("site.", StringComparison.Ordinal))
            .Select(f => f.Finding)
            .Where(f => f.Rule != "far-tariff")
            .ToList();
        Assert.Equal(rule, string.Concat(found.Select(f => f.Rule)));
        if (rule == "place-unknown")
        {
            Assert.DoesNotContain("country", found[0].Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void No_more_servers_are_signed_than_there_are(int servers, bool refused)
    {
        var lease = $"signed:\n  - tenant: a\n    servers: {servers}\n    price_per_gpu_hour: 20\n";
        var values = SmallStudy.Read(
            SmallStudy.With(("finance:\n", lease + "    tenor: 36\nfinance:\n"))
        );
        var findings = StudyCheck.Of(values, FactCatalog.Shipped(), "small.yaml");
        Assert.Equal(refused, findings.Count == 1);
        if (refused)
        {
            Assert.Equal("more-than-the-fleet", findings[0].Finding.Rule);
            Assert.Equal("signed[0].servers", findings[0].Finding.Path.Text);
            Assert.True(findings[0].Line > 1);
        }
    }

    /// <summary>What contradicts itself only together with the country's taxes, or with the length of requests, is refused by the check at its key and not by the run.</summary>
    [Theory]
    [InlineData(
        "finance:\n  tax_terms: { losses_as_they_arise: true, loss_years: 3 }\n",
        "finance.tax_terms.losses_as_they_arise",
        "contradiction"
    )]
    [InlineData(
        "finance:\n  tax_terms: { losses_as_they_arise: true }\n",
        "finance.tax_terms.losses_as_they_arise",
        "contradiction"
    )]
    [InlineData(
        "serving: { model: Llama-2 70B, precision: bf16, tensor_parallel: 4, input_tokens: 1000000, output_tokens: 800 }\nfinance:\n",
        "serving.input_tokens",
        "context-window"
    )]
    [InlineData(
        "serving: { model: Llama-2 70B, precision: bf16, tensor_parallel: 2, input_tokens: 1000000 }\nfinance:\n",
        "serving.input_tokens",
        "context-window"
    )]
    [InlineData(
        "finance:\n  repayment: instalments\n  front_share: 0.7\n  front_months: 40\n",
        "finance.front_months",
        "months-do-not-add-up"
    )]
    [InlineData(
        "finance:\n  power: { contract_kw: 700, price_per_kwh: 0.5, term: 40, exit_after: 60 }\n",
        "finance.power.exit_after",
        "beyond-the-term"
    )]
    [InlineData(
        "finance:\n  debt:\n    - { name: a, amount: 1000000, tenor: 24, base_rate: 0.03, cap_rate: 0.04 }\n",
        "finance.debt[0].cap_share",
        "cap-without-share"
    )]
    public void What_only_the_whole_contradicts_is_found_by_the_check(
        string lines,
        string path,
        string rule
    )
    {
        var values = SmallStudy.Read(SmallStudy.With(("finance:\n", lines)));
        Assert.Contains(
            StudyCheck.Of(values, FactCatalog.Shipped(), "small.yaml"),
            f => f.Finding.Path.Text == path && f.Finding.Rule == rule && !f.Finding.IsWarning
        );
    }

    private static readonly string _standing = File.ReadAllText(
        Path.Combine(TestData.Repository(), "examples", "study", "standing-centre.yaml")
    );

    /// <summary>What is wrong with the site or not yet known is found as well where a lease's price and term are unknown.</summary>
    [Theory]
    [InlineData("  name: Zhengzhou\n", "  name: Zhengzhou\n  latitude: 34\n", "known-site")]
    [InlineData("server: 8xH800", "server: 8xB300", "not-yet-known")]
    public void Terms_that_are_unknown_hide_no_finding(string before, string after, string rule)
    {
        Assert.Contains(before, _standing, StringComparison.Ordinal);
        var findings = Study
            .Load(_standing.Replace(before, after, StringComparison.Ordinal))
            .Check();
        Assert.Contains(findings, f => f.Finding.Rule == rule);
    }

    /// <summary>A lender asked to take over debt on a fleet that is still to come is told so; on one that stands it is refinanced, and nothing is bought.</summary>
    [Theory]
    [InlineData("2024-10", true)]
    [InlineData("2023-10", false)]
    public void Debt_is_outstanding_only_on_a_fleet_that_stands(string online, bool refused)
    {
        var values = SmallStudy.Read(
            SmallStudy.With(
                ("question: sponsor", "question: lender"),
                ("online: 2024-10", $"online: {online}"),
                ("gearing: 0.6", "existing_debt: 60000000")
            )
        );
        var found = StudyCheck
            .Of(values, FactCatalog.Shipped(), "small.yaml")
            .Where(f => f.Finding.Rule == "existing-debt-before-fleet")
            .ToList();
        Assert.Equal(refused, found.Count == 1);
        if (refused)
        {
            Assert.Equal("finance.existing_debt", found[0].Finding.Path.Text);
            return;
        }
        var plan = StudyReader
            .Of(values, FactCatalog.Shipped().AsOf(values.Month("decided")))
            .Plan();
        Assert.True(plan.Standing);
        var terms = Plimsoll.Studies.Model.CaseTerms.Of(plan, n => n.Value, true);
        Assert.Equal(60_000_000, Assert.Single(terms.CapitalCosts).Amount);
    }
}
