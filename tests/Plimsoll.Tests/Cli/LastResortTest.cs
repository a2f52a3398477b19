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
}
