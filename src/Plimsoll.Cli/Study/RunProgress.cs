using System.Globalization;
using Spectre.Console;

namespace Plimsoll.Cli.Study;

/// <summary>Progress on standard error: a bar on a terminal, elsewhere a line now and then, so that a log of long work is no silence and one of short work is empty.</summary>
internal static class RunProgress
{
    /// <summary>Time without a word, where no bar is shown.</summary>
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(15);

    /// <summary>Does some work under a progress bar.</summary>
    /// <param name="work">Given where to report what is being done and the share done of it.</param>
    public static T Show<T>(Func<Action<string, double>, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(Lines(Console.Error, TimeProvider.System));
        }
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }
        );
        return console
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new SpinnerColumn())
            .Start(context =>
            {
                var tasks = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                return work(
                    (what, share) =>
                    {
                        lock (tasks)
                        {
                            if (!tasks.TryGetValue(what, out var task))
                            {
                                foreach (var earlier in tasks.Values)
                                {
                                    earlier.Value = 1;
                                }
                                tasks[what] = task = context.AddTask(what, maxValue: 1);
                            }
                            task.Value = share;
                        }
                    }
                );
            });
    }

    /// <summary>Tells what is being done in lines.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="clock">Tells when the last line is old enough.</param>
    internal static Action<string, double> Lines(TextWriter to, TimeProvider clock)
    {
        var last = clock.GetTimestamp();
        var gate = new Lock();
        return (what, share) =>
        {
            lock (gate)
            {
                if (clock.GetElapsedTime(last) < _silence)
                {
                    return;
                }
                last = clock.GetTimestamp();
                to.WriteLine(
                    share > 0
                        ? string.Create(CultureInfo.InvariantCulture, $"... {what}, {share:P0}")
                        : $"... {what}"
                );
            }
        };
    }
}
