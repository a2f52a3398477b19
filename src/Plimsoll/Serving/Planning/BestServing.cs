using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Serving.Capacity;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>Finds the layout in which a fleet sells most, from one chip to experts dealt out over many servers, prompts and answers together or apart.</summary>
/// <remarks>
/// The goodput is that of <see cref="GoodputSearch"/> on the fleet itself: what the whole fleet is asked, in whole replicas, so that <c>inference goodput</c> run on the answer gives
/// the same. Layouts are sorted in the fluid limit, the first few by pilot runs, the best two searched.
/// </remarks>
public static class BestServing
{
    private const int MostLayouts = 4;
    private const int Searched = 2;

    /// <summary>Requests drawn to see how long they get.</summary>
    private const int Sampled = 20_000;

    /// <summary>Parts of the fluid limit's share of prompts that are tried: queues decide what it leaves out.</summary>
    private static readonly double[] _splits = [0.7, 1, 1.4];

    /// <summary>How closely a study asks: the step law's own error is several times as wide. Small replicas are steady after thousands of requests; where experts lie over many servers a replica alone holds thousands at once.</summary>
    private static readonly GoodputSettings _settings = new()
    {
        Versions = 4,
        HalfWidth = 0.08,
        LeastRequests = 1000,
        MostRequests = 200_000,
        MostReplicas = 64,
        FewerReplicasFrom = 40_000,
        Curve = false,
    };

    /// <summary>How far behind another in a pilot run a layout is not looked at further: twice what two pilot runs err by.</summary>
    private const double FarBehind = 0.1;

    /// <summary>Answers.</summary>
    /// <param name="view">The catalogue on the day.</param>
    /// <param name="question">What is served and promised.</param>
    /// <param name="refused">Given the layouts that cannot run, with the reason of each.</param>
    /// <param name="cache">Where answers are kept; null keeps none.</param>
    /// <param name="calibration">Coefficients; null for those visible in the view.</param>
    /// <returns>Null when no layout holds the model or keeps the promise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A figure of the question is out of range.</exception>
    public static ServedAnswer? Of(
        CatalogView view,
        ServedQuestion question,
        ICollection<string>? refused = null,
        CapacityCache? cache = null,
        Calibration? calibration = null
    )
    {
        calibration ??= Calibration.Of(view);
        var fleets = Fleets(view, calibration, question, refused).ToList();
        cache ??= CapacityCache.None;
        var key = AnswerKey.Of(fleets.ConvertAll(f => f.Installation), question, _settings);
        if (cache.Answer(key) is not var (place, rate, width) || place >= fleets.Count)
        {
            (place, rate, width) = Best(fleets);
            cache.Keep(key, place, rate, width);
        }
        return rate > 0
            ? Answer(fleets[place].Installation, fleets[place].Layout, question, rate, width)
            : null;
    }

    /// <summary>The layouts that hold the model, the best in the fluid limit first; nothing is simulated.</summary>
    /// <param name="calibration">Coefficients of the day.</param>
    /// <param name="day">The day.</param>
    /// <param name="question">What is served and promised.</param>
    /// <param name="refused">Given the layouts that cannot run, with the reason of each.</param>
    public static IReadOnlyList<ServingLayout> Layouts(
        Calibration calibration,
        DateOnly day,
        ServedQuestion question,
        ICollection<string>? refused = null
    ) =>
        ServingLayouts.Of(
            question.Pattern,
            calibration,
            day,
            question.PerServer,
            Math.Min(question.MostAccelerators, question.Accelerators),
            Means(question.Shape) with
            {
                Longest = Longest(question),
            },
            question.Level,
            refused,
            question.TensorParallel,
            question.ReplicaServers
        );

    /// <summary>Gain over the layout before, as a share, from which a larger one counts as another.</summary>
    private const double AnotherLayout = 0.01;

    /// <summary>The layouts that hold the model on fewer accelerators than the fleet's, each with what an accelerator serves in it over what it serves when the whole fleet does, in the fluid limit; nothing is simulated.</summary>
    /// <param name="calibration">Coefficients of the day.</param>
    /// <param name="day">The day.</param>
    /// <param name="question">What is served and promised.</param>
    public static IReadOnlyList<(int Accelerators, double Share)> Units(
        Calibration calibration,
        DateOnly day,
        ServedQuestion question
    )
    {
        ArgumentNullException.ThrowIfNull(question);
        var layouts = Layouts(calibration, day, question);
        double Rate(int accelerators) =>
            layouts.Max(l =>
                (l.Decode is null ? [1.0] : _splits).Max(s =>
                    ServedFleetCase.FluidRate(l, ServedFleetCase.Replicas(l, accelerators, s))
                )
            ) / accelerators;
        if (layouts.Count == 0 || Rate(question.Accelerators) is not (> 0 and var whole))
        {
            return [];
        }
        var steps = new List<(int Accelerators, double Share)>();
        foreach (
            var size in layouts
                .Select(l => l.Deployment.Accelerators + (l.Decode?.Accelerators ?? 0))
                .Where(n => n <= question.Accelerators)
                .Distinct()
                .Order()
        )
        {
            var share = Math.Min(1, Rate(size) / whole);
            if (share > (steps.Count > 0 ? steps[^1].Share : 0) + AnotherLayout)
            {
                steps.Add((size, share));
            }
        }
        return steps;
    }

    private static double Longest(ServedQuestion question) =>
        SizedLoad
            .Means(
                ScalableWorkload.Load(
                    ServedFleetCase
                        .Workload(question.Shape)
                        .Within(question.Pattern.Model.MaxContext),
                    Sampled,
                    1
                )
            )
            .Longest;

