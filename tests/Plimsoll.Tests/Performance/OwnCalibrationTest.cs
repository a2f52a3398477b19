using System.Globalization;
using Plimsoll.Cli.Inference;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>What a user has measured reaches the answers of his file.</summary>
public sealed class OwnCalibrationTest : IDisposable
{
    private static readonly BatchShape _step = new(32, 32 * 1024, 0, 0);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string File(string calibration) =>
        _folder.File(
            "served.yaml",
            $"""
            kind: inference
            model: Llama-3.1 8B
            accelerator: H100 SXM5
            engine_version: 0.19.0
            {calibration}
            workload:
              clients:
                - name: a
                  rate: 5
                  input_tokens: 1000
                  output_tokens: 200
            promise:
              ttft: 2000
              tpot: 100
            size:
              currency: USD
              tokens_per_day: 1e8
              price: 2
              chips:
                - accelerator: H100 SXM5
            """
        );

    /// <summary>A profile of a machine on which an answer's token takes so many times what it takes on another.</summary>
    private string Measured(double times)
    {
        var rows = new (int Clients, double Milliseconds)[]
        {
            (1, 6),
            (4, 6.3),
            (8, 6.9),
            (16, 8),
            (32, 10),
            (64, 14.5),
        }.Select(row =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"vllm,0.19.0,meta-llama/Llama-3.1-8B-Instruct,h100_sxm,bf16,1000,200,{row.Clients},1,{20 * row.Clients},{times * row.Milliseconds}"
            )
        );
        var points = _folder.File(
            "points.csv",
            "backend,backend_version,model_path,system,precision,isl,osl,concurrency,tp_size,silicon_ttft_ms,silicon_tpot_ms\n"
                + string.Join('\n', rows)
        );
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "calibrate",
            "--points",
            points,
            "--out",
            _folder.In("own.csv")
        );
        Assert.True(exit == 0, error);
        return output;
    }

    [Fact]
    public void A_slow_machine_is_slow_in_the_file_that_names_its_profile()
    {
        var shipped = InferenceFile.Read(File("")).Law;
        Assert.Contains("of no stated day", Measured(2), StringComparison.Ordinal);
        var own = InferenceFile.Read(File("calibration: own.csv"));
        Assert.True(own.Law.Seconds(_step) > 1.5 * shipped.Seconds(_step));
        Assert.Equal(3, own.Calibration.Tier);
        Assert.Equal("law of own.csv", own.LawSaid);
        Assert.Equal("shipped law", InferenceFile.Read(File("")).LawSaid);
        // What was not measured stays as shipped: another chip is not slowed by as much.
        var other = own.Deployment with
        {
            Accelerator = Served.On("MI300X", Served.Llama8B).Accelerator,
            EngineVersion = "",
        };
        double Times(Calibration c) =>
            ServedLaw.Of(c, DateOnly.MaxValue, other, InputPath.Root).Law!.Seconds(_step);
        Assert.InRange(Times(own.Calibration) / Times(Calibration.Of(Served.View)), 0.5, 1.5);
    }

    /// <summary>Six rows tell no errors: what is said of them is said to be the shipped law's, beside how near the profile comes to them.</summary>
    [Fact]
    public void Few_measurements_state_no_errors_of_their_own()
    {
        var said = Measured(2);
        Assert.Contains("errors as shipped", said, StringComparison.Ordinal);
        Assert.Matches(@"off by 0\.\d % in the median of them, 5\d\.\d % before", said);
    }

    [Theory]
    [InlineData("none.csv", "no-such-file")]
    [InlineData("points.csv", "calibration")]
    [InlineData("served.yaml", "calibration")]
    public void A_file_that_is_no_profile_is_refused_at_its_key(string name, string rule)
    {
        Measured(2);
        var (exit, _, error) = CommandLine.Run("study", "check", File($"calibration: {name}"));
        Assert.Equal(2, exit);
        Assert.Contains($"served.yaml:5:1: calibration: {rule}: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("vllm,0.19.0", error, StringComparison.Ordinal);
    }
}
