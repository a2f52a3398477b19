using System.Diagnostics;
using System.Globalization;
using Plimsoll.Jobs;

namespace Plimsoll.Cli.Sweep;

/// <summary>Says on standard error how far a job is: a line that is written over on a terminal, a line every tenth elsewhere.</summary>
internal sealed class SweepProgress(IRunLedger ledger, string job)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private long _start = -1;
    private long _shown = -1;

    /// <summary>Shows the job until the work ends.</summary>
    public async Task<T> During<T>(Task<T> work, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        while (
            await Task.WhenAny(work, Task.Delay(_pause, stop)) != work
            && !stop.IsCancellationRequested
        )
        {
            try
            {
                if (await ledger.Find(job, stop) is { } found)
                {
                    Show(found, Stopwatch.GetElapsedTime(since));
                }
            }
            catch (LedgerException)
            {
                // Workers wait for the ledger; so does the line.
            }
        }
        var result = await work;
        if (_terminal)
        {
            Console.Error.Write("\r\u001b[K");
        }
        return result;
    }

    private void Show(Job found, TimeSpan elapsed)
    {
        var ended = found.Done + found.Failed;
        _start = _start < 0 ? ended : _start;
        var left = found.Waiting + found.Leased;
        var rate = (ended - _start) / Math.Max(elapsed.TotalMinutes, 1e-9);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{ended:#,0} of {found.Runs:#,0} runs{(found.Failed > 0 ? $", {found.Failed:#,0} without an answer" : "")}{(rate > 0 ? $", {rate:#,0.#} a minute, about {Math.Ceiling(left / rate):#,0} minutes left" : "")}"
        );
        if (_terminal)
        {
            Console.Error.Write($"\r\u001b[K{text}");
        }
        else if (ended * 10 / Math.Max(found.Runs, 1) is var tenth && tenth != _shown)
        {
            _shown = tenth;
            Console.Error.WriteLine(text);
        }
    }
}
