using Plimsoll.Cli.Inference;
using Plimsoll.Serving.Planning;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

/// <summary>The few replicas that are simulated stand for the fleet.</summary>
public sealed class FleetSampleTest
{
    [Fact]
    public void A_fleet_apart_keeps_its_ratio()
    {
        const string text = """
            kind: inference
            model: Llama-3.1 8B
            accelerator: H100 SXM5
            as_of: 2025-11
            layout: { tensor_parallel: 1, replicas: 4 }
            workload:
              clients:
                - { name: all, rate: 1, input_tokens: 500, output_tokens: 100 }
            promise: { ttft: 1000, tpot: 50, percentile: 90 }
            disaggregation: { tensor_parallel: 1, decode_replicas: 2 }
            """;
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, text);
        var whole = InferenceFile.Read(path);
        File.Delete(path);
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var (first, second) = (random.Next(1, 200), random.Next(1, 200));
            var most = random.Next(2, 120);
            var config = whole.Config;
            var fleet = whole with
            {
                Config = config with
                {
                    Replicas = first,
                    Disaggregation = config.Disaggregation! with { DecodeReplicas = second },
                },
            };
            var sample = FleetSample.Of(fleet, most);
            var part = sample.Installation.Config;
            var decode = part.Disaggregation!.DecodeReplicas;
            Assert.InRange(part.Replicas, 1, first);
            Assert.InRange(decode, 1, second);
            // By hand: the whole does what the scarcer kind allows, so what the other has too much is lost.
            var scale = Math.Min((double)first / part.Replicas, (double)second / decode);
            Assert.Equal(scale, sample.Scale, 1e-12);
            Assert.InRange(scale * (part.Replicas + decode) / (first + second), 0.97, 1 + 1e-12);
        }
    }
}
