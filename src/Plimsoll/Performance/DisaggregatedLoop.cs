namespace Plimsoll.Performance;

/// <summary>Predicts a closed loop over separate prompt and answer workers.</summary>
/// <remarks>
/// A closed network of two stations (Reiser and Lavenberg 1980, arrival theorem): a request sees, at the prompt workers, the mean number the others have
/// there. Where the prompt workers saturate, first tokens wait for whatever Little's law leaves over.
/// </remarks>
public static class DisaggregatedLoop
{
    private const int _rounds = 60;

    /// <summary>Predicts the steady state.</summary>
    /// <param name="calibration">Coefficients of both kinds of worker.</param>
    /// <param name="workers">The deployment.</param>
    /// <param name="load">Clients of the whole deployment and mean lengths.</param>
    /// <exception cref="ArgumentException">A worker's weights do not fit.</exception>
    public static ClosedLoopResult Predict(
        Calibration calibration,
        DisaggregatedDeployment workers,
        in ClosedLoopLoad load
    )
    {
        var prefill = StepLaw.Of(calibration, workers.Prefill, true);
        var decode = StepLaw.Of(calibration, workers.Decode, true);
        return Predict(prefill, decode, workers, workers.TransferSeconds(load.InputTokens), load);
    }

    /// <summary>Predicts the steady state with laws at hand.</summary>
    /// <param name="prefill">Law of a prompt worker.</param>
    /// <param name="decode">Law of an answer worker.</param>
    /// <param name="workers">The deployment.</param>
    /// <param name="transferSeconds">Seconds to hand one request's cache over; 0 or more.</param>
    /// <param name="load">Clients of the whole deployment and mean lengths.</param>
    public static ClosedLoopResult Predict(
        StepLaw prefill,
        StepLaw decode,
        DisaggregatedDeployment workers,
        double transferSeconds,
        in ClosedLoopLoad load
    )
    {
        var s = Settle(
            prefill,
            EngineLimits.Of(workers.Prefill),
            workers.PrefillWorkers,
            decode,
            EngineLimits.Of(workers.Decode),
            workers.DecodeWorkers,
            transferSeconds,
            load
        );
        var endToEnd = s.FirstToken + (Math.Max(0, load.OutputTokens - 1) * s.PerToken);
        return new ClosedLoopResult(
            s.FirstToken,
            s.PerToken,
            endToEnd / load.OutputTokens,
            s.Running,
            load.Concurrency - s.Running,
            load.Concurrency * load.OutputTokens / endToEnd / workers.Accelerators,
            decode
                .Error.At(
                    load.Concurrency / workers.DecodeWorkers,
                    load.InputTokens + load.OutputTokens
                )
                .NotBelow(
                    s.PerToken,
                    decode.LeastSeconds(
                        s.Running / workers.DecodeWorkers,
                        s.Running
                            / workers.DecodeWorkers
                            * (load.InputTokens + (load.OutputTokens / 2))
                    )
                )
        );
    }

    internal static (double FirstToken, double PerToken, double Running) Settle(
        StepLaw prefill,
        in EngineLimits prefillLimits,
        int prefillWorkers,
        StepLaw decode,
        in EngineLimits decodeLimits,
        int decodeWorkers,
        double transferSeconds,
        in ClosedLoopLoad load
    )
    {
        var n = load.OutputTokens;
        var context = load.InputTokens + (n / 2);
        var capacity =
            decodeWorkers
            * Math.Min(
                decodeLimits.MaxSequences,
                decode.KvCapacityTokens / decode.Sequence.Tokens(context)
            );
        var (alone, each) = ClosedLoop.PromptSeconds(prefill, prefillLimits, load.InputTokens);
        var service = each / prefillWorkers;
        var fixedSeconds = prefill.Coefficients.RequestSeconds + alone + transferSeconds;
        // Requests at the prompt side: between none and all clients; the balance has one root, because more there means less throughput needed.
        double low = 0;
        var high = load.Concurrency;
        double firstToken = 0;
        double perToken = 0;
        double running = 0;
        var burst = prefill.Coefficients.BurstShare;
        for (var round = 0; round < _rounds; round++)
        {
            var waiting = (low + high) / 2;
            running = Math.Max(1e-3, Math.Min(load.Concurrency - waiting, capacity));
            var perWorker = Math.Max(1, running / decodeWorkers);
            perToken = decode.MeanSeconds(perWorker, perWorker * context, 0, 0);
            var throughput = running / (n * perToken);
            firstToken =
                fixedSeconds
                + (service * waiting * (load.Concurrency - 1) / load.Concurrency)
                + (burst * service * (load.Concurrency - 1) / 2);
            if (throughput * firstToken > waiting)
            {
                low = waiting;
            }
            else
            {
                high = waiting;
            }
        }
        return (firstToken, perToken, running);
    }
}
