using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Portfolios;
using Plimsoll.Studies.Model;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
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

    /// <summary>The sections of the study as a centre of a portfolio.</summary>
    private static string Alone(string name = "the centre")
    {
        var lines = Study.ReplaceLineEndings("\n").Split('\n');
        var body = lines.SkipWhile(l => l != "centre:").Select(l => "    " + l);
        return SmallPortfolio.Of(
            SmallPortfolio.Head,
            $"  - name: {name}\n" + string.Join('\n', body) + "\n"
        );
    }

    [Theory]
    [InlineData("the centre")]
    [InlineData("Zhengzhou A")]
    public void A_portfolio_of_one_centre_gives_the_figures_of_its_study(string name)
    {
        var study = SmallStudy.Run(Study).Result.Options[0].Figures;
        var draws = SmallPortfolio.Draws(Alone(name), 30);
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
    public void A_full_centre_with_other_chips_far_away_changes_next_to_nothing()
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
        // Tiers hang together by their rents: eight full servers among thousands move the others' hours by less than a hundredth.
        for (var c = 0; c < 2; c++)
        {
            var (before, after) = (
                without.Centres[c].SoldHours.Average(),
                with.Centres[c].SoldHours.Average()
            );
            Assert.InRange(after / before, 0.99, 1.01);
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
        // With one server far away: a centre quite alone has the luck of a study's, not that of its name.
        var alone = SmallPortfolio.Draws(
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                many[0],
                SmallPortfolio.Centre("far", "Xian", "8x910B", 1)
            )
        );
        var crowd = SmallPortfolio.Draws(SmallPortfolio.Of(SmallPortfolio.Head, many));
        var one = alone.Run(PortfolioPlan.KeepAll(2), SmallPortfolio.Context).Centres[0];
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

    [Fact]
    public void What_a_centre_is_worth_to_the_planner_does_not_hang_on_its_debt()
    {
        var light = SmallPortfolio.Centre("a", servers: 64, let: "0.1");
        var heavy = light.Replace(
            "existing_debt: 64000000",
            "existing_debt: 250000000",
            StringComparison.Ordinal
        );
        Assert.NotEqual(light, heavy);
        var beside = SmallPortfolio.Centre("b", "Wuhan", servers: 32);
        CentreFigures Of(string centre) =>
            SmallPortfolio
                .Draws(SmallPortfolio.Of(SmallPortfolio.Head, centre, beside))
                .Run(PortfolioPlan.KeepAll(2), SmallPortfolio.Context, true)
                .Centres[0];
        var (little, much) = (Of(light), Of(heavy));
        Assert.Equal(little.ProjectNpv, much.ProjectNpv);
        Assert.Equal(little.Value, much.Value);
        Assert.Equal(little.UsefulHours, much.UsefulHours);
        // Who owes more loses more of it.
        Assert.True(much.LenderLoss.Average() > little.LenderLoss.Average());
    }

    [Fact]
    public void A_voucher_of_nothing_and_one_without_money_change_nothing_for_any_centre()
    {
        var catalog = FactCatalog.FromTexts(
            FactCatalog
                .ShippedFiles()
                .Select(f =>
                    f.Path.EndsWith("vouchers.csv", StringComparison.Ordinal)
                        ? (
                            f.Path,
                            f.Text
                                + """
                                Nothing,share,0,,,fraction,2023-07-28,2023-07-28,D,for a test,derived,
                                Broke,share,0.3,,,fraction,2023-07-28,2023-07-28,D,for a test,derived,
                                Broke,budget_per_year,0,,,CNY,2023-07-28,2023-07-28,D,for a test,derived,

                                """.ReplaceLineEndings("\n")
                        )
                        : f
                )
        );
        PlanFigures Of(string scheme)
        {
            var text = SmallPortfolio
                .Of(
                    SmallPortfolio.Head,
                    SmallPortfolio.Centre("a", servers: 64),
                    SmallPortfolio.Centre("b", "Wuhan", servers: 32),
                    SmallPortfolio.Centre("c", "Xian", "8xA800", 48)
                )
                .Replace(
                    "      operator_capability: 0.5\n",
                    "      operator_capability: 0.5\n" + scheme,
                    StringComparison.Ordinal
                );
            Assert.Contains(scheme, text, StringComparison.Ordinal);
            var portfolio = PortfolioReader
                .Read(
                    (InputMapping)YamlInput.Read(text, "small.yaml"),
                    catalog,
                    "small.yaml",
                    StudyFolder.None
                )
                .Portfolio;
            return PortfolioDraws
                .Prepare(portfolio, 10, portfolio.Seed, SmallPortfolio.Context)
                .Run(PortfolioPlan.KeepAll(3), SmallPortfolio.Context, true);
        }
        var none = Of("");
        foreach (var scheme in new[] { "Nothing", "Broke" })
        {
            var with = Of($"      voucher_scheme: {scheme}\n");
            for (var c = 0; c < 3; c++)
            {
                Assert.Equal(none.Centres[c].SoldHours, with.Centres[c].SoldHours);
                Assert.Equal(none.Centres[c].ProjectNpv, with.Centres[c].ProjectNpv);
                Assert.Equal(none.Centres[c].PublicMoney, with.Centres[c].PublicMoney);
            }
        }
        // That the scheme is read at all: one with money moves something.
        var real = Of("      voucher_scheme: Henan\n");
        Assert.NotEqual(none.Centres[0].PublicMoney, real.Centres[0].PublicMoney);
    }

    [Fact]
    public void A_portfolio_of_one_fares_as_in_a_run_of_the_whole_market()
    {
        const int Count = 24;
        var draws = SmallPortfolio.Draws(Alone(), Count);
        double added = 0,
            full = 0,
            apart = 0;
        for (var d = 0; d < Count; d++)
        {
            var one = draws.Draw(PortfolioPlan.KeepAll(1), d)[0];
            var numbers = draws
                .Numbers(0)
                .ToDictionary(n => n.Path, n => draws.Values(0, n.Path)[d]);
            var whole = draws.Market.ClearInFullRun([CaseRun.Entry(one.Case, numbers)], d)[0];
            Assert.True(whole.FullRun);
            double Fill(MonthlyOutlook o) => Enumerable.Range(0, o.Months).Average(o.Fill);
            var (a, b) = (Fill(one.Draw.Outlook.Physical), Fill(whole.Physical));
            added += a / Count;
            full += b / Count;
            apart += Math.Abs(a - b) / Count;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"fill added {added:0.000}, full {full:0.000}, apart {apart:0.000} a draw"
            )
        );
        Assert.InRange(Math.Abs(added - full), 0, 0.03);
        Assert.InRange(apart, 0, 0.06);
    }
}
