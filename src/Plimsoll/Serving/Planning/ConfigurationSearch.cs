using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>One way to use the accelerators, and what it sells.</summary>
/// <param name="Installation">The installation.</param>
/// <param name="RequestsPerSecond">Goodput of all accelerators together.</param>
/// <param name="Goodput">The whole result; null when only short runs were made.</param>
public sealed record Candidate(
    InferenceCase Installation,
    double RequestsPerSecond,
    GoodputResult? Goodput = null
)
{
    /// <summary>The layout in words.</summary>
    public string Layout
    {
        get
        {
            var d = Installation.Deployment;
            var one =
                $"TP {d.TensorParallel}"
                + (d.AttentionDataParallel > 1 ? $", DP {d.AttentionDataParallel}" : "")
                + (d.ExpertParallel > 1 ? $", EP {d.ExpertParallel}" : "");
            return Installation.Config.Disaggregation is { } split
                ? $"{one}; {Installation.Config.Replicas} prefill, {split.DecodeReplicas} decode"
                : $"{one}; {Installation.Config.Replicas} replicas";
        }
    }
}

/// <summary>What a search found.</summary>
/// <param name="Ranked">Those that were searched to the end, each as closely as the others, the best first.</param>
/// <param name="Screened">Those that short runs showed to be far behind, the best first; their rates are rough.</param>
/// <param name="Refused">Those that cannot run, with the reason of each.</param>
/// <param name="Best">Goodput of the first of the ranked; null when none keeps the promise.</param>
public sealed record ConfigurationResult(
    IReadOnlyList<Candidate> Ranked,
    IReadOnlyList<Candidate> Screened,
    IReadOnlyList<string> Refused,
    GoodputResult? Best
);

/// <summary>Tries the ways to serve a workload on a fixed number of accelerators.</summary>
public static class ConfigurationSearch
{
    private const int MostSplits = 12;
    private const int MostRefined = 10;

    /// <summary>Share of the best pilot below which a way is not searched further: pilots scatter by a few per cent.</summary>
    private const double Near = 0.85;

    /// <summary>Searches.</summary>
    /// <param name="installation">Model, chip, engine, workload and promise; its search space says what varies.</param>
    /// <param name="settings">How closely; the defaults when null.</param>
    /// <param name="progress">Given the share done; null for none.</param>
    /// <exception cref="ArgumentException">There is no search space, or nothing is promised.</exception>
    public static ConfigurationResult Run(
        InferenceCase installation,
        GoodputSettings? settings = null,
        Action<double>? progress = null
    )
    {
        settings ??= new GoodputSettings();
        GoodputSearch.Refuse(installation);
        var space =
            installation.Search
            ?? throw new ArgumentException("There is nothing to search: add 'search:'.");
        var refused = new List<string>();
        var candidates = Candidates(installation, space, refused);
        var pilots = Sorted(Pilots(candidates, settings, s => progress?.Invoke(0.4 * s)));
        var kept = pilots
            .TakeWhile(
                (c, i) =>
                    i < MostRefined
                    && c.RequestsPerSecond > 0
                    && c.RequestsPerSecond >= Near * pilots[0].RequestsPerSecond
            )
            .Count();
        var refined = new List<Candidate>();
        foreach (var candidate in pilots.Take(kept))
        {
            var goodput = GoodputSearch.Find(
                candidate.Installation,
                settings with
                {
                    Curve = false,
                },
                s => progress?.Invoke(0.4 + (0.6 * (refined.Count + s) / kept))
            );
            refined.Add(
                candidate with
                {
                    RequestsPerSecond = goodput.RequestsPerSecond,
                    Goodput = goodput,
                }
            );
        }
        var ranked = Sorted(refined);
        if (settings.Curve && ranked.Count > 0)
        {
            // The same search again, with the curve that only the best is shown with.
            ranked[0] = ranked[0] with
            {
                Goodput = GoodputSearch.Find(ranked[0].Installation, settings),
            };
        }
        return new ConfigurationResult(
            ranked,
            [.. pilots.Skip(kept)],
            refused,
            ranked.Count > 0 && ranked[0].RequestsPerSecond > 0 ? ranked[0].Goodput : null
        );
    }

    private static List<Candidate> Sorted(IEnumerable<Candidate> candidates) =>
        [
            .. candidates
                .OrderByDescending(c => c.RequestsPerSecond)
                .ThenBy(c => c.Layout, StringComparer.Ordinal)
                .ThenBy(c => c.Installation.Config.MaxSequences)
                .ThenBy(c => c.Installation.Deployment.MaxBatchedTokens),
        ];

