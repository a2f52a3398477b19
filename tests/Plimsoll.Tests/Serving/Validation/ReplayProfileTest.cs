using System.Text.Json.Nodes;
using CsCheck;
using Plimsoll.Cli.Inference;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Serving.Validation;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Workloads;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Serving.Validation;

/// <summary>What a replay has fitted is written as a profile, which inference files and studies read.</summary>
public sealed class ReplayProfileTest : IDisposable
{
    private readonly TempFolder _folder = new();

    public ReplayProfileTest() =>
        File.Copy(TestTraces.File("vllm_rtx4090.jsonl.gz"), _folder.In("log.jsonl.gz"));

    public void Dispose() => _folder.Dispose();

    private string Served(string calibration = "", string accelerator = "RTX 4090") =>
        _folder.File(
            $"served{calibration.Length}{accelerator.Length}.yaml",
            $"""
            kind: inference
            name: vLLM on an RTX 4090
            model: Llama-3.1 8B
            accelerator: {accelerator}
            limits:
              kv_tokens: 41408
            prefix_cache: segments
            {calibration}
            workload:
              trace: log.jsonl.gz
            """
        );

    private JsonNode Replay(params string[] args)
    {
        var (exit, output, error) = CommandLine.Run(["inference", "replay", .. args, "--json"]);
        Assert.True(exit == 0, error);
        return JsonNode.Parse(output)!;
    }

    private static Dictionary<string, double> Simulated(JsonNode comparison) =>
        comparison["figures"]!
            .AsArray()
            .ToDictionary(f => (string)f!["name"]!, f => (double)f!["simulated"]!);

    [Fact]
    public void The_file_that_names_the_profile_replays_as_it_was_fitted()
    {
        var fit = Replay(Served(), "--out", _folder.In("own.csv"));
        var again = Replay(Served("calibration: own.csv"));
        Assert.Equal("law of own.csv", (string)again["law"]!);
        var (fitted, read) = (Simulated(fit["fit_itself"]!), Simulated(again["shipped_law"]!));
        Assert.All(fitted, f => Assert.Equal(f.Value, read[f.Key], 1e-2 * f.Value));
        // One accelerator has no link and a dense model no experts: nothing is told of them.
        Assert.Equal(1, (double)fit["factors"]!["link efficiency"]!);
        Assert.Equal(1, (double)fit["factors"]!["expert efficiency"]!);
        Assert.Contains(fit["factors"]!.AsObject(), f => (double)f.Value! != 1);
        // Another chip stays where it was.
        double Seconds(string calibration) =>
            InferenceFile
                .Read(Served(calibration, "H100 SXM5"))
                .Law.Seconds(new BatchShape(32, 32 * 1024, 0, 0));
        Assert.Equal(Seconds(""), Seconds("calibration: own.csv"), 1e-6 * Seconds(""));
        Assert.True(InferenceFile.Read(Served("calibration: own.csv")).Law.Error.Tier == 3);
    }

    [Fact]
    public void A_study_reads_it_too()
    {
        Replay(Served(), "--split", "0.5", "--out", _folder.In("own.csv"));
        double Goodput(string calibration)
        {
            var file = _folder.File(
                "study.yaml",
                $"""
                kind: study
                name: small
                question: owner
                decided: 2026-05
                horizon: 24
                market:
                  name: us
                centre:
                  sells_inference: true
                site:
                  name: Texas
                fleet:
                  - server: 8xRTX4090
                    servers: 2
                    online: 2026-06
                    capex_per_server: 40000
                serving:
                  model: Llama-3.1 8B
                  precision: bf16
                  tensor_parallel: 1
                  input_tokens: 1000
                  output_tokens: 200
                {calibration}
                finance:
                  existing_debt: 0
                  base_rate: 0.043
                """
            );
            var root = ServingProfile.Read(
                (InputMapping)YamlInput.ReadFile(file),
                file,
                Plimsoll.Files.StudyFolder.Of(file)
            );
            return Assert
                .Single(
                    StudyReader
                        .Of(
                            new InputValues(StudyInputs.Table(), root),
                            Plimsoll
                                .Catalog.FactCatalog.Shipped()
                                .AsOf(new Quantities.Month(2026, 5))
                        )
                        .Plan()
                        .Fleets
                )
                .Served!.Goodput.Value;
        }
        var shipped = Goodput("");
        // The log's chip computes faster than its data sheet lets the law think.
        Assert.True(Goodput("  calibration: own.csv") > 1.02 * shipped);
    }

    /// <summary>Whatever the factors, links and collectives among them, the law read back is the law fitted.</summary>
    [Fact]
    public void Any_factors_come_back_as_they_were_written()
    {
        var installation = InferenceFile.Read(
            _folder.File(
                "wide.yaml",
                File.ReadAllText(Served())
                    .Replace(
                        "prefix_cache",
                        "layout:\n  tensor_parallel: 2\nprefix_cache",
                        StringComparison.Ordinal
                    )
            )
        );
        var log = ServingLog.Read(_folder.In("log.jsonl.gz"));
        Gen.Double[0.3, 3]
            .Array[ReplayFit.Names.Count]
            .Sample(
                factors =>
                {
                    var profile = Calibration.Own(
                        installation.View,
                        CsvTable.Parse(
                            CalibrationFile.ToCsv(
                                ReplayFit.Profile(installation, factors, log),
                                DateOnly.MinValue
                            ),
                            "own.csv"
                        )
                    );
                    var read = ServedLaw
                        .Of(
                            profile,
                            installation.View.AsOf,
                            installation.Deployment,
                            InputPath.Root
                        )
                        .Law!.Coefficients;
                    var fitted = ReplayFit.Scaled(installation.Law.Coefficients, factors);
                    double[] Of(LawCoefficients c) =>
                        [
                            c.HostSeconds,
                            c.LayerSeconds,
                            c.CollectiveSeconds,
                            c.LinkEfficiency,
                            c.ComputeEfficiency,
                            c.ScoreEfficiency,
                            c.WeightEfficiency,
                            c.CacheEfficiency,
                            c.SequenceSeconds,
                        ];
                    return Of(read)
                        .Zip(Of(fitted))
                        .All(c => Math.Abs((c.First / c.Second) - 1) < 2e-3 && c.First > 0);
                },
                iter: 20
            );
    }
}
