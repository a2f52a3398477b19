using Plimsoll.Serving.Recording;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>Reads the steady state off a run.</summary>
internal static class LoadPoints
{
    /// <summary>The measured part of a run as a point.</summary>
    /// <param name="result">With outcomes, and a series of the interval given.</param>
    /// <param name="sample">The part measured.</param>
    /// <param name="requests">The run's requests.</param>
    /// <param name="rate">Rate offered.</param>
    /// <param name="interval">Of the series, seconds.</param>
    public static LoadPoint Of(
        SimulationResult result,
        in SteadySample sample,
        ReadOnlySpan<Request> requests,
        double rate,
        double interval
    )
    {
        var outcomes = result.Outcomes;
        var (first, token) = (new LatencyHistogram(), new LatencyHistogram());
        var stay = 0.0;
        var (completed, refused) = (0, 0);
        for (var i = sample.From; i < sample.To; i++)
        {
            ref var outcome = ref outcomes[i];
            refused += outcome.End
                is RequestEnd.RejectedTooLongForKvCache
                    or RequestEnd.RejectedTooLongForStep
                ? 1
                : 0;
            if (outcome.End != RequestEnd.Completed)
            {
                continue;
            }
            completed++;
            first.Add(Math.Max(1, outcome.FirstTokenPicoseconds - outcome.ArrivalPicoseconds));
            stay += outcome.FinishPicoseconds - outcome.ArrivalPicoseconds;
            if (requests[i].OutputTokens > 1)
            {
                token.Add(
                    Math.Max(
                        1,
                        (outcome.FinishPicoseconds - outcome.FirstTokenPicoseconds)
                            / (requests[i].OutputTokens - 1)
                    )
                );
            }
        }
        var (start, end) = (
            outcomes[sample.From].ArrivalPicoseconds,
            outcomes[Math.Min(sample.To, outcomes.Length - 1)].ArrivalPicoseconds
        );
        var (ended, tokens) = EndedBetween(outcomes, requests, start, end);
        var seconds = Math.Max(1e-12, (end - start) / IntegerStep.PicosecondsPerSecond);
        var origin = outcomes[0].ArrivalPicoseconds;
        double Mean(double[] series)
        {
            var from = (int)((start - origin) / IntegerStep.PicosecondsPerSecond / interval);
            var to = (int)((end - origin) / IntegerStep.PicosecondsPerSecond / interval);
            from = Math.Clamp(from, 0, Math.Max(0, series.Length - 1));
            to = Math.Clamp(to, from + 1, Math.Max(from + 1, series.Length));
            return series.Length == 0 ? 0 : series[from..Math.Min(to, series.Length)].Average();
        }
        return new LoadPoint(
            rate,
            ended / seconds,
            tokens / seconds / result.Accelerators,
            sample.Attainment,
            first.Summary(),
            token.Summary(),
            completed > 0 ? stay / completed / IntegerStep.PicosecondsPerSecond : 0,
            Mean(result.Series.KvOccupancy),
            Mean(result.Series.Waiting),
            Mean(result.Series.Running),
            result.BusyShare
        )
        {
            RefusedShare = (double)refused / Math.Max(1, sample.Count),
        };
    }

    /// <summary>Requests that ended while the measured ones arrived, and their answer tokens: what the installation gives in the steady state and beyond saturation alike.</summary>
    private static (long Requests, double Tokens) EndedBetween(
        RequestOutcome[] outcomes,
        ReadOnlySpan<Request> requests,
        long start,
        long end
    )
    {
        var (count, tokens) = (0L, 0.0);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (
                outcomes[i].End == RequestEnd.Completed
                && outcomes[i].FinishPicoseconds >= start
                && outcomes[i].FinishPicoseconds < end
            )
            {
                count++;
                tokens += requests[i].OutputTokens;
            }
        }
        return (count, tokens);
    }
}
