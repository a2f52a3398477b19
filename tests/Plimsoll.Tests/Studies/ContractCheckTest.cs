using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Leases and offers name fleets that are there and large enough.</summary>
public sealed class ContractCheckTest
{
    [Theory]
    [InlineData(
        "fleet: 8xH80 of 2024-10",
        10,
        "unknown-fleet",
        "Did you mean '8xH800 of 2024-10'?"
    )]
    [InlineData("fleet: nobody", 10, "unknown-fleet", "Name the fleet")]
    [InlineData("fleet: 8xH800 of 2024-10", 65, "more-than-the-fleet", "No server is let twice")]
    public void A_lease_that_does_not_fit_its_fleet_is_found_with_its_line(
        string fleet,
        int servers,
        string rule,
        string remedy
    )
    {
        var findings = Study.Load(Signed(fleet, servers)).Check();
        var finding = Assert.Single(
            findings,
            f =>
                f.Finding.Rule == rule
                && !f.Finding.IsWarning
                && f.Finding.Remedy.Contains(remedy, StringComparison.Ordinal)
        );
        Assert.True(finding.Line >= 20);
    }

    [Fact]
    public void Leases_of_one_fleet_of_two_may_not_take_more_than_it()
    {
        var text = Signed("fleet: 8xH800 of 2024-10", 65)
            .Replace(
                "fleet:\n  - server",
                "fleet:\n  - server: 8xA800\n    servers: 40\n    online: 2024-10\n    capex_per_server: 1500000\n  - server",
                StringComparison.Ordinal
            );
        var finding = Assert.Single(
            Study.Load(text).Check(),
            f => f.Finding.Rule == "more-than-the-fleet"
        );
        Assert.Contains("64 are free", finding.Finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lease_that_fits_is_sound()
    {
        Assert.DoesNotContain(
            Study.Load(Signed("fleet: 8xH800 of 2024-10", 32)).Check(),
            f => !f.Finding.IsWarning
        );
    }

    [Fact]
    public void Two_fleets_of_one_name_are_found()
    {
        var text = SmallStudy.With(
            (
                "fleet:\n",
                "fleet:\n  - server: 8xA800\n    name: a\n    servers: 4\n    online: 2024-10\n    capex_per_server: 1500000\n"
            ),
            ("  - server: 8xH800\n", "  - server: 8xH800\n    name: a\n")
        );
        Assert.Contains(Study.Load(text).Check(), f => f.Finding.Rule == "name-twice");
    }

    /// <summary>Silence of who buys would be a buyer that never fails, better than the best class.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("class: investment grade, ", false)]
    [InlineData("monthly_hazard: 0, ", false)]
    public void A_promise_to_buy_says_what_its_buyer_is_as_a_credit(string credit, bool refused)
    {
        var found = Study
            .Load(
                SmallStudy.With(
                    (
                        "finance:\n",
                        $"backstop: {{ buyer: b, {credit}price_per_gpu_hour: 8, servers: 8, from: 2024-10, until: 2026-10 }}\nfinance:\n"
                    )
                )
            )
            .Check()
            .Where(f => f.Finding.Path.Text == "backstop.buyer")
            .ToList();
        Assert.Equal(refused, found.Count == 1);
        Assert.All(found, f => Assert.True(f is { Finding.IsWarning: false, Line: > 10 }));
    }

    private static string Signed(string fleet, int servers) =>
        SmallStudy.With(
            (
                "finance:\n",
                $"signed:\n  - tenant: a\n    servers: {servers}\n    {fleet}\n    price_per_gpu_hour: 20\n    tenor: 36\nfinance:\n"
            )
        );
}
