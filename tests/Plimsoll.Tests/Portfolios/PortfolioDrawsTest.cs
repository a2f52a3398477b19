using Plimsoll.Portfolios;
using Plimsoll.Tests.Studies;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>All centres of a portfolio in one market.</summary>
public sealed class PortfolioDrawsTest
{
    private const string Study = """
        kind: study
        name: alone
        question: owner
        decided: 2024-12
        horizon: 36
        market:
          name: china
        centre:
          operator_capability: { value: 0.4, low: 0.25, high: 0.6, source: own, grade: D }
        site:
          name: Zhengzhou
        fleet:
          - server: 8xH800
            servers: 64
            online: 2024-06
            capex_per_server: 2600000
        signed:
          - tenant: a local developer
            servers: 12
            price_per_gpu_hour: 12.8
            tenor: 9
        finance:
          existing_debt: 64000000
          tenor: 30

        """;

    /// <summary>The sections of the study as a centre of a portfolio, under the name that every study's centre bears.</summary>
    private static string Alone()
    {
        var lines = Study.ReplaceLineEndings("\n").Split('\n');
        var body = lines.SkipWhile(l => l != "centre:").Select(l => "    " + l);
        return SmallPortfolio.Of(
            SmallPortfolio.Head,
            "  - name: the centre\n" + string.Join('\n', body) + "\n"
        );
    }

    [Fact]
    public void A_portfolio_of_one_centre_gives_the_figures_of_its_study()
    {
        var study = SmallStudy.Run(Study).Result.Options[0].Figures;
        var draws = SmallPortfolio.Draws(Alone(), 30);
        var kept = draws.Run(PortfolioPlan.KeepAll(1), SmallPortfolio.Context, true);
        var own = kept.Centres[0].Study!;
        Assert.Equal(study.Fill, own.Fill);
        Assert.Equal(study.Rent, own.Rent);
        Assert.Equal(study.ProjectNpv, own.ProjectNpv);
        Assert.Equal(study.EquityNpv, own.EquityNpv);
        Assert.Equal(study.Default, own.Default);
        Assert.Equal(study.LossGivenDefault, own.LossGivenDefault);
    }

