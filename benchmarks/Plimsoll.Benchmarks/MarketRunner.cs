using System.Diagnostics;
using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

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

    private static void Engine()
    {
        var worlds = Enumerable.Range(0, 60).Select(d => World(d, 60)).ToArray();
        var engine = new ContractEngine();
        foreach (var world in worlds)
        {
            engine.Run(world);
        }
        var times = new double[worlds.Length];
        for (var i = 0; i < times.Length; i++)
        {
            var watch = Stopwatch.StartNew();
            engine.Run(worlds[i]);
            engine.Run(worlds[i]);
            times[i] = watch.Elapsed.TotalMilliseconds / 2;
        }
        Array.Sort(times);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"engine, 60 months: median {times[30]:0.00} ms, p10 {times[6]:0.00}, p90 {times[54]:0.00}, worst {times[59]:0.00}"
            )
        );
        foreach (
            var i in Enumerable
                .Range(0, 60)
                .OrderByDescending(i => Time(engine, worlds[i]))
                .Where((_, n) => n is < 4 or 20 or 30 or 40 or 50)
        )
        {
            var record = engine.Run(worlds[i], true);
            var centres = record.Centres.Count(c => c.Installed[^1] > 0);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {Time(engine, worlds[i]):0.0} ms: {worlds[i].Member.Law} link {worlds[i].Member.WorldLink}: {centres} centres, {record.Contracts.Count} contracts, {record.Running} running, {record.Buyers} searches, lit {record.Path.Lit(23):0.00} {record.Path.Lit(59):0.00}, quote H {record.Path.Quote[0][23]:0} {record.Path.Quote[0][59]:0} projects {record.Path.Projects[23]:0} done {record.Path.Completed[23]:0} canc {record.Path.Cancelled[23]:0}"
                )
            );
        }
    }

    private static double Time(ContractEngine engine, MarketWorld world)
    {
        var watch = Stopwatch.StartNew();
        engine.Run(world);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Many()
    {
        var watch = Stopwatch.StartNew();
        var cpu = Cpu();
        var run = MarketRun.Prepare(View(), new MarketScenario(), 1, 504, new Month(2031, 12), 2);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"prepare {run.Worlds} worlds to 2031-12: wall {watch.Elapsed.TotalSeconds:0.00} s, CPU {(Cpu() - cpu) / 1000:0.00} s, per world {(Cpu() - cpu) / run.Worlds:0.00} ms CPU"
            )
        );
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
        foreach (var size in new[] { 256.0, 1024, 4096 })
        {
            var plan = Plan(size);
            var policy = new AskPolicy(1);
            for (var draw = 0; draw < 120; draw++)
            {
                run.Centre(plan, policy, draw);
            }
            var watch = Stopwatch.StartNew();
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
            var each = watch.Elapsed.TotalMilliseconds / 120;
            watch.Restart();
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
                    $"centre of {size:0}: {each:0.000} ms added, {watch.Elapsed.TotalMilliseconds / 120:0.00} ms in a full run; mean fill {fast:0.000} against {full:0.000}, mean absolute gap {gap:0.000}, share of tier {share:0.000}, empty {fills.Count(f => f < 0.1) / 120.0:0.00}"
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
