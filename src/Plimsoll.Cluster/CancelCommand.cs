using System.CommandLine;
using Plimsoll.Inputs;

namespace Plimsoll.Cluster;

/// <summary><c>cancel JOB</c>: stops a job in all silos at once.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var job = new Argument<string>("job") { Description = "The job, as 'status' prints it." };
        var ledger = ClusterCommandOptions.Ledger();
        var command = new Command(
            "cancel",
            "Stop a job in all silos; what was done stays, and submitting it again goes on."
        )
        {
            job,
            ledger,
        };
        command.SetAction(
            async (result, stop) =>
            {
                var address = ClusterCommandOptions.Address(result.GetValue(ledger));
                var id = result.GetValue(job)!;
                await using var opened = await ClusterCommandOptions.Open(
                    address,
                    TimeSpan.Zero,
                    stop
                );
                if (await opened.Find(id, stop) is null)
                {
                    await Console.Error.WriteLineAsync(
                        $"The ledger has no job '{InputText.Cut(id)}'."
                    );
                    return 2;
                }
                await opened.Cancel(id, stop);
                await ClusterClient.Ask(
                    address,
                    async client =>
                    {
                        await client.Dispatcher().Cancel(id);
                        return true;
                    },
                    stop
                );
                return 0;
            }
        );
        return command;
    }
}
