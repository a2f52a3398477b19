using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Decisions;
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
        var language = CommonOptions.Language(
            "Language of the findings on the screen: en or zh (Chinese)."
        );
        var command = new Command(
            "check",
            "Check a file and report everything wrong at once, with line and remedy."
        )
        {
            file,
            json,
            language,
        };
        command.SetAction(result =>
            Run(
                result.GetValue(file)!,
                result.GetValue(json),
                PhraseBook.Of(result.GetValue(language)!)
            )
        );
        return command;
    }

    private static int Run(string file, bool json, PhraseBook book)
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
                ToldFinding.Tell(finding, book);
            }
            if (sound)
            {
                var name = InputText.OneLine(file);
                Console.WriteLine(
                    findings.Count switch
                    {
                        0 => book.Say("check.sound", name),
                        1 => book.Say("check.sound.one", name),
                        var n => book.Say("check.sound.some", name, n),
                    }
                );
            }
        }
        return sound ? ExitCode.Success : ExitCode.BadInput;
    }
}
