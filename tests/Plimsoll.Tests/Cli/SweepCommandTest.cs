using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Plimsoll.Sweeps;
using Xunit;

namespace Plimsoll.Tests.Cli;

/// <summary><c>plimsoll sweep</c> from a file to its tables.</summary>
public sealed class SweepCommandTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-sweep").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    [Fact]
    public void A_run_of_a_sweep_is_to_the_byte_what_the_study_alone_gives()
    {
        var (exit, _, error) = CommandLine.Run(
            "study",
            "run",
            "zhengzhou-2024",
            "--draws",
            "30",
            "--out",
            At("alone")
        );
        Assert.True(exit == 0, error);
        var sweep = Write(
            "sweep.yaml",
            "kind: sweep\nname: one\nstudies:\n  - file: zhengzhou-2024\ndraws: 30\nseed: 1\n"
        );
        var (again, output, said) = CommandLine.Run(
            "sweep",
            sweep,
            "--workers",
            "1",
            "--out",
            At("swept"),
            "--json"
        );
        Assert.True(again == 0, said);
        Assert.Equal(1, (long)JsonNode.Parse(output)!["done"]!);
        var alone = Convert.ToHexStringLower(
            SHA256.HashData(File.ReadAllBytes(Path.Combine(At("alone"), "result.json")))
        );
        Assert.Contains(
            alone,
            File.ReadAllText(Path.Combine(At("swept"), "runs.csv")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("options[1].fil.p50", "number", "Did you mean 'fill'?")]
    [InlineData("options.fill.p50", "number", "an item by number")]
    [InlineData("options[*].fill.p50", "number", "an item by number")]
    [InlineData("options[0].fill", "number", "It holds p10")]
    [InlineData("currency.p50", "words", "end the path there")]
    [InlineData("verdict.kind", "number", "type: words")]
    [InlineData("draws[0]", "number", "without a number")]
    public void A_column_that_leads_nowhere_is_told_before_the_runs(
        string path,
        string type,
        string remedy
    )
    {
        var sweep = Write(
            "sweep.yaml",
            $"kind: sweep\nname: columns\nstudy: zhengzhou-2024\noutputs:\n  - {{ name: mine, path: '{path}', type: {type} }}\n"
        );
        var (exit, _, findings) = CommandLine.Run("study", "check", sweep);
        Assert.Equal(2, exit);
        Assert.Contains("outputs[0].path", findings, StringComparison.Ordinal);
        Assert.Contains(remedy, findings, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_a_result_holds_are_sound()
    {
        var named = SweepOutput.Standard.Select(o =>
            $"  - {{ name: my {o.Name}, path: '{o.Path}', type: {(o.IsWords ? "words" : "number")} }}\n"
        );
        var sweep = Write(
            "sweep.yaml",
            $"kind: sweep\nname: columns\nstudy: zhengzhou-2024\noutputs:\n{string.Concat(named)}"
                + "  - { name: floor, path: 'floors[0].server', type: words }\n  - { name: later, path: 'fans[0].p50[3]' }\n"
        );
        var (exit, _, findings) = CommandLine.Run("study", "check", sweep);
        Assert.True(exit == 0, findings);
    }

    [Fact]
    public void Bad_input_and_a_ledger_that_does_not_answer_end_in_a_sentence()
    {
        var sweep = Write(
            "bad.yaml",
            "kind: sweep\nname: bad\nstudy: zhengzhou-2024\naxes:\n  - path: finance.gearing\n    values: [0.5, 7]\n"
        );
        var (bad, _, findings) = CommandLine.Run("sweep", sweep, "--out", At("bad"));
        Assert.Equal(2, bad);
        Assert.Contains("finance.gearing = 7", findings, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("bad")));
        var (checkedExit, _, _) = CommandLine.Run("study", "check", sweep);
        Assert.Equal(2, checkedExit);
        var (gone, _, said) = CommandLine.Run(
            "sweep",
            "status",
            "--ledger",
            "postgres://me:secret@127.0.0.1:1/none"
        );
        Assert.Equal(1, gone);
        Assert.Contains("cannot be reached", said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        var (none, _, unnamed) = CommandLine.Run("sweep", "work");
        Assert.Equal(2, none);
        Assert.Contains("PLIMSOLL_LEDGER", unnamed, StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_of_other_schedulers_are_written_with_the_job_in_them()
    {
        var sweep = Write(
            "s.yaml",
            "kind: sweep\nname: s\nstudy: zhengzhou-2024\naxes:\n  - path: finance.gearing\n    values: [0.5]\n"
        );
        foreach (
            var (kind, file) in new[]
            {
                ("slurm", "sweep.sbatch"),
                ("kubernetes", "sweep-job.yaml"),
            }
        )
        {
            var (exit, _, error) = CommandLine.Run(
                "sweep",
                "export",
                sweep,
                "--for",
                kind,
                "--tasks",
                "7",
                "--out",
                _folder
            );
            Assert.True(exit == 0, error);
            var text = File.ReadAllText(At(file));
            Assert.Contains("sweep-", text, StringComparison.Ordinal);
            Assert.Contains("PLIMSOLL_LEDGER", text, StringComparison.Ordinal);
            Assert.Matches("(1-7|parallelism: 7)", text);
        }
    }
}
