using System.Text.Json.Nodes;
using Plimsoll.Cli.Inference;
using Plimsoll.Performance;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>A chip and a server written in an inference file stand wherever the catalogue's would.</summary>
public sealed class OwnChipTest : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private const string Chip = """
          - name: Foundry X1
            bf16: 800
            fp8: 1600
            memory: 96
            memory_bandwidth: 3600
            link: 600
            link_domain: 16
            board_power: 650
        """;

    private const string Server = """
          - name: 16xX1
            accelerator: Foundry X1
            accelerators: 16
            power_busy: 14.5
        """;

    private string File(string chip = Chip, string server = Server) =>
        _folder.File(
            "served.yaml",
            $"""
            kind: inference
            chips:
            {chip}
            servers:
            {server}
            model: Llama-3.1 8B
            accelerator: Foundry X1
            precision: fp8
            workload:
              clients:
                - name: a
                  rate: 5
                  input_tokens: 1000
                  output_tokens: 200
            promise:
              ttft: 2000
              tpot: 100
            """
        );

    [Fact]
    public void Its_numbers_reach_the_law_and_its_error_is_that_of_a_chip_without_data()
    {
        var installation = InferenceFile.Read(File());
        var d = installation.Deployment;
        Assert.Equal((800, 1600), (d.Accelerator.Bf16.Value, d.Accelerator.Fp8!.Value));
        Assert.Equal(16, d.EffectiveScaleUpDomain);
        Assert.Equal(Novelty.ChipWithoutData, installation.Law.Error.Novelty);
        // One of sixteen: 14.5 kW busy, a fifth of it idle.
        Assert.Equal(14_500.0 / 16, installation.Config.Power!.BusyWatts, 1e-6);
        Assert.Equal(0.2 * 14_500 / 16, installation.Config.Power!.IdleWatts, 1e-6);
        var known = InferenceFile.Read(
            _folder.File(
                "known.yaml",
                System
                    .IO.File.ReadAllText(File())
                    .Replace(
                        "accelerator: Foundry X1\nprecision",
                        "accelerator: H100 SXM5\nprecision",
                        StringComparison.Ordinal
                    )
            )
        );
        Assert.Equal("H100 SXM5", known.Deployment.Accelerator.Name);
        Assert.True(installation.Law.LogError > known.Law.LogError);
    }

    [Theory]
    [InlineData("memory_bandwidth: 3600", "memory_bandwidth: 7200", 8, 0)]
    [InlineData("fp8: 1600", "fp8: 3200", 0, 8000)]
    public void A_better_sheet_makes_a_faster_step(
        string old,
        string now,
        int sequences,
        int prompts
    )
    {
        double Seconds(string chip) =>
            InferenceFile
                .Read(File(chip))
                .Law.Seconds(
                    new BatchShape(sequences, sequences * 1024L, prompts, prompts * 4000.0)
                );
        Assert.True(Seconds(Chip.Replace(old, now, StringComparison.Ordinal)) < Seconds(Chip));
    }

    [Theory]
    [InlineData(
        "memory_bandwidth: 3600",
        "",
        "3:5: chips[0].memory_bandwidth: missing-key",
        "Add 'memory_bandwidth:'"
    )]
    [InlineData("fp8: 1600", "fp8: 400", "5:5: chips[0].fp8: contradiction", "leave the key away")]
    [InlineData("bf16: 800", "bf16: 0.8", "4:11: chips[0].bf16: out-of-range", "Dense BF16 rate")]
    [InlineData(
        "name: Foundry X1",
        "name: NVIDIA H100-SXM5",
        "3:11: chips[0].name: name-taken",
        "The catalogue knows H100 SXM5"
    )]
    public void What_is_missing_or_wrong_is_told_with_its_line_and_what_mends_it(
        string old,
        string now,
        string place,
        string remedy
    )
    {
        var (exit, output, error) = CommandLine.Run(
            "study",
            "check",
            File(Chip.Replace(old, now, StringComparison.Ordinal))
        );
        Assert.Equal(2, exit);
        Assert.Contains($"served.yaml:{place}", output + error, StringComparison.Ordinal);
        Assert.Contains(remedy, output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "accelerator: Foundry X1\n",
        "accelerator: Foundry X9\n",
        "servers[0].accelerator: not-a-choice"
    )]
    [InlineData(
        "power_busy: 14.5",
        "power_busy: 14.5\n    power_idle: 20",
        "servers[0].power_idle: contradiction"
    )]
    public void So_is_what_is_wrong_of_a_server(string old, string now, string said)
    {
        var (exit, output, error) = CommandLine.Run(
            "study",
            "check",
            File(server: (Server + "\n").Replace(old, now, StringComparison.Ordinal))
        );
        Assert.Equal(2, exit);
        Assert.Contains(said, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_stands_in_one_table_with_the_catalogue_s()
    {
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "size",
            Path.Combine(TestData.Repository(), "examples", "inference", "own-chip.yaml"),
            "--json"
        );
        Assert.True(exit == 0, error);
        var fleets = JsonNode.Parse(output)!["fleets"]!.AsArray();
        Assert.Equal(
            ["Foundry X1", "H200 SXM"],
            fleets.Select(f => (string)f!["accelerator"]!).ToArray()
        );
        Assert.All(fleets, f => Assert.True((int)f!["accelerators"]! > 0));
    }
}
