using Plimsoll.Catalog;
using Plimsoll.Hindcast.Replay;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Hindcast.Replay;

/// <summary>The short form of <c>market replay</c>: what the ledger says still holds.</summary>
public sealed class MarketReplayTest
{
    private static readonly FactCatalog _catalog = FactCatalog.Shipped();
    private static readonly MarketReplay _us = MarketReplay.Run(_catalog.AsOf, "us", 1, 600);

    [Fact]
    public void The_law_is_not_far_worse_than_persistence_at_any_horizon()
    {
        foreach (var row in ReplayTable.ByHorizon(_us.Scores))
        {
            // The five cases of a year leave 0.05 of chance in 600 draws.
            Assert.InRange(row.Law, 0.5, 1.15);
        }
    }

    [Fact]
    public void Every_case_is_asked_before_its_outcome_was_known()
    {
        Assert.True(_us.Scores.Count >= 30);
        Assert.All(
            _us.Scores.Select(s => s.Question),
            q =>
            {
                Assert.All(q.History, h => Assert.True(h.Quote.KnownBy <= q.Decision.LastDay));
                Assert.True(q.Outcome.Quote.KnownBy > q.Decision.LastDay);
                Assert.True(q.Outcome.Quote.KnownBy <= ReplayCase.KnownTo);
                Assert.InRange(q.MonthsAhead, (3 * q.Quarters) - 1, (3 * q.Quarters) + 1);
            }
        );
    }

    [Fact]
    public void A_planted_later_quote_changes_no_forecast()
    {
        var files = FactCatalog
            .ShippedFiles()
            .Select(f =>
                f.Path == "quotes.csv"
                    ? (
                        f.Path,
                        f.Text
                            + "us H100 SXM5 contract SemiAnalysis survey,rent,9.99,,,USD/GPU-h,2025-12-20,2025-12-20,A,planted,seen,\n"
                    )
                    : f
            );
        var planted = FactCatalog.FromTexts(files);
        foreach (var month in new[] { new Month(2024, 9), new Month(2025, 11) })
        {
            var one = RentLevels.Condition(_catalog.AsOf(month), "us", [], 1, 20, 3);
            var other = RentLevels.Condition(planted.AsOf(month), "us", [], 1, 20, 3);
            Assert.Equal(
                one.LogPath(7, "H100 SXM5", Plimsoll.Outlooks.QuoteBasis.Contract),
                other.LogPath(7, "H100 SXM5", Plimsoll.Outlooks.QuoteBasis.Contract)
            );
        }
    }

    [Fact]
    public void In_driftless_markets_the_law_costs_little()
    {
        var levels = new Dictionary<Month, RentLevels>();
        RentLevels Levels(ReplayCase c) =>
            levels.TryGetValue(c.Decision, out var known)
                ? known
                : levels[c.Decision] = RentLevels.Condition(
                    _catalog.AsOf(c.Decision),
                    "us",
                    [],
                    1,
                    120,
                    MarketReplay.Horizon
                );
        var cost = DriftlessMarkets.Cost(_us.Scores, Levels, 20, 1);
        Assert.InRange(cost[1], 0.97, 1.05);
        Assert.InRange(cost[2], 0.97, 1.08);
        Assert.InRange(cost[4], 0.97, 1.10);
    }

    [Fact]
    public void Uniform_places_pass_and_bunched_ones_do_not()
    {
        var even = Enumerable.Range(0, 40).Select(i => (i + 0.5) / 40);
        Assert.True(ReplayTable.Uniformity(even) > 0.9);
        Assert.True(ReplayTable.Uniformity(even.Select(x => 0.5 + (x / 10))) < 0.001);
    }

    [Fact]
    public void A_forecast_is_frozen_in_the_same_bytes_and_holds_no_later_fact()
    {
        var view = _catalog.AsOf(new Month(2025, 12));
        var one = FrozenRents.Of(view, "china", 1, 12);
        var other = FrozenRents.Of(view, "china", 1, 12);
        Assert.Equal(FrozenRents.Hash(one.Paths), FrozenRents.Hash(other.Paths));
        Assert.Equal(one.Quantiles, other.Quantiles);
        Assert.All(
            QuoteBook.Of(view, "china").Quotes,
            q => Assert.True(q.Quote.KnownBy <= new DateOnly(2025, 12, 31))
        );
    }

    /// <summary>What was frozen is what stands in the repository: the hashes match the files.</summary>
    [Theory]
    [InlineData("china")]
    [InlineData("us")]
    public void The_frozen_files_match_their_hashes(string market)
    {
        var folder = Path.Combine(TestData.Repository(), "docs", "forecasts");
        var lines = File.ReadAllLines(Path.Combine(folder, $"{market}-2025-12.sha256"));
        Assert.Equal(2, lines.Length);
        foreach (var line in lines)
        {
            var (hash, file) = (line[..64], line[66..]);
            Assert.Equal(hash, FrozenRents.Hash(File.ReadAllText(Path.Combine(folder, file))));
        }
    }
}
