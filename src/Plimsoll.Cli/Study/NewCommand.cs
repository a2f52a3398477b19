using System.CommandLine;
using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll.Cli.Study;

/// <summary><c>study new --like NAME</c>: a commented study file to start from.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var like = new Option<string>("--like")
        {
            Description =
                $"Shipped study to start from, or the beginning of its name: {string.Join(", ", ShippedStudies.Names)}; an example: {string.Join(", ", ShippedStudies.Examples)}; or a shipped portfolio: {string.Join(", ", ShippedStudies.NamesOf(PortfolioInputs.Kind))}.",
            DefaultValueFactory = _ => "zhengzhou",
        };
        var output = new Option<string>("--out")
        {
            Description = "File to write; it must not exist yet.",
            DefaultValueFactory = _ => "study.yaml",
        };
        var language = new Option<string>("--language")
        {
            Description = "Language of the comments in the file: en or zh (Chinese).",
            DefaultValueFactory = _ => PhraseBook.English.Language,
        };
        language.AcceptOnlyFromAmong([.. PhraseBook.Languages]);
        var command = new Command(
            "new",
            "Write a commented study file to start from: plimsoll study new --like zhengzhou"
        )
        {
            like,
            output,
            language,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(like)!,
                    result.GetValue(output)!,
                    PhraseBook.Of(result.GetValue(language)!)
                )
            )
        );
        return command;
    }

    private static int Run(string like, string path, PhraseBook book)
    {
        if (ShippedStudies.ToCopy(like) is not { } study)
        {
            if (ShippedStudies.Find(like, PortfolioInputs.Kind) is { } portfolio)
            {
                return Portfolio(portfolio.Name, portfolio.Text, path, book);
            }
            throw new KeyNotFoundException(
                $"No shipped study '{like}'; there are {string.Join(", ", ShippedStudies.Names.Concat(ShippedStudies.Examples).Concat(ShippedStudies.NamesOf(PortfolioInputs.Kind)))}."
            );
        }
        OutputFile.Write(
            path,
            stream => stream.Write(Encoding.UTF8.GetBytes(Text(study.Name, study.Text, book))),
            fresh: true
        );
        Console.WriteLine(book.Say("new.written", path));
        return ExitCode.Success;
    }

    /// <summary>A shipped portfolio as it is: what a centre may say stands in the reference.</summary>
    private static int Portfolio(string name, string text, string path, PhraseBook book)
    {
        OutputFile.Write(
            path,
            stream =>
                stream.Write(
                    Encoding.UTF8.GetBytes(
                        $"# {book.Say("new.head.portfolio", name)}\n\n"
                            + text.ReplaceLineEndings("\n")
                    )
                ),
            fresh: true
        );
        Console.WriteLine(book.Say("new.written.portfolio", path));
        return ExitCode.Success;
    }

    /// <summary>A shipped study with every input it leaves silent written below it as a comment, with its default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="study">Its text.</param>
    /// <param name="book">Language of the comments; in another than English each key is called by its name in place of the study's own notes.</param>
    public static string Text(string name, string study, PhraseBook? book = null)
    {
        book ??= PhraseBook.English;
        var text = new StringBuilder();
        var english = ReferenceEquals(book, PhraseBook.English);
        text.Append($"# {book.Say("new.head", name)}\n");
        text.Append(
            $"# {book.Say("new.ranges")} {{ value: , low: , high: , source: , grade: }}\n\n"
        );
        study = study.ReplaceLineEndings("\n").TrimEnd();
        text.Append(english ? study : Named(study, book.Language)).Append('\n');
        text.Append($"\n# {book.Say("new.silent")}\n");
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
            text.Append(
                row.Unit.Length > 0 && row.Unit != "1"
                    ? $" {book.Say(Words.Measure(row.Unit))}"
                    : ""
            );
            text.Append(
                $" -- {(english ? row.Description : InputLabels.Of(book.Language, row.Path) ?? row.Description)}\n"
            );
        }
        return text.ToString();
    }

    private static string WithoutComment(string line)
    {
        for (
            var at = line.IndexOf(" #", StringComparison.Ordinal);
            at >= 0;
            at = line.IndexOf(" #", at + 1, StringComparison.Ordinal)
        )
        {
            if (line.AsSpan(0, at).Count('"') % 2 == 0)
            {
                return line[..at].TrimEnd();
            }
        }
        return line;
    }

    /// <summary>A study whose keys bear their names in a language as comments, in place of its own comments.</summary>
    private static string Named(string study, string language)
    {
        var names = new Dictionary<int, string>();
        void Name(InputNode node, string parent)
        {
            switch (node)
            {
                case InputMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        var path = parent.Length == 0 ? entry.Key : $"{parent}.{entry.Key}";
                        if (InputLabels.Of(language, path) is { } name)
                        {
                            names.TryAdd(entry.Line, name);
                        }
                        Name(entry.Value, path);
                    }
                    break;
                case InputSequence list:
                    foreach (var item in list.Items)
                    {
                        Name(item, parent + "[]");
                    }
                    break;
                default:
                    break;
            }
        }
        Name(YamlInput.Read(study, "study"), "");
        var text = new StringBuilder();
        foreach (var (i, line) in study.Split('\n').Index())
        {
            if (line.TrimStart().StartsWith('#'))
            {
                continue;
            }
            if (names.TryGetValue(i + 1, out var name))
            {
                text.Append(line.AsSpan(0, line.Length - line.TrimStart().Length))
                    .Append("# ")
                    .Append(name)
                    .Append('\n');
            }
            text.Append(WithoutComment(line)).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
