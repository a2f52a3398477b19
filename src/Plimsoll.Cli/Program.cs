using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Cli;

/// <summary>Entry point: composes the commands; each lives in a file of its own.</summary>
internal static class Program
{
    private const int Interrupted = 130;
    private const string Json = "--json";

    private static int Main(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        Console.CancelKeyPress += (_, _) =>
        {
            Console.Error.WriteLine("Interrupted.");
            if (args.Contains(Json, StringComparer.Ordinal))
            {
                JsonOutput.Print(JsonErrors.Document(Interrupted, ["Interrupted."], []));
            }
            Environment.Exit(Interrupted);
        };
        var (output, error) = (new StandardOutput(Console.Out), new StandardOutput(Console.Error));
        Console.SetOut(output);
        Console.SetError(error);
        var exit = Run(args);
        if (output.HasFailed)
        {
            Console.Error.WriteLine(
                "Standard output is full or closed: what was to be printed is lost; files that were written stand whole."
            );
            return exit == ExitCode.Success ? ExitCode.Unanswerable : exit;
        }
        return exit;
    }

    /// <summary>Parses and runs one command line.</summary>
    /// <returns>0 success, 1 the study cannot be answered, 2 bad usage or bad input.</returns>
    internal static int Run(string[] args)
    {
        using var culture = InvariantCulture.Begin();
        return args.Contains(Json, StringComparer.Ordinal)
            ? JsonErrors.Run(() => RunGuarded(args))
            : RunGuarded(args);
    }

    private static int RunGuarded(string[] args)
    {
        if (!StudyFolder.CurrentStands)
        {
            Console.Error.WriteLine(
                "The folder this was started in is gone or may not be read; change to another."
            );
            return ExitCode.BadInput;
        }
        try
        {
            return RunPlain(args);
        }
        catch (Exception e)
        {
            return LastResort.Report(e);
        }
    }

    private static int RunPlain(string[] args)
    {
        var root = Commands.Root();
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        var parsed = root.Parse(args);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        if (parsed.Errors.Count == 0)
        {
            if (Unnamed(parsed) is { } unnamed)
            {
                Console.Error.WriteLine(unnamed);
                return ExitCode.BadInput;
            }
            return parsed.Invoke(configuration);
        }
        var command = parsed.CommandResult.Command;
        if (
            command.Action is null
            && command.Subcommands.Count > 0
            && parsed.UnmatchedTokens.Count == 0
        )
        {
            // A group by itself: show what it holds. Nothing at all is a greeting, not a mistake.
            configuration.Output = args.Length == 0 ? Console.Out : Console.Error;
            root.Parse([.. args, "--help"]).Invoke(configuration);
            return args.Length == 0 ? ExitCode.Success : ExitCode.BadInput;
        }
        Explain(parsed);
        return ExitCode.BadInput;
    }

    /// <summary>What to say of the first option or argument given as nothing, as an unset variable of a script gives it; null without one.</summary>
    private static string? Unnamed(ParseResult parsed) =>
        parsed
            .CommandResult.Children.Where(r => r.Tokens.Any(t => t.Value.Trim().Length == 0))
            .Select(r =>
                r is OptionResult o ? $"{o.Option.Name} is empty. {o.Option.Description}"
                : r is ArgumentResult a ? $"<{a.Argument.Name}> is empty. {a.Argument.Description}"
                : null
            )
            .FirstOrDefault();

    private static void Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            var names = command.Subcommands.Select(c => c.Name).ToList();
            var near = NearestName.Of(word, names);
            Console.Error.WriteLine(
                near is null
                    ? $"'{word}' is no command here; there are {string.Join(", ", names)}."
                    : $"'{word}' is no command here. Did you mean '{near}'?"
            );
        }
        else
        {
            foreach (var error in parsed.Errors.Select(e => e.Message).Distinct())
            {
                Console.Error.WriteLine(error);
            }
        }
        Console.Error.WriteLine($"See: {string.Join(' ', Path(parsed.CommandResult))} --help");
    }

    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult parent
            ? Path(parent).Append(result.Command.Name)
            : ["plimsoll"];
}
