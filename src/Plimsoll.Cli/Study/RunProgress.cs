using Spectre.Console;

namespace Plimsoll.Cli.Study;

/// <summary>A progress bar on standard error, only on a terminal.</summary>
internal static class RunProgress
{
    /// <summary>Does some work under a progress bar.</summary>
    /// <param name="work">Given where to report what is being done and the share done of it.</param>
    public static T Show<T>(Func<Action<string, double>, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work((_, _) => { });
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
}
