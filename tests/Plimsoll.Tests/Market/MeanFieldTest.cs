using Plimsoll.Market;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>The mean-field twin: limits with known answers.</summary>
public static class MeanFieldTest
{
    [Theory]
    [InlineData(RentLaw.Change, true)]
    [InlineData(RentLaw.Level, false)]
    [InlineData(RentLaw.ExcessDemand, true)]
    public static void Doubling_demand_capacity_and_sizes_leaves_every_price_unchanged(
        RentLaw law,
        bool link
    )
    {
        foreach (var member in TwinCase.Members().Where(m => m.Law == law && m.WorldLink == link))
        {
            var once = TwinCase.Run(member.Values, law, link);
            var twice = TwinCase.Run(Doubled(member.Values), law, link, backdrop: TwiceAsLarge());
            for (var m = 0; m < once.Months; m++)
            {
                for (var k = 0; k < Segment.Tiers; k++)
                {
                    Assert.Equal(once.Quote[k][m], twice.Quote[k][m], 1e-9 * once.Quote[k][m]);
                    Assert.Equal(
                        once.SecondHand[k][m],
                        twice.SecondHand[k][m],
                        1e-9 * once.SecondHand[k][m]
                    );
                    Assert.Equal(2 * once.Let[k][m], twice.Let[k][m], 1e-8 * once.Let[k][m]);
                }
            }
        }
    }

    private static double[] Doubled(double[] values)
    {
        var doubled = (double[])values.Clone();
        Parameter[] sizes =
        [
            Parameter.TrainingStart,
            Parameter.SmallStart,
            Parameter.CapacityStart,
            Parameter.ProjectSize,
        ];
        foreach (var p in sizes)
        {
            doubled[(int)p] *= 2;
        }
        return doubled;
    }

    private static MarketBackdrop TwiceAsLarge() =>
        MarketBackdrop.Known(
            TwinCase.Givens with
            {
                LogTokens = [.. TwinCase.Givens.LogTokens.Select(x => x + Math.Log(2))],
                NationalServers = [.. TwinCase.Givens.NationalServers.Select(x => 2 * x)],
                VoucherBudget = [.. TwinCase.Givens.VoucherBudget.Select(x => 2 * x)],
            },
            36,
            Prior.Of("china")
        );

    /// <summary>Four sub-steps a month against sixty-four: the worst log rent of a path within 0.05 in half of the fitted members and 0.15 in nineteen of twenty.</summary>
    [Fact]
    public static void Four_substeps_agree_with_sixty_four()
    {
        var worst = new List<double>();
        foreach (var member in TwinCase.Members())
        {
            var four = TwinCase.Run(member.Values, member.Law, member.WorldLink);
            var many = TwinCase.Run(member.Values, member.Law, member.WorldLink, subSteps: 64);
            double most = 0;
            for (var m = 0; m < four.Months; m++)
            {
                for (var k = 0; k < Segment.Tiers; k++)
                {
                    most = Math.Max(most, Math.Abs(Math.Log(four.Quote[k][m] / many.Quote[k][m])));
                }
            }
            worst.Add(most);
        }
        worst.Sort();
        Assert.InRange(worst[worst.Count / 2], 0, 0.05);
        Assert.InRange(worst[worst.Count * 19 / 20], 0, 0.15);
    }

