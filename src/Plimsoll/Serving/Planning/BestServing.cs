using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Serving.Capacity;
using Plimsoll.Serving.Validation;

namespace Plimsoll.Serving.Planning;

/// <summary>Finds the layout that sells most on an accelerator, from one chip to experts dealt out over many servers, prompts and answers together or apart.</summary>
/// <remarks>
/// All layouts are sorted in the fluid limit, the first few simulated request by request on one attention rank's share of the replica: ranks hold sequences of their own, so the
/// rank is what queues. Where prompts and answers are apart, each side keeps its part of the promise for the share halfway to one, so that the same request keeps both.
/// </remarks>
public static class BestServing
{
    private const int Simulated = 4;

    /// <summary>A prompt whose KV is there but for its last tokens, as a decode worker gets it.</summary>
    private const double Ready = 0.99999;

    /// <summary>Answers.</summary>
    /// <param name="view">The catalogue on the day.</param>
    /// <param name="question">What is served and promised.</param>
    /// <param name="refused">Given the layouts that cannot run, with the reason of each.</param>
    /// <param name="cache">Where simulated curves are kept; null keeps none.</param>
    /// <returns>Null when no layout holds the model or keeps the promise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A figure of the question is out of range.</exception>
    public static ServedAnswer? Of(
        CatalogView view,
        ServedQuestion question,
        ICollection<string>? refused = null,
        CapacityCache? cache = null
    )
    {
        var request = Means(question.Shape);
        var calibration = Calibration.Of(view);
        var layouts = Layouts(calibration, view.AsOf, question, refused);
        ServedAnswer? best = null;
        foreach (var layout in layouts.DistinctBy(l => l.Words).Take(Simulated))
        {
            var answer = Simulate(calibration, question, layout, request, cache);
            if (
                answer is not null
                && (
                    best is null
                    || answer.RequestsPerSecondPerAccelerator > best.RequestsPerSecondPerAccelerator
                )
            )
            {
                best = answer;
            }
        }
        return best;
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
            calibration.Named(question.Pattern, day),
            calibration,
            question.PerServer,
            question.MostAccelerators,
            Means(question.Shape),
            question.Level,
            refused
        );

    private static MeanRequest Means(in RequestShape shape)
    {
        // Log-normal lengths with a coefficient of variation of 0.95, as the curves are drawn: the mean over answer tokens of what is before them.
        const double longer = 1 + (0.95 * 0.95);
        return new MeanRequest(
            shape.InputTokens,
            Math.Max(1, shape.InputTokens * (1 - shape.CacheHitShare)),
            shape.OutputTokens,
            shape.InputTokens + (shape.OutputTokens * longer / 2)
        );
    }

    private static ServedAnswer? Simulate(
        Calibration calibration,
        ServedQuestion question,
        ServingLayout layout,
        MeanRequest request,
        CapacityCache? cache
    )
    {
        var shape = question.Shape;
        if (layout.Decode is not { } decode)
        {
            var law = StepLaw.Of(calibration, layout.Deployment);
            var point = Surface(law, layout.Deployment, cache)
                .Simulated(shape, question.Level, question.Percentile);
            if (!(point.RequestsPerSecond > 0))
            {
                return null;
            }
            var state = FluidRate.Highest(
                law,
                layout.Deployment,
                request,
                question.Level.TimePerOutputTokenSeconds
            );
            var (computed, stored) = FluidRate.Shares(law, state, request);
            return new ServedAnswer(
                layout,
                point.RequestsPerSecondPerAccelerator,
                point.OutputTokensPerSecondPerAccelerator,
                point.OutputTokensPerSecondPerAccelerator,
                point.LogError,
                computed,
                stored
            );
        }
        var share = (1 + question.Percentile) / 2;
        var first = StepLaw.Of(calibration, layout.Deployment, true);
        var prompts = Surface(first, layout.Deployment, cache)
            .Simulated(
                shape with
                {
                    OutputTokens = 1,
                },
                new ServiceLevel(question.Level.TimeToFirstTokenSeconds),
                share
            );
        var second = StepLaw.Of(calibration, decode, true);
        var answers = Surface(second, decode, cache)
            .Simulated(
                shape with
                {
                    CacheHitShare = Ready,
                },
                new ServiceLevel(
                    Math.Max(0.2, 3 * Math.Min(10, question.Level.TimePerOutputTokenSeconds)),
                    question.Level.TimePerOutputTokenSeconds
                ),
                share
            );
        var (p, a) = (
            prompts.RequestsPerSecondPerAccelerator,
            answers.RequestsPerSecondPerAccelerator
        );
        if (!(p > 0 && a > 0))
        {
            return null;
        }
        var each = 1 / ((1 / p) + (1 / a));
        var ready = request with { Computed = 0 };
        var making = FluidRate.Highest(
            second,
            decode,
            ready,
            question.Level.TimePerOutputTokenSeconds
        );
        var (_, read) = FluidRate.Shares(second, making, ready);
        return new ServedAnswer(
            layout with
            {
                PromptShare = each / p,
            },
            each,
            each * shape.OutputTokens,
            answers.OutputTokensPerSecondPerAccelerator,
            double.Hypot(prompts.LogError * each / p, answers.LogError * each / a),
            each / p,
            each / a * read * shape.CacheHitShare
        );
    }

    /// <summary>The curves of one attention rank's share of a replica.</summary>
    private static CapacitySurface Surface(StepLaw law, Deployment deployment, CapacityCache? cache)
    {
        var ranks = deployment.AttentionDataParallel;
        return new CapacitySurface(
            ranks > 1 ? new UnitShare(law, ranks) : law,
            new ServingConfig
            {
                MaxSequences = deployment.MaxSequences / ranks,
                TokensPerStep = deployment.MaxBatchedTokens,
                ContextTokens = deployment.Model.MaxContext,
            },
            law.LogError,
            deployment.Model.MaxContext > 0 ? deployment.Model.MaxContext : long.MaxValue,
            cache
        );
    }
}
