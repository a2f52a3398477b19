using Plimsoll.Catalog;
using Plimsoll.Market;

namespace Plimsoll.Tests.Market;

/// <summary>Markets for the tests of the mean field: priors' middles unless a test says otherwise.</summary>
internal static class TwinCase
{
    public static FactCatalog Catalog { get; } = FactCatalog.Shipped();

    public static MarketGivens Givens { get; } =
        MarketGivens.Of(Catalog.AsOf(new DateOnly(2024, 12, 31)), "china");

    public static double[] Middle(params (Parameter Which, double Value)[] changes)
    {
        var values = Prior.Of("china").Select(p => p.Median).ToArray();
        foreach (var (which, value) in changes)
        {
            values[(int)which] = value;
        }
        return values;
    }

    public static MarketPath Run(
        double[] values,
        RentLaw law = RentLaw.Change,
        bool link = false,
        int months = 36,
        int subSteps = 4,
        Mechanisms off = Mechanisms.None,
        MarketBackdrop? backdrop = null
    )
    {
        var path = new MarketPath(months);
        new MeanField(Givens.Tiers, new MarketScenario { Off = off }) { SubSteps = subSteps }.Run(
            law,
            link,
            values,
            backdrop ?? MarketBackdrop.Known(Givens, months, Prior.Of("china")),
            path
        );
        return path;
    }

    /// <summary>Members of both fitted vintages, every tenth.</summary>
    public static IEnumerable<Member> Members() =>
        Ensemble
            .Of(Catalog.AsOf(new DateOnly(2024, 12, 31)), "china")
            .Members.Where((_, i) => i % 10 == 0);
}
