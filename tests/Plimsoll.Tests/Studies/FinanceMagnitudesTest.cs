using Plimsoll.Cli;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A finance case whose amounts are out of proportion is warned of, or refused, with the slip that would explain it.</summary>
public sealed class FinanceMagnitudesTest
{
    [Theory]
    [InlineData("price: 2.20", "price: 1606", 2, "a month for an hour")]
    [InlineData("price: 2.20", "price: 12848", 2, "a server-month for an accelerator-hour")]
    [InlineData("price: 2.20", "price: 220", 0, "cents")]
    [InlineData("amount: 324_000_000", "amount: 324", 2, "written in millions")]
    [InlineData("amount: 324_000_000", "amount: 32_400_000_000", 0, "cents")]
    public void An_amount_out_of_proportion_names_its_slip(
        string from,
        string to,
        int exit,
        string slip
    )
    {
        using var folder = new TempFolder();
        var example = File.ReadAllText(
            Path.Combine(TestData.Repository(), "examples", "finance", "neocloud.yaml")
        );
        Assert.Contains(from, example, StringComparison.Ordinal);
        var file = folder.File("x.yaml", example.Replace(from, to, StringComparison.Ordinal));
        var check = CommandLine.Run("study", "check", file);
        Assert.Equal(exit, check.Exit);
        Assert.Contains(slip, check.Out + check.Error, StringComparison.Ordinal);
        Assert.Contains("magnitude", check.Out + check.Error, StringComparison.Ordinal);
        var run = CommandLine.Run("finance", "run", file, "--json");
        Assert.Equal(exit, run.Exit);
        Assert.Contains(slip, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_usual_is_not_warned_of()
    {
        foreach (
            var file in Directory.EnumerateFiles(
                Path.Combine(TestData.Repository(), "examples", "finance"),
                "*.yaml"
            )
        )
        {
            var (exit, output, error) = CommandLine.Run("study", "check", file);
            Assert.Equal(ExitCode.Success, exit);
            Assert.DoesNotContain("magnitude", output + error, StringComparison.Ordinal);
        }
    }
}
