using CsCheck;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>Drafts speed the tokens of answers and nothing else.</summary>
public sealed class SpeculationTest
{
    private static readonly Calibration _calibration = Calibration.Of(Served.View);

    private static StepLaw Law(Deployment d) => StepLaw.Of(_calibration, d);

    private static readonly Deployment[] _plain =
    [
        Served.On("H100 SXM5", Served.Llama8B),
        Served.On("H100 SXM5", Served.Llama70B, 4) with
        {
            Precision = "fp8",
        },
        Served.On("B200 SXM", Served.GptOss, 2),
        Served.On("H200 SXM", Served.DeepSeekV3) with
        {
            Precision = "fp8",
            AttentionDataParallel = 16,
            ExpertParallel = 16,
        },
        Served.On("H200 SXM", Served.DeepSeekV3) with
        {
            Precision = "fp8",
            AttentionDataParallel = 16,
            ExpertParallel = 16,
            OverlapsCommunication = true,
        },
        Served.On("H20 SXM", Served.Llama70B, 2) with
        {
            PipelineParallel = 2,
        },
    ];

    private static readonly Gen<(StepLaw Plain, StepLaw Drafting)> _laws = Gen.Select(
            Gen.Int[0, _plain.Length - 1],
            Gen.Int[1, 8],
            Gen.Double[0, 1],
            Gen.Double[0, 0.2]
        )
        .Select(
            (i, drafts, acceptance, cost) =>
                (Law(_plain[i]), Law(_plain[i].WithSpeculation(drafts, acceptance, cost)))
        );

    private static readonly Gen<BatchShape> _mixed = Gen.Select(
            Gen.Int[0, 300],
            Gen.Int[1, 20_000],
            Gen.Int[1, 8192],
            Gen.Double[1, 30_000]
        )
        .Select(
            (sequences, context, prompt, attended) =>
                new BatchShape(sequences, (long)sequences * context, prompt, prompt * attended)
        );

    [Fact]
    public void A_step_with_prompts_is_never_faster_and_one_of_prompts_alone_the_same() =>
        Gen.Select(_laws, _mixed)
            .Sample(
                (laws, shape) =>
                {
                    var (plain, drafting) = (
                        laws.Plain.Seconds(shape),
                        laws.Drafting.Seconds(shape)
                    );
                    return shape.DecodeSequences == 0
                        ? drafting == plain
                        : drafting >= plain * (1 - 1e-12);
                },
                iter: 300
            );

    [Fact]
    public void Prompts_that_come_evenly_take_no_less_than_the_chip_needs_for_them() =>
        Gen.Select(_laws, _mixed)
            .Sample(
                (laws, shape) =>
                    laws.Drafting.SteadySeconds(
                        shape.DecodeSequences,
                        shape.KvTokens,
                        shape.PrefillTokens,
                        shape.PrefillContextTokens
                    )
                    >= (1 - 1e-12) * laws.Plain.LeastSeconds(shape.PrefillTokens, 0),
                iter: 300
            );

    [Fact]
    public void Drafts_that_are_never_accepted_never_speed_anything() =>
        Gen.Select(
                Gen.Int[0, _plain.Length - 1],
                Gen.Int[1, 8],
                Gen.Double[0, 0.2],
                _mixed,
                Gen.Bool
            )
            .Sample(
                (i, drafts, cost, shape, prompts) =>
                {
                    var asked = prompts
                        ? shape
                        : new BatchShape(shape.DecodeSequences + 1, shape.KvTokens, 0, 0);
                    return Law(_plain[i].WithSpeculation(drafts, 0, cost)).Seconds(asked)
                        >= Law(_plain[i]).Seconds(asked) * (1 - 1e-12);
                },
                iter: 300
            );

    [Fact]
    public void A_request_that_is_alone_waits_as_long_for_its_first_token() =>
        Gen.Select(_laws, Gen.Int[1, 20_000], Gen.Int[1, 200])
            .Sample(
                (laws, input, output) =>
                {
                    var load = new ClosedLoopLoad(1, input, output);
                    var limits = new EngineLimits(256, 8192);
                    Assert.Equal(
                        ClosedLoop.Predict(laws.Plain, limits, load).TimeToFirstToken,
                        ClosedLoop.Predict(laws.Drafting, limits, load).TimeToFirstToken,
                        1e-9
                    );
                    SimulationResult Run(StepLaw law) =>
                        ServingSimulator.Run(
                            law,
                            new ServingConfig(),
                            new RequestList(new[] { new Request(0, input, output) })
                        );
                    Assert.Equal(
                        Run(laws.Plain).TimeToFirstToken,
                        Run(laws.Drafting).TimeToFirstToken
                    );
                },
                iter: 100
            );

    [Fact]
    public void A_load_of_prompts_saturates_no_later() =>
        _laws.Sample(
            laws =>
            {
                Request[] requests =
                [
                    .. Enumerable.Range(0, 60).Select(i => new Request(i, 4000, 20)),
                ];
                double Seconds(StepLaw law) =>
                    ServingSimulator
                        .Run(law, new ServingConfig(), new RequestList(requests))
                        .Seconds;
                var prompts = laws.Plain.Seconds(new BatchShape(0, 0, 8000, 8000 * 2000.0)) * 30;
                Assert.True(Seconds(laws.Drafting) >= prompts * (1 - 1e-9));
                Assert.True(Seconds(laws.Drafting) >= 0.8 * Seconds(laws.Plain));
            },
            iter: 20
        );
}
