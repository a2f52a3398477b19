using System.CommandLine;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Yaml;

namespace Plimsoll.Cli;

/// <summary><c>migrate FILE</c>: rewrites a file of an earlier version with its comments kept.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A YAML file of any kind: study, portfolio, inference, training, market, finance, audit, voucher, book.",
        };
        var output = new Option<string?>("--out")
        {
            Description =
                "Write here, a file that is not there yet, and leave the file as it is. Default: the file itself.",
        };
        var command = new Command(
            "migrate",
            "Rewrite a file of an earlier version: renamed keys under their new names, in their new units; comments and everything else stay."
        )
        {
            file,
            output,
        };
        command.SetAction(result =>
            Commands.Guard(() => Run(result.GetValue(file)!, result.GetValue(output)))
        );
        return command;
    }

    private static int Run(string file, string? output)
    {
        var opened = InputFiles.Open(file);
        var root = (InputMapping)InputFiles.Written(opened, out var table);
        if (FileVersion.Newer(root, table, file) is { } newer)
        {
            // What a later release renamed is not known here: stating this version would hide it.
            throw new InputException([newer]);
        }
        var text = YamlInput.Text(opened.Bytes, file, out var encoding);
        var rewritten = FileVersion.Rewrite(text, root, table);
        foreach (var warning in FileVersion.Read(root, table, file).Warnings)
        {
            ToldFinding.Tell(warning);
        }
        var target = output ?? file;
        if (rewritten == text && output is null)
        {
            Console.WriteLine($"{file}: is of version {table.Version} already");
            return ExitCode.Success;
        }
        var bytes = encoding.GetBytes(rewritten);
        // Whatever stands there now is only given up for what reads.
        _ = YamlInput.Read(bytes, target);
        OutputFile.Write(target, stream => stream.Write(bytes), fresh: output is not null);
        Console.WriteLine($"{target}: version {table.Version}");
        return ExitCode.Success;
    }
}