    [Fact]
    public void The_order_of_the_centres_changes_nothing()
    {
        string[] centres =
        [
            SmallPortfolio.Centre("a", servers: 32, let: "unknown"),
            SmallPortfolio.Centre("b", "Wuhan", "8xA800", 64),
            SmallPortfolio.Centre("c", "Xian", servers: 128, let: "0.6"),
        ];
        var one = SmallPortfolio.Draws(SmallPortfolio.Of(SmallPortfolio.Head, centres));
        var other = SmallPortfolio.Draws(
            SmallPortfolio.Of(SmallPortfolio.Head, centres[2], centres[0], centres[1])
        );
        var here = one.Run(PortfolioPlan.KeepAll(3), SmallPortfolio.Context);
        var there = other.Run(PortfolioPlan.KeepAll(3), SmallPortfolio.Context);
        int[] order = [1, 2, 0];
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(here.Centres[c].ProjectNpv, there.Centres[order[c]].ProjectNpv);
            Assert.Equal(here.Centres[c].SoldHours, there.Centres[order[c]].SoldHours);
        }
    }

    [Fact]
    public void A_full_centre_with_other_chips_far_away_changes_nothing()
    {
        var a = SmallPortfolio.Centre("a", servers: 64);
        var b = SmallPortfolio.Centre("b", "Wuhan", servers: 32);
        // All of it is let beyond the horizon to one tenant who cannot leave, in a tier that the others do not stand in.
        var far = SmallPortfolio.Centre(
            "far",
            "Urumqi",
            "8x910B",
            8,
            "0",
            more: """
                signed:
                  - tenant: the owner's own arm
                    servers: 8
                    price_per_gpu_hour: 5
                    tenor: 36
                    take_or_pay: 1
                    monthly_breach_hazard: 0
            """
        );
        var two = SmallPortfolio.Draws(SmallPortfolio.Of(SmallPortfolio.Head, a, b));
        var three = SmallPortfolio.Draws(SmallPortfolio.Of(SmallPortfolio.Head, a, b, far));
        var without = two.Run(PortfolioPlan.KeepAll(2), SmallPortfolio.Context);
        var with = three.Run(PortfolioPlan.KeepAll(3), SmallPortfolio.Context);
        for (var c = 0; c < 2; c++)
        {
            Assert.Equal(without.Centres[c].ProjectNpv, with.Centres[c].ProjectNpv);
            Assert.Equal(without.Centres[c].SoldHours, with.Centres[c].SoldHours);
        }
    }

    [Fact]
    public void Centres_take_tenants_from_each_other()
    {
        string[] many =
        [
            .. Enumerable
                .Range(0, 6)
                .Select(i => SmallPortfolio.Centre($"c{i}", servers: 512, let: "0.05")),
        ];
        var alone = SmallPortfolio.Draws(SmallPortfolio.Of(SmallPortfolio.Head, many[0]));
        var crowd = SmallPortfolio.Draws(SmallPortfolio.Of(SmallPortfolio.Head, many));
        var one = alone.Run(PortfolioPlan.KeepAll(1), SmallPortfolio.Context).Centres[0];
        var among = crowd.Run(PortfolioPlan.KeepAll(6), SmallPortfolio.Context).Centres[0];
        Assert.True(
            among.SoldHours.Average() < one.SoldHours.Average(),
            $"{among.SoldHours.Average()} among others, {one.SoldHours.Average()} alone"
        );
        // What five close, the sixth lets.
        var close = crowd.Actions[1].ToList().FindIndex(a => a.Kind == ActionKind.Close);
        var closed = Enumerable
            .Range(1, 5)
            .Aggregate(PortfolioPlan.KeepAll(6), (plan, c) => plan.With(c, close));
        var left = crowd.Run(closed, SmallPortfolio.Context).Centres[0];
        Assert.True(left.SoldHours.Average() > among.SoldHours.Average());
    }

    [Fact]
    public void Hours_and_accelerators_are_conserved_under_every_action()
    {
        var draws = SmallPortfolio.Draws(
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre("a", servers: 32),
                SmallPortfolio.Centre("b", "Wuhan", servers: 64, capability: 0.8),
                SmallPortfolio.Centre("c", "Xian", "8xA800", 48, "unknown")
            ),
            3
        );
        for (var action = 0; action < draws.Actions.Max(a => a.Count); action++)
        {
            var plan = new PortfolioPlan([
                .. draws.Actions.Select(a => Math.Min(action, a.Count - 1)),
            ]);
            for (var draw = 0; draw < draws.Draws; draw++)
            {
                foreach (var one in draws.Draw(plan, draw))
                {
                    var o = one.Draw.Outlook.Physical;
                    double sold = 0;
                    for (var m = 0; m < o.Months; m++)
                    {
                        // Hours sold are the hours of the products, and those of the fleets.
                        var hours = o.Sales.Sum(s => s.GpuHours[m]);
                        Assert.Equal(hours, o.Fleets.Sum(f => f.HoursSold[m]), 1e-6 * (1 + hours));
                        // Installed is let, dark, idle or under repair, never more.
                        var let = hours / o.Hours(m);
                        Assert.Equal(
                            o.Installed[m],
                            let + o.Dark[m] + o.Idle[m] + o.Repair[m],
                            1e-6 * (1 + o.Installed[m])
                        );
                        sold += o.Fleets.Sum(f => f.Sold[m]);
                        // What came is kept or sold.
                        var came = one.Case.Fleets.Sum(f =>
                            f.Online <= o.Start + m ? f.Accelerators : 0
                        );
                        Assert.True(o.Installed[m] + sold <= came + 1e-6);
                    }
                    var end = o.Months - 1;
                    Assert.Equal(
                        one.Case.Accelerators,
                        o.Installed[end] + sold,
                        1e-6 * one.Case.Accelerators
                    );
                }
            }
        }
    }

    [Fact]
    public void The_answer_is_the_same_on_any_number_of_threads()
    {
        var draws = SmallPortfolio.Draws(
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre("a", servers: 32),
                SmallPortfolio.Centre("b", "Wuhan", servers: 64, let: "unknown")
            ),
            8
        );
        var one = draws.Run(PortfolioPlan.KeepAll(2), new() { Threads = 1 }, true);
        var three = draws.Run(PortfolioPlan.KeepAll(2), new() { Threads = 3 }, true);
        Assert.Equal(one.Values, three.Values);
        Assert.Equal(one.Centres[1].LetByMonth, three.Centres[1].LetByMonth);
    }
}
