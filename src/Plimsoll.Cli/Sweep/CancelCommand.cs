using System.CommandLine;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep cancel JOB</c>: stops a job on all its workers; what was done stays.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var job = new Argument<string>("job")
        {
            Description = "The job, as 'sweep submit' and 'sweep status' print it.",
        };
        var ledger = SweepOptions.Ledger("none: one must be named");
        var command = new ExampleCommand(
            "cancel",
            "Stop a job on all its workers; what was done stays, and entering it again goes on.",
            "sweep cancel sweep-0123456789abcdef --ledger postgres://me@db/plimsoll"
        )
        {
            job,
            ledger,
        };
        command.SetAction(result =>
            SweepOptions.Guard(async stop =>
            {
                await using var opened = await SweepOptions.Open(
                    result.GetValue(ledger),
                    null,
                    waits: false,
                    stop
                );
                var id = result.GetValue(job)!;
                if (await opened.Find(id, stop) is null)
                {
                    Console.Error.WriteLine(
                        $"The ledger has no job '{Inputs.InputText.Cut(id)}'; see 'plimsoll sweep status'."
                    );
                    return ExitCode.BadInput;
                }
                await opened.Cancel(id, stop);
                return ExitCode.Success;
            })
        );
        return command;
    }
}
