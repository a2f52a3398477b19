using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Cli;

/// <summary>Makes a JSON document of what a command says when it fails under <c>--json</c>, so that a caller never has to read sentences.</summary>
internal static class JsonErrors
{
    /// <summary>Runs a command; when it fails without a document of its own, prints one on standard output.</summary>
    /// <param name="command">Returns its exit code.</param>
    public static int Run(Func<int> command)
    {
        var (output, error) = (Console.Out, Console.Error);
        var printed = new Printed(output);
        var said = new Said(error);
        int exit;
        try
        {
            Console.SetOut(printed);
            Console.SetError(said);
            exit = command();
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
        if (exit != ExitCode.Success && !printed.Anything)
        {
            JsonOutput.Print(said.Document(exit));
        }
        return exit;
    }

    /// <summary>The document of a command that failed.</summary>
    /// <param name="exit">Its exit code.</param>
    /// <param name="messages">What it said, a line each.</param>
    /// <param name="findings">Those of them that are findings.</param>
    public static JsonObject Document(
        int exit,
        IEnumerable<string> messages,
        IEnumerable<LocatedFinding> findings
    ) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["exit"] = exit,
                ["messages"] = new JsonArray([
                    .. messages.Select(m => (JsonNode)InputText.OneLine(m)),
                ]),
                ["findings"] = new JsonArray([.. findings.Select(FindingDocument.Of)]),
            },
        };

    /// <summary>Passes text on and knows whether there was any.</summary>
    private sealed class Printed(TextWriter next) : TextWriter
    {
        public bool Anything { get; private set; }

        public override Encoding Encoding => next.Encoding;

        public override void Write(char value)
        {
            Anything = true;
            next.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Anything |= count > 0;
            next.Write(buffer, index, count);
        }

        public override void Flush() => next.Flush();
    }

    /// <summary>Passes messages on and keeps them; findings as such.</summary>
    private sealed class Said(TextWriter next) : TextWriter
    {
        private readonly StringBuilder _text = new();
        private readonly List<LocatedFinding> _findings = [];

        public override Encoding Encoding => next.Encoding;

        public override void Write(char value)
        {
            _text.Append(value);
            next.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            _text.Append(buffer, index, count);
            next.Write(buffer, index, count);
        }

        public override void WriteLine(object? value)
        {
            if (value is ToldFinding told)
            {
                _findings.Add(told.Finding);
            }
            WriteLine(value?.ToString());
        }

        public override void Flush() => next.Flush();

        public JsonObject Document(int exit) =>
            JsonErrors.Document(
                exit,
                _text
                    .ToString()
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(l => l.TrimEnd('\r')),
                _findings
            );
    }
}
