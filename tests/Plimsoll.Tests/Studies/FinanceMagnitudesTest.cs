using System.Globalization;
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

    /// <summary>An appraisal may fall towards nothing, as a study's own resale curve does; one month out of step is a slip still.</summary>
    [Theory]
    [InlineData(0.88, 1, 0)]
    [InlineData(0.7, 1, 0)]
    [InlineData(0.97, 1000, 2)]
    [InlineData(0.97, 0.001, 2)]
    public void A_second_hand_price_may_fall_towards_nothing(double keeps, double odd, int exit)
    {
        var examples = Path.Combine(TestData.Repository(), "examples", "finance");
        var rows = File.ReadAllLines(Path.Combine(examples, "henan-centre.csv"));
        var column = Array.IndexOf(rows[0].Split(','), "resale_price");
        for (var i = 1; i < rows.Length; i++)
        {
            var cells = rows[i].Split(',');
            var price = 180_000 * Math.Pow(keeps, i) * (i == 40 ? odd : 1);
            cells[column] = price.ToString("F12", CultureInfo.InvariantCulture);
            rows[i] = string.Join(',', cells);
        }
        using var folder = new TempFolder();
        folder.File("henan-centre.csv", string.Join('\n', rows));
        var file = folder.File(
            "x.yaml",
            File.ReadAllText(Path.Combine(examples, "henan-centre.yaml"))
        );
        var (code, _, error) = CommandLine.Run("finance", "run", file, "--json");
        Assert.True(code == exit, error);
        Assert.Equal(exit != 0, error.Contains("the month before", StringComparison.Ordinal));
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
