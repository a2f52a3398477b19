using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>A standing centre's own months beside the catalogue's running costs. On the bench ten lit servers cost 20,000 of operations, 5,000 of staff and 10,000 of hall a month.</summary>
public sealed class MeasuredCostsTest
{
    /// <summary>Nothing is stated: 28,000 paid against 35,000 expected is 0.8 times each service. With the hall stated 18,000 are left for 25,000 of services: 0.72.</summary>
    [Fact]
    public void Services_that_the_study_does_not_state_cost_what_its_months_leave_for_them()
    {
        var all = MeasuredCosts.Of(Standing(6, 28_000, hallStated: false))!;
        Assert.Equal(35_000, all.Expected, 1e-6);
        Assert.Equal(0.8, all.Factor, 1e-9);
        var part = Standing(6, 28_000, hallStated: true);
        var measured = MeasuredCosts.Of(part)!;
        Assert.Equal(0.72, measured.Factor, 1e-9);
        var site = measured.On(part.Site);
        Assert.Equal(2_000 * 0.72, site.LitService.Value, 1e-9);
        Assert.Equal(500 * 0.72, site.StandingService.Value, 1e-9);
        Assert.Equal(100, site.Colocation.Value);
        Assert.True(site.LitService.Low < site.LitService.Value);
        // The centre then pays what its months told.
        Assert.Equal(
            28_000,
            10
                * 8
                * 730
                * new FleetSites(part with { Site = site }, n => n.Value)
                    .MeanPartsPerLetHour(part.Fleets)
                    .Sum(p => p.PerHour),
            1e-6
        );
    }

    /// <summary>Two months are no measure; a study that states every cost is not moved, and is told both figures.</summary>
    [Fact]
    public void Too_few_months_and_stated_costs_move_nothing()
    {
        Assert.Null(MeasuredCosts.Of(Standing(2, 28_000, hallStated: false)));
        var stated = Bench.Standing(Bench.Fleet(online: -12)) with { Actuals = Months(6, 28_000) };
        var measured = MeasuredCosts.Of(stated)!;
        Assert.Equal((28_000, 35_000), (measured.Measured, Math.Round(measured.Expected, 6)));
        Assert.Equal(stated.Site, measured.On(stated.Site));
        Assert.Equal("todate.cost.stated", measured.Said.Key);
    }

    private static StudyCase Standing(int months, double paid, bool hallStated)
    {
        var bench = Bench.Standing(Bench.Fleet(online: -12));
        var site = bench.Site;
        return bench with
        {
            Site = site with
            {
                LitService = site.LitService with { FromDefault = true },
                StandingService = site.StandingService with { FromDefault = true },
                Colocation = site.Colocation with { FromDefault = !hallStated },
            },
            Actuals = Months(months, paid),
        };
    }

    private static ActualMonths Months(int count, double paid) =>
        new([
            .. Enumerable
                .Range(1, count)
                .Select(k => new ActualMonth(Bench.Start + (k - 1 - count), 0, 0, 0)
                {
                    RunningCost = paid,
                    Fill = 1,
                }),
        ]);
}
