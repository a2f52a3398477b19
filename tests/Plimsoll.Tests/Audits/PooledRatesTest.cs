using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Audits;

/// <summary>Base rates from cases: partial pooling, firmness, and what may enter.</summary>
public sealed class PooledRatesTest
{
    private static readonly IReadOnlyList<BaseRateCase> _shipped = BaseRateCase.KnownOn(
        FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31))
    );

    /// <summary>A case made up.</summary>
    internal static BaseRateCase Case(
        int number,
        string kind,
        double share,
        string asset = "compute lease",
        string country = "China",
        Evidence evidence = Evidence.Seen
    ) =>
        new(
            $"case {number}",
            country,
            asset,
            kind,
            100,
            100 * share,
            "1",
            1,
            new DateOnly(2024, 1, 1),
            new DateOnly(2025, 1, 1),
            "made up",
            Grade.A,
            evidence,
            "",
            "",
            "test:1"
        );

    [Fact]
    public void The_shipped_table_holds_at_least_25_sourced_cases_of_three_countries_and_says_which_are_from_memory()
    {
        var counted = _shipped.Where(c => c.Counted).ToList();
        Assert.True(counted.Count >= PooledRates.Enough, $"{counted.Count} cases");
        Assert.Equal(["China", "Europe", "US"], counted.Select(c => c.Country).Distinct().Order());
        Assert.All(counted, c => Assert.NotEqual(Evidence.Memory, c.Evidence));
        Assert.All(
            _shipped.Where(c => c.Evidence == Evidence.Memory),
            c => Assert.NotEqual("", c.NotCounted)
        );
        Assert.All(_shipped, c => Assert.InRange(c.Known, c.ClaimedOn, new DateOnly(2025, 12, 31)));
        Assert.All(_shipped, c => Assert.True(c.Claimed > 0 && c.Became >= 0, c.Name));
        Assert.Equal(_shipped.Count, _shipped.Select(c => c.Name).Distinct().Count());
    }

    [Fact]
    public void Rates_rise_with_firmness_wherever_they_are_asked()
    {
        var rates = new PooledRates(_shipped);
        foreach (var asset in _shipped.Select(c => c.Asset).Distinct())
        {
            foreach (var country in (string[])["China", "US", "Europe", "other"])
            {
                var row = Enum.GetValues<Firmness>()
                    .Select(f => rates.Of(f, asset, country))
                    .ToList();
                Assert.All(row.Zip(row.Skip(1)), p => Assert.True(p.First.Mean <= p.Second.Mean));
                Assert.All(row, r => Assert.InRange(r.Mean, r.Low, r.High));
                Assert.All(row, r => Assert.True(r.Matched <= r.SameAsset));
                Assert.All(row, r => Assert.True(r.SameFirmness <= r.All));
            }
        }
    }

    /// <summary>With nothing around it a class of n failures has a rate near 0; one failure leaves it near the others.</summary>
    [Fact]
    public void A_class_leans_on_those_around_it_the_more_the_fewer_its_cases()
    {
        double Rate(int failures) =>
            new PooledRates([
                .. Enumerable.Range(0, 30).Select(i => Case(i, "order", i % 2, "servers", "US")),
                .. Enumerable.Range(100, failures).Select(i => Case(i, "order", 0)),
            ]).Mean(Firmness.Commitment, "compute lease", "China");
        double[] rates = [.. new[] { 0, 1, 4, 12, 40 }.Select(Rate)];
        Assert.InRange(rates[0], 0.45, 0.55);
        Assert.All(rates.Zip(rates.Skip(1)), p => Assert.True(p.First > p.Second));
        Assert.InRange(rates[^1], 0, 0.06);
    }

    [Fact]
    public void The_order_of_the_cases_changes_no_rate() =>
        Gen.Shuffle(_shipped.ToArray())
            .Sample(
                shuffled =>
                {
                    var (one, other) = (new PooledRates(_shipped), new PooledRates(shuffled));
                    return Math.Abs(
                            one.Mean(Firmness.Commitment, "compute lease", "China")
                                - other.Mean(Firmness.Commitment, "compute lease", "China")
                        ) < 1e-12;
                },
                iter: 20
            );

    [Fact]
    public void Memory_and_lists_without_denominator_enter_no_rate()
    {
        var counted = new PooledRates(_shipped.Where(c => c.Counted));
        var all = new PooledRates(_shipped);
        Assert.Equal(counted.Cases, all.Cases);
        Assert.Empty(new PooledRates([Case(1, "order", 0, evidence: Evidence.Memory)]).Cases);
    }

    [Fact]
    public void A_case_is_not_seen_before_its_outcome_was_known()
    {
        foreach (var day in (DateOnly[])[new(2023, 6, 30), new(2024, 3, 31), new(2025, 3, 31)])
        {
            var known = BaseRateCase.KnownOn(FactCatalog.Shipped().AsOf(day));
            Assert.Equal(_shipped.Count(c => c.Known <= day), known.Count);
            Assert.Equal(known.Count(c => c.Counted) < 25, new PooledRates(known).TooFew);
        }
    }

    /// <summary>A row of many claims that fared alike counts as few: 500 centres weigh less than four single ones.</summary>
    [Fact]
    public void Claims_of_one_row_count_as_at_most_four()
    {
        Assert.Equal(1, Case(1, "order", 0).Weight);
        Assert.Equal(4, (Case(1, "order", 0) with { Claims = 1_000_000 }).Weight, 1e-4);
        var rising = Enumerable
            .Range(1, 60)
            .Select(n => (Case(1, "order", 0) with { Claims = n }).Weight)
            .ToList();
        Assert.All(rising.Zip(rising.Skip(1)), p => Assert.True(p.First < p.Second));
    }

    [Fact]
    public void Nothing_known_gives_one_half_and_says_too_few()
    {
        var rates = new PooledRates([]);
        Assert.True(rates.TooFew);
        var rate = rates.Of(Firmness.Intention, "hall", "US");
        Assert.Equal(0.5, rate.Mean, 1e-12);
        Assert.True(rate.High - rate.Low > 0.5);
        Assert.Equal((0, 0, 0, 0), (rate.Matched, rate.SameAsset, rate.SameFirmness, rate.All));
    }

    [Fact]
    public void Cases_left_out_are_foretold_better_than_by_the_weights_used_before()
    {
        var score = BaseRateScore.Of(_shipped);
        Assert.Equal(_shipped.Count(c => c.Counted), score.Cases.Count);
        Assert.True(score.OverOld > 2 * score.OverOldError, $"{score.OverOld}");
        Assert.Equal(score.Rates - score.Pooled, score.OverPooled, 1e-12);
        // What was left out is truly out: its own outcome turned round leaves the rate foretold for it as it was.
        var first = score.Cases[0];
        var turned = BaseRateScore.Of([
            .. _shipped.Select(c => c == first.Case ? c with { Became = c.Claimed } : c),
        ]);
        Assert.Equal(first.Rate, turned.Cases[0].Rate);
    }
}
