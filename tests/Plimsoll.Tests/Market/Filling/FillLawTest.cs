using System.Globalization;
using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Market.Filling;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Filling;

/// <summary>Who fills, from what can be observed.</summary>
public sealed class FillLawTest(ITestOutputHelper output)
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 12));
    private static readonly IReadOnlyList<FilledCentre> _centres = FilledCentre.Of(_view);
    private static readonly FillLaw _law = FillLaw.Of(_view);

    [Fact]
    public void A_market_left_out_is_told_better_than_by_the_base_rate()
    {
        var all = FillScore.LeaveMarketOut(_centres, _ => true);
        var merchants = FillScore.LeaveMarketOut(_centres, c => c.Committed == 0);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"all {all.Centres}: law {all.Law:0.000}, base rate {all.BaseRate:0.000}, area {all.Area:0.00}; merchants {merchants.Centres}: law {merchants.Law:0.000}, base rate {merchants.BaseRate:0.000}, area {merchants.Area:0.00}"
            )
        );
        foreach (var (term, (mean, deviation)) in FillLaw.Terms.Zip(_law.Fitted))
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{term} {mean:0.00} ({deviation:0.00})"
                )
            );
        }
        Assert.True(all.Centres >= 15);
        Assert.True(all.Law > all.BaseRate);
        Assert.InRange(all.Area, 0.6, 1);
    }

    [Fact]
    public void Observables_act_in_their_direction() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 60], Gen.Double[0, 50_000], Gen.Double[0, 0.8])
            .Sample(
                (committed, months, run, share) =>
                {
                    FillObservables seen = new()
                    {
                        Committed = committed,
                        MonthsInOperation = months,
                        AcceleratorsRun = run,
                        ShareOfStock = share,
                    };
                    double Of(FillObservables o) => _law.LogOdds(o).Mean;
                    var odds = Of(seen);
                    Assert.True(Of(seen with { Committed = Math.Min(1, committed + 0.1) }) >= odds);
                    Assert.True(Of(seen with { MonthsInOperation = months + 6 }) >= odds);
                    Assert.True(Of(seen with { AcceleratorsRun = run * 2 }) >= odds);
                    Assert.True(Of(seen with { ShareOfStock = share + 0.1 }) <= odds);
                    Assert.True(Of(seen with { Unpowered = true }) < odds);
                    Assert.True(Of(seen with { ServiceRecord = true }) > odds);
                }
            );

    [Fact]
    public void A_centre_that_is_most_of_its_stock_does_not_fill_like_a_small_one()
    {
        double Of(double share) =>
            FillLaw.Logistic(_law.LogOdds(new() { ShareOfStock = share }).Mean);
        Assert.True(Of(0.57) < 0.6 * Of(0.03));
    }

    [Fact]
    public void The_interval_is_wide()
    {
        var (mean, deviation) = _law.LogOdds(new() { MonthsInOperation = 24 });
        var low = FillLaw.Logistic(mean - (1.2816 * deviation));
        var high = FillLaw.Logistic(mean + (1.2816 * deviation));
        Assert.True(high - low > 0.2, $"{low} to {high}");
    }

    [Fact]
    public void Fates_of_later_days_are_not_seen()
    {
        var early = FilledCentre.Of(FactCatalog.Shipped().AsOf(new Month(2024, 12)));
        Assert.True(early.Count < _centres.Count);
        Assert.Equal(
            early.Count,
            FillLaw.Of(FactCatalog.Shipped().AsOf(new Month(2024, 12))).Centres
        );
    }
}
