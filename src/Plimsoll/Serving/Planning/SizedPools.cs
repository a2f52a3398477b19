using Plimsoll.Performance;
using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>Finds how many replicas of a layout have a goodput of the rate asked for.</summary>
internal static class SizedPools
{
    private const int MostTries = 5;
    private const double TransferLatency = 0.005;

    /// <summary>Sizes a layout.</summary>
    /// <param name="installation">Workload and promise.</param>
    /// <param name="calibration">Coefficients.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="load">What is to be served.</param>
    /// <param name="settings">How closely.</param>
    /// <param name="rough">True for one search scaled to the rate, false for the least number of replicas that was searched itself.</param>
    /// <param name="of">An earlier size to begin with; null for the fluid limit's.</param>
    /// <returns>Null when no number of replicas keeps the promise.</returns>
    public static SizedFleet? Of(
        InferenceCase installation,
        Calibration calibration,
        ServingLayout layout,
        SizedLoad load,
        GoodputSettings settings,
        bool rough = false,
        SizedFleet? of = null
    )
    {
        var known = of?.Installation!.Config;
        var pattern = installation with
        {
            Deployment = layout.Deployment,
            DecodeDeployment = null,
            Law = Law(installation, calibration, layout.Deployment, layout.Decode is not null),
            DecodeLaw = null,
            Config = Limits(installation.Config, layout.Deployment),
        };
        if (layout.Decode is null)
        {
            var first =
                known?.Replicas
                ?? load.RequestsPerSecond
                    / (layout.FluidRequestsPerSecond * layout.Deployment.Accelerators);
            return Sized(pattern, load.RequestsPerSecond, first, settings, rough) is { } found
                ? Fleet(pattern, layout, load, found.Goodput, found.Replicas, 0, found.Spread)
                : null;
        }
        return Apart(pattern, calibration, layout, load, settings, rough, known);
    }

    private static SizedFleet? Apart(
        InferenceCase pattern,
        Calibration calibration,
        ServingLayout layout,
        SizedLoad load,
        GoodputSettings settings,
        bool rough,
        ServingConfig? known
    )
    {
        var decode = layout.Decode!;
        var level = pattern.Config.ServiceLevel!;
        var all = load.RequestsPerSecond / layout.FluidRequestsPerSecond;
        // Both sides keep their half of the promise by more than asked, so that requests that keep both are as many as asked.
        var share = (1 + pattern.Percentile) / 2;
        var transfer = InferenceReader.TransferTokensPerSecond(
            layout.Deployment,
            InferenceReader.DefaultTransferGigabytesPerSecond
        );
        var prompts = pattern with
        {
            Percentile = share,
            Workload = Shaped(pattern, s => s with { MostOutputTokens = 1 }),
            Config = pattern.Config with
            {
                ServiceLevel = new ServiceLevel(
                    Math.Min(level.TimeToFirstTokenSeconds, level.EndToEndSeconds)
                ),
            },
        };
        var answers = pattern with
        {
            Percentile = share,
            Deployment = decode,
            Law = Law(pattern, calibration, decode, true),
            Workload = Shaped(pattern, s => s with { StoredShare = 1 }),
            Config = Limits(pattern.Config, decode) with
            {
                PrefixCache = PrefixCacheMode.None,
                // Waiting for a place counts into the answer's speed; a few steps of it are allowed.
                ServiceLevel = new ServiceLevel(
                    Math.Max(0.2, 3 * Finite(level.TimePerOutputTokenSeconds)),
                    level.TimePerOutputTokenSeconds,
                    level.EndToEndSeconds
                ),
            },
        };
        var firsts = Sized(
            prompts,
            load.RequestsPerSecond,
            known?.Replicas ?? all * layout.PromptShare / layout.Deployment.Accelerators,
            settings,
            rough
        );
        var seconds = Sized(
            answers,
            load.RequestsPerSecond,
            known?.Disaggregation!.DecodeReplicas
                ?? all * (1 - layout.PromptShare) / decode.Accelerators,
            settings,
            rough
        );
        if (firsts is not { } p || seconds is not { } a)
        {
            return null;
        }
        var whole = pattern with
        {
            DecodeDeployment = decode,
            DecodeLaw = answers.Law,
            Config = Limits(pattern.Config, decode) with
            {
                // As a file has it: one limit a rank, of the side with more ranks.
                TokensPerStep =
                    layout.Deployment.MaxBatchedTokens
                    * Math.Max(
                        layout.Deployment.AttentionDataParallel,
                        decode.AttentionDataParallel
                    ),
                Disaggregation = new Disaggregation(a.Replicas, TransferLatency, transfer),
            },
        };
        return Fleet(
            whole,
            layout,
            load,
            Math.Min(p.Goodput, a.Goodput),
            p.Replicas,
            a.Replicas,
            Math.Max(p.Spread, a.Spread)
        );
    }

