using System.Diagnostics;
using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Market;

namespace Plimsoll.Benchmarks;

/// <summary>Times the mean-field twin: a hundred thousand runs of the fitted span and of a forecast.</summary>
public static class MeanFieldRunner
{
    private const int Runs = 100_000;

    /// <summary>Runs and prints wall and CPU seconds.</summary>
    public static void Run()
    {
        var view = FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31));
        var givens = MarketGivens.Of(view, "china");
        var members = Ensemble.Of(view, "china").Members;
        var threads = Math.Min(2, Environment.ProcessorCount);
        Console.WriteLine(
            $"# .NET {Environment.Version}, {Environment.ProcessorCount} cores, {threads} threads, {DateTime.UtcNow:yyyy-MM-dd}"
        );
        foreach (var months in new[] { 24, 48, 60 })
        {
            var backdrop = MarketBackdrop.Known(givens, months, Prior.Of("china"));
            var field = new MeanField(givens.Tiers, new MarketScenario());
            var path = new MarketPath(months);
            foreach (var member in members)
            {
                field.Run(member.Law, member.WorldLink, member.Values, backdrop, path);
            }
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            Parallel.For(
                0,
                Runs,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => new MarketPath(months),
                (i, _, room) =>
                {
                    var member = members[i % members.Count];
                    field.Run(member.Law, member.WorldLink, member.Values, backdrop, room);
                    return room;
                },
                _ => { }
            );
            var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Runs} runs of {months} months, 4 sub-steps: wall {watch.Elapsed.TotalSeconds:F1} s, CPU {spent:F1} s, {spent / Runs * 1e3:F3} ms CPU a run"
                )
            );
        }
    }
}
