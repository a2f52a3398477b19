using Plimsoll.Jobs;

namespace Plimsoll.Web.Runs;

/// <summary>Computes the runs that wait in the ledger, beside the pages; a server may have none and leave it to others.</summary>
internal sealed partial class RunWorker(
    IRunLedger ledger,
    WorkbenchRunner runner,
    WorkbenchSettings settings,
    ILogger<RunWorker> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && settings.RunsAtOnce > 0)
        {
            try
            {
                // Off the caller's thread: computing is synchronous.
                await Task.Run(
                    () =>
                        Worker.Several(
                            ledger,
                            runner,
                            new WorkerSettings
                            {
                                LeaseRuns = 1,
                                LeaseDuration = TimeSpan.FromSeconds(15),
                                Pause = TimeSpan.FromMilliseconds(400),
                                Threads = settings.Threads,
                            },
                            settings.RunsAtOnce,
                            stoppingToken
                        ),
                    stoppingToken
                );
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerException e)
            {
                // What it held goes to the next worker when its lease ends.
                Away(log, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The ledger of runs did not answer: {Reason}"
    )]
    private static partial void Away(ILogger logger, string reason);
}