    private static Candidate[] Pilots(
        List<InferenceCase> cases,
        GoodputSettings settings,
        Action<double> progress
    )
    {
        var scored = new Candidate[cases.Count];
        var tapes = cases
            .Select(c => c.Workload)
            .Distinct()
            .ToDictionary(w => w, w => new RequestTapes(GoodputSearch.Steady(w)));
        var done = 0;
        Parallel.For(
            0,
            cases.Count,
            i =>
            {
                scored[i] = new Candidate(
                    cases[i],
                    GoodputSearch.Pilot(cases[i], settings, tapes[cases[i].Workload])
                );
                progress((double)Interlocked.Increment(ref done) / cases.Count);
            }
        );
        return scored;
    }

    private static List<InferenceCase> Candidates(
        InferenceCase installation,
        SearchSpace space,
        List<string> refused
    )
    {
        var result = new List<InferenceCase>();
        var calibration = installation.Calibration;
        int[] tensor =
            space.TensorParallel.Length > 0
                ? space.TensorParallel
                :
                [
                    .. Enumerable
                        .Range(0, 7)
                        .Select(i => 1 << i)
                        .Where(t =>
                            t <= space.Accelerators
                            && installation.Deployment.Model.Heads % t == 0
                            && t <= installation.Deployment.EffectiveScaleUpDomain
                        ),
                ];
        foreach (var tp in tensor)
        {
            foreach (var dp in space.AttentionDataParallel)
            {
                var layout = installation.Deployment with
                {
                    TensorParallel = tp,
                    AttentionDataParallel = dp,
                    PipelineParallel = 1,
                    ExpertParallel =
                        dp > 1 && installation.Deployment.Model.Experts > 0 ? tp * dp : 1,
                };
                var replicas = space.Accelerators / layout.Accelerators;
                if (replicas * layout.Accelerators != space.Accelerators)
                {
                    refused.Add(
                        $"TP {tp}, DP {dp}: {layout.Accelerators} accelerators a replica do not divide {space.Accelerators}"
                    );
                    continue;
                }
                AddLimits(installation, space, calibration, layout, replicas, result, refused);
            }
        }
        return result;
    }

    private static void AddLimits(
        InferenceCase installation,
        SearchSpace space,
        Calibration calibration,
        Deployment layout,
        int replicas,
        List<InferenceCase> result,
        List<string> refused
    )
    {
        foreach (var sequences in space.MaxSequences)
        {
            foreach (var tokens in space.TokensPerStep)
            {
                var ranks = layout.AttentionDataParallel;
                var deployment = layout with
                {
                    MaxSequences = sequences * ranks,
                    MaxBatchedTokens = tokens,
                };
                var findings = DeploymentCheck.Of(deployment, InputPath.Root);
                if (tokens < sequences)
                {
                    continue;
                }
                if (findings.Count > 0)
                {
                    refused.Add(
                        $"TP {layout.TensorParallel}, DP {ranks}, {sequences} sequences, {tokens} tokens a step: {findings[0].Found}; expected {findings[0].Expected}"
                    );
                    continue;
                }
                var config = installation.Config with
                {
                    MaxSequences = deployment.MaxSequences,
                    TokensPerStep = tokens * ranks,
                    KvCapacityTokens = null,
                    Disaggregation = null,
                    Replicas = replicas,
                    Power = null,
                };
                result.Add(
                    installation with
                    {
                        Deployment = deployment,
                        DecodeDeployment = null,
                        Law = ServedLaw
                            .Of(calibration, installation.View.AsOf, deployment, InputPath.Root)
                            .Law!,
                        DecodeLaw = null,
                        Config = config,
                    }
                );
                if (space.Disaggregated && replicas > 1)
                {
                    AddSplits(installation, calibration, deployment, config, result);
                }
            }
        }
    }

    private static void AddSplits(
        InferenceCase installation,
        Calibration calibration,
        Deployment deployment,
        ServingConfig config,
        List<InferenceCase> result
    )
    {
        var law = ServedLaw
            .Of(
                calibration,
                installation.View.AsOf,
                deployment,
                InputPath.Root,
                disaggregated: true
            )
            .Law!;
        var splits = Math.Min(MostSplits, config.Replicas - 1);
        var transfer = InferenceReader.TransferTokensPerSecond(
            deployment,
            InferenceReader.DefaultTransferGigabytesPerSecond
        );
        foreach (
            var prefill in Enumerable
                .Range(1, splits)
                .Select(i =>
                    Math.Max(1, (int)Math.Round((double)i * config.Replicas / (splits + 1)))
                )
                .Distinct()
        )
        {
            result.Add(
                installation with
                {
                    Deployment = deployment,
                    DecodeDeployment = deployment,
                    Law = law,
                    DecodeLaw = law,
                    Config = config with
                    {
                        Replicas = prefill,
                        Disaggregation = installation.Config.Disaggregation is { } given
                            ? given with
                            {
                                DecodeReplicas = config.Replicas - prefill,
                            }
                            : new Disaggregation(config.Replicas - prefill, 0.005, transfer),
                    },
                }
            );
        }
    }
}
