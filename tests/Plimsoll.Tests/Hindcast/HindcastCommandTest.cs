using System.Text.Json.Nodes;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Hindcast;

/// <summary><c>market hindcast china</c> from the command line.</summary>
public static class HindcastCommandTest
{
    [Fact]
    public static void Json_is_one_document_with_targets_scores_and_every_forecast_row()
    {
        var (exit, output, error) = CommandLine.Run(
            "market",
            "hindcast",
            "china",
            "--json",
            "--draws",
            "6"
        );
        Assert.Equal(0, exit);
        Assert.Equal("", CommandLine.Complaints(error));
        var document = JsonNode.Parse(output)!;
        Assert.Equal(16, document["vintages"]![0]!["targets"]!.AsArray().Count);
        // Nine quantities, eight quarters, two modes, three laws and their pool, on and off, and the pool of all.
        Assert.Equal(9 * 8 * 2 * 9, document["forecast"]!.AsArray().Count);
        Assert.Equal(2, document["scores"]!.AsArray().Count);
        Assert.Contains("persistence", (string)document["headline"]!, StringComparison.Ordinal);
    }

    [Fact]
    public static void Outcomes_given_are_scored_and_the_first_line_says_who_wins()
    {
        var file = Path.GetTempFileName();
        try
        {
            // Figures of no market: only that they are scored matters.
            File.WriteAllText(
                file,
                "quarter,observable,value,low,high\n2026Q4,rent 8xH100,65000,60000,70000\n2025Q2,lit share,0.9,0.85,0.95\n"
            );
            var (exit, output, _) = CommandLine.Run(
                "market",
                "hindcast",
                "china",
                "--score",
                file,
                "--draws",
                "6"
            );
            Assert.Equal(0, exit);
            var first = output.Split('\n')[0];
            Assert.StartsWith("Vintage 2024-12", first, StringComparison.Ordinal);
            // Persistence at the very value cannot be beaten by a fan around another one.
            Assert.Contains("does NOT beat persistence", first, StringComparison.Ordinal);
            Assert.Contains("rent 8xH100", first, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public static void Outcomes_that_cannot_be_read_end_in_exit_2_with_the_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "quarter,observable,value\nsoon,rent 8xH100,1\n");
            var (exit, output, error) = CommandLine.Run(
                "market",
                "hindcast",
                "china",
                "--score",
                file
            );
            Assert.Equal(2, exit);
            Assert.Equal("", output);
            Assert.Contains(":2: quarter", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
