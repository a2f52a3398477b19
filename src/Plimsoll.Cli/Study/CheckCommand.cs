using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Cli.Study;

/// <summary><c>study check FILE</c>: everything wrong with a file of any kind, at once.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "A YAML file of any kind: study, inference, training, market, finance.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "check",
            "Check a file and report everything wrong at once, with line and remedy."
        )
        {
            file,
            json,
        };
        command.SetAction(result => Run(result.GetValue(file)!, result.GetValue(json)));
        return command;
    }

    private static int Run(string file, bool json)
    {
        if (!json)
        {
            return Commands.Guard(() =>
            {
                InputFiles.Read(file);
                Console.WriteLine($"{InputText.OneLine(file)}: sound");
                return ExitCode.Success;
            });
        }
        IReadOnlyList<LocatedFinding> findings = [];
        try
        {
            InputFiles.Read(file);
        }
        catch (InputException e)
        {
            findings = e.Findings;
        }
        JsonOutput.Print(
            new JsonObject
            {
                ["file"] = file,
                ["sound"] = findings.Count == 0,
                ["findings"] = new JsonArray([.. findings.Select(FindingDocument.Of)]),
            }
        );
        return findings.Count == 0 ? ExitCode.Success : ExitCode.BadInput;
    }
}
