using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>A number with a range moves its own term, by what the draw differs from the best estimate, and no further than the term may go.</summary>
public sealed class UncertainTermsTest
{
    private static readonly FinanceTerms _terms = new()
    {
        Currency = Currency.Cny,
        CapitalCosts = [],
        LockUpCover = 1.2,
        InsuranceRate = 0.01,
        ReceivableDays = 45,
        PayableDays = 30,
        LiquidityMonths = 2,
        SellingCost = 0.1,
        RepossessionCost = 0.2,
        HoldingCost = 0.05,
        DefaultMargin = 0.02,
        SponsorSupport = 100,
    };

    private static readonly DebtTranche _loan = new()
    {
        Name = "senior",
        Gearing = 0.5,
        TenorMonths = 24,
        FirstPaymentMonth = 1,
        BaseRate = 0.04,
        BaseRates = [new RateStep(12, 0.05)],
        Margin = 0.03,
        UpfrontFee = 0.01,
        CommitmentFee = 0.005,
        SweepShare = 0.5,
        BaseFloor = 0.02,
        HedgedShare = 0.6,
        SwapRate = 0.035,
        BorrowingBaseAdvance = 0.7,
    };

    public static TheoryData<string, double, double, double> Centre =>
        new()
        {
            { "lock_up", 0.25, 1.45, 0 },
            { "insurance", 0.25, 0.26, 0 },
            { "receivable_days", 0.25, 45.25, 0 },
            { "payable_days", 0.25, 30.25, 0 },
            { "liquidity", 0.25, 2.25, 0 },
            { "selling_cost", 0.25, 0.35, 0 },
            { "repossession_cost", 0.25, 0.45, 0 },
            { "holding_cost", 0.25, 0.3, 0 },
            { "default_margin", 0.25, 0.27, 0 },
            { "sponsor_support", 0.25, 100.25, 0 },
        };

    [Theory]
    [MemberData(nameof(Centre))]
    public void A_number_of_the_centre_moves_its_term_alone(
        string key,
        double by,
        double moved,
        double least
    )
    {
        var place = Centre.Select(r => r.Data.Item1).ToList().IndexOf(key);
        var before = Of(_terms);
        var after = Of(Set(key, by));
        Assert.Equal(moved, after[place], 12);
        before[place] = after[place] = 0;
        Assert.Equal(before, after);
        // No term falls below nothing, no share rises above one.
        Assert.Equal(least, Of(Set(key, -1_000))[place]);
        if (key.EndsWith("_cost", StringComparison.Ordinal))
        {
            Assert.Equal(1, Of(Set(key, 5))[place]);
        }
    }

    [Theory]
    [InlineData("base_rate", 0.06, -0.06)]
    [InlineData("margin", 0.05, -0.07)]
    [InlineData("upfront_fee", 0.03, 0)]
    [InlineData("commitment_fee", 0.025, 0)]
    [InlineData("sweep", 0.52, 0.4)]
    [InlineData("floor", 0.04, -0.08)]
    [InlineData("hedged_share", 0.62, 0.5)]
    [InlineData("swap_rate", 0.055, -0.065)]
    [InlineData("borrowing_base", 0.72, 0.6)]
    public void A_number_of_a_tranche_moves_its_term_alone(string key, double up, double down)
    {
        string[] keys =
        [
            "base_rate",
            "margin",
            "upfront_fee",
            "commitment_fee",
            "sweep",
            "floor",
            "hedged_share",
            "swap_rate",
            "borrowing_base",
        ];
        var place = Array.IndexOf(keys, key);
        foreach (var path in new[] { $"finance.debt[2].{key}", $"finance.{key}" })
        {
            var at = path.Contains('[', StringComparison.Ordinal) ? 2 : 0;
            double[] Moved(double by) =>
                Of(UncertainTerms.Set(_loan, at, [Number(path)], n => n.Value + by));
            Assert.Equal(up, Moved(0.02)[place], 12);
            Assert.Equal(down, Moved(-0.1)[place], 12);
            var (before, after) = (Of(_loan), Moved(0.02));
            before[place] = after[place] = 0;
            Assert.Equal(before, after);
            // A number of another tranche leaves this one as it is.
            Assert.Equal(
                Of(_loan),
                Of(UncertainTerms.Set(_loan, 1, [Number(path)], n => n.Value + 0.02))
            );
        }
        var steps = UncertainTerms
            .Set(_loan, 0, [Number("finance.base_rate")], n => n.Value + 0.02)
            .BaseRates;
        Assert.Equal(0.07, Assert.Single(steps).Rate, 12);
        Assert.Equal(12, steps[0].FromMonth);
        Assert.True(UncertainTerms.Takes("finance.margin"));
        Assert.True(UncertainTerms.Takes("finance.debt[].floor"));
        Assert.False(UncertainTerms.Takes("finance.tenor"));
        Assert.False(UncertainTerms.Takes("margin"));
    }

    private static FinanceTerms Set(string key, double by) =>
        UncertainTerms.Set(_terms, [Number("finance." + key)], n => n.Value + by);

    private static InputNumber Number(string path) =>
        new(path, 7, 6, 8, "1", "worked case", Grade.A, true);

    private static double[] Of(FinanceTerms t) =>
        [
            t.LockUpCover,
            t.InsuranceRate,
            t.ReceivableDays,
            t.PayableDays,
            t.LiquidityMonths,
            t.SellingCost,
            t.RepossessionCost,
            t.HoldingCost,
            t.DefaultMargin,
            t.SponsorSupport,
        ];

    private static double[] Of(DebtTranche t) =>
        [
            t.BaseRate,
            t.Margin,
            t.UpfrontFee,
            t.CommitmentFee,
            t.SweepShare,
            t.BaseFloor,
            t.HedgedShare,
            t.SwapRate ?? 0,
            t.BorrowingBaseAdvance,
        ];
}
