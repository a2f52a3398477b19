using Plimsoll.Inputs;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Months as they were from a table beside the study are those of the list.</summary>
public sealed class ActualsTableTest
{
    private const string Head = """
        kind: study
        name: standing
        question: owner
        decided: 2024-03
        horizon: 48
        market:
          name: china
        centre:
          operator_capability: 0.5
        site:
          name: Zhengzhou
        fleet:
          - server: 8xH800
            servers: 64
            online: 2023-04
            capex_per_server: 2800000
        finance:
          existing_debt: 60000000
          tenor: 36
        actuals_file: months.csv

        """;

    private static IReadOnlyList<LocatedFinding> Found(string table, string study = Head)
    {
        using var folder = new TempFolder();
        folder.File("months.csv", table);
        try
        {
            return Study.Load(folder.File("s.yaml", study)).Check();
        }
        catch (InputException e)
        {
            return e.Findings;
        }
    }

    [Theory]
    [InlineData("month,cash,due,fill\n2024-03,1500000.5,2000000,0.4\n2024-02,1600000,2000000,\n")]
    [InlineData("month;cash;due;fill\n2024-02;1600000;2000000;\n2024-03;1500000,5;2000000;0,4\n")]
    public void Commas_or_semicolons_any_order_and_empty_cells_are_read(string table) =>
        Assert.DoesNotContain(Found(table), f => !f.Finding.IsWarning);

    [Theory]
    [InlineData("month,cash,duw\n2024-03,1,2\n", "unknown-column")]
    [InlineData("month,cash,due\n2024-03,1\n", "no-table")]
    [InlineData("month|cash|due\n2024-03|1|2\n", "no-table")]
    public void What_is_no_month_is_found_at_the_key(string table, string rule)
    {
        var finding = Assert.Single(Found(table), f => !f.Finding.IsWarning);
        Assert.Equal(rule, finding.Finding.Rule);
        Assert.Equal(20, finding.Line);
    }

    /// <summary>What stands in the table is found there: file, line, and no reading that cannot be meant.</summary>
    [Theory]
    [InlineData("month,cash,due\n2024-02,1,2\n2024-03,x,2\n", "wrong-type", 3)]
    [InlineData("month,cash,due\n2024-01,1,2\n", "months-missing", 2)]
    [InlineData("month,cash\n2024-01,1\n2024-03,2\n", "months-missing", 3)]
    [InlineData("month;cash\n2024-02;980.000\n2024-03;970.000\n", "not-a-number", 2)]
    [InlineData("month,cash\n2024-03,\"2900000,5\"\n", "wrong-type", 2)]
    public void What_stands_wrongly_in_the_table_is_found_at_its_line(
        string table,
        string rule,
        int line
    )
    {
        var finding = Found(table).First(f => !f.Finding.IsWarning);
        Assert.Equal(
            (rule, "months.csv", line),
            (finding.Finding.Rule, finding.File, finding.Line)
        );
        Assert.DoesNotContain("29000005", finding.Finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_not_there_or_stands_beside_a_list_is_refused()
    {
        var absent = Head.Replace("months.csv", "other.csv", StringComparison.Ordinal);
        Assert.Equal("no-such-file", Assert.Single(Found("month\n", absent)).Finding.Rule);
        var both = Head + "actuals:\n  - { month: 2024-03, cash: 1 }\n";
        Assert.Equal("contradiction", Assert.Single(Found("month\n", both)).Finding.Rule);
    }

    [Fact]
    public void A_study_from_memory_has_no_folder() =>
        Assert.Contains(Study.Load(Head).Check(), f => f.Finding.Rule == "no-folder");
}
