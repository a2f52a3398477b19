namespace Plimsoll.Serving.Planning;

/// <summary>How closely a goodput is searched.</summary>
public sealed record GoodputSettings
{
    /// <summary>Versions of the workload, each searched alone; their spread gives the confidence interval. 2 or more.</summary>
    public int Versions { get; init; } = 6;

    /// <summary>Half of the 95 % interval over the goodput that is asked for; runs grow until it is reached. Greater than 0.</summary>
    public double HalfWidth { get; init; } = 0.02;

    /// <summary>Requests of one run at least; the rule of the steady state asks for more where answers are long or the fleet is large.</summary>
    public int LeastRequests { get; init; } = 2000;

    /// <summary>Requests of one run at most; a goodput whose interval is still wider then says so.</summary>
    public int MostRequests { get; init; } = 1_000_000;

    /// <summary>Replicas simulated at most, prefill and decode together; a larger fleet is simulated by this many and scaled.</summary>
    public int MostReplicas { get; init; } = 96;

    /// <summary>Requests of one run from which fewer replicas, two at least, stand for the fleet; null for <see cref="MostRequests"/>.</summary>
    public int? FewerReplicasFrom { get; init; }

    /// <summary>Whether the installation is also shown from a trickle to beyond saturation.</summary>
    public bool Curve { get; init; } = true;
}
