using Plimsoll.Cli;
using Plimsoll.Inputs;
using Xunit;

namespace Plimsoll.Tests.Input;

public sealed class ReferencePagesTest
{
    [Fact]
    public void The_committed_pages_are_those_made_from_the_tables()
    {
        // Pages are made once for a change of inputs, not at every build while a table is being written.
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("CI") is "true" or "1",
            "runs where CI is set, as .ci/run does"
        );
        var folder = Path.Combine(TestData.Repository(), "docs", "reference");
        foreach (var (kind, table) in InputFiles.Kinds)
        {
            var path = Path.Combine(folder, $"{kind}.md");
            var remedy =
                $"docs/reference/{kind}.md is not what the input table says; run: dotnet run -c Release --project src/Plimsoll.Cli -- study schema --all --out docs/reference";
            Assert.True(File.Exists(path), remedy);
            Assert.True(File.ReadAllText(path) == InputReference.Markdown(table), remedy);
        }
        Assert.Equal(
            InputFiles.Kinds.Keys.Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(folder, "*.md")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_row_of_every_kind_is_described_and_has_a_known_unit()
    {
        foreach (var (kind, table) in InputFiles.Kinds)
        {
            foreach (var row in table.Rows)
            {
                var place = $"{kind}: {row.Path}";
                Assert.True(row.Description.Length > 3, place);
                Assert.True(
                    row.Unit.Length == 0 || Quantities.Units.Known.ContainsKey(row.Unit),
                    $"{place}: unit {row.Unit}"
                );
                if (row is { Type: InputType.Number or InputType.Integer, Default: not null })
                {
                    var number = double.Parse(
                        row.Default,
                        System.Globalization.CultureInfo.InvariantCulture
                    );
                    Assert.InRange(number, row.Min, row.Max);
                    Assert.True(
                        (row.DefaultLow ?? number) <= number
                            && number <= (row.DefaultHigh ?? number),
                        place
                    );
                }
                if (row.DefaultLow is not null)
                {
                    Assert.True(row.Source.Length > 0, $"{place}: a range needs a source");
                }
                if (row.Type == InputType.Choice && row.Default is not null)
                {
                    Assert.Contains(row.Default, row.Choices);
                }
            }
        }
    }
}
