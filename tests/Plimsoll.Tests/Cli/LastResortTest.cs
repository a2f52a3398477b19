using System.Text.Json.Nodes;
using Plimsoll.Cli;
using Plimsoll.Cli.Study;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class LastResortTest
{
    [Fact]
    public void A_fault_of_ours_is_one_sentence_with_an_id()
    {
        var (exit, error) = Report(new NotSupportedException("a secret of the input"));
        Assert.Equal(ExitCode.Unanswerable, exit);
        Assert.Matches("id [0-9a-f]{8}", error);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_same_fault_has_the_same_id_whatever_the_input_held() =>
        Assert.Equal(
            Report(new NotSupportedException("one")).Error,
            Report(new NotSupportedException("two")).Error
        );

    [Fact]
    public void A_crash_file_is_kept_when_asked()
    {
        using var folder = new TempFolder();
        Environment.SetEnvironmentVariable(LastResort.Folder, folder.Path);
        try
        {
            var (_, error) = Report(new NotSupportedException("details"));
            var file = Assert.Single(Directory.GetFiles(folder.Path));
            Assert.Contains(file, error, StringComparison.Ordinal);
            Assert.Contains("details", File.ReadAllText(file), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(LastResort.Folder, null);
        }
    }

    [Fact]
    public void Memory_and_interruption_are_said_in_words()
    {
        Assert.Contains(
            "memory",
            Report(new InsufficientMemoryException()).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Interrupted",
            Report(new OperationCanceledException()).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_shipped_study_comes_from_memory()
    {
        var shared = Path.Combine(Path.GetTempPath(), "plimsoll-studies");
        var before = Directory.Exists(shared);
        var study = ShippedStudies.Open("zhengzhou-2024");
        Assert.Equal("zhengzhou-2024.yaml", study.Name);
        Assert.Equal(before, Directory.Exists(shared));
        Assert.NotNull(InputFiles.Read(study, "study"));
    }

    private static (int Exit, string Error) Report(Exception fault)
    {
        var (exit, _, error) = CommandLine.Run(() => LastResort.Report(fault));
        return (exit, error);
    }

    /// <summary>A program reads the findings of whatever command failed, not its sentences; and a file of another kind is sent to the command that reads it.</summary>
    [Theory]
    [InlineData("finance run", "book")]
    [InlineData("book", "finance")]
    [InlineData("study run", "finance")]
    [InlineData("audit", "market")]
    [InlineData("inference simulate", "training")]
    [InlineData("portfolio run", "study")]
    public void A_document_of_failure_holds_its_findings(string command, string kind)
    {
        using var folder = new TempFolder();
        var file = folder.File("a.yaml", $"name: x\nkind: {kind}\n");
        var (exit, output, _) = CommandLine.Run([.. command.Split(' '), file, "--json"]);
        Assert.Equal(2, exit);
        var finding = JsonNode.Parse(output)!["error"]!["findings"]!.AsArray().Single()!;
        Assert.Equal(2, (int)finding["line"]!);
        Assert.Equal("kind", (string)finding["path"]!);
        Assert.StartsWith(
            $"'plimsoll {kind}",
            (string)finding["remedy"]!,
            StringComparison.Ordinal
        );
    }

    /// <summary>Output that cannot be written is let go and known, whatever is written.</summary>
    [Fact]
    public void A_full_output_is_no_fault_of_ours()
    {
        using var full = new FullWriter();
        using var output = new StandardOutput(full);
        output.WriteLine("a line");
        output.Write('c');
        output.Write(['a', 'b'], 0, 2);
        output.WriteLine((object)1.5);
        output.Flush();
        Assert.True(output.HasFailed);
    }

    [Fact]
    public void Requests_are_not_written_over_a_file_in_place()
    {
        using var folder = new TempFolder();
        var example = Path.Combine(
            TestData.Repository(),
            "examples",
            "inference",
            "chat-8b-h100.yaml"
        );
        var file = folder.File("self.yaml", File.ReadAllText(example));
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "simulate",
            file,
            "--requests-out",
            file
        );
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("exists already", error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(example), File.ReadAllText(file));
    }

    private sealed class FullWriter : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new IOException("full");
    }
}
