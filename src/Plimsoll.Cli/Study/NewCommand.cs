using System.CommandLine;
using System.Text;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary><c>study new --like NAME</c>: a commented study file to start from.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var like = new Option<string>("--like")
        {
            Description =
                $"Shipped study to start from, or the beginning of its name: {string.Join(", ", ShippedStudies.Names)}; or a shipped portfolio: {string.Join(", ", ShippedStudies.NamesOf(PortfolioInputs.Kind))}.",
            DefaultValueFactory = _ => "zhengzhou",
        };
        var output = new Option<string>("--out")
        {
            Description = "File to write; it must not exist yet.",
            DefaultValueFactory = _ => "study.yaml",
        };
        var command = new Command(
            "new",
            "Write a commented study file to start from: plimsoll study new --like zhengzhou"
        )
        {
            like,
            output,
        };
        command.SetAction(result =>
            Commands.Guard(() => Run(result.GetValue(like)!, result.GetValue(output)!))
        );
        return command;
    }

    private static int Run(string like, string path)
    {
        if (ShippedStudies.Find(like) is not { } study)
        {
            if (ShippedStudies.Find(like, PortfolioInputs.Kind) is { } portfolio)
            {
                return Portfolio(portfolio.Name, portfolio.Text, path);
            }
            throw new KeyNotFoundException(
                $"No shipped study '{like}'; there are {string.Join(", ", ShippedStudies.Names.Concat(ShippedStudies.NamesOf(PortfolioInputs.Kind)))}."
            );
        }
        OutputFile.Write(
            path,
            stream => stream.Write(Encoding.UTF8.GetBytes(Text(study.Name, study.Text))),
            fresh: true
        );
        Console.WriteLine($"{path} written; change what is yours, then: plimsoll study run {path}");
        return ExitCode.Success;
    }

    /// <summary>A shipped portfolio as it is: what a centre may say stands in the reference.</summary>
    private static int Portfolio(string name, string text, string path)
    {
        OutputFile.Write(
            path,
            stream =>
                stream.Write(
                    Encoding.UTF8.GetBytes(
                        $"# Made from the shipped portfolio {name}. Change what is yours, 'unknown' may stand for any value of a centre; check it with: plimsoll study check FILE\n\n"
                            + text.ReplaceLineEndings("\n")
                    )
                ),
            fresh: true
        );
        Console.WriteLine(
            $"{path} written; change what is yours, then: plimsoll portfolio run {path}"
        );
        return ExitCode.Success;
    }

    /// <summary>A shipped study with every input it leaves silent written below it as a comment, with its default.</summary>
    public static string Text(string name, string study)
    {
        var text = new StringBuilder();
        text.Append(
            $"# Made from the shipped study {name}. Change what is yours; check it with: plimsoll study check FILE\n"
        );
        text.Append(
            "# Any number may be written as { value: , low: , high: , source: , grade: }; low and high are the 10 % and 90 % points.\n\n"
        );
        text.Append(study.ReplaceLineEndings("\n").TrimEnd()).Append('\n');
        text.Append(
            "\n# Inputs that this file leaves silent, with their defaults; put one into its section without the # to change it.\n"
        );
        foreach (var row in StudyInputs.Table().Rows)
        {
            if (
                row.Default is null
                || row.Path == "kind"
                || row.Type is InputType.Section or InputType.List
                || study.Contains($"{row.Key}:", StringComparison.Ordinal)
            )
            {
                continue;
            }
            text.Append($"#   {row.Path}: {row.Default}");
            text.Append(row.Unit.Length > 0 && row.Unit != "1" ? $" {row.Unit}" : "");
            text.Append($" -- {row.Description}\n");
        }
        return text.ToString();
    }
}
