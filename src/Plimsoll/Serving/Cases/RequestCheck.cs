using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Cases;

/// <summary>Looks at the requests of an inference file before any is served: a trace is read to its end, clients are drawn a little way.</summary>
public static class RequestCheck
{
    /// <summary>Rows of a trace that a check reads at most; a fault further on is found by the run.</summary>
    private const long MostRows = 2_000_000;

    /// <summary>Requests of clients that a check draws at most.</summary>
    private const long MostDrawn = 2_000;

    private static readonly InputPath _trace = new("workload.trace");

    /// <summary>Why the requests cannot be served; empty when they can. Each finding has its place in the file that names them.</summary>
    /// <param name="installation">The case.</param>
    /// <param name="values">Its file.</param>
    /// <param name="file">Name of the file, for messages.</param>
    public static IReadOnlyList<LocatedFinding> Of(
        InferenceCase installation,
        InputValues values,
        string file
    )
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(values);
        using var culture = InvariantCulture.Begin();
        return [.. Findings(installation).Select(f => values.Located(f, file))];
    }

    private static IEnumerable<Finding> Findings(InferenceCase installation)
    {
        var plan = installation.Workload;
        Seen seen;
        try
        {
            seen = Read(installation);
        }
        catch (FileRefusedException refusal)
        {
            return [refusal.At(_trace)];
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return [Unreadable(plan, e.Message)];
        }
        return Served(installation, seen);
    }

    /// <summary>What a look at the requests saw.</summary>
    /// <param name="Requests">Read so far.</param>
    /// <param name="Fitting">Of these, those that cache and window hold.</param>
    /// <param name="Shortest">Tokens of the shortest.</param>
    /// <param name="All">True when these are all.</param>
    private readonly record struct Seen(long Requests, long Fitting, long Shortest, bool All);

    private static Seen Read(InferenceCase installation)
    {
        var plan = installation.Workload;
        var most = plan.Trace is null ? MostDrawn : MostRows;
        // Clients that first have to run for months are not drawn to see what they send.
        if (plan.Mixture is not null)
        {
            plan = plan with
            {
                Shape = plan.Shape with { FromSeconds = 0, UntilSeconds = double.PositiveInfinity },
            };
        }
        using var open = plan.Open();
        var (window, cache, beside) = Room(installation);
        var buffer = new Request[1024];
        var (requests, fitting, shortest) = (0L, 0L, long.MaxValue);
        while (requests < most)
        {
            var count = open.Source.Read(
                buffer.AsSpan(0, (int)Math.Min(buffer.Length, most - requests))
            );
            if (count == 0)
            {
                return new Seen(requests, fitting, shortest, true);
            }
            foreach (ref readonly var request in buffer.AsSpan(0, count))
            {
                var tokens = (long)request.InputTokens + request.OutputTokens;
                fitting += tokens <= window && beside.Tokens(tokens) <= cache ? 1 : 0;
                shortest = Math.Min(shortest, tokens);
            }
            requests += count;
        }
        return new Seen(requests, fitting, shortest, false);
    }

    /// <summary>What bounds one request: the model's window, the cache of a replica, and what it takes of that beside its tokens.</summary>
    private static (long Window, long Cache, Performance.SequenceCache Beside) Room(
        InferenceCase installation
    )
    {
        var window = installation.Deployment.Model.MaxContext;
        var law = installation.DecodeLaw ?? installation.Law;
        return (
            Math.Min(window > 0 ? window : long.MaxValue, InStep(installation)),
            installation.Config.KvCapacityTokens ?? law.KvCapacityTokens,
            law.Sequence
        );
    }

    /// <summary>Tokens that one request can have.</summary>
    private static long Holds(InferenceCase installation)
    {
        var (window, cache, beside) = Room(installation);
        // What a request takes beside its tokens is most when it is longest.
        var besideTokens = (long)Math.Ceiling(beside.Tokens(cache) - cache);
        return Math.Min(window, Math.Max(0, cache - besideTokens));
    }

    /// <summary>Tokens of the longest request that a step takes: any where prompts may be cut.</summary>
    private static long InStep(InferenceCase installation) =>
        installation.Config.ChunkedPrefill ? long.MaxValue : installation.Config.TokensPerStep + 1L;

    private static IEnumerable<Finding> Served(InferenceCase installation, Seen seen)
    {
        var plan = installation.Workload;
        var at = plan.Trace is null ? new InputPath("workload.clients") : _trace;
        if (seen is { Requests: 0, All: true })
        {
            yield return new Finding(
                at,
                "no-request",
                "no request",
                "a request or more within the cut",
                "Take another file, or move 'workload.from' and 'workload.until'."
            );
            yield break;
        }
        if (seen.Fitting == 0 && seen.Requests > 0 && seen.Shortest > InStep(installation))
        {
            yield return new Finding(
                new InputPath("limits.tokens_per_step"),
                "step",
                $"requests of {seen.Shortest:#,0} tokens or more where a step takes {installation.Config.TokensPerStep:#,0}",
                "room for prompt and answer of one request or more",
                "Every request would be rejected, as prompts may not be cut: raise it, or leave chunked_prefill on."
            );
        }
        else if (seen.Fitting == 0 && seen.Requests > 0)
        {
            yield return new Finding(
                installation.Config.KvCapacityTokens is null
                    ? at
                    : new InputPath("limits.kv_tokens"),
                "memory",
                $"requests of {seen.Shortest:#,0} tokens or more where {Holds(installation):#,0} are held",
                "room for prompt and answer of one request or more",
                "Every request would be rejected: give more tokens, shorten the requests, or take a replica of more accelerators."
            );
        }
        var last = plan.Expected ?? long.MaxValue;
        if (seen.All || plan.Trace is null)
        {
            last = Math.Min(last, seen.All ? seen.Requests : long.MaxValue);
        }
        if (installation.Config.WarmUpRequests >= last)
        {
            yield return new Finding(
                new InputPath("workload.warm_up"),
                "out-of-range",
                $"{installation.Config.WarmUpRequests:#,0} requests left out of {last:#,0}",
                "fewer than there are",
                "Lower it, or give more requests: nothing would be left to measure."
            );
        }
    }

    /// <summary>Why the requests cannot be read, at the key that makes them so.</summary>
    private static Finding Unreadable(WorkloadPlan plan, string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries);
        var name = plan.TraceName ?? "";
        // What the file itself is not to blame for comes of how it is stretched.
        var stretched =
            plan.Shape.RateScale < 1 && !message.Contains(name + ":", StringComparison.Ordinal);
        var silent = plan.Trace is null || stretched;
        var found =
            lines.Length > 1
                ? $"{lines[0].Split(", more than")[0]}; the first, {lines[1].TrimEnd('.')}"
                : lines[0].TrimEnd('.');
        // What the reader expected stands apart from what it found.
        const string Expected = "; expected ";
        var parted = found.LastIndexOf(Expected, StringComparison.Ordinal);
        return new Finding(
            silent
                ? new InputPath(
                    plan.Shape.RateScale < 1 ? "workload.rate_scale" : "workload.clients"
                )
                : _trace,
            silent ? "too-slow" : "trace",
            (parted > 0 ? found[..parted] : found).Replace(
                $"{name}:1: found ",
                "",
                StringComparison.Ordinal
            ),
            silent ? "requests within 50 days of one another"
                : parted > 0 ? found[(parted + Expected.Length)..]
                : "a trace that can be replayed",
            silent
                ? "Raise the rate or its scale."
                : "Mend the rows, or take another file; 'workload.broken_share' lets more of them be left out."
        );
    }
}
