using System.CommandLine;
using Plimsoll.Inputs;

namespace Plimsoll.Cli.Study;

/// <summary><c>study schema [KIND]</c>: the JSON Schema of a kind of file, for editor completion.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("kind")
        {
            Description = "Kind of file.",
            DefaultValueFactory = _ => "study",
        };
        var markdown = new Option<bool>("--reference")
        {
            Description = "Print the reference page (Markdown) instead.",
        };
        var command = new Command(
            "schema",
            "Print the JSON Schema (draft-07) of a kind of file, for editor completion."
        )
        {
            kind,
            markdown,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                if (!InputFiles.Kinds.TryGetValue(result.GetValue(kind)!, out var table))
                {
                    throw new KeyNotFoundException(
                        $"No kind '{result.GetValue(kind)}'; there are {string.Join(", ", InputFiles.Kinds.Keys)}."
                    );
                }
                if (result.GetValue(markdown))
                {
                    Console.Out.Write(InputReference.Markdown(table));
                }
                else
                {
                    JsonOutput.Print(JsonSchema.Of(table));
                }
                return ExitCode.Success;
            })
        );
        return command;
    }
}
