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
            var (config, one) = (Installation.Config, Shape(Installation.Deployment));
            if (config.Disaggregation is not { } split)
            {
                return $"{one}; {config.Replicas} replicas";
            }
            var other = Shape(Installation.DecodeDeployment ?? Installation.Deployment);
            return other == one
                ? $"{one}; {config.Replicas} prefill, {split.DecodeReplicas} decode"
                : $"{one}, {config.Replicas} prefill; {other}, {split.DecodeReplicas} decode";
        }
    }

    private static string Shape(Deployment d) =>
        $"TP {d.TensorParallel}"
        + (d.AttentionDataParallel > 1 ? $", DP {d.AttentionDataParallel}" : "")
        + (d.ExpertParallel > 1 ? $", EP {d.ExpertParallel}" : "");
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
)
{
    /// <summary>Requests served by all runs of the search together, 0 or more.</summary>
    public long RequestsServed { get; init; }
}

/// <summary>Tries the ways to serve a workload on a fixed number of accelerators.</summary>
public static class ConfigurationSearch
{
    private const int MostSplits = 12;
    private const int MostRefined = 10;

    /// <summary>Pairs of unlike replicas that are simulated, the best in the fluid limit.</summary>
    private const int MostUnlike = 48;

    /// <summary>Parts of the fluid limit's share of prompts at which unlike replicas are tried: queues decide what it leaves out.</summary>
    private static readonly double[] _shares = [0.6, 0.8, 1, 1.25, 1.6];

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
        var served = 0L;
        var pilots = Sorted(
            Pilots(candidates, settings, s => progress?.Invoke(0.4 * s), ref served)
        );
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
            served += goodput.RequestsServed;
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
            var shown = GoodputSearch.Find(ranked[0].Installation, settings);
            served += shown.RequestsServed;
            ranked[0] = ranked[0] with { Goodput = shown };
        }
        return new ConfigurationResult(
            ranked,
            [.. pilots.Skip(kept)],
            refused,
            ranked.Count > 0 && ranked[0].RequestsPerSecond > 0 ? ranked[0].Goodput : null
        )
        {
            RequestsServed = served,
        };
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
        Action<double> progress,
        ref long served
    )
    {
        var all = 0L;
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
                var rate = GoodputSearch.Pilot(
                    cases[i],
                    settings,
                    tapes[cases[i].Workload],
                    0,
                    out var search
                );
                scored[i] = new Candidate(cases[i], rate);
                Interlocked.Add(ref all, search?.Served ?? 0);
                progress((double)Interlocked.Increment(ref done) / cases.Count);
            }
        );
        served += all;
        return scored;
    }

    private static List<InferenceCase> Candidates(
        InferenceCase installation,
        SearchSpace space,
        List<string> refused
    )
    {
        var result = new List<InferenceCase>();
        var alike = new List<Deployment>();
        var calibration = installation.Calibration;
        var request = SizedLoad.Of(installation).Request;
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
                alike.Add(layout);
                AddLimits(
                    installation,
                    space,
                    calibration,
                    request,
                    layout,
                    replicas,
                    result,
                    refused
                );
            }
        }
        if (space.Disaggregated && alike.Count > 1)
        {
            result.AddRange(Unlike(installation, space, calibration, request, alike));
        }
        return result;
    }

    /// <summary>Replicas of one shape for prompts and of another for answers, on all the accelerators: the best in the fluid limit.</summary>
    private static IEnumerable<InferenceCase> Unlike(
        InferenceCase installation,
        SearchSpace space,
        Calibration calibration,
        MeanRequest request,
        List<Deployment> shapes
    )
    {
        var token = installation.Config.ServiceLevel!.TimePerOutputTokenSeconds;
        var sides =
            new List<(Deployment Deployment, StepLaw Law, double Prompts, double Answers)>();
        foreach (var shape in shapes)
        {
            foreach (
                var deployment in from sequences in space.MaxSequences
                from tokens in space.TokensPerStep
                where tokens >= sequences
                select shape with
                {
                    MaxSequences = sequences * shape.AttentionDataParallel,
                    MaxBatchedTokens = tokens,
                }
            )
            {
                if (
                    DeploymentCheck.Of(deployment, InputPath.Root).Count == 0
                    && Apart(installation, calibration, deployment) is { } law
                    && law.KvCapacityTokens >= law.Sequence.Tokens(request.Longest)
                )
                {
                    sides.Add(
                        (
                            deployment,
                            law,
                            FluidRate.HighestPrompts(law, deployment, request),
                            FluidRate
                                .Highest(law, deployment, request with { Computed = 0 }, token)
                                .RequestsPerSecond
                        )
                    );
                }
            }
        }
        var pairs =
            from first in sides
            from second in sides
            let p = first.Deployment
            let d = second.Deployment
            where
                (p.TensorParallel, p.AttentionDataParallel)
                    != (d.TensorParallel, d.AttentionDataParallel)
                // A file has one limit of sequences and one of tokens for both sides.
                && p.MaxSequences == d.MaxSequences
                && p.MaxBatchedTokens == d.MaxBatchedTokens
            from replicas in Splits(space.Accelerators, p, d, first.Prompts, second.Answers)
            let rate = Math.Min(replicas.First * first.Prompts, replicas.Second * second.Answers)
            orderby rate descending, p.TensorParallel, d.TensorParallel
            select (first, second, replicas);
        foreach (var (first, second, replicas) in pairs.Take(MostUnlike))
        {
            var ranks = Math.Max(
                first.Deployment.AttentionDataParallel,
                second.Deployment.AttentionDataParallel
            );
            yield return installation with
            {
                Deployment = first.Deployment,
                DecodeDeployment = second.Deployment,
                Law = first.Law,
                DecodeLaw = second.Law,
                Config = installation.Config with
                {
                    MaxSequences = first.Deployment.MaxSequences,
                    TokensPerStep = first.Deployment.MaxBatchedTokens * ranks,
                    KvCapacityTokens = null,
                    Power = null,
                    Replicas = replicas.First,
                    Disaggregation = Split(installation, first.Deployment, replicas.Second),
                },
            };
        }
    }

    /// <summary>Replicas for prompts and for answers that use every accelerator, near the fluid limit's shares.</summary>
    private static IEnumerable<(int First, int Second)> Splits(
        int accelerators,
        Deployment first,
        Deployment second,
        double prompts,
        double answers
    )
    {
        if (!(prompts > 0 && answers > 0))
        {
            return [];
        }
        var (a, b) = (first.Accelerators, second.Accelerators);
        var whole = Enumerable
            .Range(1, Math.Max(0, (accelerators - 1) / a))
            .Where(n => accelerators - (n * a) >= b && (accelerators - (n * a)) % b == 0)
            .Select(n => (First: n, Second: (accelerators - (n * a)) / b))
            .ToList();
        // Accelerators of a prompt over those of a prompt and its answer.
        var share = a / prompts / ((a / prompts) + (b / answers));
        return whole.Count == 0
            ? []
            : _shares
                .Select(s => whole.MinBy(n => Math.Abs((n.First * a) - (s * share * accelerators))))
                .Distinct();
    }

    private static StepLaw? Apart(
        InferenceCase installation,
        Calibration calibration,
        Deployment deployment
    ) =>
        ServedLaw
            .Of(
                calibration,
                installation.View.AsOf,
                deployment,
                InputPath.Root,
                disaggregated: true
            )
            .Law;

    private static Disaggregation Split(
        InferenceCase installation,
        Deployment prompts,
        int decodeReplicas
    ) =>
        installation.Config.Disaggregation is { } given
            ? given with
            {
                DecodeReplicas = decodeReplicas,
            }
            : new Disaggregation(
                decodeReplicas,
                0.005,
                InferenceReader.TransferTokensPerSecond(
                    prompts,
                    InferenceReader.DefaultTransferGigabytesPerSecond
                )
            );

    private static void AddLimits(
        InferenceCase installation,
        SearchSpace space,
        Calibration calibration,
        MeanRequest request,
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
                var law = ServedLaw
                    .Of(calibration, installation.View.AsOf, deployment, InputPath.Root)
                    .Law!;
                if (law.KvCapacityTokens < law.Sequence.Tokens(request.Longest))
                {
                    refused.Add(
                        ServingLayouts.Short(
                            $"TP {layout.TensorParallel}, DP {ranks}, {sequences} sequences, {tokens} tokens a step",
                            law,
                            request
                        )
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
                        Law = law,
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
        var law = Apart(installation, calibration, deployment)!;
        var splits = Math.Min(MostSplits, config.Replicas - 1);
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
                        Disaggregation = Split(installation, deployment, config.Replicas - prefill),
                    },
                }
            );
        }
    }
}
