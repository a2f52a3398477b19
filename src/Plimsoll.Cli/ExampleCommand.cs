using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Plimsoll.Cli;

/// <summary>A command whose help ends with lines that can be typed as they stand.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, in one sentence.</param>
/// <param name="examples">Command lines without the leading <c>plimsoll</c>.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples)
    : Command(name, description)
{
    /// <summary>Command lines without the leading <c>plimsoll</c>.</summary>
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>Prints the usual help, then the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Help is given whatever else is missing from the command line.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exit = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  plimsoll {example}");
            }
            output.WriteLine();
        }
        return exit;
    }
}
