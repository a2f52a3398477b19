using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Quantities;

namespace Plimsoll.Serving.Planning;

/// <summary>A way to serve: one kind of replica for everything, or one for prompts and one for answers.</summary>
/// <param name="Deployment">The replica, or that which computes prompts.</param>
/// <param name="Decode">That which makes answers; null when one does both.</param>
/// <param name="FluidRequestsPerSecond">Rate an accelerator in the fluid limit.</param>
/// <param name="PromptShare">Share of the accelerators that compute prompts; 0 when one does both.</param>
public sealed record ServingLayout(
    Deployment Deployment,
    Deployment? Decode,
    double FluidRequestsPerSecond,
    double PromptShare
)
{
    /// <summary>In words.</summary>
    public string Words =>
        Decode is null ? Of(Deployment) : $"{Of(Deployment)} for prompts, {Of(Decode)} for answers";

    /// <summary><see cref="Words"/> in the words of any language.</summary>
    public Phrase Said =>
        Decode is null
            ? Phrase.Of("name", Of(Deployment))
            : Phrase.Of("layout.apart", Of(Deployment), Of(Decode));

    private static string Of(Deployment d) =>
        $"TP {d.TensorParallel}"
        + (d.PipelineParallel > 1 ? $", PP {d.PipelineParallel}" : "")
        + (d.AttentionDataParallel > 1 ? $", DP {d.AttentionDataParallel}" : "")
        + (d.ExpertParallel > 1 ? $", EP {d.ExpertParallel}" : "");
}

/// <summary>Lists the layouts in which an engine can serve a model, from one accelerator to experts dealt out over many servers, and sorts them by the fluid limit.</summary>
public static class ServingLayouts
{
    private static readonly int[] _sequences = [64, 256, 1024];
    private static readonly int[] _tokens = [2048, 8192];

    /// <summary>Share of its steps that a worker for prompts may be busy when first tokens are promised; queues take the rest.</summary>
    private const double PromptLoad = 0.7;

    /// <summary>Lists.</summary>
    /// <param name="pattern">Model, chip, engine, precision and memory use; its layout is varied.</param>
    /// <param name="calibration">Coefficients.</param>
    /// <param name="day">The day: a silent engine version is the newest known on it.</param>
    /// <param name="perServer">Accelerators of a server.</param>
    /// <param name="mostAccelerators">Accelerators of one replica at most, wide expert parallelism included.</param>
    /// <param name="request">Mean lengths.</param>
    /// <param name="level">The promise.</param>
    /// <param name="refused">Given what cannot run, with the reason; where one request alone takes longer than is promised on every layout, that alone.</param>
    /// <param name="tensorParallel">The only tensor parallelism; 0 leaves it open.</param>
    /// <param name="replicaServers">The only number of servers that a replica is cut over; 0 leaves it open. Where either is given, prompts and answers stay together.</param>
    /// <returns>The best in the fluid limit first; empty when nothing fits.</returns>
    public static IReadOnlyList<ServingLayout> Of(
        Deployment pattern,
        Calibration calibration,
        DateOnly day,
        int perServer,
        int mostAccelerators,
        MeanRequest request,
        ServiceLevel level,
        ICollection<string>? refused = null,
        int tensorParallel = 0,
        int replicaServers = 0
    )
    {
        var open = tensorParallel == 0 && replicaServers == 0;
        var found = new List<ServingLayout>();
        var answers = new List<(Deployment Deployment, double Rate)>();
        var prompts = new List<(Deployment Deployment, double Rate)>();
        (Deployment Deployment, double Seconds)? fastest = null;
        var shapes = open
            ? Parallel(pattern, perServer, mostAccelerators)
            : Stated(pattern, perServer, tensorParallel, replicaServers);
        foreach (var layout in shapes.SelectMany(Limits))
        {
            if (layout.Accelerators > mostAccelerators)
            {
                refused?.Add(
                    $"{Words(layout)}: found a replica of {layout.Accelerators} accelerators; expected at most {mostAccelerators}"
                );
                continue;
            }
            var served = ServedLaw.Of(calibration, day, layout, InputPath.Root);
            var findings = served.Refusals;
            if (findings.Count > 0)
            {
                refused?.Add(
                    $"{Words(layout)}: {findings[0].Found}; expected {findings[0].Expected}"
                );
                continue;
            }
            var law = served.Law!;
            if (law.KvCapacityTokens < law.Sequence.Tokens(request.Longest))
            {
                refused?.Add(Short(Words(layout), law, request));
                continue;
            }
            var token = level.TimePerOutputTokenSeconds;
            var alone = law.MeanSeconds(1, request.Seen, 0, 0);
            if (fastest is null || alone < fastest.Value.Seconds)
            {
                fastest = (layout, alone);
            }
            var both = FluidRate.Highest(law, layout, request, token);
            found.Add(
                new ServingLayout(layout, null, both.RequestsPerSecond / layout.Accelerators, 0)
            );
            if (!open || layout.PipelineParallel > 1 || request.Output <= 1)
            {
                continue;
            }
            var apart = ServedLaw
                .Of(calibration, day, layout, InputPath.Root, disaggregated: true)
                .Law!;
            var ready = request with { Computed = 0 };
            answers.Add(
                (
                    layout,
                    FluidRate.Highest(apart, layout, ready, token).RequestsPerSecond
                        / layout.Accelerators
                )
            );
            prompts.Add(
                (
                    layout,
                    PromptLoad
                        * FluidRate.HighestPrompts(apart, layout, request)
                        / layout.Accelerators
                )
            );
        }
        // The prompt side and the answer side are independent queues, so the best of each is the best pair.
        foreach (var (prompt, rate) in prompts.OrderByDescending(p => p.Rate).Take(3))
        {
            foreach (var (answer, made) in answers.OrderByDescending(a => a.Rate).Take(3))
            {
                if (rate > 0 && made > 0)
                {
                    var each = 1 / ((1 / rate) + (1 / made));
                    found.Add(new ServingLayout(prompt, answer, each, each / rate));
                }
            }
        }
        if (
            fastest is var (quickest, seconds)
            && seconds > level.TimePerOutputTokenSeconds
            && refused is not null
        )
        {
            // What holds the model and is too slow says more than what does not hold it.
            refused.Clear();
            refused.Add(
                $"the promise: found {1e3 * seconds:0.0} ms a token for one request alone, on {Words(quickest)}, the fastest layout; expected at most {1e3 * level.TimePerOutputTokenSeconds:0.###} ms"
            );
        }
        return
        [
            .. found
                .Where(l => l.FluidRequestsPerSecond > 0)
                .OrderByDescending(l => l.FluidRequestsPerSecond)
                .ThenBy(l => l.Deployment.Accelerators)
                .ThenBy(l => l.Words, StringComparer.Ordinal)
                .ThenBy(l => l.Deployment.MaxSequences),
        ];
    }

