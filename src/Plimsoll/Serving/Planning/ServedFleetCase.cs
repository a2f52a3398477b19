using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;
using Plimsoll.Workloads.Mixtures;

namespace Plimsoll.Serving.Planning;

/// <summary>A fleet that serves a question in one layout, as an inference file would state it.</summary>
internal static class ServedFleetCase
{
    /// <summary>Deviation of a length over its mean: the default of inference files.</summary>
    public const double LengthCv = 0.95;
    private const double TransferLatency = 0.005;

    /// <summary>Whole replicas of a layout in a fleet.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="accelerators">Of the fleet.</param>
    /// <param name="split">Times the fluid limit's share of prompts, where they are apart.</param>
    /// <returns>Replicas, those that decode beside; 0 where the fleet does not hold one of each.</returns>
    public static (int First, int Decode) Replicas(
        ServingLayout layout,
        int accelerators,
        double split
    )
    {
        var each = layout.Deployment.Accelerators;
        if (layout.Decode is not { } decode)
        {
            return (accelerators / each, 0);
        }
        var share = Math.Min(0.9, layout.PromptShare * split);
        var first = Math.Max(1, (int)Math.Round(accelerators * share / each));
        var left = accelerators - (first * each);
        return left >= decode.Accelerators ? (first, left / decode.Accelerators) : (0, 0);
    }

    /// <summary>Rate of so many replicas in the fluid limit; 0 for none.</summary>
    public static double FluidRate(ServingLayout layout, (int First, int Decode) replicas)
    {
        var first = (double)replicas.First * layout.Deployment.Accelerators;
        return layout.Decode is not { } decode
            ? layout.FluidRequestsPerSecond * first
            : layout.FluidRequestsPerSecond
                * Math.Min(
                    first / layout.PromptShare,
                    replicas.Decode * decode.Accelerators / (1 - layout.PromptShare)
                );
    }

    /// <summary>Makes it; null when the layout is refused with the limits of both sides alike.</summary>
    public static InferenceCase? Of(
        CatalogView view,
        Calibration calibration,
        ServedQuestion question,
        ServingLayout layout,
        (int First, int Decode) replicas
    )
    {
        // A file has one limit of sequences and one of tokens for both sides.
        var sequences = (layout.Decode ?? layout.Deployment).MaxSequences;
        var tokens = layout.Deployment.MaxBatchedTokens;
        var deployment = layout.Deployment with { MaxSequences = sequences };
        var decode = layout.Decode is { } d ? d with { MaxBatchedTokens = tokens } : null;
        ServedLaw Served(Deployment of) =>
            ServedLaw.Of(calibration, view.AsOf, of, InputPath.Root, decode is not null);
        var served = Served(deployment);
        var second = decode is null ? null : Served(decode);
        if (served.Law is not { } law || (decode is not null && second!.Law is null))
        {
            return null;
        }
        var ranks = Math.Max(deployment.AttentionDataParallel, decode?.AttentionDataParallel ?? 1);
        return new InferenceCase
        {
            Name = layout.Words,
            View = view,
            Calibration = calibration,
            Deployment = deployment,
            DecodeDeployment = decode,
            Law = law,
            DecodeLaw = second?.Law,
            EngineVersion = served.EngineVersion,
            NewestOnFamily = served.NewestOnFamily,
            Percentile = question.Percentile,
            Workload = Workload(question.Shape).Within(deployment.Model.MaxContext),
            Config = new ServingConfig
            {
                MaxSequences = sequences,
                ContextTokens = deployment.Model.MaxContext,
                TokensPerStep = tokens * ranks,
                Replicas = replicas.First,
                Routing = RoutingPolicy.PowerOfTwo,
                Disaggregation = decode is null
                    ? null
                    : new Disaggregation(
                        replicas.Decode,
                        TransferLatency,
                        InferenceReader.TransferTokensPerSecond(
                            deployment,
                            InferenceReader.DefaultTransferGigabytesPerSecond
                        )
                    ),
                ServiceLevel = question.Level,
            },
        };
    }

    /// <summary>Requests of a shape, as an inference file would state them.</summary>
    public static WorkloadPlan Workload(in RequestShape shape) =>
        new()
        {
            Mixture = new ClientMixture([
                new MixtureClient(
                    "all",
                    [
                        new ArrivalWindow(
                            0,
                            1,
                            GapFamily.Gamma,
                            Gaps.Shape(GapFamily.Gamma, shape.ArrivalCv)
                        ),
                    ],
                    [
                        new LengthWindow(
                            0,
                            TokenLengths.LogNormal(shape.InputTokens, LengthCv),
                            TokenLengths.LogNormal(shape.OutputTokens, LengthCv)
                        ),
                    ]
                ),
            ]),
            Shape = new WorkloadShape(StoredShare: shape.CacheHitShare),
        };
}
