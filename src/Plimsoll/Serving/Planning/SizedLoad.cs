using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>What a fleet is sized for.</summary>
/// <param name="RequestsPerSecond">Rate of the busiest hour; the mean of a workload without a profile.</param>
/// <param name="MeanRequestsPerSecond">Mean over the day.</param>
/// <param name="Request">Mean lengths.</param>
/// <param name="Hours">Rate of each hour over that of the busiest; one entry of 1 without a profile.</param>
internal sealed record SizedLoad(
    double RequestsPerSecond,
    double MeanRequestsPerSecond,
    MeanRequest Request,
    double[] Hours
)
{
    private const int Read = 20_000;

    /// <summary>Share of the requests that a cache must hold.</summary>
    private const double Held = 0.999;

    /// <summary>Measures a workload.</summary>
    public static SizedLoad Of(InferenceCase installation)
    {
        var plan = installation.Workload;
        var steady = ScalableWorkload.Load(GoodputSearch.Steady(plan), Read, 1);
        var request = Means(steady);
        var hasProfile = DayProfile.Has(plan);
        var mean = DayProfile.IsWhole(plan)
            ? plan.Mixture!.RequestsPerSecond * plan.Shape.RateScale
            : steady.RequestsPerSecond;
        if (installation.Size?.TokensPerDay is { } tokens)
        {
            mean = tokens / 86_400 / (request.Input + request.Output);
        }
        var hours = hasProfile ? DayProfile.Hours(plan.Mixture!) : [1.0];
        var peak = hours.Max();
        return new SizedLoad(
            hasProfile ? mean * DayProfile.PeakOverMean(plan.Mixture!) : mean,
            mean,
            request,
            Array.ConvertAll(hours, h => h / peak)
        );
    }

    /// <summary>Mean lengths of what one version of a workload draws, and the length that 999 of 1,000 stay within.</summary>
    internal static MeanRequest Means(ScalableWorkload workload)
    {
        var (input, computed, output, seen) = (0.0, 0.0, 0.0, 0.0);
        var lengths = new List<int>(workload.Requests);
        foreach (var r in workload.Of(0))
        {
            input += r.InputTokens;
            computed += Math.Max(1, r.InputTokens - r.StoredTokens);
            output += r.OutputTokens;
            seen += r.OutputTokens * (r.InputTokens + (r.OutputTokens / 2.0));
            lengths.Add(r.InputTokens + r.OutputTokens);
        }
        var count = workload.Requests;
        lengths.Sort();
        return new MeanRequest(input / count, computed / count, output / count, seen / output)
        {
            Longest = lengths[Math.Min(count - 1, (int)(Held * count))],
        };
    }
}
