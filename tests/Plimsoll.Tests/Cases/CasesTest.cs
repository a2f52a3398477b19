using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Cases;

/// <summary>Every known way in which a file went wrong is found by the check with its place, and check and run agree.</summary>
public sealed class CasesTest
{
    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var row in CaseTable.Rows)
        {
            rows.Add(row.Kind, row.Name);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_case_gives_what_is_right(string kind, string name)
    {
        var row = CaseTable.Rows.Single(r => r.Kind == kind && r.Name == name);
        var folder = Directory.CreateTempSubdirectory("plimsoll-case-").FullName;
        try
        {
            var file = CaseTable.Write(row, folder);
            var (exit, output, error) = CommandLine.Run("study", "check", file);
            Assert.Equal((row.Exit, output + error), (exit, output + error));
            foreach (var said in row.Says)
            {
                Assert.Contains(said, output + error, StringComparison.Ordinal);
            }
            foreach (var never in row.Never)
            {
                Assert.DoesNotContain(never, output + error, StringComparison.Ordinal);
            }
            if (row.Runs)
            {
                var run = CommandLine.Run([.. Command(file), file, "--json"]);
                Assert.Equal((row.Exit, run.Error), (run.Exit, run.Error));
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void Every_kind_has_several_cases_and_every_case_a_name()
    {
        foreach (var kind in CaseTable.Rows.GroupBy(r => r.Kind))
        {
            Assert.True(kind.Count() >= 3, $"{kind.Key} has {kind.Count()}.");
        }
        Assert.Equal(
            CaseTable.Rows.Count,
            CaseTable.Rows.Select(r => (r.Kind, r.Name)).Distinct().Count()
        );
    }

    private static string[] Command(string file)
    {
        var kind = File.ReadLines(file)
            .First(l => l.StartsWith("kind:", StringComparison.Ordinal))[5..]
            .Trim();
        return kind switch
        {
            "study" => ["study", "run", "--draws", "30"],
            "finance" => ["finance", "run"],
            "inference" => ["inference", "simulate"],
            "market" => ["market", "run"],
            "training" => ["training", "estimate"],
            "portfolio" => ["portfolio", "run", "--keep", "--draws", "30", "--search-draws", "8"],
            "book" or "audit" or "voucher" => [kind],
            var other => throw new NotSupportedException(other),
        };
    }
}
