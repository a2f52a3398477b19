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
            Description =
                "A YAML file of any kind: study, portfolio, inference, training, market, finance, audit.",
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
        var findings = FileCheck.Of(file);
        var sound = findings.All(f => f.Finding.IsWarning);
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["file"] = file,
                    ["sound"] = sound,
                    ["findings"] = new JsonArray([.. findings.Select(FindingDocument.Of)]),
                }
            );
        }
        else
        {
            foreach (var finding in findings)
            {
                Console.Error.WriteLine(finding);
            }
            if (sound)
            {
                Console.WriteLine(
                    findings.Count switch
                    {
                        0 => $"{InputText.OneLine(file)}: sound",
                        1 => $"{InputText.OneLine(file)}: sound, with 1 warning",
                        var n => $"{InputText.OneLine(file)}: sound, with {n} warnings",
                    }
                );
            }
        }
        return sound ? ExitCode.Success : ExitCode.BadInput;
    }
}
