namespace Plimsoll.Tests.Cli;

/// <summary>Runs the command line inside the test process and catches what it prints; one at a time.</summary>
internal static class CommandLine
{
    private static readonly Lock _console = new();

    /// <summary>Exit code, standard output and standard error of one command line.</summary>
    public static (int Exit, string Out, string Error) Run(params string[] args) =>
        Run(() => Plimsoll.Cli.Program.Run(args));

    /// <summary>The same of any part of the command line.</summary>
    public static (int Exit, string Out, string Error) Run(Func<int> work)
    {
        lock (_console)
        {
            var (output, error) = (Console.Out, Console.Error);
            using var newOutput = new StringWriter();
            using var newError = new StringWriter();
            try
            {
                Console.SetOut(newOutput);
                Console.SetError(newError);
                var exit = work();
                return (exit, newOutput.ToString(), newError.ToString());
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(error);
            }
        }
    }
}
