namespace Plimsoll.Performance;

/// <summary>A closed loop: so many clients, each sending its next request when the last is answered.</summary>
/// <param name="Concurrency">Clients; 1 or more.</param>
/// <param name="InputTokens">Mean prompt length; above 0.</param>
/// <param name="OutputTokens">Mean answer length; above 0.</param>
public readonly record struct ClosedLoopLoad(
    double Concurrency,
    double InputTokens,
    double OutputTokens
)
{
    /// <summary>True when all prompts and answers have one length, so that requests keep step and their prompts come in waves; false when lengths vary.</summary>
    public bool FixedLengths { get; init; }
}

/// <summary>What a closed loop settles to.</summary>
/// <param name="TimeToFirstToken">Mean seconds from sending to the first token, queueing included.</param>
/// <param name="TimePerOutputToken">Mean seconds between tokens, (end to end - first token) / (n - 1).</param>
/// <param name="EndToEndPerToken">The other definition in use: end to end / n.</param>
/// <param name="RunningSequences">Mean sequences that decode at once on the replica.</param>
/// <param name="QueuedRequests">Mean requests that wait because the engine or the cache is full.</param>
/// <param name="TokensPerSecondPerAccelerator">Output tokens per second and accelerator.</param>
/// <param name="Error">Stated error.</param>
public sealed record ClosedLoopResult(
    double TimeToFirstToken,
    double TimePerOutputToken,
    double EndToEndPerToken,
    double RunningSequences,
    double QueuedRequests,
    double TokensPerSecondPerAccelerator,
    PredictionError Error
);

/// <summary>Limits that the engine sets on a replica.</summary>
/// <param name="MaxSequences">Sequences that run at once.</param>
/// <param name="MaxBatchedTokens">Tokens of one step, all attention ranks together.</param>
public readonly record struct EngineLimits(double MaxSequences, double MaxBatchedTokens)
{
    /// <summary>The limits of a deployment.</summary>
    public static EngineLimits Of(Deployment deployment) =>
        new(
            deployment.MaxSequences,
            (double)deployment.MaxBatchedTokens * deployment.AttentionDataParallel
        );
}

/// <summary>Predicts the steady state of a closed loop by a fixed point with Little's law.</summary>
/// <remarks>
/// Running batch = min(clients, engine limit, what the cache holds); the rest queues. While a request decodes, the prompts of the others pass
/// through the same steps and lengthen its time between tokens: on long prompts the largest single term. All clients start at once and answers have
/// like lengths, so requests stay bunched: a first token waits for part of the others' prompts.
/// </remarks>
public static class ClosedLoop
{
    // The map contracts by the prompt share of a request's time, below one half but for prompts far longer than answers.
    private const int _rounds = 24;
    private const double _tolerance = 1e-7;

    /// <summary>Predicts an aggregated deployment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The load is not positive, or one request exceeds the cache.</exception>
    public static ClosedLoopResult Predict(
        StepLaw law,
        in EngineLimits limits,
        in ClosedLoopLoad load
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(load.Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(load.InputTokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(load.OutputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            law.Sequence.Tokens(load.InputTokens + load.OutputTokens),
            law.KvCapacityTokens
        );
        var s = Settle(law, limits, load);
        var endToEnd = s.FirstToken + (Math.Max(0, load.OutputTokens - 1) * s.PerToken);
        return new ClosedLoopResult(
            s.FirstToken,
            s.PerToken,
            endToEnd / load.OutputTokens,
            s.Running,
            s.Queued,
            load.Concurrency * load.OutputTokens / endToEnd / law.Accelerators,
            law.Error.At(load.Concurrency, load.InputTokens + load.OutputTokens)
                .NotBelow(
                    s.PerToken,
                    law.LeastSeconds(
                        s.Running,
                        s.Running * (load.InputTokens + (load.OutputTokens / 2))
                    )
                )
        );
    }

    /// <summary>The steady state without checks or allocation, for fits and grids.</summary>
    internal static (double FirstToken, double PerToken, double Running, double Queued) Settle(
        StepLaw law,
        in EngineLimits limits,
        in ClosedLoopLoad load
    )
    {
        var c = law.Coefficients;
        double n = load.OutputTokens;
        var context = load.InputTokens + (n / 2);
        var admitted = Math.Max(
            1,
            Math.Min(
                Math.Min(load.Concurrency, limits.MaxSequences),
                law.KvCapacityTokens / law.Sequence.Tokens(context)
            )
        );
        // Each attention rank takes its own prompt; together they fill a step.
        var ranks = Math.Min(law.Ranks, admitted);
        var chunks = Math.Ceiling(load.InputTokens * law.Ranks / limits.MaxBatchedTokens);
        var piece = ranks * load.InputTokens / chunks;
        var attended = ranks * load.InputTokens * load.InputTokens / 2 / chunks;
        var running = admitted;
        var gained = law.TokensPerMixedStep;
        // A request that is alone computes its prompt before anything is drafted.
        var prompts = admitted > 1 ? law : law.WithoutDrafts();
        double perToken = 0;
        double firstToken = 0;
        for (var round = 0; round < _rounds; round++)
        {
            var before = perToken;
            var step = law.MeanSeconds(running, running * context, 0, 0);
            var whole =
                admitted > 1
                    ? gained * step
                    : prompts.MeanSeconds(running, running * context, 0, 0);
            var together =
                chunks * (prompts.MeanSeconds(running, running * context, piece, attended) - whole);
            var prompt = together / ranks;
            firstToken =
                c.RequestSeconds
                + ((c.WaitSteps + chunks - 1) * whole)
                + together
                + (prompt * c.BurstShare * (admitted - 1) / 2);
            var decoding = n * Math.Max(perToken, step);
            var share = decoding / (decoding + firstToken);
            perToken = step + (c.PromptInterference * (admitted - 1) * prompt / n * share);
            decoding = n * perToken;
            running = Math.Max(1, admitted * decoding / (decoding + firstToken));
            if (Math.Abs(perToken - before) <= _tolerance * perToken)
            {
                break;
            }
        }
        // Little's law on the queue: what does not run waits for the places of those that do.
        var queued = load.Concurrency - admitted;
        var wait = queued / admitted * (firstToken + (Math.Max(0, n - 1) * perToken));
        return (firstToken + wait, perToken, running, queued);
    }

    /// <summary>Seconds of a prompt on a worker that only computes prompts: until it is done, and per prompt when all ranks are busy.</summary>
    internal static (double Alone, double Each) PromptSeconds(
        StepLaw law,
        in EngineLimits limits,
        double inputTokens
    )
    {
        var chunks = Math.Ceiling(inputTokens * law.Ranks / limits.MaxBatchedTokens);
        var together =
            chunks
            * law.MeanSeconds(
                0,
                0,
                law.Ranks * inputTokens / chunks,
                law.Ranks * inputTokens * inputTokens / 2 / chunks
            );
        return (together, together / law.Ranks);
    }
}
