using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Motion;

/// <summary>How rents move after the decision.</summary>
public sealed class RentPathTest(ITestOutputHelper output)
{
    private const int Draws = 3_000;
    private static readonly RentLevels _us = RentLevels.Condition(
        FactCatalog.Shipped().AsOf(new Month(2025, 12)),
        "us",
        [],
        1,
        Draws,
        24
    );

    [Fact]
    public void Half_the_draws_walk_and_a_quarter_each_reverts_and_is_structural()
    {
        foreach (var draws in new[] { 8, 60, 504, Draws })
        {
            var kinds = Enumerable.Range(0, draws).Select(_us.Kind).ToList();
            Assert.InRange(
                kinds.Count(k => k == MotionKind.RandomWalk),
                0.5 * draws - 2,
                0.5 * draws + 2
            );
            Assert.InRange(
                kinds.Count(k => k == MotionKind.Reverting),
                0.25 * draws - 2,
                0.25 * draws + 2
            );
        }
    }

    [Fact]
    public void A_walk_has_no_drift_and_the_width_of_its_basis()
    {
        var changes = Changes(QuoteBasis.Contract, 12, MotionKind.RandomWalk);
        var width = _us.Widths[QuoteBasis.Contract];
        var deviation = Math.Sqrt(changes.Average(x => x * x));
        Assert.InRange(
            changes.Average(),
            -4 * deviation / Math.Sqrt(changes.Count),
            4 * deviation / Math.Sqrt(changes.Count)
        );
        // Student-t by the width's own uncertainty: wider than the width by the root of freedom over freedom less two.
        Assert.InRange(deviation / width.Value, 0.9, 1.35);
    }

    [Fact]
    public void A_rise_and_a_fall_of_thirty_per_cent_in_two_quarters_both_happen()
    {
        foreach (var basis in Enum.GetValues<QuoteBasis>())
        {
            var all = Changes(basis, 6, null);
            var rise = all.Count(x => x > Math.Log(1.3)) / (double)all.Count;
            var fall = all.Count(x => x < Math.Log(0.7)) / (double)all.Count;
            output.WriteLine($"{basis}: rise {rise:0.000}, fall {fall:0.000}");
            Assert.InRange(rise, 0.01, 0.25);
            Assert.InRange(fall, 0.005, 0.25);
        }
    }

    [Fact]
    public void Draws_that_revert_close_half_of_the_gap_in_a_year()
    {
        // A market far above the cost of replacement.
        var month = new Month(2025, 9);
        var high = new Quote(
            month,
            month.FirstDay,
            "H100 SXM5",
            QuoteBasis.Contract,
            9,
            0.02,
            "offer"
        );
        var levels = RentLevels.Condition(
            FactCatalog.Shipped().AsOf(month),
            "us",
            [high],
            1,
            Draws,
            24
        );
        var start = levels.LogLevels("H100 SXM5", QuoteBasis.Contract);
        var paths = Enumerable
            .Range(0, Draws)
            .Where(d => levels.Kind(d) == MotionKind.Reverting)
            .Select(d => levels.LogPath(d, "H100 SXM5", QuoteBasis.Contract))
            .ToList();
        double Gone(int m) => paths.Average(p => p[m] - p[0]);
        Assert.True(Gone(12) < -0.2);
        // The part left after two years is the square of the part left after one.
        Assert.Equal(1.5, Gone(24) / Gone(12), 0.1);
    }

    [Fact]
    public void A_list_moves_in_steps()
    {
        var still = Enumerable
            .Range(0, 400)
            .Average(d =>
            {
                var path = _us.LogPath(d, "H100 SXM5", QuoteBasis.HyperscalerList);
                return Enumerable.Range(1, 24).Count(m => path[m] == path[m - 1]) / 24.0;
            });
        Assert.InRange(still, 0.88, 0.95);
    }

    [Fact]
    public void A_full_marketplace_spikes_oftener_than_an_empty_one_and_never_less()
    {
        var full = Enumerable.Repeat(0.99, 25).ToArray();
        var higher = 0;
        for (var d = 0; d < 300; d++)
        {
            var calm = _us.LogPath(d, "H100 SXM5", QuoteBasis.Marketplace);
            var tight = _us.LogPath(d, "H100 SXM5", QuoteBasis.Marketplace, full);
            higher += tight[12] > calm[12] ? 1 : 0;
        }
        Assert.InRange(higher, 60, 300);
        for (var fill = 0.0; fill < 1; fill += 0.01)
        {
            Assert.True(MarketplaceSpike.Chance(fill + 0.01) >= MarketplaceSpike.Chance(fill));
        }
    }

    [Fact]
    public void The_credit_shock_is_standard_normal_and_goes_with_contract_rents()
    {
        var shocks = Enumerable.Range(0, Draws).Select(_us.YearShock).ToArray();
        Assert.InRange(shocks.Average(), -0.08, 0.08);
        Assert.InRange(shocks.Average(x => x * x), 0.92, 1.08);
        var changes = Enumerable
            .Range(0, Draws)
            .Select(d => _us.LogPath(d, "H100 SXM5", QuoteBasis.Contract))
            .Select(p => p[12] - p[0])
            .ToArray();
        var mean = changes.Average();
        var covariance = changes.Zip(shocks, (c, s) => (c - mean) * s).Average();
        var deviation = Math.Sqrt(changes.Average(c => (c - mean) * (c - mean)));
        Assert.InRange(covariance / deviation, 0.6, 0.95);
    }

    [Fact]
    public void A_draw_is_the_same_whatever_else_is_asked_for_and_on_any_thread()
    {
        var again = RentLevels.Condition(
            FactCatalog.Shipped().AsOf(new Month(2025, 12)),
            "us",
            [],
            1,
            100,
            24
        );
        var paths = new double[100][];
        Parallel.For(0, 100, d => paths[d] = again.LogPath(d, "B200 SXM", QuoteBasis.Marketplace));
        for (var d = 0; d < 100; d++)
        {
            Assert.Equal(_us.LogPath(d, "B200 SXM", QuoteBasis.Marketplace), paths[d]);
        }
    }

    private static List<double> Changes(QuoteBasis basis, int months, MotionKind? kind) =>
        [
            .. Enumerable
                .Range(0, Draws)
                .Where(d => kind is null || _us.Kind(d) == kind)
                .Select(d => _us.LogPath(d, "H100 SXM5", basis))
                .Select(p => p[months] - p[0]),
        ];
}
