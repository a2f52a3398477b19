using System.Text.Json;
using Plimsoll.Cli;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class MarketRunCommandTest
{
    private const string Hall = """
        kind: market
        name: one hall
        start: 2024-01
        months: 12
        draws: 6
        demand:
          - need: small
            servers: 20
        centres:
          - name: hall
            tier: H
            servers: 40
        """;

    private static string Write(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void Json_is_one_document_with_figures_and_odds()
    {
        var path = Write(Hall);
        var (exit, output, error) = CommandLine.Run("market", "run", path, "--json");
        Assert.Equal(ExitCode.Success, exit);
        Assert.Equal("", CommandLine.Complaints(error));
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal(12, root.GetProperty("figures")[0].GetProperty("p50").GetArrayLength());
        var hall = root.GetProperty("centres")[0];
        Assert.Equal("hall", hall.GetProperty("name").GetString());
        Assert.InRange(hall.GetProperty("empty").GetDouble(), 0, 1);
        Assert.Equal(output, CommandLine.Run("market", "run", path, "--json").Out);
        File.Delete(path);
    }

    [Fact]
    public void Csv_files_hold_every_month()
    {
        var path = Write(Hall);
        var folder = path + ".d";
        Assert.Equal(
            ExitCode.Success,
            CommandLine.Run("market", "run", path, "--csv", folder).Exit
        );
        Assert.Equal(13, File.ReadAllLines(Path.Combine(folder, "fill.csv")).Length);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder, "centres.csv")).Length);
        Directory.Delete(folder, true);
        File.Delete(path);
    }

    [Fact]
    public void Bad_input_ends_in_two_with_file_line_and_reason()
    {
        var path = Write(Hall.Replace("tier: H", "tier: Z", StringComparison.Ordinal));
        var (exit, output, error) = CommandLine.Run("market", "run", path);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Equal("", output);
        Assert.Contains($"{path}:11:", error, StringComparison.Ordinal);
        Assert.Contains("one of H, A, D", error, StringComparison.Ordinal);
        File.Delete(path);
    }
}
