namespace Plimsoll.Serving.Scaling;

/// <summary>What an autoscaled fleet did.</summary>
/// <param name="ReplicaHours">Hours of all replicas, each from its order until it was let go: what is paid.</param>
/// <param name="MeanReplicas">The same over the run's time.</param>
/// <param name="Ordered">Replicas ordered after the start.</param>
/// <param name="LetGo">Replicas let go, cancelled orders included.</param>
/// <param name="FewestServing">Fewest that took requests at once.</param>
/// <param name="MostPaid">Most that were paid for at once.</param>
/// <param name="Changes">The course, one entry whenever a number changes, beginning with the start.</param>
public sealed record ScalingResult(
    double ReplicaHours,
    double MeanReplicas,
    int Ordered,
    int LetGo,
    int FewestServing,
    int MostPaid,
    IReadOnlyList<ScalingChange> Changes
);

/// <summary>The fleet from one moment on.</summary>
/// <param name="Seconds">From the first arrival.</param>
/// <param name="Serving">Replicas that take requests.</param>
/// <param name="Starting">Replicas ordered that do not serve yet.</param>
/// <param name="Draining">Replicas that only finish what they hold.</param>
public readonly record struct ScalingChange(double Seconds, int Serving, int Starting, int Draining)
{
    /// <summary>Replicas paid for.</summary>
    public int Paid => Serving + Starting + Draining;
}
