namespace Plimsoll.Cli.Sweep;

/// <summary>Work that hears an interruption, gives back what it holds, and only then lets the process end.</summary>
internal static class UntilInterrupted
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs the work.</summary>
    /// <param name="work">Given what tells it to stop.</param>
    /// <returns>What it returned.</returns>
    public static int Run(Func<CancellationToken, Task<int>> work)
    {
        using var stop = new CancellationTokenSource();
        using var ended = new ManualResetEventSlim();
        void OnExit(object? sender, EventArgs e)
        {
            stop.Cancel();
            ended.Wait(_grace);
        }
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        try
        {
            return Task.Run(() => work(stop.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Unanswerable;
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            ended.Set();
        }
    }
}
