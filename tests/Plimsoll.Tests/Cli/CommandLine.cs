namespace Plimsoll.Tests.Cli;

/// <summary>Runs the command line inside the test process and catches what it prints; one at a time.</summary>
internal static class CommandLine
{
    private static readonly Lock _console = new();

    /// <summary>Standard error without what is told of long work: how long it takes, and how far it is.</summary>
    public static string Complaints(string error) =>
        string.Concat(
            error
                .Split(Environment.NewLine)
                .Where(l =>
                    !l.StartsWith("... ", StringComparison.Ordinal)
                    && !l.StartsWith("This takes about ", StringComparison.Ordinal)
                )
        );

    /// <summary>Exit code, standard output and standard error of one command line.</summary>
    public static (int Exit, string Out, string Error) Run(params string[] args) =>
        Run(() => Plimsoll.Cli.Program.Run(args));

    /// <summary>The same of any part of the command line.</summary>
    public static (int Exit, string Out, string Error) Run(Func<int> work)
    {
        var (exit, output, error, _, _) = Measured(work);
        return (exit, output, error);
    }

    /// <summary>The same with the time it took and the bytes it allocated, without the wait for other command lines.</summary>
    public static (int Exit, string Out, string Error, TimeSpan Time, long Bytes) Measured(
        Func<int> work
    )
    {
        lock (_console)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var (output, error) = (Console.Out, Console.Error);
            using var newOutput = new StringWriter();
            using var newError = new StringWriter();
            try
            {
                Console.SetOut(newOutput);
                Console.SetError(newError);
                var exit = work();
                return (
                    exit,
                    newOutput.ToString(),
                    newError.ToString(),
                    watch.Elapsed,
                    GC.GetAllocatedBytesForCurrentThread() - allocated
                );
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(error);
            }
        }
    }
}
