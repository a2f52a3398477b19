using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Jobs;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep work</c>: computes runs that stand in a ledger; the worker of clusters, arrays and containers.</summary>
internal static class WorkCommand
{
    public static Command Create()
    {
        var ledger = SweepOptions.Ledger("none: one must be named");
        var workers = SweepOptions.Workers();
        var job = new Option<string?>("--job")
        {
            Description = "The only job worked on, as 'sweep submit' prints it; without it, any.",
        };
        var wait = new Option<bool>("--wait")
        {
            Description = "Wait for more work when nothing is left, until interrupted.",
        };
        var lease = NumberOption.Whole(
            "--lease",
            "Most runs held at once; what a worker holds when it dies goes to others after a minute.",
            1,
            256,
            () => 64
        );
        var command = new ExampleCommand(
            "work",
            "Compute runs that stand in a ledger. May be killed at any moment; waits up to ten minutes for a database that is gone.",
            "sweep work --ledger postgres://me@db/plimsoll --workers 8",
            "sweep work --job sweep-0123456789abcdef --wait"
        )
        {
            ledger,
            job,
            workers,
            lease,
            wait,
        };
        command.SetAction(result =>
            SweepOptions.Guard(async stop =>
            {
                await using var opened = await SweepOptions.Open(
                    result.GetValue(ledger),
                    null,
                    waits: true,
                    stop
                );
                var done = await Worker.Several(
                    opened,
                    new StudyRunner(FactCatalog.Shipped(), ContentStore.Default()),
                    new WorkerSettings
                    {
                        Job = result.GetValue(job),
                        EndsWhenDone = !result.GetValue(wait),
                        LeaseRuns = result.GetValue(lease),
                    },
                    result.GetValue(workers),
                    stop
                );
                Console.Error.WriteLine(
                    $"{done.Written:#,0} results, {done.Known:#,0} known before, {done.Failed:#,0} without an answer, {done.Late:#,0} late, {done.Differing:#,0} differing."
                );
                return done.Differing > 0 ? ExitCode.Unanswerable : ExitCode.Success;
            })
        );
        return command;
    }
}
