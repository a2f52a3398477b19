using Plimsoll.Inputs;

namespace Plimsoll.Serving.Scaling;

/// <summary>What is wrong with an autoscaler; its keys stand in a section of their own.</summary>
internal static class AutoscalingCheck
{
    /// <summary>Longest time of a policy, seconds.</summary>
    private const double LongestSeconds = 604_800;

    public static IEnumerable<Finding> Findings(Autoscaling scaling, ServingConfig config)
    {
        var at = new InputPath("autoscaling");
        if (!(scaling.Target > 0 && double.IsFinite(scaling.Target)))
        {
            yield return Impossible(
                at.Key("target"),
                $"{scaling.Target}",
                "greater than 0",
                "Give the requests aimed at on one replica."
            );
        }
        if (scaling.MinReplicas < 1 || scaling.MaxReplicas is < 1 or > 1_000_000)
        {
            yield return Impossible(
                at.Key("min_replicas"),
                $"{scaling.MinReplicas} to {scaling.MaxReplicas}",
                "1 to 1,000,000",
                "Give the fewest and the most replicas."
            );
        }
        if (scaling.MaxReplicas < scaling.MinReplicas)
        {
            yield return Impossible(
                at.Key("max_replicas"),
                $"{scaling.MaxReplicas}",
                $"min_replicas ({scaling.MinReplicas}) or more",
                "Raise the most or lower the fewest replicas."
            );
        }
        else if (config.Replicas < scaling.MinReplicas || config.Replicas > scaling.MaxReplicas)
        {
            yield return Impossible(
                new InputPath("layout.replicas"),
                $"{config.Replicas}",
                $"{scaling.MinReplicas} to {scaling.MaxReplicas}, the bounds of autoscaling",
                "It is the number to begin with; leave it out to begin with min_replicas."
            );
        }
        if (
            scaling.ColdStartSeconds is not (>= 0 and <= LongestSeconds)
            || scaling.CoolDownSeconds is not (>= 0 and <= LongestSeconds)
            || scaling.IntervalSeconds is not (>= 0.001 and <= LongestSeconds)
        )
        {
            yield return Impossible(
                at.Key("interval"),
                $"cold start {scaling.ColdStartSeconds} s, interval {scaling.IntervalSeconds} s, cool-down {scaling.CoolDownSeconds} s",
                "0 s to a week, the interval at least 0.001 s",
                "Correct the time out of range."
            );
        }
        if (config.Disaggregation is not null || config.ClosedLoopConcurrency > 0)
        {
            yield return Impossible(
                at,
                config.Disaggregation is not null
                    ? "separate prefill and decode"
                    : "a closed loop, whose load does not move",
                "an open loop on replicas that prefill and decode",
                "Take autoscaling away, or the other."
            );
        }
    }

    private static Finding Impossible(InputPath at, string found, string expected, string remedy) =>
        new(at, "impossible", found, expected, remedy);
}
