using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A chip and a server written in a study reach its rent, its power and what it serves.</summary>
public sealed class OwnServerTest
{
    private const string Own = """
        chips:
          - name: Foundry X1
            vendor: Foundry
            tier: H
            bf16: 800
            fp8: 1600
            memory: 96
            memory_bandwidth: 3600
            link: 600
            board_power: 650
        servers:
          - name: 8xX1
            accelerator: Foundry X1
            power_busy: 7.6
            power_idle: 1.2
        serving:
          model: Llama-2 70B
        fleet:
          - server: 8xX1

        """;

    private static string Written(string old = "kind", string now = "kind") =>
        SmallStudy
            .With(("fleet:\n  - server: 8xH800\n", Own))
            .Replace(old, now, StringComparison.Ordinal);

    [Fact]
    public void Power_is_the_server_s_and_tokens_are_served_by_its_chip()
    {
        var reader = StudyReader.Of(
            SmallStudy.Read(Written()),
            FactCatalog.Shipped().AsOf(new Month(2024, 3))
        );
        var fleet = Assert.Single(reader.Plan().Fleets);
        // Switched off it draws the usual hundredth of what it draws busy.
        Assert.Equal(new ServerPower(8, 0.076, 1.2, 7.6), fleet.Power);
        Assert.Equal("Foundry X1", fleet.Accelerator);
        Assert.True(fleet.Served!.Goodput.Value > 0);
        Assert.True(fleet.Served.Goodput.Low < fleet.Served.Goodput.Value);
    }

    [Fact]
    public void Rent_follows_what_the_chip_offers()
    {
        double Rent(string text) => SmallStudy.Run(text).Result.MarketQuote;
        var rent = Rent(Written());
        Assert.True(Rent(Written("memory_bandwidth: 3600", "memory_bandwidth: 7200")) > rent);
        Assert.True(Rent(Written("vendor: Foundry", "vendor: NVIDIA")) > rent);
    }

    [Theory]
    [InlineData("    memory: 96\n", "", "chips[0].memory: missing-key")]
    [InlineData("8xX1\n    servers", "8xX2\n    servers", "fleet[0].server: not-a-choice")]
    [InlineData("name: 8xX1", "name: 8xH800", "servers[0].name: name-taken")]
    [InlineData("fp8: 1600", "fp8: 160", "chips[0].fp8: contradiction")]
    public void What_is_wrong_is_told_at_its_line(string old, string now, string said)
    {
        using var folder = new TempFolder();
        var (exit, output, error) = CommandLine.Run(
            "study",
            "check",
            folder.File("study.yaml", Written(old, now))
        );
        Assert.Equal(2, exit);
        Assert.Contains(said, output + error, StringComparison.Ordinal);
    }
}
