using System.Diagnostics;
using Plimsoll.Finance;

namespace Plimsoll.Benchmarks;

/// <summary>Prints scenarios of 240 months per CPU-second of project finance, on one thread.</summary>
public static class FinanceRunner
{
    private const int Distinct = 512;

    public static void Run()
    {
        Console.WriteLine(
            "case                                             scenarios/CPU-s  default share  share below lock-up"
        );
        foreach (
            var (name, terms, rich) in new[]
            {
                ("losses, VAT, reserve, sweep, lock-up", FinanceCases.Full, false),
                ("every feature, three tranches", FinanceCases.Everything, true),
                ("stripped: one annuity", FinanceCases.Stripped, false),
            }
        )
        {
            var outlooks = Enumerable
                .Range(0, Distinct)
                .Select(i => FinanceCases.Outlook(i, rich))
                .ToList();
            var model = ProjectModel.Contract(terms, FinanceCases.Months);
            var batch = ScenarioBatch.Of(outlooks);
            ScenarioFigures? figures = null;
            var vector = Time(Distinct, () => figures = model.Run(batch));
            Console.WriteLine(
                $"{name, -48} {vector, 16:N0}  {figures!.DefaultShare, 13:P1}  {figures.LockedMonths.Count(l => l > 0) / (double)Distinct:P1}"
            );
            var packed = Time(Distinct, () => model.Run(ScenarioBatch.Of(outlooks)));
            Console.WriteLine($"{"  with outlooks added up first", -48} {packed, 16:N0}");
            var plain = Time(
                Distinct,
                () =>
                {
                    foreach (var outlook in outlooks)
                    {
                        _ = model.Run(outlook);
                    }
                }
            );
            Console.WriteLine($"{"  plain run, every row kept", -48} {plain, 16:N0}");
            var contract = Time(1, () => ProjectModel.Contract(terms, FinanceCases.Months));
            Console.WriteLine($"{"  contracts solved", -48} {contract, 16:N0}");
        }
    }

    /// <summary>The best of five timings of at least 0.4 CPU-seconds each.</summary>
    private static double Time(int count, Action work)
    {
        var process = Process.GetCurrentProcess();
        var watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < 500)
        {
            work();
        }
        var best = 0.0;
        for (var round = 0; round < 5; round++)
        {
            process.Refresh();
            var start = process.TotalProcessorTime;
            var runs = 0;
            double seconds;
            do
            {
                work();
                runs++;
                process.Refresh();
                seconds = (process.TotalProcessorTime - start).TotalSeconds;
            } while (seconds < 0.4);
            best = Math.Max(best, runs * count / seconds);
        }
        return best;
    }
}
