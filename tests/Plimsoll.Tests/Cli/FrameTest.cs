using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli;
using Xunit;

namespace Plimsoll.Tests.Cli;

/// <summary>Help, exit codes and streams, the same for every command.</summary>
public sealed class FrameTest
{
    public static TheoryData<string> EveryCommand()
    {
        var data = new TheoryData<string>();
        void Walk(Command command, string path)
        {
            data.Add(path);
            foreach (var child in command.Subcommands)
            {
                Walk(child, $"{path} {child.Name}".Trim());
            }
        }
        Walk(Commands.Root(), "");
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Every_command_has_help_that_describes_all_it_takes(string path)
    {
        var (exit, output, error) = CommandLine.Run([.. Words(path), "--help"]);
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Command command = Commands.Root();
        foreach (var word in Words(path))
        {
            command = command.Subcommands.Single(c => c.Name == word);
        }
        Assert.True(command.Description?.Length > 15, $"{path}: no description");
        Assert.All(
            command.Options,
            o => Assert.True(o.Description?.Length > 3, $"{path} {o.Name}")
        );
        Assert.All(
            command.Arguments,
            a => Assert.True(a.Description?.Length > 3, $"{path} {a.Name}")
        );
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void An_unknown_option_ends_in_exit_2_with_nothing_on_standard_output(string path)
    {
        var (exit, output, error) = CommandLine.Run([.. Words(path), "--no-such-option"]);
        Assert.Equal((2, ""), (exit, output));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Examples_in_the_help_are_commands_that_exist()
    {
        void Walk(Command command)
        {
            foreach (var example in (command as ExampleCommand)?.Examples ?? [])
            {
                var words = example
                    .Split(" > ")[0]
                    .Split(' ', '"')
                    .Where(w => w.Length > 0)
                    .ToList();
                var found = Commands.Root().Subcommands.SingleOrDefault(c => c.Name == words[0]);
                Assert.NotNull(found);
                // A command that takes a file itself, or one below it.
                Assert.True(
                    found.Arguments.Count > 0 || found.Subcommands.Any(c => c.Name == words[1]),
                    example
                );
            }
            foreach (var child in command.Subcommands)
            {
                Walk(child);
            }
        }
        Walk(Commands.Root());
    }

    [Fact]
    public void Alone_it_greets_with_help_and_a_group_alone_says_what_it_holds()
    {
        var (exit, output, error) = CommandLine.Run();
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("catalog", output, StringComparison.Ordinal);
        var group = CommandLine.Run("catalog");
        Assert.Equal((2, ""), (group.Exit, group.Out));
        Assert.Contains("show <name>", group.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_command_is_answered_with_the_nearest()
    {
        var (exit, output, error) = CommandLine.Run("catlog", "show");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("Did you mean 'catalog'?", error, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean 'show'?",
            CommandLine.Run("catalog", "shwo", "H800").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_version_is_a_number() =>
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\\s*$", CommandLine.Run("--version").Out);

    [Fact]
    public void Check_says_sound_or_lists_findings_also_as_json()
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-{Guid.NewGuid():n}.yaml");
        try
        {
            File.Copy(Path.Combine(TestData.Repository(), "studies", "zhengzhou-2024.yaml"), path);
            Assert.Equal(
                (0, $"{path}: sound", ""),
                Trimmed(CommandLine.Run("study", "check", path))
            );
            File.WriteAllText(path, "kind: study\nnmae: x\n");
            var (exit, output, error) = CommandLine.Run("study", "check", path);
            Assert.Equal((2, ""), (exit, output));
            Assert.Contains($"{path}:2:1: nmae: unknown-key", error, StringComparison.Ordinal);
            var json = CommandLine.Run("study", "check", path, "--json");
            Assert.Equal((2, ""), (json.Exit, json.Error));
            var document = JsonNode.Parse(json.Out)!;
            Assert.False((bool)document["sound"]!);
            Assert.Contains(
                document["findings"]!.AsArray(),
                f => (string?)f!["rule"] == "unknown-key" && (int)f["line"]! == 2
            );
        }
        finally
        {
            File.Delete(path);
        }
        var missing = CommandLine.Run("study", "check", path);
        Assert.Equal(2, missing.Exit);
        Assert.Contains("no-such-file", missing.Error, StringComparison.Ordinal);
        var folder = CommandLine.Run("study", "check", Path.GetTempPath());
        Assert.Equal(2, folder.Exit);
    }

    [Fact]
    public void Schema_prints_draft_07_and_an_unknown_kind_is_refused()
    {
        var schema = CommandLine.Run("study", "schema", "study");
        Assert.Equal(0, schema.Exit);
        Assert.Equal(
            "http://json-schema.org/draft-07/schema#",
            (string?)JsonNode.Parse(schema.Out)!["$schema"]
        );
        var wrong = CommandLine.Run("study", "schema", "sturdy");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("Did you mean 'study'?", wrong.Error, StringComparison.Ordinal);
    }

    private static (int, string, string) Trimmed((int Exit, string Out, string Error) r) =>
        (r.Exit, r.Out.Trim(), r.Error.Trim());

    private static string[] Words(string path) =>
        path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
