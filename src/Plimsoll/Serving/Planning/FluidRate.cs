using Plimsoll.Performance;

namespace Plimsoll.Serving.Planning;

/// <summary>Mean lengths of a workload's requests.</summary>
/// <param name="Input">Prompt tokens.</param>
/// <param name="Computed">Of them computed, not found in a store or cache.</param>
/// <param name="Output">Answer tokens.</param>
/// <param name="Seen">Tokens that a token of an answer attends to, on average over all answer tokens: long answers count for more.</param>
public sealed record MeanRequest(double Input, double Computed, double Output, double Seen)
{
    /// <summary>Tokens of prompt and answer that 999 of 1,000 requests stay within: a cache that holds no more refuses the longer ones.</summary>
    public double Longest { get; init; } = Input + Output;
}

/// <summary>How a replica spends its time in the mean, without queues or chance: to sort layouts before they are simulated, and to say what each kind of token costs.</summary>
/// <remarks>A fluid limit: batch = rate x answer tokens x step time (Little's law), prompt tokens of a step = rate x computed tokens x step time, a step being one token of each sequence, both on the step law itself.</remarks>
internal static class FluidRate
{
    private const int Steps = 60;

    /// <summary>A steady state of a replica.</summary>
    /// <param name="RequestsPerSecond">Rate.</param>
    /// <param name="StepSeconds">Time of a step.</param>
    /// <param name="Sequences">Decoding sequences.</param>
    /// <param name="PromptTokens">Prompt tokens of a step.</param>
    internal readonly record struct State(
        double RequestsPerSecond,
        double StepSeconds,
        double Sequences,
        double PromptTokens
    );

    /// <summary>Highest rate of a replica at which the mean step keeps the promise and what it holds fits.</summary>
    /// <param name="law">Law of the replica.</param>
    /// <param name="deployment">Its limits.</param>
    /// <param name="request">Mean lengths.</param>
    /// <param name="tokenSeconds">Promised time per output token; infinity for none.</param>
    public static State Highest(
        StepLaw law,
        Deployment deployment,
        MeanRequest request,
        double tokenSeconds
    )
    {
        var (low, high) = (0.0, 1.0);
        while (At(law, deployment, request, tokenSeconds, high) is not null && high < 1e9)
        {
            (low, high) = (high, 2 * high);
        }
        for (var i = 0; i < Steps && high > 1.001 * low; i++)
        {
            var middle = low == 0 ? high / 8 : (low + high) / 2;
            if (At(law, deployment, request, tokenSeconds, middle) is null)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }
        return At(law, deployment, request, tokenSeconds, low) ?? default;
    }

    /// <summary>Highest rate of prompts of a replica that computes nothing else, with full steps.</summary>
    public static double HighestPrompts(StepLaw law, Deployment deployment, MeanRequest request)
    {
        double tokens = (double)deployment.MaxBatchedTokens * deployment.AttentionDataParallel;
        return tokens
            / law.MeanSeconds(0, 0, tokens, tokens * Context(request))
            / Math.Max(1, request.Computed);
    }

    /// <summary>Shares of the accelerators' time in which a state computes prompts and reads prompts that were not computed; the rest makes answers.</summary>
    public static (double Computed, double Stored) Shares(
        StepLaw law,
        in State state,
        MeanRequest request
    )
    {
        var kv = state.Sequences * request.Seen;
        var context = state.PromptTokens * Context(request);
        var whole = law.SteadySeconds(state.Sequences, kv, state.PromptTokens, context);
        var answers = law.MeanSeconds(state.Sequences, kv, 0, 0);
        var stored = state.Sequences * (request.Input - request.Computed);
        var without = law.MeanSeconds(state.Sequences, Math.Max(0, kv - stored), 0, 0);
        return (1 - (answers / whole), Math.Max(0, answers - without) / whole);
    }

    private static State? At(
        StepLaw law,
        Deployment deployment,
        MeanRequest request,
        double tokenSeconds,
        double rate
    )
    {
        var limit = (double)deployment.MaxBatchedTokens * deployment.AttentionDataParallel;
        // The step time that its own batch implies; it grows from below, so the first that stands still is the steady state.
        var seconds = law.MeanSeconds(1, request.Seen, 0, 0);
        for (var i = 0; i < 400; i++)
        {
            var sequences = rate * Math.Max(0, request.Output - 1) * seconds;
            var prompts = rate * request.Computed * seconds;
            if (
                seconds > tokenSeconds
                || sequences > deployment.MaxSequences
                || sequences * law.Sequence.Tokens(request.Seen) > law.KvCapacityTokens
                || sequences + (prompts * law.TokensPerMixedStep) > limit
            )
            {
                return null;
            }
            var next = law.SteadySeconds(
                Math.Max(sequences, 1e-3),
                sequences * request.Seen,
                prompts,
                prompts * Context(request)
            );
            if (Math.Abs(next - seconds) < 1e-6 * seconds)
            {
                return new State(rate, next, sequences, prompts);
            }
            seconds = next;
        }
        return seconds > tokenSeconds
            ? null
            : new State(
                rate,
                seconds,
                rate * request.Output * seconds,
                rate * request.Computed * seconds
            );
    }

    /// <summary>Tokens that a computed prompt token attends to on average: all stored ones, and half of those computed.</summary>
    private static double Context(MeanRequest request) =>
        request.Input - request.Computed + (request.Computed / 2);
}
