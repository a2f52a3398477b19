using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Jobs;
using Plimsoll.Sweeps;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep FILE</c>: runs a sweep on the cores of this machine and writes tables and reports; run again it goes on where it stood.</summary>
internal static class RunCommand
{
    public static ExampleCommand Create()
    {
        var file = SweepOptions.File();
        var ledger = SweepOptions.Ledger("ledger.db in the folder of outputs");
        var workers = SweepOptions.Workers();
        var json = CommonOptions.Json();
        var output = SweepOptions.Folder();
        var allowed = WorkLimit.Option();
        var command = new ExampleCommand(
            "sweep",
            "Run a study over a grid or a sample of its inputs, or many studies: map of verdicts, regret, frontier, tables. Stopped at any moment, it goes on where it stood.",
            "sweep examples/sweep.yaml",
            "sweep examples/sweep.yaml --workers 2 --out out/my-sweep",
            "sweep submit examples/sweep.yaml --ledger postgres://me@db/plimsoll"
        )
        {
            file,
            output,
            ledger,
            workers,
            json,
            allowed,
        };
        command.SetAction(result =>
            SweepOptions.Guard(stop =>
                Run(
                    SweepStudies.Read(result.GetValue(file)!),
                    result.GetValue(output),
                    result.GetValue(ledger),
                    result.GetValue(workers),
                    result.GetValue(json),
                    result.GetValue(allowed),
                    stop
                )
            )
        );
        return command;
    }

    private static async Task<int> Run(
        Sweeps.Sweep sweep,
        string? folder,
        string? address,
        int workers,
        bool json,
        double minutes,
        CancellationToken stop
    )
    {
        if (!WorkLimit.Allows(SweepWork.Of(sweep), minutes))
        {
            return ExitCode.Unanswerable;
        }
        var runner = new StudyRunner(FactCatalog.Shipped(), ContentStore.Default());
        var order = sweep.Job(runner.Version);
        folder ??= Path.Combine("out", order.Id);
        await using var ledger = await SweepOptions.Open(
            address,
            Path.Combine(folder, "ledger.db"),
            waits: true,
            stop
        );
        await ledger.Enter(order, sweep.Points().Select(sweep.Order), stop);
        await SayWhatIsLeft(ledger, order.Id, stop);
        var settings = new WorkerSettings { Job = order.Id, EndsWhenDone = true };
        await new SweepProgress(ledger, order.Id).During(
            Worker.Several(ledger, runner, settings, workers, stop),
            stop
        );
        if (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped; the same command goes on from here.");
            return ExitCode.Unanswerable;
        }
        var index = await new SweepResults(sweep, ledger, runner.Version, folder).Write(stop);
        return Print(index, folder, json);
    }

    /// <summary>Prints what was written.</summary>
    internal static int Print(JsonObject index, string folder, bool json)
    {
        if (json)
        {
            JsonOutput.Print(index);
        }
        else
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(string?)index["name"]}: {(long)index["done"]!:#,0} of {(long)index["runs"]!:#,0} runs have a result{Rest(index)}"
                )
            );
            foreach (var (verdict, runs) in index["verdicts"]!.AsObject())
            {
                Console.Out.WriteLine($"  {verdict, -20} {(long)runs!, 8:#,0}");
            }
            foreach (var failure in index["failures"]!.AsArray().Take(5))
            {
                Console.Out.WriteLine(
                    $"  {(long)failure!["runs"]!:#,0} without an answer, first run {(long)failure["firstRun"]!}: {Inputs.InputText.OneLine((string)failure["reason"]!)}"
                );
            }
            Console.Out.WriteLine($"Report: {Path.Combine(folder, SweepResults.Report)}");
        }
        return (long)index["done"]! == (long)index["runs"]!
            ? ExitCode.Success
            : ExitCode.Unanswerable;
    }

    private static string Rest(JsonObject index) =>
        (long)index["open"]! > 0 ? $", {(long)index["open"]!:#,0} have not ended." : ".";

    private static async Task SayWhatIsLeft(IRunLedger ledger, string job, CancellationToken stop)
    {
        var found = (await ledger.Find(job, stop))!;
        var left = found.Waiting + found.Leased;
        if (left < found.Runs)
        {
            Console.Error.WriteLine(
                $"{found.Runs - left:#,0} of {found.Runs:#,0} runs have ended before; {left:#,0} are left."
            );
        }
    }
}
