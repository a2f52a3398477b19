using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A hall fits the servers in it, and what is wrong with a study is found all at once, each once.</summary>
public sealed class HallCheckTest
{
    private static string Hall(string kw, string term = "60") =>
        SmallStudy.With(
            ("finance:\n", $"hall:\n  per_kw: 250\n  kw: {kw}\n  term: {term}\nfinance:\n")
        );

    /// <summary>64 servers of 10.2 kW draw 653 kW: half of it is 326, nine tenths 588, twice 1,306, ten times 6,528.</summary>
    [Theory]
    [InlineData("653", "", false)]
    [InlineData("600", "", false)]
    [InlineData("1300", "", false)]
    [InlineData("580", "hall-tight", true)]
    [InlineData("330", "hall-tight", true)]
    [InlineData("320", "hall-too-small", false)]
    [InlineData("192", "hall-too-small", false)]
    [InlineData("1400", "hall-wide", true)]
    [InlineData("6500", "hall-wide", true)]
    [InlineData("6600", "hall-too-large", false)]
    [InlineData("653000", "hall-too-large", false)]
    public void A_hall_is_held_against_the_power_of_its_servers(string kw, string rule, bool warns)
    {
        var found = Found(Hall(kw))
            .Where(f => f.Finding.Path.Text.StartsWith("hall.kw", StringComparison.Ordinal))
            .ToList();
        if (rule.Length == 0)
        {
            Assert.Empty(found);
            return;
        }
        var one = Assert.Single(found);
        Assert.Equal((rule, warns), (one.Finding.Rule, one.Finding.IsWarning));
    }

    [Fact]
    public void A_lease_of_the_hall_that_ends_before_the_horizon_is_told_with_its_renewal()
    {
        var warning = Assert.Single(Found(Hall("653", "48")), f => f.Finding.Rule == "hall-ends");
        Assert.True(warning.Finding.IsWarning);
        Assert.Contains("12 months before", warning.Finding.Found, StringComparison.Ordinal);
        Assert.DoesNotContain(Found(Hall("653")), f => f.Finding.Rule == "hall-ends");
    }

    /// <summary>A site written twice, a lease of more servers than there are: both are found in one go, the lease once although two checks see it.</summary>
    [Fact]
    public void All_that_is_wrong_is_found_at_once_and_each_once()
    {
        var found = Found(
            SmallStudy.With(
                ("  name: Zhengzhou\n", "  name: Zhengzhou\n  place: here\n"),
                (
                    "finance:\n",
                    """
                      - name: more
                        server: 8xH800
                        servers: 8
                        online: 2024-10
                        capex_per_server: 2800000
                    signed:
                      - tenant: a
                        fleet: more
                        servers: 80
                        price_per_gpu_hour: 13
                        tenor: 36
                    finance:

                    """.ReplaceLineEndings("\n")
                )
            )
        );
        Assert.Single(found, f => f.Finding.Rule == "two-sites");
        Assert.Single(found, f => f.Finding.Rule == "more-than-the-fleet");
    }

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        StudyCheck.Of(SmallStudy.Read(text), FactCatalog.Shipped(), "small.yaml");
}
