using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>One centre in the market.</summary>
public sealed class MarketRunTest
{
    private const int Draws = 48;

    private static readonly Lazy<MarketRun> _run = new(() => Prepare(2));

    private static MarketRun Prepare(int threads, int draws = Draws) =>
        MarketRun.Prepare(
            FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31)),
            new MarketScenario(),
            5,
            draws,
            new Month(2029, 12),
            threads
        );

    private static CentrePlan Plan(double accelerators = 256) =>
        new()
        {
            Name = "hall",
            Site = "Zhengzhou",
            Start = new Month(2025, 1),
            Months = 60,
            Fleets = [new FleetPlan("H100 SXM5", "8xH100", accelerators, new Month(2025, 4), true)],
            Products = [Product.TrainingLease, Product.SmallLease, Product.Spot, Product.Inference],
            Inference = new InferenceCapability(1200, 0.2, 0.2),
            AvoidableCostPerAcceleratorMonth = 1500,
            ReachableShare = 0.6,
        };

    private static double MeanFill(CentreOutlook outlook) =>
        Enumerable.Range(12, 48).Average(outlook.Physical.Fill);

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        var one = Prepare(1, 12);
        var four = Prepare(4, 12);
        for (var draw = 0; draw < 12; draw++)
        {
            Assert.Equal(one.Path(draw).Quote, four.Path(draw).Quote);
            var a = one.Centre(Plan(), new AskPolicy(1), draw);
            var b = four.Centre(Plan(), new AskPolicy(1), draw);
            Assert.Equal(a.Physical.Sales[0].GpuHours, b.Physical.Sales[0].GpuHours);
            Assert.Equal(a.Physical.Leases, b.Physical.Leases);
            Assert.Equal(a.Physical.ResalePrice, b.Physical.ResalePrice);
        }
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("dark")]
    [InlineData("convert")]
    [InlineData("sell")]
    [InlineData("hand over")]
    [InlineData("two tiers")]
    public void Sold_idle_dark_and_repair_make_up_the_installed_under_every_policy(string name)
    {
        IPolicy policy = name switch
        {
            "dark" => new DarkPolicy(9, 0.1),
            "convert" => new ConvertPolicy(6),
            "sell" => new SellPolicy(20),
            "hand over" => new HandOverPolicy(),
            _ => new AskPolicy(1),
        };
        for (var draw = 0; draw < Draws; draw++)
        {
            var plan = Plan() with { CaptiveShare = 0.1 };
            if (name == "two tiers")
            {
                var old = new FleetPlan("A100 SXM 80GB", "8xA100", 800, new Month(2025, 2), false);
                plan = plan with { Fleets = [.. plan.Fleets, old] };
            }
            var centre = _run.Value.Centre(plan, policy, draw);
            var p = centre.Physical;
            for (var m = 0; m < p.Months; m++)
            {
                var hours = (p.Start + m).Hours;
                var sold = p.Sales.Sum(s => s.GpuHours[m]) / hours;
                Assert.Equal(p.Installed[m], sold + p.Idle[m] + p.Dark[m] + p.Repair[m], 6);
                Assert.True(Math.Min(Math.Min(p.Idle[m], p.Dark[m]), sold) >= -1e-6);
                var l = centre.Reasons.Losses!;
                var lost =
                    l.Repair[m]
                    + l.Captive[m]
                    + l.Dark[m]
                    + l.Glut[m]
                    + l.Price[m]
                    + l.Trust[m]
                    + l.Reach[m]
                    + l.Fit[m]
                    + l.Chance[m];
                Assert.Equal(p.Installed[m], sold + lost, 6);
            }
        }
    }

    /// <summary>A centre that is most of its stock does not fill like one that is a sliver of it.</summary>
    [Fact]
    public void Size_beside_the_stock_acts()
    {
        double Mean(double accelerators) =>
            Enumerable
                .Range(0, Draws)
                .Average(d => MeanFill(_run.Value.Centre(Plan(accelerators), new AskPolicy(1), d)));
        var stock = _run.Value.Path(0).Capacity[0][^1] * 8;
        Assert.True(Mean(1.3 * stock) < Mean(0.03 * stock) - 0.1);
    }

    [Fact]
    public void Leases_add_up_to_the_hours_sold_under_lease()
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var p = _run.Value.Centre(Plan(), new AskPolicy(0.9), draw).Physical;
            for (var m = 0; m < p.Months; m++)
            {
                var let = p
                    .Leases.Where(l => l.StartMonth <= m && m < l.EndedMonth)
                    .Sum(l => l.Accelerators);
                var hours = p.Sales[0].GpuHours[m] + p.Sales[1].GpuHours[m];
                Assert.Equal(hours, let * (p.Start + m).Hours, 4);
            }
        }
    }

    [Fact]
    public void Each_reason_is_a_subset_of_the_one_before()
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var r = _run.Value.Centre(Plan(), new AskPolicy(1), draw).Reasons;
            for (var m = 0; m < r.Demand.Length; m++)
            {
                double[] steps =
                [
                    r.Demand[m],
                    r.Reachable[m],
                    r.Eligible[m],
                    r.Won[m],
                    r.Served[m],
                    r.Sold[m],
                ];
                for (var i = 1; i < steps.Length; i++)
                {
                    Assert.True(
                        steps[i] <= steps[i - 1] + 1e-6,
                        $"draw {draw}, month {m}, step {i}"
                    );
                }
            }
        }
    }

    /// <summary>The centre is one of several hundred and small: added to the market as it was run it fares as in a full run, up to the second-order answer of the rest.</summary>
    [Fact]
    public void Adding_a_small_centre_equals_the_full_run_with_it()
    {
        var fast = new double[Draws];
        var full = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            fast[draw] = MeanFill(_run.Value.Centre(Plan(64), new AskPolicy(1), draw));
            full[draw] = MeanFill(_run.Value.CentreInFullRun(Plan(64), new AskPolicy(1), draw));
        }
        var gap = fast.Zip(full, (a, b) => Math.Abs(a - b)).ToArray();
        Assert.InRange(Math.Abs(fast.Average() - full.Average()), 0, 0.04);
        Assert.InRange(gap.Average(), 0, 0.04);
    }

    [Fact]
    public void A_centre_that_offers_no_product_sells_nothing()
    {
        var plan = Plan() with { Products = [] };
        for (var draw = 0; draw < 6; draw++)
        {
            foreach (
                var outlook in new[]
                {
                    _run.Value.Centre(plan, new AskPolicy(1), draw),
                    _run.Value.CentreInFullRun(plan, new AskPolicy(1), draw),
                }
            )
            {
                Assert.All(
                    outlook.Physical.Sales,
                    s => Assert.All(s.GpuHours, h => Assert.Equal(0, h))
                );
            }
        }
    }

    [Fact]
    public void Asking_less_lets_more_and_asking_more_than_buying_costs_lets_nothing()
    {
        double Mean(double ask) =>
            Enumerable
                .Range(0, Draws)
                .Average(d => MeanFill(_run.Value.Centre(Leases, new AskPolicy(ask), d)));
        Assert.True(Mean(0.7) > Mean(1));
        Assert.True(Mean(1) > Mean(1.5));
        // Not quite nothing under the fitted members: a tenant now and then pays any price in a shortage.
        Assert.InRange(Mean(1000), 0, 0.005);
    }

    private static CentrePlan Leases =>
        Plan() with
        {
            Products = [Product.TrainingLease, Product.SmallLease],
        };

    [Fact]
    public void A_better_operator_and_a_voucher_fill_more_and_a_nearer_site_reaches_more()
    {
        double Mean(CentrePlan plan) =>
            Enumerable
                .Range(0, Draws)
                .Average(d => MeanFill(_run.Value.Centre(plan, new AskPolicy(1), d)));
        var plan = Leases with { OperatorCapability = 0.4, ReachableShare = 0.1 };
        var known = Mean(plan);
        Assert.True(Mean(plan with { OperatorCapability = 0.8 }) > known);
        Assert.True(Mean(plan with { VoucherScheme = "Henan" }) > known);
        double Reached(CentrePlan p) =>
            _run.Value.Centre(p, new AskPolicy(1), 0).Reasons.Reachable.Sum();
        Assert.True(Reached(plan with { ReachableShare = 0.9 }) > Reached(plan));
    }

    [Fact]
    public void Policies_see_the_past_only()
    {
        var spy = new SpyPolicy();
        var outlook = _run.Value.Centre(Plan(), spy, 0);
        Assert.Equal(60, spy.Seen.Count);
        for (var m = 0; m < 60; m++)
        {
            Assert.Equal(m - 1, spy.Seen[m].MonthIndex);
            Assert.Equal(m + 1, spy.Seen[m].MarketQuotes.Length);
            if (m > 0)
            {
                Assert.Equal(outlook.MarketQuote[m - 1], spy.Seen[m].MarketQuotes.Span[m]);
                Assert.Equal(outlook.Physical.Fill(m - 1), spy.Seen[m].Fill, 9);
            }
        }
    }

    [Fact]
    public void Stresses_on_the_centre_run_no_market_again()
    {
        var stressed = _run.Value.Under(new MarketScenario { RentFactor = 0.8, DelayMonths = 6 });
        Assert.Same(_run.Value.Path(3), stressed.Path(3));
        var outlook = stressed.Centre(Plan(), new AskPolicy(1), 3);
        Assert.Equal(0, outlook.Physical.Installed[8]);
        Assert.True(outlook.Physical.Installed[9] > 0);
        Assert.Throws<ArgumentException>(() =>
            _run.Value.Under(new MarketScenario { EfficiencyShock = 0.5 })
        );
    }

    /// <summary>Rents that the centre meets fall; what a signed contract pays does not, while its tenant stays.</summary>
    [Fact]
    public void A_fall_of_rents_leaves_signed_contracts_their_rent()
    {
        var plan = Plan() with { Signed = [new SignedLease("a", 128, 14, 36, 1, 0, 0)] };
        var stressed = _run.Value.Under(new MarketScenario { RentFactor = 0.7 });
        double before = 0,
            after = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var asIs = _run.Value.Centre(plan, new AskPolicy(1), draw).Physical;
            var lower = stressed.Centre(plan, new AskPolicy(1), draw).Physical;
            var (rent, held) = (asIs.SignedRent(), lower.SignedRent());
            for (var m = 0; m < rent.Length; m++)
            {
                Assert.Equal(rent[m], held[m], 1e-6);
                before += asIs.Revenue(m) - rent[m];
                after += lower.Revenue(m) - held[m];
            }
        }
        Assert.InRange(after / before, 0.3, 0.85);
    }

    [Fact]
    public void A_centre_draws_no_more_of_a_scheme_than_the_others_left()
    {
        var schemes = NamedCentres
            .Of(FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31)), _run.Value.Givens, "china")
            .Vouchers;
        var henan = schemes.ToList().FindIndex(s => s.Name == "Henan");
        double paid = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var plan = Plan(2048) with { VoucherScheme = "Henan" };
            var left = _run.Value.Record(draw).VoucherLeft;
            foreach (var full in new[] { false, true })
            {
                if (full && draw > 5)
                {
                    continue;
                }
                var outlook = full
                    ? _run.Value.CentreInFullRun(plan, new AskPolicy(0.8), draw)
                    : _run.Value.Centre(plan, new AskPolicy(0.8), draw);
                var subsidy = outlook.Physical.SubsidyIncluded;
                for (var year = 0; year < 5; year++)
                {
                    // What a year grants is paid as rent falls due, in the next year too.
                    var drawn = subsidy.Take(12 * (year + 1)).Sum();
                    Assert.True(drawn <= (year + 1) * schemes[henan].BudgetPerYear * (1 + 1e-9));
                }
                paid += subsidy.Sum();
                // A voucher pays rent: no month holds more of it than rent.
                for (var m = 0; m < subsidy.Length; m++)
                {
                    Assert.InRange(subsidy[m], 0, outlook.Physical.Revenue(m) * (1 + 1e-12));
                }
            }
            Assert.All(left, l => Assert.True(l >= 0));
        }
        Assert.True(paid > 0);
    }

    [Fact]
    public void A_sold_fleet_pays_its_price_and_is_gone()
    {
        var p = _run.Value.Centre(Plan(), new SellPolicy(24), 1).Physical;
        Assert.True(p.SaleProceeds.Sum() > 0);
        Assert.Equal(0, p.Installed[30], 9);
    }

    [Fact]
    public void An_outlook_beyond_the_market_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            _run.Value.Centre(Plan() with { Months = 100 }, new AskPolicy(1), 0)
        );

    private sealed class SpyPolicy : IPolicy
    {
        public List<ObservedState> Seen { get; } = [];

        public CentreAction Decide(in ObservedState state)
        {
            Seen.Add(state);
            return CentreAction.Hold;
        }
    }
}
