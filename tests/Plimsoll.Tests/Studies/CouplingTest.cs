using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Fill, rent, goodput and money hang together: mutants that cut a coupling are caught by the same checks that the real model passes.</summary>
public sealed class CouplingTest
{
    private const int Draws = 60;

    [Fact]
    public void The_model_passes_every_coupling_check()
    {
        var world = World.Of(Inference);
        Assert.Empty(world.Faults(world.Clear));
    }

    [Fact]
    public void Constant_fill_changes_the_answer_and_is_caught()
    {
        var world = World.Of(Inference);
        CentreOutlook Mutant(CentrePlan plan, FleetPolicies policy, int draw) =>
            WithFill(world.Clear(plan, policy, draw), 0.7);
        Assert.Contains("fill does not vary", world.Faults(Mutant));
        Assert.NotEqual(world.Answer(world.Clear), world.Answer(Mutant));
    }

    [Fact]
    public void Price_drawn_apart_from_fill_changes_the_answer_and_is_caught()
    {
        var world = World.Of(Inference);
        CentreOutlook Mutant(CentrePlan plan, FleetPolicies policy, int draw)
        {
            var mine = world.Clear(plan, policy, draw);
            var other = world.Clear(plan, policy, (draw + (Draws / 2)) % Draws);
            return WithPrices(mine, other);
        }
        Assert.Contains("rent does not go with the market's quote", world.Faults(Mutant));
        Assert.NotEqual(world.Answer(world.Clear), world.Answer(Mutant));
    }

    [Fact]
    public void Constant_goodput_changes_the_answer_and_is_caught()
    {
        var world = World.Of(Inference);
        CentreOutlook Mutant(CentrePlan plan, FleetPolicies policy, int draw) =>
            world.Clear(
                plan with
                {
                    Fleets = [.. plan.Fleets.Select(f => f with { Inference = Same(f.Inference) })],
                    Inference = Same(plan.Inference),
                },
                policy,
                draw
            );
        Assert.Contains("goodput does not move revenue", world.Faults(Mutant));
        Assert.NotEqual(world.Answer(world.Clear), world.Answer(Mutant));
    }

    private static InferenceCapability? Same(InferenceCapability? real) =>
        real is null ? null : real with { GoodputTokensPerSecond = 3000 };

    private static string Inference =>
        SmallStudy.With(
            ("operator_capability: 0.5", "operator_capability: 0.7\n  sells_inference: true"),
            ("decided: 2024-03", "decided: 2025-02"),
            ("online: 2024-10", "online: 2025-06"),
            ("finance:\n", "serving:\n  price_output: 40\n  price_input: 10\nfinance:\n")
        );

    private static CentreOutlook WithFill(CentreOutlook outlook, double fill)
    {
        var o = outlook.Physical;
        var hours = new double[o.Months];
        for (var m = 0; m < o.Months; m++)
        {
            hours[m] = fill * o.Installed[m] * (o.Start + m).Hours;
        }
        return outlook with
        {
            Physical = o with
            {
                Sales = [new ProductSales(Product.SmallLease, hours, outlook.MarketQuote, [])],
            },
        };
    }

    private static CentreOutlook WithPrices(CentreOutlook mine, CentreOutlook other)
    {
        double Price(int m)
        {
            var hours = other.Physical.Sales.Sum(s => s.GpuHours[m]);
            return hours > 0 ? other.Physical.Revenue(m) / hours : other.MarketQuote[m];
        }
        return mine with
        {
            Physical = mine.Physical with
            {
                Sales =
                [
                    .. mine.Physical.Sales.Select(s =>
                        s with
                        {
                            PricePerGpuHour =
                            [
                                .. Enumerable.Range(0, mine.Physical.Months).Select(Price),
                            ],
                        }
                    ),
                ],
            },
        };
    }

    private sealed record World(MarketRun Market, StudyCase Plan, StudyReader Reader)
    {
        public static World Of(string text)
        {
            var values = SmallStudy.Read(text);
            var view = FactCatalog.Shipped().AsOf(values.Month("decided"));
            var reader = StudyReader.Of(values, view);
            var plan = reader.Plan();
            return new World(PlanOnly.Market(values.Month("decided"), Draws), plan, reader);
        }

