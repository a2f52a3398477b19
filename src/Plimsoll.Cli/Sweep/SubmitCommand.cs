using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Jobs;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep submit FILE</c>: enters the runs of a sweep in a ledger for workers elsewhere.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var file = SweepOptions.File();
        var ledger = SweepOptions.Ledger("none: one must be named");
        var workspace = new Option<string>("--workspace")
        {
            Description = "Whose sweep it is: workers are shared out among workspaces.",
            DefaultValueFactory = _ => "",
        };
        var priority = NumberOption.Whole(
            "--priority",
            "Sweeps of a higher priority go first.",
            -100,
            100,
            () => 0
        );
        var command = new ExampleCommand(
            "submit",
            "Enter the runs of a sweep in a ledger, for 'sweep work' on any machine; prints the id of the job.",
            "sweep submit examples/sweep.yaml --ledger postgres://me@db/plimsoll"
        )
        {
            file,
            ledger,
            workspace,
            priority,
        };
        command.SetAction(result =>
            SweepOptions.Guard(async stop =>
            {
                var sweep = SweepStudies.Read(result.GetValue(file)!);
                var order = sweep.Job(EngineVersion.Of(FactCatalog.Shipped())) with
                {
                    Workspace = result.GetValue(workspace)!,
                    Priority = result.GetValue(priority),
                };
                await using var opened = await SweepOptions.Open(
                    result.GetValue(ledger),
                    null,
                    waits: false,
                    stop
                );
                await opened.Enter(order, sweep.Points().Select(sweep.Order), stop);
                Console.Out.WriteLine(order.Id);
                return ExitCode.Success;
            })
        );
        return command;
    }
}
