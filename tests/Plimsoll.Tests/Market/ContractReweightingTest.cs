using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>The second stage of the fit.</summary>
public static class ContractReweightingTest
{
    private static readonly MarketGivens _givens = TwinCase.Givens;

    private static Reweighted Run(int threads)
    {
        var view = TwinCase.Catalog.AsOf(new DateOnly(2024, 12, 31));
        var members = Ensemble
            .Of(view, "china")
            .Members.Where(m => m.Law == RentLaw.Change && m.WorldLink)
            .Take(12)
            .ToList();
        return new ContractReweighting(
            ContractTwin.Of(view, _givens, "china"),
            _givens,
            Prior.Of("china"),
            TargetSet.Of(view, _givens),
            4
        )
        {
            Kept = 10,
            Seeds = 2,
            Threads = threads,
        }.Run(new Population(RentLaw.Change, true, members, 0, 0, 0));
    }

    [Fact]
    public static void Weights_count_what_is_kept_and_no_seed_carries_all()
    {
        var weighed = Run(2);
        Assert.Equal(10, weighed.Members.Sum(m => m.Weight), 9);
        Assert.InRange(weighed.EffectiveShare, 1 / 12.0, 1);
        // Truncation: no weight above the root of the sample over the sample.
        Assert.All(weighed.Members, m => Assert.InRange(m.Weight, 1, Math.Ceiling(10 / 1.9)));
        Assert.True(weighed.SeedDeviation > 0);
    }

    [Fact]
    public static void The_same_members_are_kept_on_any_number_of_threads()
    {
        var (one, two) = (Run(1), Run(2));
        Assert.Equal(one.Members.Select(m => m.Weight), two.Members.Select(m => m.Weight));
        Assert.Equal(one.Members.Select(m => m.Values), two.Members.Select(m => m.Values));
    }
}