    private static MeanRequest Means(in RequestShape shape)
    {
        // Log-normal lengths with the coefficient of variation of inference files: the mean over answer tokens of what is before them.
        const double longer = 1 + (ServedFleetCase.LengthCv * ServedFleetCase.LengthCv);
        return new MeanRequest(
            shape.InputTokens,
            Math.Max(1, shape.InputTokens * (1 - shape.CacheHitShare)),
            shape.OutputTokens,
            shape.InputTokens + (shape.OutputTokens * longer / 2)
        );
    }

    /// <summary>The fleet in each of the layouts that are simulated.</summary>
    private static IEnumerable<(InferenceCase Installation, ServingLayout Layout)> Fleets(
        CatalogView view,
        Calibration calibration,
        ServedQuestion question,
        ICollection<string>? refused
    )
    {
        double Whole(ServingLayout layout) =>
            _splits
                .Select(s => ServedFleetCase.Replicas(layout, question.Accelerators, s))
                .Max(r => ServedFleetCase.FluidRate(layout, r));
        var shapes = Layouts(calibration, view.AsOf, question, refused)
            .Select(l => (Layout: l, Rate: Whole(l)))
            .Where(l => l.Rate > 0)
            .OrderByDescending(l => l.Rate)
            .GroupBy(l => l.Layout.Words, StringComparer.Ordinal)
            .Take(MostLayouts);
        foreach (var shape in shapes)
        {
            // Each shape with its best batch limit under either limit of a step; apart, with its splits.
            foreach (
                var (layout, _) in shape.DistinctBy(l =>
                    l.Layout.Decode is null ? l.Layout.Deployment.MaxBatchedTokens : 0
                )
            )
            {
                var counts = (layout.Decode is null ? [1.0] : _splits)
                    .Select(s => ServedFleetCase.Replicas(layout, question.Accelerators, s))
                    .Where(r => ServedFleetCase.FluidRate(layout, r) > 0)
                    .Distinct();
                foreach (var count in counts)
                {
                    if (
                        ServedFleetCase.Of(view, calibration, question, layout, count) is
                        { } installation
                    )
                    {
                        yield return (installation, layout);
                    }
                }
            }
        }
    }

    private static (int Place, double Rate, double Width) Best(
        List<(InferenceCase Installation, ServingLayout Layout)> fleets
    )
    {
        if (fleets.Count == 0)
        {
            return default;
        }
        // One model is asked the same of every layout.
        var tapes = new RequestTapes(GoodputSearch.Steady(fleets[0].Installation.Workload));
        var searches = new SteadySearch?[fleets.Count];
        var pilots = new double[fleets.Count];
        void Pilot(int from, int to, double bar) =>
            Parallel.For(
                from,
                to,
                i =>
                    pilots[i] = GoodputSearch.Pilot(
                        fleets[i].Installation,
                        _settings,
                        tapes,
                        bar,
                        out searches[i]
                    )
            );
        // The fluid limit's first set the bar; which layouts stay does not hang on threads.
        var first = Math.Min(Searched, fleets.Count);
        Pilot(0, first, 0);
        Pilot(first, fleets.Count, (1 - FarBehind) * pilots.Take(first).Min());
        var best = (Place: 0, Rate: 0.0, Width: 0.0);
        foreach (
            var place in Enumerable
                .Range(0, fleets.Count)
                .Where(i => pilots[i] > 0 && pilots[i] >= (1 - FarBehind) * pilots.Max())
                .OrderByDescending(i => pilots[i])
                .Take(Searched)
        )
        {
            if (searches[place]?.Find(_ => { }) is { } found && found.RequestsPerSecond > best.Rate)
            {
                best = (
                    place,
                    found.RequestsPerSecond,
                    (found.High - found.Low) / 2 / found.RequestsPerSecond
                );
            }
        }
        return best;
    }

    private const int NoLimit = 1 << 24;

    private static ServedAnswer Answer(
        InferenceCase installation,
        ServingLayout layout,
        ServedQuestion question,
        double rate,
        double width
    )
    {
        var request = Means(question.Shape);
        var token = question.Level.TimePerOutputTokenSeconds;
        var config = installation.Config;
        var law = installation.DecodeLaw ?? installation.Law;
        var replica = installation.DecodeDeployment ?? installation.Deployment;
        var prompts = layout.Decode is null
            ? 0.0
            : (double)config.Replicas
                * installation.Deployment.Accelerators
                / (
                    (config.Replicas * installation.Deployment.Accelerators)
                    + (config.Disaggregation!.DecodeReplicas * replica.Accelerators)
                );
        var asked = layout.Decode is null ? request : request with { Computed = 0 };
        var state = FluidRate.Highest(law, replica, asked, token);
        var (computed, stored) = FluidRate.Shares(law, state, asked);
        var each = rate / question.Accelerators;
        // Prompts and answers on one replica share its peaks best, apart or not.
        var free =
            FluidRate
                .Highest(
                    law.WithoutLosses(),
                    replica with
                    {
                        MaxSequences = NoLimit,
                        MaxBatchedTokens = NoLimit,
                    },
                    request,
                    token
                )
                .RequestsPerSecond / replica.Accelerators;
        return new ServedAnswer(
            installation,
            layout with
            {
                PromptShare = prompts,
            },
            each,
            each * question.Shape.OutputTokens,
            width,
            double.Hypot(
                layout.Decode is null
                    ? law.LogError
                    : double.Hypot(
                        installation.Law.LogError * prompts,
                        law.LogError * (1 - prompts)
                    ),
                width / 1.96
            ),
            layout.Decode is null ? computed : prompts,
            layout.Decode is null ? stored : (1 - prompts) * stored * question.Shape.CacheHitShare,
            Math.Max(each, free) * question.Shape.OutputTokens
        );
    }
}
