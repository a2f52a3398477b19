using Plimsoll.Workloads;

namespace Plimsoll.Serving.Planning;

/// <summary>The part of a run that stands for the steady state, and what it says.</summary>
/// <remarks>
/// The rule: with L the time that 99 of 100 requests of the middle half stay, requests that arrive in the first 2 L are warm-up (the batch fills within L,
/// and its queue settles after it), those of the last L are left out as nobody arrives behind them, and at least 4 L are measured between. So the longest
/// answers are in the batch before measuring begins, and a run is as long as its answers ask for, whatever the fleet.
/// </remarks>
/// <param name="Attainment">Share of the measured requests that kept the promise, 0 to 1; lost and rejected ones broke it.</param>
/// <param name="LongStaySeconds">L.</param>
/// <param name="From">First measured request.</param>
/// <param name="To">One past the last.</param>
/// <param name="Full">False when the run was too short for the rule, and what there was had to do.</param>
internal readonly record struct SteadySample(
    double Attainment,
    double LongStaySeconds,
    int From,
    int To,
    bool Full
)
{
    // What a queue does by chance within a run is some part of a stay.
    private const double ChanceRise = 0.05;

    /// <summary>Seconds by which an answer ends later for each second that passes, over the measured part: the part of what arrives that is not served, so that batch and queue grow without end; 0 where it stands or falls, or rises no further than it does by chance.</summary>
    public double QueueGrowth { get; init; }

    /// <summary>Stays left out at the head.</summary>
    public const double WarmUpStays = 2;

    /// <summary>Stays left out at the end.</summary>
    public const double CoolDownStays = 1;

    /// <summary>Stays measured at least.</summary>
    public const double MeasuredStays = 4;
    private const int MostSorted = 20_000;

    /// <summary>Measured requests.</summary>
    public int Count => To - From;

    /// <summary>Cuts a run by the rule.</summary>
    /// <param name="result">With its outcomes kept.</param>
    /// <param name="requests">Its requests, in the same order.</param>
    /// <param name="level">The promise.</param>
    public static SteadySample Of(
        SimulationResult result,
        ReadOnlySpan<Request> requests,
        ServiceLevel level
    )
    {
        var outcomes = result.Outcomes;
        var first = outcomes[0].ArrivalPicoseconds;
        var last = outcomes[^1].ArrivalPicoseconds;
        var stay = LongStay(outcomes);
        double span = last - first;
        var full = span >= (WarmUpStays + CoolDownStays + MeasuredStays) * stay;
        var warm = Math.Min(WarmUpStays * stay, span * 0.5);
        var cool = Math.Min(CoolDownStays * stay, span * 0.2);
        var from = FirstAt(outcomes, first + (long)warm);
        var to = Math.Max(from + 1, FirstAt(outcomes, last - (long)cool));
        var kept = 0L;
        for (var i = from; i < to; i++)
        {
            kept += Kept(outcomes[i], requests[i].OutputTokens, level) ? 1 : 0;
        }
        var middle = (from + to) / 2;
        var (early, earlyStay) = MeanStay(outcomes, from, middle);
        var (late, lateStay) = MeanStay(outcomes, middle, to);
        var rise = lateStay - earlyStay;
        return new SteadySample(
            (double)kept / (to - from),
            stay / IntegerStep.PicosecondsPerSecond,
            from,
            to,
            full
        )
        {
            QueueGrowth = rise > ChanceRise * stay && late > early ? rise / (late - early) : 0,
        };
    }

    /// <summary>Mean arrival and mean stay of the requests completed, picoseconds: what is not served fills the batch before it waits, so that first tokens tell too late.</summary>
    private static (double Arrival, double Stay) MeanStay(
        RequestOutcome[] outcomes,
        int from,
        int to
    )
    {
        var (arrivals, stays, count) = (0.0, 0.0, 0);
        for (var i = from; i < to; i++)
        {
            ref var outcome = ref outcomes[i];
            if (outcome.End == RequestEnd.Completed)
            {
                arrivals += outcome.ArrivalPicoseconds;
                stays += outcome.FinishPicoseconds - outcome.ArrivalPicoseconds;
                count++;
            }
        }
        return count == 0 ? (0, 0) : (arrivals / count, stays / count);
    }

    /// <summary>Whether one request kept a promise.</summary>
    public static bool Kept(in RequestOutcome outcome, int outputTokens, ServiceLevel level)
    {
        if (outcome.End != RequestEnd.Completed)
        {
            return false;
        }
        var first =
            (outcome.FirstTokenPicoseconds - outcome.ArrivalPicoseconds)
            / IntegerStep.PicosecondsPerSecond;
        var whole =
            (outcome.FinishPicoseconds - outcome.ArrivalPicoseconds)
            / IntegerStep.PicosecondsPerSecond;
        return first <= level.TimeToFirstTokenSeconds
            && whole <= level.EndToEndSeconds
            && whole - first <= level.TimePerOutputTokenSeconds * (outputTokens - 1);
    }

    private static double LongStay(RequestOutcome[] outcomes)
    {
        var (from, to) = (outcomes.Length / 4, Math.Max(outcomes.Length * 3 / 4, 1));
        var step = Math.Max(1, (to - from) / MostSorted);
        var stays = new List<long>(((to - from) / step) + 1);
        for (var i = from; i < to; i += step)
        {
            if (outcomes[i].End == RequestEnd.Completed)
            {
                stays.Add(outcomes[i].FinishPicoseconds - outcomes[i].ArrivalPicoseconds);
            }
        }
        stays.Sort();
        return stays.Count == 0 ? 0 : stays[(int)(0.99 * (stays.Count - 1))];
    }

    private static int FirstAt(RequestOutcome[] outcomes, long picoseconds)
    {
        var (low, high) = (0, outcomes.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) =
                outcomes[middle].ArrivalPicoseconds >= picoseconds
                    ? (low, middle)
                    : (middle + 1, high);
        }
        return low;
    }
}