    private static StepLaw Law(
        InferenceCase of,
        Calibration calibration,
        Deployment deployment,
        bool apart
    ) => ServedLaw.Of(calibration, of.View.AsOf, deployment, Inputs.InputPath.Root, apart).Law!;

    private static double Finite(double seconds) => double.IsInfinity(seconds) ? 0 : seconds;

    private static WorkloadPlan Shaped(
        InferenceCase installation,
        Func<WorkloadShape, WorkloadShape> shape
    ) => installation.Workload with { Shape = shape(installation.Workload.Shape) };

    private static ServingConfig Limits(ServingConfig config, Deployment deployment) =>
        config with
        {
            MaxSequences = deployment.MaxSequences,
            TokensPerStep = deployment.MaxBatchedTokens * deployment.AttentionDataParallel,
            KvCapacityTokens = null,
            Disaggregation = null,
            Power = null,
            Failures = null,
        };

    /// <summary>The least number of replicas whose goodput is the rate.</summary>
    private static (int Replicas, double Goodput, double Spread)? Sized(
        InferenceCase pattern,
        double rate,
        double guess,
        GoodputSettings settings,
        bool rough
    )
    {
        var replicas = (int)Math.Clamp(Math.Ceiling(guess), 1, 10_000_000);
        (int Replicas, double Goodput, double Spread)? best = null;
        var tooFew = 0;
        var tapes = new RequestTapes(GoodputSearch.Steady(pattern.Workload));
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var goodput = GoodputSearch.Steadily(
                pattern with
                {
                    Config = pattern.Config with { Replicas = replicas },
                },
                settings,
                tapes
            );
            if (goodput.RequestsPerSecond <= 0)
            {
                return null;
            }
            if (rough)
            {
                var each = goodput.RequestsPerSecond / replicas;
                var needed = (int)Math.Clamp(Math.Ceiling(rate / each), 1, 20_000_000);
                return (needed, needed * each, 0.1);
            }
            if (goodput.RequestsPerSecond >= rate)
            {
                if (best is null || replicas < best.Value.Replicas)
                {
                    best = (
                        replicas,
                        goodput.RequestsPerSecond,
                        (goodput.High - goodput.Low) / 2 / goodput.RequestsPerSecond
                    );
                }
            }
            else
            {
                tooFew = Math.Max(tooFew, replicas);
            }
            var next = (int)
                Math.Clamp(
                    Math.Ceiling(replicas * rate / goodput.RequestsPerSecond),
                    tooFew + 1,
                    20_000_000
                );
            if (best is { } found && next >= found.Replicas)
            {
                return best;
            }
            replicas = next;
        }
        return best;
    }

    private static SizedFleet Fleet(
        InferenceCase installation,
        ServingLayout layout,
        SizedLoad load,
        double goodput,
        int replicas,
        int decodeReplicas,
        double spread
    )
    {
        var decode = layout.Decode;
        var accelerators =
            (replicas * layout.Deployment.Accelerators)
            + (decodeReplicas * (decode?.Accelerators ?? 0));
        var error = double.Hypot(
            Math.Max(installation.Law.LogError, installation.DecodeLaw?.LogError ?? 0),
            spread / 1.96
        );
        const double z80 = 1.2815515655446004;
        return new SizedFleet
        {
            Chip = new SizedChip("", layout.Deployment.Engine, layout.Deployment.Precision, null),
            Layout = layout,
            Installation = installation with
            {
                Config = installation.Config with { Replicas = replicas },
            },
            RequestsPerSecond = load.RequestsPerSecond,
            Goodput = goodput,
            Accelerators = accelerators,
            Low = Math.Min(accelerators, Whole(Math.Exp(-z80 * error))),
            High = Math.Max(accelerators, Whole(Math.Exp(z80 * error))),
        };

        // Whole replicas that the rate takes where each serves so many times less than found.
        double Whole(double slower)
        {
            var each = load.RequestsPerSecond / goodput * slower;
            return (Math.Ceiling(replicas * each) * layout.Deployment.Accelerators)
                + (Math.Ceiling(decodeReplicas * each) * (decode?.Accelerators ?? 0));
        }
    }
}
