using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;

namespace Plimsoll.Cli.Study;

/// <summary><c>study schema [KIND]</c>: the JSON Schema of a kind of file, or its reference page, or the pages of all kinds.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("kind")
        {
            Description = "Kind of file: the word after 'kind:'.",
            DefaultValueFactory = _ => "study",
        };
        var markdown = new Option<bool>("--reference")
        {
            Description = "Print the reference page (Markdown) instead.",
        };
        var all = new Option<bool>("--all")
        {
            Description = "Write the reference pages of all kinds into the folder of --out.",
        };
        var folder = new Option<string?>("--out") { Description = "Folder for --all." };
        var command = new ExampleCommand(
            "schema",
            "Print the JSON Schema (draft-07) of a kind of file, for editor completion.",
            "study schema > plimsoll.schema.json",
            "study schema training --reference",
            "study schema --all --out docs/reference"
        )
        {
            kind,
            markdown,
            all,
            folder,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                if (result.GetValue(all))
                {
                    return WriteAll(result.GetValue(folder));
                }
                Print(Table(result.GetValue(kind)!), result.GetValue(markdown));
                return ExitCode.Success;
            })
        );
        return command;
    }

    private static InputTable Table(string kind)
    {
        if (InputFiles.Kinds.TryGetValue(kind, out var table))
        {
            return table;
        }
        var near = NearestName.Of(kind, InputFiles.Kinds.Keys);
        throw new KeyNotFoundException(
            $"No kind '{kind}'; there are {string.Join(", ", InputFiles.Kinds.Keys)}."
                + (near is null ? "" : $" Did you mean '{near}'?")
        );
    }

    private static void Print(InputTable table, bool markdown)
    {
        if (markdown)
        {
            Console.Out.Write(InputReference.Markdown(table));
            return;
        }
        var everything = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        JsonOutput.Print(JsonSchema.Of(table, everything.Names));
    }

    private static int WriteAll(string? folder)
    {
        if (folder is null)
        {
            Console.Error.WriteLine("--all needs --out FOLDER, for example --out docs/reference.");
            return ExitCode.BadInput;
        }
        foreach (var (kind, table) in InputFiles.Kinds)
        {
            var path = Path.Combine(folder, $"{kind}.md");
            OutputFile.Write(path, InputReference.Markdown(table));
            Console.Error.WriteLine(path);
        }
        return ExitCode.Success;
    }
}
