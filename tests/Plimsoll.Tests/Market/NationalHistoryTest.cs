using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Every centre and month of one national history.</summary>
public sealed class NationalHistoryTest
{
    private const string China = """
        kind: market
        name: nation
        base: china
        start: 2024-06
        months: 12
        draws: 3

        """;

    [Fact]
    public void Every_centre_and_month_of_a_nation_is_kept_and_adds_up()
    {
        var table = MarketInputs.Table();
        var root = (InputMapping)YamlInput.Read(China.ReplaceLineEndings("\n"), "nation.yaml");
        var file = MarketFileReader.Read(new InputValues(table, root), "nation.yaml");
        var view = FactCatalog.Shipped().AsOf(file.Start.LastDay);
        var nation = new MarketFileRun(file, view).Run(2).National!;
        Assert.True(nation.Ledgers.Count > 100, $"{nation.Ledgers.Count} centres");
        Assert.Contains(nation.Ledgers, c => nation.Project(c) is not null);
        foreach (var c in nation.Ledgers)
        {
            for (var i = 0; i < file.Months; i++)
            {
                var m = nation.Offset + i;
                var parts = c.Let[m] + c.Spot[m] + c.Idle[m] + c.Dark[m] + c.Repair[m];
                Assert.Equal(c.Installed[m], parts, 1e-6 * (1 + c.Installed[m]));
                var stands =
                    c.State[m] is LedgerState.Open or LedgerState.Dark or LedgerState.TakenOver;
                Assert.Equal(c.Installed[m] > 0, stands);
                Assert.Equal(c.Let[m] > 0, c.Contracts[m] > 0);
                Assert.NotEmpty(nation.Reason(c, i));
            }
        }
        // Fill has two humps: some are nearly empty and some are nearly full.
        var fills = nation
            .Ledgers.Select(c => nation.Fill(c, file.Months - 1))
            .Where(f => !double.IsNaN(f))
            .ToList();
        Assert.Contains(fills, f => f < 0.2);
        Assert.Contains(fills, f => f > 0.7);
    }
}
