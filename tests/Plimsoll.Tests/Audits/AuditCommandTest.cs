using System.Text.Json.Nodes;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Audits;

/// <summary>The command as a user meets it.</summary>
public sealed class AuditCommandTest
{
    public static TheoryData<string> Examples() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(TestData.Repository(), "examples", "audit"), "*.yaml")
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_sound_and_answers_in_both_languages(string file)
    {
        var check = CommandLine.Run("study", "check", file);
        Assert.Equal((0, ""), (check.Exit, check.Error));
        foreach (var language in (string[])["en", "zh"])
        {
            var (exit, output, error) = CommandLine.Run("audit", file, "--language", language);
            Assert.Equal((0, ""), (exit, error));
            Assert.DoesNotContain("audit.", output, StringComparison.Ordinal);
            Assert.DoesNotContain("{", output, StringComparison.Ordinal);
        }
        var json = JsonNode.Parse(CommandLine.Run("audit", file, "--json").Out)!;
        Assert.Equal("audit", (string)json["kind"]!);
        Assert.All(
            json["claims"]!.AsArray(),
            c => Assert.InRange((double)c!["supportedShare"]!["mean"]!, 0, 1)
        );
    }

    /// <summary>Cloud A stands behind three claims with 450 servers and is known to need 180; the line carries 240 of the 320 that rest on it.</summary>
    [Fact]
    public void In_the_example_the_tenant_and_the_line_count_once()
    {
        var file = Path.Combine(TestData.Repository(), "examples", "audit", "five-applicants.yaml");
        var json = JsonNode.Parse(CommandLine.Run("audit", file, "--json").Out)!;
        var papers = json["claims"]!.AsArray().SelectMany(c => c!["papers"]!.AsArray()).ToList();
        double Of(string tenant) =>
            papers.Where(p => (string?)p!["tenant"] == tenant).Sum(p => (double)p!["counted"]!);
        Assert.Equal(180, Of("Cloud A"), 1e-6);
        Assert.Equal(240, Of("Telecom C") + Of("Carmaker D"), 1e-6);
    }

    [Fact]
    public void The_outputs_are_whole_and_the_same_again()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(TestData.Repository(), "examples", "audit", "zhengzhou-claim.yaml");
        string[] Out(string name)
        {
            var path = Path.Combine(folder.Path, name);
            Assert.Equal(0, CommandLine.Run("audit", file, "--out", path).Exit);
            return
            [
                .. Directory
                    .EnumerateFiles(path)
                    .Order(StringComparer.Ordinal)
                    .Select(f => Path.GetFileName(f) + File.ReadAllText(f)),
            ];
        }
        var first = Out("a");
        Assert.Equal(3, first.Length);
        Assert.Equal(first, Out("b"));
    }

    [Fact]
    public void The_ledger_is_what_the_command_prints()
    {
        var (exit, output, _) = CommandLine.Run("audit", "validate", "--as-of", "2025-12-31");
        Assert.Equal(0, exit);
        var committed = File.ReadAllText(
            Path.Combine(TestData.Repository(), "docs", "validation", "audit.md")
        );
        Assert.True(
            committed == output.ReplaceLineEndings("\n"),
            "docs/validation/audit.md is stale; run: plimsoll audit validate > docs/validation/audit.md"
        );
        Assert.Equal(1, CommandLine.Run("audit", "validate", "--as-of", "2019-01").Exit);
    }

    [Fact]
    public void Early_ledgers_claim_no_win()
    {
        var (_, output, _) = CommandLine.Run("audit", "validate", "--as-of", "2024-06");
        Assert.Contains("no win is claimed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("better than", output, StringComparison.Ordinal);
    }
}
