using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Portfolios;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>Broken tables, traces, mixtures and model files that a sound file names: refused with a place, or read; what is read runs to an end. None crashes.</summary>
/// <remarks>PLIMSOLL_TABLES sets how many (48 without), PLIMSOLL_SEED which.</remarks>
public sealed partial class MutatedTablesTest
{
    private const string Inference = """
        kind: inference
        name: mutant
        model: Llama-3.1 8B
        accelerator: H100 SXM5
        workload:
          requests: 50

        """;

    private static readonly Beside[] _files =
    [
        Example("finance", "henan-centre.yaml", "henan-centre.csv", "finance run"),
        Example("market", "imported-curve.yaml", "curve.csv", "market run"),
        Trace("data/t.csv", Short("examples/inference/data/azure_code_400.csv", 30)),
        Trace("t.csv", TestData.Text("cases/formats/burst.csv")),
        Trace("t.csv", TestData.Text("cases/formats/semi.csv")),
        Trace("t.json", TestData.Text("cases/formats/bench.json")),
        Trace("t.json", TestData.Text("cases/formats/s.json")),
        new(
            "kind: inference\nname: mutant\nmodel_file: config.json\naccelerator: H100 SXM5\nworkload:\n  requests: 50\n  clients:\n    - { name: a, rate: 5, input_tokens: 300, output_tokens: 50 }\n",
            "config.json",
            """
            {"model_type":"llama","hidden_size":4096,
            "intermediate_size":14336,"num_attention_heads":32,
            "num_hidden_layers":32,"num_key_value_heads":8,
            "vocab_size":128256,
            "max_position_embeddings":131072}
            """,
            "inference simulate"
        ),
        Mixture("chunk-13-trace.csv"),
        Mixture("chunk-13-dataset.json"),
        new(
            SmallPortfolio.Head
                + "table:\n  file: centres.csv\n  columns:\n    - { column: Project, key: name }\n    - { column: Where, key: site.name }\n    - { column: Chip servers, key: fleet.server }\n    - { column: How many, key: servers }\n    - { column: Ready, key: online }\n",
            "centres.csv",
            "Project,Where,Chip servers,How many,Ready,let,finance.existing_debt\nfirst,Zhengzhou,8xH800,64,2024-06,0.3,80000000\nsecond,Wuhan,8xA800,unknown,2024-03,unknown,\n",
            ""
        ),
        new(
            "kind: study\nname: standing\nquestion: owner\ndecided: 2024-03\nhorizon: 48\nmarket:\n  name: china\ncentre:\n  operator_capability: 0.5\nsite:\n  name: Zhengzhou\nfleet:\n  - { server: 8xH800, servers: 64, online: 2023-04, capex_per_server: 2800000 }\nfinance:\n  existing_debt: 60000000\n  tenor: 36\nactuals_file: months.csv\n",
            "months.csv",
            "month,cash,due,fill\n2024-03,1500000.5,2000000,0.4\n2024-02,1600000,2000000,\n",
            ""
        ),
    ];

    /// <summary>A sound file and the one beside it that is broken.</summary>
    /// <param name="File">The sound file.</param>
    /// <param name="Name">Name of the other.</param>
    /// <param name="Text">Its text when whole.</param>
    /// <param name="Command">What runs the file; empty for the check alone.</param>
    /// <param name="Further">Other files that must stand there.</param>
    private sealed record Beside(
        string File,
        string Name,
        string Text,
        string Command,
        IReadOnlyList<(string Name, string Text)>? Further = null
    );

    [Fact]
    public void Broken_files_beside_a_sound_one_are_refused_or_run()
    {
        var count = Setting("PLIMSOLL_TABLES", 48);
        var seed = (ulong)Setting("PLIMSOLL_SEED", 0);
        var (refused, sound) = (new int[_files.Length], new int[_files.Length]);
        var faults = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var which = i % _files.Length;
            var beside = _files[which];
            using var folder = new TempFolder();
            var path = folder.File("x.yaml", beside.File);
            foreach (var (name, text) in beside.Further ?? [])
            {
                folder.File(name, text);
            }
            var (kind, bytes) = Mutation.Make(
                beside.Text.ReplaceLineEndings("\n"),
                _files[(which + 1) % _files.Length].Text,
                i,
                seed + 1
            );
            folder.File(beside.Name);
            File.WriteAllBytes(folder.In(beside.Name), bytes);
            var run = CommandLine.Run("study", "check", path);
            if (run.Exit == 0 && beside.Command.Length > 0)
            {
                run = CommandLine.Run([.. beside.Command.Split(' '), path, "--json"]);
            }
            (run.Exit == 0 ? sound : refused)[which]++;
            if (Fault(run.Exit, run.Out, run.Error) is { } fault)
            {
                faults.Add($"mutant {i} of {beside.Name} ({kind}): {fault}: {run.Error}");
            }
        }
        TestContext.Current.SendDiagnosticMessage(
            $"{count} broken tables of seed {seed}: "
                + string.Join(
                    ", ",
                    _files.Select((f, i) => $"{f.Name} {refused[i]} refused, {sound[i]} read")
                )
        );
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(refused.Sum() > count / 5 && sound.Sum() > 0);
    }

    private static string? Fault(int exit, string output, string error) =>
        exit is not (0 or 1 or 2) ? $"exit {exit}"
        : error.Contains("own code", StringComparison.Ordinal) ? "a crash"
        : (output + error).Any(c => char.IsControl(c) && c is not ('\n' or '\r')) ? "an escape"
        : error.Split('\n').Any(l => l.Length > 2500) ? "a long line"
        : exit == 1 && error.Length == 0 ? "no words"
        : exit == 2
        && !error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            // A trace says how many rows are broken, then the first of them.
            .Any(l => Place().IsMatch(l))
            ? "no place"
        : null;

    private static Beside Example(string kind, string file, string table, string command) =>
        new(
            File.ReadAllText(Path.Combine(TestData.Repository(), "examples", kind, file))
                .Replace("draws: 100", "draws: 3", StringComparison.Ordinal),
            table,
            File.ReadAllText(Path.Combine(TestData.Repository(), "examples", kind, table)),
            command
        );

    private static Beside Trace(string name, string text) =>
        new($"{Inference}  trace: {name}\n", name, text, "inference simulate");

    private static Beside Mixture(string broken)
    {
        const string Folder = "examples/inference/data/servegen/deepseek-r1/";
        string[] names = ["chunk-13-trace.csv", "chunk-13-dataset.json"];
        string Text(string name) =>
            File.ReadAllText(Path.Combine(TestData.Repository(), Folder, name));
        return new(
            $"{Inference}  mixture: m\n",
            $"m/r1/{broken}",
            Text(broken),
            "inference simulate",
            [.. names.Where(n => n != broken).Select(n => ($"m/r1/{n}", Text(n)))]
        );
    }

    private static string Short(string path, int lines) =>
        string.Join(
            '\n',
            File.ReadLines(Path.Combine(TestData.Repository(), path)).Take(lines).Append("")
        );

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : otherwise;

    [GeneratedRegex("^[^\n]*?:[1-9][0-9]*(?::[1-9][0-9]*)?: ", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