        public CentreOutlook Clear(CentrePlan plan, FleetPolicies policies, int draw) =>
            Market.Clear([new CentreEntry(plan, policies)], draw)[0];

        public double Answer(CentreMarket centre)
        {
            var figures = Figures(centre, Plan);
            // A mean that no single draw of extreme rents rules.
            return figures.Sound.Average(i => Math.Asinh(figures.ProjectNpv[i] / 1e8));
        }

        public List<string> Faults(CentreMarket centre)
        {
            var faults = new List<string>();
            var figures = Figures(centre, Plan);
            var sound = figures.Sound;
            var fill = sound.Select(i => figures.Fill[i]).ToArray();
            if (fill.Max() - fill.Min() < 0.05)
            {
                faults.Add("fill does not vary");
            }
            var quotes = sound
                .Select(i => centre(Plan.Plan with { Fleets = Fleets() }, Plan.Policies, i))
                .Select(o => o.MarketQuote.Skip(6).Average())
                .ToArray();
            var rents = sound.Select(i => figures.Rent[i]).ToArray();
            // Half of what it sells is tokens, at a price of their own; without any coupling sixty draws give 0 with a deviation of 0.13.
            if (RankCorrelation(quotes, rents) < 0.35)
            {
                faults.Add("rent does not go with the market's quote");
            }
            if (!(TokenRent(centre, 4) > TokenRent(centre, 1)))
            {
                faults.Add("goodput does not move revenue");
            }
            return faults;
        }

        /// <summary>Mean rent of an accelerator-hour of tokens over the draws, with goodput multiplied.</summary>
        private double TokenRent(CentreMarket centre, double factor)
        {
            double money = 0,
                hours = 0;
            for (var draw = 0; draw < Draws; draw++)
            {
                var goodput = Assert.Single(Plan.Goodputs).Value;
                var plan = Plan.Plan with
                {
                    Fleets =
                    [
                        .. Fleets()
                            .Select(f =>
                                f with
                                {
                                    Inference = new InferenceCapability(factor * goodput, 0, 0),
                                }
                            ),
                    ],
                    Inference = new InferenceCapability(factor * goodput, 0, 0),
                };
                var sales = centre(plan, Plan.Policies, draw).Physical.Sales;
                foreach (var s in sales.Where(s => s.Product == Product.Inference))
                {
                    hours += s.GpuHours.Sum();
                    money += s.GpuHours.Zip(s.PricePerGpuHour, (h, p) => h * p).Sum();
                }
            }
            return hours > 0 ? money / hours : 0;
        }

        private List<FleetPlan> Fleets() =>
            [
                .. Plan.Fleets.Select(f => new FleetPlan(
                    f.Accelerator,
                    f.Server,
                    f.Servers * f.PerServer,
                    f.Online,
                    f.TrainingFabric
                )),
            ];

        private DrawFigures Figures(CentreMarket centre, StudyCase study)
        {
            // Every number at its best estimate: only the market differs between draws.
            var inputs = new DrawInputs(1, Draws, []);
            var links = Enumerable.Range(0, Draws).Select(d => new DrawWorld(d, "")).ToArray();
            return new OptionRun(new CaseRun(centre), inputs, Reader.Rule(), links, 2).Figures(
                study
            );
        }

        private static double RankCorrelation(double[] x, double[] y)
        {
            static double[] Ranks(double[] v)
            {
                var order = Enumerable.Range(0, v.Length).OrderBy(i => v[i]).ToArray();
                var ranks = new double[v.Length];
                for (var k = 0; k < order.Length; k++)
                {
                    ranks[order[k]] = k;
                }
                return ranks;
            }
            double[] a = Ranks(x),
                b = Ranks(y);
            double mean = (a.Length - 1) / 2.0,
                ab = 0,
                aa = 0;
            for (var i = 0; i < a.Length; i++)
            {
                ab += (a[i] - mean) * (b[i] - mean);
                aa += (a[i] - mean) * (a[i] - mean);
            }
            return ab / aa;
        }
    }
}