    /// <summary>Why a cache is too small, where it refuses more than one request in 1,000 by its length.</summary>
    internal static string Short(string layout, StepLaw law, MeanRequest request) =>
        $"{layout}: found a KV cache of {law.KvCapacityTokens:N0} tokens; expected {law.Sequence.Tokens(request.Longest):N0}, which 999 of 1,000 requests stay within";

    private static string Words(Deployment d) => new ServingLayout(d, null, 0, 0).Words;

    /// <summary>A shape with each of the limits that are tried, its own limit of a step among them.</summary>
    internal static IEnumerable<Deployment> Limits(Deployment shape) =>
        from sequences in _sequences
        from tokens in _tokens.Append(shape.MaxBatchedTokens).Distinct()
        select shape with
        {
            MaxSequences = sequences * shape.AttentionDataParallel,
            MaxBatchedTokens = tokens,
        };

    private static IEnumerable<Deployment> Stated(
        Deployment pattern,
        int perServer,
        int tensorParallel,
        int replicaServers
    )
    {
        var servers = Math.Max(1, replicaServers);
        for (var tp = 1; tp <= perServer; tp *= 2)
        {
            var split =
                tensorParallel > 0 ? tensorParallel
                : servers > 1 ? perServer
                : tp;
            yield return pattern with
            {
                TensorParallel = split,
                PipelineParallel = servers,
                AttentionDataParallel = 1,
                ExpertParallel = 1,
            };
            if (split != tp)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<Deployment> Parallel(
        Deployment pattern,
        int perServer,
        int mostAccelerators
    )
    {
        var one = pattern with
        {
            PipelineParallel = 1,
            AttentionDataParallel = 1,
            ExpertParallel = 1,
        };
        for (var tp = 1; tp <= Math.Min(perServer, mostAccelerators); tp *= 2)
        {
            yield return one with
            {
                TensorParallel = tp,
            };
        }
        // A model too large for one server is cut between servers by layers.
        for (var servers = 2; servers <= 4 && servers * perServer <= mostAccelerators; servers *= 2)
        {
            yield return one with
            {
                TensorParallel = perServer,
                PipelineParallel = servers,
            };
        }
        if (pattern.Model.Experts == 0)
        {
            yield break;
        }
        foreach (var ranks in Widths(perServer, mostAccelerators, pattern.Model.Experts))
        {
            yield return one with
            {
                TensorParallel = 1,
                AttentionDataParallel = ranks,
                ExpertParallel = ranks,
                // Engines that deal experts out over servers hide the exchange behind the other half-batch.
                OverlapsCommunication = pattern.OverlapsCommunication || ranks > perServer,
            };
        }
    }

    private static IEnumerable<int> Widths(int perServer, int mostAccelerators, int experts)
    {
        foreach (var servers in (int[])[1, 2, 4, 9, 18, 36])
        {
            var ranks = servers * perServer;
            if (ranks > 1 && ranks <= mostAccelerators && ranks <= experts)
            {
                yield return ranks;
            }
        }
    }
}
