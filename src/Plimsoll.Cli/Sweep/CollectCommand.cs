using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Jobs;
using Plimsoll.Sweeps;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep collect FILE</c>: tables and reports of what a ledger holds of a sweep by now.</summary>
internal static class CollectCommand
{
    public static Command Create()
    {
        var file = SweepOptions.File();
        var ledger = SweepOptions.Ledger("none: one must be named");
        var json = CommonOptions.Json();
        var output = SweepOptions.Folder();
        var command = new ExampleCommand(
            "collect",
            "Write tables and reports of what a ledger holds of a sweep by now, whoever computed it.",
            "sweep collect examples/sweep.yaml --ledger postgres://me@db/plimsoll"
        )
        {
            file,
            output,
            ledger,
            json,
        };
        command.SetAction(result =>
            SweepOptions.Guard(async stop =>
            {
                var sweep = SweepStudies.Read(result.GetValue(file)!);
                var version = EngineVersion.Of(FactCatalog.Shipped());
                var job = sweep.Job(version).Id;
                await using var opened = await SweepOptions.Open(
                    result.GetValue(ledger),
                    null,
                    waits: false,
                    stop
                );
                if (await opened.Find(job, stop) is null)
                {
                    Console.Error.WriteLine(
                        $"The ledger at {opened.Place} has no job {job}: this sweep was not entered there, or with another version of engine or catalogue ({version} here)."
                    );
                    return ExitCode.BadInput;
                }
                var folder = result.GetValue(output) ?? Path.Combine("out", job);
                var index = await new SweepResults(sweep, opened, version, folder).Write(stop);
                return RunCommand.Print(index, folder, result.GetValue(json));
            })
        );
        return command;
    }
}
