using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Contracts signed before the decision bind in the market, whatever rents do.</summary>
public sealed class SignedContractTest
{
    private const int Draws = 24;

    private static readonly Lazy<MarketRun> _run = new(() =>
        MarketRun.Prepare(
            FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31)),
            new MarketScenario(),
            5,
            Draws,
            new Month(2029, 12),
            2
        )
    );

    private static FleetPlan Fleet(string name, double accelerators, int month = 4) =>
        new("H100 SXM5", "8xH100", accelerators, new Month(2025, month), true) { Name = name };

    private static CentrePlan Plan(params SignedLease[] signed) =>
        new()
        {
            Name = "hall",
            Site = "Zhengzhou",
            Start = new Month(2025, 1),
            Months = 60,
            Fleets = [Fleet("north", 256)],
            Products = [Product.TrainingLease, Product.SmallLease, Product.Spot],
            AvoidableCostPerAcceleratorMonth = 1500,
            ReachableShare = 0.6,
            Signed = signed,
        };

    private static SignedLease Lease(
        string tenant,
        double accelerators,
        double hazard = 0,
        int tenor = 36
    ) => new(tenant, accelerators, 18, tenor, 1, 0, hazard);

    [Theory]
    [InlineData(256)]
    [InlineData(100)]
    [InlineData(7)]
    public void A_contract_without_hazard_is_billed_to_the_cent_in_every_month_of_every_draw(
        double accelerators
    )
    {
        var plan = Plan(Lease("AA", accelerators));
        for (var draw = 0; draw < Draws; draw++)
        {
            foreach (var full in new[] { false, draw < 2 })
            {
                var outlook = full
                    ? _run.Value.CentreInFullRun(plan, new AskPolicy(1), draw)
                    : _run.Value.Centre(plan, new AskPolicy(1), draw);
                var run = Assert.Single(outlook.Physical.Signed);
                for (var m = 0; m < 60; m++)
                {
                    var due = m is >= 3 and < 39 ? accelerators * 18 * (plan.Start + m).Hours : 0;
                    Assert.Equal(due, m < run.Months.Length ? run.Months[m].Due : 0, 6);
                    Assert.True(outlook.Physical.Revenue(m) >= due - 1e-6);
                }
            }
        }
    }

    /// <summary>A tenant bound to three tenths pays all of its hours or three tenths of them, to the cent; what it leaves is sold by the hour or stands idle, and every accelerator is somewhere.</summary>
    [Fact]
    public void Hours_that_a_tenant_need_not_pay_are_the_centres_to_sell()
    {
        var (all, part, resold) = (0, 0, 0);
        var plan = Plan(Lease("AA", 200) with { TakeOrPayShare = 0.3 });
        for (var draw = 0; draw < Draws; draw++)
        {
            var o = _run.Value.Centre(plan, new AskPolicy(1), draw).Physical;
            var run = Assert.Single(o.Signed);
            for (var m = 3; m < 39; m++)
            {
                var (now, hours) = (run.Months[m], o.Hours(m));
                Assert.True(now.TakenShare is 0.3 or 1, $"{now.TakenShare}");
                Assert.Equal(now.TakenShare * 200 * 18 * hours, now.Due, 6);
                Assert.Equal(0.3 * 200 * 18 * hours, now.Owed, 6);
                Assert.Equal(now.Due, o.SignedRent()[m], 6);
                Assert.Equal(
                    o.Installed[m],
                    (o.Sales.Sum(s => s.GpuHours[m]) / hours) + o.Idle[m] + o.Repair[m] + o.Dark[m],
                    6
                );
                var spot = o.Sales.Where(s => s.Product == Product.Spot).Sum(s => s.GpuHours[m]);
                (all, part, resold) = (
                    all + (now.TakenShare == 1 ? 1 : 0),
                    part + (now.TakenShare < 1 ? 1 : 0),
                    resold + (spot > 56 * hours ? 1 : 0)
                );
            }
        }
        Assert.True(all > 0 && part > 0 && resold > 0, $"{all}, {part}, {resold}");
    }

    [Fact]
    public void Each_tenant_has_its_own_hazard_whatever_the_order()
    {
        SignedLease safe = Lease("safe", 100),
            risky = Lease("risky", 100, 0.05);
        var ended = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var one = _run.Value.Centre(Plan(safe, risky), new AskPolicy(1), draw).Physical;
            var two = _run.Value.Centre(Plan(risky, safe), new AskPolicy(1), draw).Physical;
            for (var m = 0; m < 60; m++)
            {
                Assert.Equal(one.Revenue(m), two.Revenue(m), 6);
            }
            Assert.Equal(36, one.Signed[0].EndMonth - 3);
            ended += one.Signed[1].Reason == LeaseEnd.Defaulted ? 1 : 0;
        }
        // 1 - 0.95^36 = 84 %, half of the draws at the least.
        Assert.InRange(ended, Draws / 2, Draws);
    }

    [Fact]
    public void Order_of_fleets_changes_nothing_and_neither_does_splitting_one()
    {
        var a100 = new FleetPlan("A100 SXM 80GB", "8xA100", 320, new Month(2025, 2), false)
        {
            Name = "old",
        };
        var signed = Lease("anchor", 200);
        CentrePlan With(params FleetPlan[] fleets) => Plan(signed) with { Fleets = fleets };
        for (var draw = 0; draw < 8; draw++)
        {
            var one = _run.Value.Centre(With(Fleet("n", 256), a100), new AskPolicy(1), draw);
            foreach (
                var other in new[]
                {
                    With(a100, Fleet("n", 256)),
                    With(Fleet("n1", 128), a100, Fleet("n2", 128)),
                }
            )
            {
                var two = _run.Value.Centre(other, new AskPolicy(1), draw);
                for (var m = 0; m < 60; m++)
                {
                    Assert.Equal(one.Physical.Revenue(m), two.Physical.Revenue(m), 6);
                    Assert.Equal(one.Physical.Fill(m), two.Physical.Fill(m), 9);
                    Assert.Equal(one.Physical.ResalePrice[m], two.Physical.ResalePrice[m], 6);
                    Assert.Equal(one.MarketQuote[m], two.MarketQuote[m], 9);
                }
            }
        }
    }

    [Fact]
    public void The_centre_is_the_sum_of_its_fleets()
    {
        var a100 = new FleetPlan("A100 SXM 80GB", "8xA100", 320, new Month(2025, 2), false)
        {
            Name = "old",
        };
        var plan = Plan(Lease("anchor", 100) with { Fleet = "old" }) with
        {
            Fleets = [Fleet("north", 256), a100],
            CaptiveShare = 0.1,
        };
        for (var draw = 0; draw < 8; draw++)
        {
            var p = _run.Value.Centre(plan, new AskPolicy(1), draw).Physical;
            Assert.Equal(["north", "old"], p.Fleets.Select(f => f.Fleet));
            for (var m = 0; m < 60; m++)
            {
                Assert.Equal(p.Installed[m], p.Fleets.Sum(f => f.Installed[m]), 6);
                Assert.Equal(p.Idle[m], p.Fleets.Sum(f => f.Idle[m]), 6);
                Assert.Equal(p.Repair[m], p.Fleets.Sum(f => f.Repair[m]), 6);
                Assert.Equal(p.Revenue(m), p.Fleets.Sum(f => f.Revenue[m]), 4);
                Assert.Equal(p.Sales.Sum(s => s.GpuHours[m]), p.Fleets.Sum(f => f.HoursSold[m]), 4);
            }
            // The fleet named in the contract serves it from the month it comes.
            Assert.Equal(18 * 100 * (plan.Start + 1).Hours, p.Signed[0].Months[1].Due, 6);
        }
    }

    [Fact]
    public void A_fleet_that_comes_in_stages_begins_its_contract_in_stages()
    {
        var plan = Plan(Lease("anchor", 200)) with
        {
            Fleets = [Fleet("first", 128), Fleet("second", 128, 9)],
        };
        var run = _run.Value.Centre(plan, new AskPolicy(1), 1).Physical.Signed[0];
        Assert.Equal(128 * 18 * (plan.Start + 3).Hours, run.Months[3].Due, 6);
        Assert.Equal(200 * 18 * (plan.Start + 8).Hours, run.Months[8].Due, 6);
    }

    /// <summary>Fleets of one kind stand in one pool; a contract that names one of them waits for that one.</summary>
    [Theory]
    [InlineData("first", 3)]
    [InlineData("second", 8)]
    [InlineData(null, 3)]
    public void A_contract_waits_for_the_fleet_that_it_names(string? fleet, int begins)
    {
        var plan = Plan(Lease("anchor", 100) with { Fleet = fleet }) with
        {
            Fleets = [Fleet("first", 128), Fleet("second", 128, 9)],
        };
        for (var draw = 0; draw < 8; draw++)
        {
            var run = _run.Value.Centre(plan, new AskPolicy(1), draw).Physical.Signed[0];
            for (var m = 0; m < 60; m++)
            {
                Assert.Equal(
                    m >= begins && m < begins + 36 ? 100 * 18 * (plan.Start + m).Hours : 0,
                    m < run.Months.Length ? run.Months[m].Due : 0,
                    6
                );
            }
        }
    }

    [Fact]
    public void Rules_of_a_fleet_touch_that_fleet_alone()
    {
        var a100 = new FleetPlan("A100 SXM 80GB", "8xA100", 320, new Month(2025, 2), false)
        {
            Name = "old",
        };
        var plan = Plan() with { Fleets = [Fleet("north", 256), a100] };
        var policies = new FleetPolicies(new AskPolicy(1))
        {
            Own = new Dictionary<string, IPolicy> { ["old"] = new SellPolicy(6) },
        };
        var p = _run.Value.Clear([new CentreEntry(plan, policies)], 3)[0].Physical;
        Assert.Equal(256, p.Fleets[0].Installed[40], 9);
        Assert.Equal(0, p.Fleets[1].Installed[40], 9);
        Assert.Equal(320, p.Fleets[1].Sold.Sum(), 6);
    }

    /// <summary>Of 256 accelerators 128 are let for 12 months: closing sells the free half at once and the other when the contract has ended.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void What_is_let_is_sold_when_its_contract_ends(int months)
    {
        var plan = Plan(Lease("anchor", 128, 0, 12)) with { Fleets = [Fleet("north", 256, 1)] };
        for (var draw = 0; draw < 8; draw++)
        {
            var p = _run.Value.Centre(plan, new SellPolicy(months), draw).Physical;
            var run = Assert.Single(p.Signed);
            for (var m = 0; m < 12; m++)
            {
                Assert.True(p.Installed[m] >= 128 - 1e-6);
                Assert.Equal(128 * 18 * (plan.Start + m).Hours, run.Months[m].Due, 6);
            }
            Assert.Equal(128, p.Installed[11], 6);
            Assert.Equal(0, p.Installed[14], 6);
            Assert.Equal(256, p.Sold.Sum(), 6);
        }
    }

    /// <summary>What is to be sold is let to nobody new, and what the market let before is not torn up: no contract ends because its machines are gone.</summary>
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.75)]
    [InlineData(1)]
    public void No_sale_tears_up_a_contract(double share)
    {
        var plan = Plan(Lease("anchor", 64, 0, 12)) with { Fleets = [Fleet("north", 256, 1)] };
        for (var draw = 0; draw < 8; draw++)
        {
            var p = _run.Value.Centre(plan, new SellPolicy(share, 12), draw).Physical;
            // Later a tenant who stays on all that is left gives up what is under repair, sale or not.
            Assert.DoesNotContain(
                p.Leases,
                l => l.Reason == LeaseEnd.Withdrawn && l.EndedMonth < 12
            );
            Assert.Equal(256 * share, p.Sold.Sum(), 6);
        }
    }

    /// <summary>What each fleet sells by the hour and by the token adds up to what the centre sells of it.</summary>
    [Fact]
    public void Sales_without_a_contract_add_up_over_the_fleets()
    {
        var a100 = new FleetPlan("A100 SXM 80GB", "8xA100", 320, new Month(2025, 2), false)
        {
            Name = "old",
        };
        var plan = Plan() with { Fleets = [Fleet("north", 256), a100] };
        var p = _run.Value.Centre(plan, new AskPolicy(1), 2).Physical;
        foreach (var sales in p.Sales.Where(s => s.Product is Product.Spot or Product.Inference))
        {
            for (var m = 0; m < 60; m++)
            {
                var own = p
                    .Fleets.SelectMany(f => f.Uncontracted)
                    .Where(u => u.Product == sales.Product);
                Assert.Equal(sales.GpuHours[m], own.Sum(u => u.GpuHours[m]), 6);
            }
        }
    }

    [Fact]
    public void Two_like_centres_share_what_there_is_and_their_order_changes_nothing()
    {
        // Large enough to be felt: a few small leases more or less are chance.
        var one = Plan() with
        {
            Name = "one",
            Fleets = [Fleet("big", 16_384)],
        };
        var two = one with { Name = "two" };
        CentreEntry Entry(CentrePlan p) => new(p, new FleetPolicies(new AskPolicy(1)));
        double alone = 0,
            together = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var ab = _run.Value.Clear([Entry(one), Entry(two)], draw);
            var ba = _run.Value.Clear([Entry(two), Entry(one)], draw);
            for (var m = 0; m < 60; m++)
            {
                Assert.Equal(ab[0].Physical.Revenue(m), ba[1].Physical.Revenue(m), 6);
                Assert.Equal(ab[1].Physical.Revenue(m), ba[0].Physical.Revenue(m), 6);
                together += ab[0].Physical.Fill(m) + ab[1].Physical.Fill(m);
            }
            alone +=
                Enumerable
                    .Range(0, 60)
                    .Sum(m => _run.Value.Centre(one, new AskPolicy(1), draw).Physical.Fill(m))
                + Enumerable
                    .Range(0, 60)
                    .Sum(m => _run.Value.Centre(two, new AskPolicy(1), draw).Physical.Fill(m));
        }
        Assert.True(together < 0.97 * alone, $"{together} of {alone}");
    }

    /// <summary>A promise to buy unsold hours is a floor: a centre that may sell to the market beside it earns no less than by the promise alone in any month.</summary>
    [Theory]
    [InlineData(2.5)]
    [InlineData(8)]
    public void What_a_promise_covers_is_not_sold_below_it(double price)
    {
        var alone = Plan();
        var plan = alone with
        {
            Backstop = new CapacityBackstop(new Counterparty("buyer"), price, 256, 0, 60),
        };
        int better = 0,
            market = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var (with, without) = (
                _run.Value.Centre(plan, new AskPolicy(1), draw).Physical,
                _run.Value.Centre(alone, new AskPolicy(1), draw).Physical
            );
            for (var m = 4; m < 60; m++)
            {
                var lit = with.Installed[m] - with.Repair[m];
                var least = price * lit * with.Hours(m);
                // Contracts of the market run to their end, whatever rents have become.
                var held = with
                    .Leases.Where(l => l.StartMonth <= m && m < l.EndedMonth)
                    .Sum(l => l.Accelerators * Math.Max(0, price - l.PricePerGpuHour));
                Assert.True(
                    with.Revenue(m) >= (least * 0.999) - (held * with.Hours(m)) - 1,
                    $"draw {draw}, month {m}: {with.Revenue(m)} of {least}"
                );
                better += with.Revenue(m) > without.Revenue(m) + 1 ? 1 : 0;
                market += with.Revenue(m) > least + 1 ? 1 : 0;
            }
        }
        Assert.True(better > Draws, $"{better} months in which it pays");
        Assert.True(price > 5 || market > Draws, $"{market} months in which the market pays more");
    }

    /// <summary>While an operator is replaced nothing is sold to anybody, spot and the market's leases among it, and all that stands is dark; where none may be, nothing is ever again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_sold_while_nobody_runs_the_centre(bool stepIn)
    {
        var plan = Plan(Lease("AA", 100, tenor: 48)) with
        {
            Operator = new OperatorTerms(new Counterparty("op") { MonthlyHazard = 0.03 })
            {
                StepIn = stepIn,
                TenantStays = 1,
            },
            Backstop = new CapacityBackstop(new Counterparty("buyer"), 5, 256, 0, 60),
        };
        int dark = 0,
            lit = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var outlook = _run.Value.Centre(plan, new AskPolicy(1), draw).Physical;
            var run = Assert.Single(outlook.Signed);
            for (var m = 4; m < 51; m++)
            {
                var stopped = m >= run.Months.Length || run.Months[m].Hours == 0;
                if (!stopped)
                {
                    lit += outlook.Revenue(m) > run.Months[m].Due + 1 ? 1 : 0;
                    continue;
                }
                dark++;
                Assert.Equal(0, outlook.Revenue(m), 6);
                Assert.Equal(0, outlook.Fill(m), 9);
                Assert.Equal(outlook.Installed[m] - outlook.Repair[m], outlook.Dark[m], 6);
                Assert.Equal(0, outlook.SignedRent()[m]);
            }
        }
        Assert.True(dark > Draws, $"{dark} dark months");
        Assert.True(lit > Draws, $"{lit} months in which others buy");
    }
}
