using System.Text.Json.Nodes;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class CatalogCommandsTest
{
    [Fact]
    public void Show_prints_value_range_dates_grade_and_source_of_every_number()
    {
        var (exit, output, error) = CommandLine.Run(
            "catalog",
            "show",
            "8xH100",
            "--as-of",
            "2024-12"
        );
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("8xH100 (servers)", output, StringComparison.Ordinal);
        Assert.Matches(
            "power_busy +10.2 +8.98 to 11.42 +kW +2022-10 +2022-10 +D assumed +\\[",
            output
        );
        Assert.Contains("[1] ", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
    }

    [Fact]
    public void Show_as_json_gives_one_document_with_every_field()
    {
        var (exit, output, error) = CommandLine.Run("catalog", "show", "H800", "--json");
        Assert.Equal((0, ""), (exit, error));
        var entries = JsonNode.Parse(output)!.AsArray();
        var fact = entries[0]!["facts"]!
            .AsArray()
            .Single(f => (string?)f!["attribute"] == "memory_bandwidth")!;
        Assert.Equal(3350, (double)fact["value"]!);
        foreach (
            var field in new[]
            {
                "low",
                "high",
                "unit",
                "valid_from",
                "published",
                "grade",
                "evidence",
                "source",
                "note",
                "row",
            }
        )
        {
            Assert.NotNull(fact[field]);
        }
    }

    [Fact]
    public void Show_as_of_a_month_hides_what_came_later()
    {
        var before = CommandLine.Run("catalog", "show", "H800", "--as-of", "2023-09").Out;
        Assert.Contains("sold to China", before, StringComparison.Ordinal);
        Assert.DoesNotContain("licence needed", before, StringComparison.Ordinal);
        var after = CommandLine.Run("catalog", "show", "H800", "--as-of", "2024-03").Out;
        Assert.Contains("licence needed", after, StringComparison.Ordinal);
        var unknown = CommandLine.Run("catalog", "show", "B200 SXM", "--as-of", "2023-09");
        Assert.Equal(2, unknown.Exit);
        Assert.Contains("as of 2023-09-30", unknown.Error, StringComparison.Ordinal);
        Assert.Empty(unknown.Out);
    }

    [Theory]
    [InlineData("zhengzou", "'Zhengzhou'")]
    [InlineData("H8OO SXM5", "'H800 SXM5'")]
    [InlineData("Llama-3.1 8C", "'Llama-3.1 8B'")]
    public void An_unknown_name_is_answered_with_the_nearest(string name, string nearest)
    {
        var (exit, output, error) = CommandLine.Run("catalog", "show", name);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains($"Nearest: {nearest}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-3")]
    [InlineData("March")]
    [InlineData("2024-13")]
    [InlineData("")]
    public void A_bad_date_is_refused_with_what_is_expected(string date)
    {
        var (exit, output, error) = CommandLine.Run("catalog", "show", "H800", "--as-of", date);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(
            "expected a month as yyyy-MM or a day as yyyy-MM-dd",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void List_names_kinds_entries_and_fitted_artefacts()
    {
        var (exit, output, _) = CommandLine.Run("catalog", "list");
        Assert.Equal(0, exit);
        Assert.Contains("accelerators (45)", output, StringComparison.Ordinal);
        Assert.Contains("inference-calibration", output, StringComparison.Ordinal);
        var json = JsonNode.Parse(CommandLine.Run("catalog", "list", "sites", "--json").Out)!;
        Assert.True(json["sites"]!.AsArray().Count >= 41);
        var wrong = CommandLine.Run("catalog", "list", "chips");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("it has accelerators", wrong.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean 'accelerators'?",
            CommandLine.Run("catalog", "list", "acelerators").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_fitted_artefact_shows_only_rows_known_by_the_date()
    {
        var all = CommandLine.Run("catalog", "show", "inference-calibration", "--json");
        Assert.Equal(0, all.Exit);
        Assert.NotEmpty(JsonNode.Parse(all.Out)!["rows"]!.AsArray());
        Assert.Equal(
            2,
            CommandLine.Run("catalog", "show", "inference-calibration", "--as-of", "2015-01").Exit
        );
    }

    [Fact]
    public void Site_splits_a_server_month_by_what_would_stop_it()
    {
        var json = JsonNode.Parse(
            CommandLine.Run("catalog", "site", "zhengzhou", "--as-of", "2024-12", "--json").Out
        )!;
        var total = json["costs_per_server_month"]!
            .AsArray()
            .Single(c => (string?)c!["cost"] == "total")!;
        double Of(string key) => (double)total[key]!;
        Assert.Equal(Of("let"), Of("stops_when_dark") + Of("stops_on_closing") + Of("sunk"), 6);
        Assert.Equal(Of("let") - Of("dark"), Of("stops_when_dark"), 6);
        Assert.InRange(Of("let"), 26_700, 40_000);
        var text = CommandLine.Run("catalog", "site", "zhengzhou");
        Assert.Equal(0, text.Exit);
        Assert.All(text.Out.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
        Assert.Equal(2, CommandLine.Run("catalog", "site", "Atlantis").Exit);
        Assert.Equal(2, CommandLine.Run("catalog", "site", "ohio", "--server", "9xH100").Exit);
    }
}
