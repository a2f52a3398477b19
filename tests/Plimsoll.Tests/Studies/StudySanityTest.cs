using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>What is legal and absurd is warned of at its place, and what is usual is not.</summary>
public sealed class StudySanityTest
{
    [Theory]
    [InlineData("free-servers", "capex_per_server: 2800000", "capex_per_server: 0")]
    [InlineData("grant-above-cost", "  gearing: 0.6", "  gearing: 0.6\n  grant: 179200000")]
    [InlineData(
        "nothing-for-sale",
        "  operator_capability: 0.5",
        "  operator_capability: 0.5\n  sells_training_leases: false\n  sells_small_leases: false\n  sells_spot: false"
    )]
    [InlineData(
        "lot-above-fleet",
        "  operator_capability: 0.5",
        "  operator_capability: 0.5\n  minimum_lot: 513"
    )]
    [InlineData("planned-in-the-past", "online: 2024-10", "online: 2024-03")]
    public void The_absurd_is_warned_of(string rule, string from, string to)
    {
        var found = Found(SmallStudy.With((from, to)));
        var warning = Assert.Single(found, f => f.Finding.Rule == rule);
        Assert.True(warning.Finding.IsWarning);
        Assert.True(warning.Line > 1);
        Assert.DoesNotContain(Found(SmallStudy.Text), f => f.Finding.Rule == rule);
    }

    /// <summary>One accelerator or one yuan within the bound nothing is said: a lot of all 512, a grant a yuan below the 179.2 million of cost, a fleet the month after.</summary>
    [Theory]
    [InlineData("  operator_capability: 0.5", "  operator_capability: 0.5\n  minimum_lot: 512")]
    [InlineData("  gearing: 0.6", "  gearing: 0.6\n  grant: 179199999")]
    [InlineData("online: 2024-10", "online: 2024-04")]
    public void What_is_just_within_is_not(string from, string to)
    {
        string[] rules = ["lot-above-fleet", "grant-above-cost", "planned-in-the-past"];
        Assert.DoesNotContain(
            Found(SmallStudy.With((from, to))),
            f => rules.Contains(f.Finding.Rule, StringComparer.Ordinal)
        );
    }

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        StudyCheck.Of(SmallStudy.Read(text), FactCatalog.Shipped(), "small.yaml");
}
