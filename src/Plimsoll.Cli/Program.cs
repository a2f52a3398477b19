using System.CommandLine;

namespace Plimsoll.Cli;

/// <summary>Entry point: composes the commands; each lives in a file of its own.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        return Run(args);
    }

    /// <summary>Parses and runs one command line.</summary>
    /// <returns>0 success, 1 the study cannot be answered, 2 bad usage or bad input.</returns>
    internal static int Run(string[] args)
    {
        var parsed = Commands.Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }
            Console.Error.WriteLine(
                $"Run 'plimsoll {string.Join(' ', parsed.CommandResult.Command.Name == "plimsoll" ? [] : CommandNames(parsed))} --help' for usage.".Replace(
                    "  ",
                    " ",
                    StringComparison.Ordinal
                )
            );
            return ExitCode.BadInput;
        }
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Stack<string> CommandNames(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (
            var result = parsed.CommandResult;
            result.Parent is System.CommandLine.Parsing.CommandResult parent;
            result = parent
        )
        {
            names.Push(result.Command.Name);
        }
        return names;
    }
}
