namespace Plimsoll.Serving.Scaling;

/// <summary>What an autoscaler looks at.</summary>
public enum ScalingMetric
{
    /// <summary>Requests inside: waiting and running.</summary>
    Concurrency,

    /// <summary>Requests that wait for a place in a batch.</summary>
    Queue,
}

/// <summary>How replicas are added and taken away as the load moves; null in <see cref="ServingConfig.Autoscaling"/> keeps them fixed.</summary>
/// <remarks>
/// The rule is that of Kubernetes' HorizontalPodAutoscaler on a per-replica average: at every interval the replicas wanted are the metric summed over the
/// replicas that take requests, over the target, rounded up and kept between the bounds. Missing ones are ordered at once and serve after the cold start. Ones too
/// many are let go only when no evaluation within the cool-down wanted them: first those still starting, then the highest numbers, which finish what they hold and take nothing new.
/// A replica is paid from its order until it is empty and let go; its KV cache begins empty.
/// </remarks>
/// <param name="Target">Requests of the metric on one replica that are aimed at; greater than 0.</param>
/// <param name="MinReplicas">Never fewer take requests; 1 or more.</param>
/// <param name="MaxReplicas">Never more are paid for; at least <paramref name="MinReplicas"/>.</param>
/// <param name="ColdStartSeconds">From the order of a replica until it serves; 0 or more.</param>
/// <param name="IntervalSeconds">Between two evaluations; greater than 0.</param>
/// <param name="CoolDownSeconds">How long fewer replicas must have been enough before one is let go; 0 or more.</param>
/// <param name="Metric">What is looked at.</param>
public sealed record Autoscaling(
    double Target,
    int MinReplicas,
    int MaxReplicas,
    double ColdStartSeconds = 300,
    double IntervalSeconds = 15,
    double CoolDownSeconds = 300,
    ScalingMetric Metric = ScalingMetric.Concurrency
);
