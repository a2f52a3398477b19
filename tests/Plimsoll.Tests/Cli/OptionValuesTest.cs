using System.CommandLine;
using Plimsoll.Cli;
using Xunit;

namespace Plimsoll.Tests.Cli;

/// <summary>A value that an option cannot take is answered in a sentence that names it, whatever the command.</summary>
public sealed class OptionValuesTest
{
    private static readonly string[] _bad = ["abc", "1,5", "NaN", "1e999", "-5.5.5", ""];

    /// <summary>Every option of every command that takes a number or a day.</summary>
    public static TheoryData<string, string> Numbers()
    {
        var data = new TheoryData<string, string>();
        foreach (var (path, option) in All(Commands.Root(), ""))
        {
            if (
                option.ValueType != typeof(string)
                && option.ValueType != typeof(string[])
                && option.ValueType != typeof(bool)
            )
            {
                data.Add(path, option.Name);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_bad_value_is_named_with_what_is_expected(string command, string option)
    {
        foreach (var bad in _bad)
        {
            var (exit, output, error) = CommandLine.Run([
                .. command.Split(' '),
                "no-such-file.yaml",
                option,
                bad,
            ]);
            Assert.Equal((2, ""), (exit, output));
            Assert.Contains($"{option}: found '{bad}'; expected", error, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    /// <summary>A script with an unset variable gives an empty name: it is told, whatever the command and option.</summary>
    [Fact]
    public void A_name_given_as_nothing_is_told()
    {
        var tried = 0;
        foreach (var path in Paths(Commands.Root(), ""))
        {
            var words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var command = words.Aggregate(
                (Command)Commands.Root(),
                (at, word) => at.Subcommands.Single(c => c.Name == word)
            );
            string[][] lines =
            [
                .. command.Arguments.Count > 0
                    ?
                    [
                        [.. words, ""],
                    ]
                    : Array.Empty<string[]>(),
                .. command
                    .Options.Where(o => o.ValueType == typeof(string))
                    .Select(o => (string[])[.. words, "no-such-file.yaml", o.Name, ""]),
            ];
            foreach (var line in lines.Where(_ => command.Action is not null))
            {
                var (exit, _, error) = CommandLine.Run(line);
                Assert.True(exit == 2, $"{string.Join(' ', line)}: exit {exit}: {error}");
                Assert.DoesNotContain("own code", error, StringComparison.Ordinal);
                Assert.NotEmpty(error);
                tried++;
            }
        }
        Assert.True(tried > 40, $"{tried}");
    }

    [Fact]
    public void There_are_such_options() => Assert.True(Numbers().Count >= 15);

    /// <summary>A default that means "none" is not shown as the last day of the calendar.</summary>
    [Fact]
    public void No_help_shows_the_end_of_time()
    {
        foreach (var path in Paths(Commands.Root(), ""))
        {
            var (exit, output, _) = CommandLine.Run([
                .. path.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                "--help",
            ]);
            Assert.Equal(0, exit);
            Assert.DoesNotContain("9999", output, StringComparison.Ordinal);
            Assert.DoesNotContain("18446744073709551615", output, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(string Path, Option Option)> All(Command command, string path) =>
        command
            .Options.Where(o => o.Name is not ("--help" or "--version"))
            .Select(o => (path, o))
            .Concat(command.Subcommands.SelectMany(c => All(c, $"{path} {c.Name}".Trim())));

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(c => Paths(c, $"{path} {c.Name}".Trim())).Prepend(path);
}