    [Fact]
    public static void Without_demand_nothing_is_let_owners_go_dark_and_no_transaction_is_quoted()
    {
        var values = TwinCase.Middle(
            (Parameter.TrainingStart, 0),
            (Parameter.SmallStart, 0),
            (Parameter.MerchantShare, 0),
            (Parameter.OverflowShare, 0)
        );
        var path = TwinCase.Run(values, months: 120);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            Assert.All(path.Let[k], let => Assert.Equal(0, let));
            Assert.All(path.Signed[k], signed => Assert.Equal(0, signed));
            Assert.All(path.Rent[k], rent => Assert.True(double.IsNaN(rent)));
            Assert.All(path.Quote[k], ask => Assert.True(ask > 0));
            Assert.True(path.Offered[k][^1] < 0.01 * path.Capacity[k][^1]);
        }
        Assert.Equal(0, path.LetShare(119));
    }

    [Fact]
    public static void An_absent_tier_is_skipped_and_its_demand_goes_to_the_others()
    {
        var values = TwinCase.Middle((Parameter.CapacityStart, 0), (Parameter.ProjectsStart, 0));
        var nothing = TwinCase.Run(values, off: Mechanisms.NewBuild);
        Assert.All(nothing.Quote[0], q => Assert.True(double.IsNaN(q)));
        Assert.True(double.IsNaN(nothing.LetShare(10)));
        Assert.All(nothing.Let[1], let => Assert.Equal(0, let));

        Span<double> shares = stackalloc double[3];
        DemandSplit.Tiers(1, [0.6, 0.3, 0.1], [0, 0, 0], [false, true, true], shares);
        Assert.Equal(0.75, shares[1], 12);
        Assert.Equal(0.25, shares[2], 12);
        DemandSplit.Tiers(1, [0.6, 0.3, 0.1], [0, 0, 0], [false, false, false], shares);
        Assert.Equal([0, 0, 0], shares.ToArray());
    }

    [Fact]
    public static void Zero_vacancy_raises_rent_until_tenants_buy_instead()
    {
        var values = TwinCase.Middle((Parameter.TrainingStart, 60_000));
        foreach (var law in Enum.GetValues<RentLaw>())
        {
            var path = TwinCase.Run(values, law, off: Mechanisms.NewBuild);
            Assert.True(path.Quote[0][24] > 1.2 * path.Quote[0][0]);
            for (var m = 0; m < path.Months; m++)
            {
                Assert.True(path.Let[0][m] <= path.Offered[0][m] * (1 + 1e-12));
                Assert.True(
                    path.StockRent[0][m]
                        <= path.NewPrice[m] / values[(int)Parameter.BuyMonths] * 1.25
                );
            }
            Assert.Contains(path.AtBound, n => n > 0);
        }
    }

    [Fact]
    public static void The_same_mechanism_gives_glut_and_shortage_and_one_tier_up_while_another_falls()
    {
        var glut = TwinCase.Run(TwinCase.Middle((Parameter.ProjectSize, 400)));
        var shortage = TwinCase.Run(
            TwinCase.Middle((Parameter.TrainingStart, 8_000), (Parameter.ProjectSize, 40))
        );
        Assert.True(glut.Quote[0][^1] < 0.6 * glut.Quote[0][0]);
        Assert.True(shortage.Quote[0][^1] > 1.3 * shortage.Quote[0][0]);

        // Few top chips under the rule, a flood of home-made ones that few tenants accept.
        var apart = TwinCase.Run(
            TwinCase.Middle(
                (Parameter.TrainingStart, 5_000),
                (Parameter.TopTierNeed, 0.9),
                (Parameter.TierSensitivity, 0.3),
                (Parameter.TierHShare, 0.05),
                (Parameter.TierDShare, 0.8),
                (Parameter.DomesticAcceptance, 0.05)
            )
        );
        Assert.True(apart.Quote[0][^1] > apart.Quote[0][6]);
        Assert.True(apart.Quote[2][^1] < 0.8 * apart.Quote[2][6]);
    }

    [Fact]
    public static void A_run_allocates_nothing()
    {
        var values = TwinCase.Middle();
        var backdrop = MarketBackdrop.Known(TwinCase.Givens, 48, Prior.Of("china"));
        var path = new MarketPath(48);
        var field = new MeanField(TwinCase.Givens.Tiers, new MarketScenario());
        field.Run(RentLaw.Level, true, values, backdrop, path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            field.Run(RentLaw.Level, true, values, backdrop, path);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public static void A_voucher_of_zero_face_changes_nothing_and_a_real_one_adds_demand()
    {
        var none = TwinCase.Givens with { VoucherFace = 0 };
        var without = TwinCase.Run(TwinCase.Middle(), off: Mechanisms.Vouchers);
        var zero = TwinCase.Run(
            TwinCase.Middle(),
            backdrop: MarketBackdrop.Known(none, 36, Prior.Of("china"))
        );
        Assert.Equal(without.Quote[0], zero.Quote[0]);
        Assert.Equal(without.Let[1], zero.Let[1]);
        var large = TwinCase.Givens with
        {
            VoucherFace = 0.5,
            VoucherBudget = [.. TwinCase.Givens.Rule.Select(_ => 1e8)],
        };
        var with = TwinCase.Run(
            TwinCase.Middle(),
            backdrop: MarketBackdrop.Known(large, 36, Prior.Of("china"))
        );
        Assert.True(with.Needs[1][20] > 1.05 * without.Needs[1][20]);
    }

    [Fact]
    public static void A_path_longer_than_its_backdrop_is_refused()
    {
        var backdrop = MarketBackdrop.Known(TwinCase.Givens, 12, Prior.Of("china"));
        var e = Assert.Throws<ArgumentException>(() =>
            TwinCase.Run(TwinCase.Middle(), months: 13, backdrop: backdrop)
        );
        Assert.Contains("12 months", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Each mechanism, switched off, changes some output of a run in which it can act.</summary>
    [Theory]
    [InlineData(Mechanisms.NewBuild)]
    [InlineData(Mechanisms.Eligibility)]
    [InlineData(Mechanisms.RentFormation)]
    [InlineData(Mechanisms.DarkDecision)]
    [InlineData(Mechanisms.InflatedOrders)]
    [InlineData(Mechanisms.Resale)]
    [InlineData(Mechanisms.ExportRules)]
    [InlineData(Mechanisms.InferenceShift)]
    [InlineData(Mechanisms.LatencyReach)]
    [InlineData(Mechanisms.Vouchers)]
    [InlineData(Mechanisms.Takeover)]
    [InlineData(Mechanisms.CaptiveOverflow)]
    public static void A_mechanism_switched_off_changes_the_path(Mechanisms off)
    {
        // Captive owners are short only where a server serves few tokens.
        var values =
            off == Mechanisms.CaptiveOverflow
                ? TwinCase.Middle((Parameter.TokensPerServerDay, 2e7))
                : TwinCase.Middle();
        var with = TwinCase.Run(values);
        var without = TwinCase.Run(values, off: off);
        Assert.NotEqual(with.Quote[0][^1], without.Quote[0][^1]);
    }
}
