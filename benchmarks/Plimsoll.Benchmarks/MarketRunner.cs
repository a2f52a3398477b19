using System.Diagnostics;
using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sampling;

namespace Plimsoll.Benchmarks;

/// <summary>Times the contract engine: one national run, two thousand runs, one centre added, a study's worth of all.</summary>
public static class MarketRunner
{
    /// <summary>Arguments: nothing for all, or engine, many, centre.</summary>
    public static void Run(string[] what)
    {
        Console.WriteLine(
            $"# {Environment.Version} {Environment.ProcessorCount} cores {DateTime.UtcNow:yyyy-MM-dd}"
        );
        if (what.Length == 0 || what.Contains("engine"))
        {
            Engine();
        }
        if (what.Length == 0 || what.Contains("many"))
        {
            Many();
        }
        if (what.Length == 0 || what.Contains("twin"))
        {
            Twin();
        }
        if (what.Length == 0 || what.Contains("centre"))
        {
            Centre();
        }
    }

    private static CatalogView View() => FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31));

    private static MarketWorld World(int draw, int months)
    {
        var view = View();
        var scenario = new MarketScenario();
        var givens = MarketGivens.Of(view, "china");
        var ensemble = Ensemble.Of(view, "china");
        var named = NamedCentres.Of(view, givens, "china");
        var one = ensemble.Draw(givens, scenario, 1, draw, months);
        return new MarketWorld(
            MarketForcing.Of(givens, one.Backdrop, one.Member.Values),
            one.Member,
            named.Centres,
            named.Vouchers,
            Mechanisms.None,
            ContractTerms.Shipped,
            1,
            draw
        );
    }

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;

    /// <summary>A nation of exactly so many centres from the first month to the last, under a fitted member's demand.</summary>
    private static MarketWorld Standing(int draw, int centres)
    {
        var world = World(draw, 60);
        double[] values = [.. world.Member.Values];
        values[(int)Parameter.CapacityStart] = 0;
        values[(int)Parameter.ProjectsStart] = 0;
        var stream = RandomStream.Keyed(1, draw, EntityId.Of("standing"), Purpose.Sizes);
        var seeds = new CentreSeed[centres];
        for (var i = 0; i < centres; i++)
        {
            var tier = stream.NextUniform();
            seeds[i] = new CentreSeed
            {
                Name = $"centre {i}",
                Tier =
                    tier < 0.35 ? Tier.H
                    : tier < 0.6 ? Tier.A
                    : Tier.D,
                RelativeSize = 0.43 * Math.Exp(1.3 * new Gaussian(0, 1).Draw(ref stream)),
                Online = 0,
            };
        }
        return world with
        {
            Member = world.Member with { Values = values },
            Centres = seeds,
            Off = Mechanisms.NewBuild | Mechanisms.Resale,
        };
    }

    private static void Engine()
    {
        Engine("500 centres standing, 60 months", d => Standing(d, 500));
        Engine("China as fitted, growing, 60 months", d => World(d, 60));
    }

    /// <summary>One thread, each run the best of five: the machine may be busy with others.</summary>
    private static void Engine(string name, Func<int, MarketWorld> of)
    {
        var worlds = Enumerable.Range(0, 60).Select(of).ToArray();
        var engine = new ContractEngine();
        foreach (var world in worlds)
        {
            engine.Run(world);
        }
        var times = worlds.Select(w => Time(engine, w)).Order().ToArray();
        var cpu = Cpu();
        double buyers = 0,
            contracts = 0,
            running = 0,
            live = 0;
        foreach (var world in worlds)
        {
            engine.Run(world);
        }
        cpu = (Cpu() - cpu) / worlds.Length;
        foreach (var world in worlds.Take(12))
        {
            var record = engine.Run(world, true);
            buyers += record.Buyers / 12.0;
            contracts += record.Contracts.Count / 12.0;
            running += record.Running / 12.0;
            live += record.Centres.Count(c => c.Installed[^1] > 0) / 12.0;
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: best of five per run, median {times[30]:0.00} ms, p90 {times[54]:0.00}, worst {times[59]:0.00}; CPU mean {cpu:0.00} ms; {live:0} centres and {running:0} contracts at the end, {contracts:0} contracts and renewals, {buyers:0} searches"
            )
        );
    }

    private static double Time(ContractEngine engine, MarketWorld world)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            engine.Run(world);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        return best;
    }

    private static void Many()
    {
        var worlds = Enumerable.Range(0, 60).Select(d => World(d, 60)).ToArray();
        var watch = Stopwatch.StartNew();
        var cpu = Cpu();
        Parallel.For(
            0,
            2000,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            () => new ContractEngine(),
            (i, _, engine) =>
            {
                engine.Run(worlds[i % 60] with { Draw = i });
                return engine;
            },
            _ => { }
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"2,000 runs of 60 months on 2 threads: wall {watch.Elapsed.TotalSeconds:0.0} s, CPU {(Cpu() - cpu) / 1000:0.0} s"
            )
        );
        watch.Restart();
        cpu = Cpu();
        var run = MarketRun.Prepare(View(), new MarketScenario(), 1, 2000, new Month(2031, 12), 2);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"a study's market, {run.Draws} draws to 2031-12 over {run.Worlds} worlds: wall {watch.Elapsed.TotalSeconds:0.0} s, CPU {(Cpu() - cpu) / 1000:0.0} s"
            )
        );
        watch.Restart();
        cpu = Cpu();
        var plan = Plan(1024);
        Parallel.For(
            0,
            16_000,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            i => run.Centre(plan, new AskPolicy(1), i % 2000)
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"a study's centre, 2,000 draws of 8 options: wall {watch.Elapsed.TotalSeconds:0.0} s, CPU {(Cpu() - cpu) / 1000:0.0} s"
            )
        );
    }

    /// <summary>Lumpy minus mean field over drawn members that come near the projects counted.</summary>
    private static void Twin()
    {
        var view = View();
        var givens = MarketGivens.Of(view, "china");
        var ensemble = Ensemble.Of(view, "china");
        foreach (var named in new[] { NamedCentres.Of(view, givens, "china"), NamedCentres.None })
        {
            var twin = new ContractTwin(givens, named);
            var gaps = new List<double[]>();
            for (var draw = 0; draw < 600 && gaps.Count < 60; draw++)
            {
                var one = ensemble.Draw(givens, new MarketScenario(), 3, draw, 30);
                var field = new MarketPath(30);
                new MeanField(givens.Tiers, new MarketScenario()).Run(
                    one.Member.Law,
                    one.Member.WorldLink,
                    one.Member.Values,
                    one.Backdrop,
                    field
                );
                if (field.Projects[23] is < 350 or > 700)
                {
                    continue;
                }
                var sum = new double[8];
                for (var s = 0; s < 4; s++)
                {
                    var lumpy = twin.Run(one.Member, one.Backdrop, 5, (draw * 4) + s);
                    sum[0] += (Math.Log(lumpy.Quote[0][23]) - Math.Log(field.Quote[0][23])) / 4;
                    sum[1] += (Math.Log(lumpy.Quote[1][23]) - Math.Log(field.Quote[1][23])) / 4;
                    sum[2] +=
                        Math.Log((lumpy.LetShare(23) + 1e-3) / (field.LetShare(23) + 1e-3)) / 4;
                    sum[3] += Math.Log(lumpy.Projects[23] / field.Projects[23]) / 4;
                    sum[4] += Math.Log((lumpy.Completed[23] + 1) / (field.Completed[23] + 1)) / 4;
                    sum[5] += Math.Log((lumpy.Cancelled[23] + 1) / (field.Cancelled[23] + 1)) / 4;
                    double a = 0,
                        b = 0;
                    for (var k = 0; k < 3; k++)
                    {
                        a += lumpy.Capacity[k][23] * givens.Tiers.Compute[k];
                        b += field.Capacity[k][23] * givens.Tiers.Compute[k];
                    }
                    sum[6] += Math.Log(a / b) / 4;
                    sum[7] += Math.Log(lumpy.Offered[0][23] / field.Offered[0][23]) / 4;
                }
                gaps.Add(sum);
            }
            string[] what =
            [
                "ln quote H",
                "ln quote A",
                "ln lit",
                "ln projects",
                "ln completed",
                "ln cancelled",
                "ln capacity",
                "ln offered H",
            ];
            for (var i = 0; i < what.Length; i++)
            {
                var sorted = gaps.Select(g => g[i]).Order().ToArray();
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"twin, named {named.Centres.Count}: {what[i], -13} lumpy minus mean field: mean {sorted.Average():+0.000;-0.000}, p10 {sorted[sorted.Length / 10]:+0.000;-0.000}, p90 {sorted[sorted.Length * 9 / 10]:+0.000;-0.000} over {sorted.Length} members"
                    )
                );
            }
        }
    }

    private static CentrePlan Plan(double accelerators) =>
        new()
        {
            Name = "added",
            Site = "Zhengzhou",
            Start = new Month(2025, 1),
            Months = 72,
            Fleets = [new FleetPlan("H100 SXM5", "8xH100", accelerators, new Month(2025, 6), true)],
            Products = [Product.TrainingLease, Product.SmallLease, Product.Spot, Product.Inference],
            Inference = new InferenceCapability(1500, 0.2, 0.3),
            AvoidableCostPerAcceleratorMonth = 1200,
            ReachableShare = 0.7,
        };

    private static void Centre()
    {
        var run = MarketRun.Prepare(View(), new MarketScenario(), 1, 120, new Month(2031, 12), 2);
        var idle = Plan(256) with { Products = [] };
        for (var turn = 0; turn < 3; turn++)
        {
            var cpu = Cpu();
            var bytes = GC.GetTotalAllocatedBytes(true);
            for (var i = 0; i < 1200; i++)
            {
                run.Centre(idle, new AskPolicy(1), i % 120);
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a centre that sells nothing: {(Cpu() - cpu) / 1200:0.000} ms CPU, {(GC.GetTotalAllocatedBytes(true) - bytes) / 1200 / 1024} KB"
                )
            );
        }
        foreach (var size in new[] { 256.0, 1024, 4096, 16_384 })
        {
            var plan = Plan(size);
            var policy = new AskPolicy(1);
            for (var i = 0; i < 1200; i++)
            {
                run.Centre(plan, policy, i % 120);
            }
            var start = Cpu();
            for (var i = 0; i < 1200; i++)
            {
                run.Centre(plan, policy, i % 120);
            }
            var each = (Cpu() - start) / 1200;
            var cpu = Cpu();
            double fast = 0,
                share = 0;
            var fills = new double[120];
            for (var draw = 0; draw < 120; draw++)
            {
                var outlook = run.Centre(plan, policy, draw);
                fills[draw] = Fill(outlook);
                fast += fills[draw] / 120;
                share += outlook.ShareOfTier / 120;
            }
            cpu = Cpu();
            double full = 0,
                gap = 0;
            for (var draw = 0; draw < 120; draw++)
            {
                var fill = Fill(run.CentreInFullRun(plan, policy, draw));
                full += fill / 120;
                gap += Math.Abs(fill - fills[draw]) / 120;
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"centre of {size:0}: {each:0.000} ms added, {(Cpu() - cpu) / 120:0.00} ms in a full run (CPU); mean fill {fast:0.000} against {full:0.000}, mean absolute gap {gap:0.000}, share of tier {share:0.000}, empty {fills.Count(f => f < 0.1) / 120.0:0.00}"
                )
            );
        }
    }

    private static double Fill(CentreOutlook outlook)
    {
        double sum = 0;
        for (var m = 12; m < outlook.Physical.Months; m++)
        {
            sum += outlook.Physical.Fill(m);
        }
        return sum / (outlook.Physical.Months - 12);
    }
}
