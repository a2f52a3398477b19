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
        Assert.True(finding.Line > 20);
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

    private static string Signed(string fleet, int servers) =>
        SmallStudy.With(
            (
                "finance:\n",
                $"signed:\n  - tenant: a\n    servers: {servers}\n    {fleet}\n    price_per_gpu_hour: 20\n    tenor: 36\nfinance:\n"
            )
        );
}
