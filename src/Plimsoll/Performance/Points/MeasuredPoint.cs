namespace Plimsoll.Performance.Points;

/// <summary>A measured point whose deployment is understood, or the reason why it is not.</summary>
public sealed record MeasuredPoint
{
    /// <summary>The row as it stands in the file.</summary>
    public required PointRow Row { get; init; }

    /// <summary>Why the row is left out; empty when it is used.</summary>
    public string Unresolved { get; init; } = "";

    /// <summary>What of the row broke the rule, and what is expected there; empty where the reason says it.</summary>
    public string Found { get; init; } = "";

    /// <summary>The deployment of an aggregated point; null for others.</summary>
    public Deployment? Deployment { get; init; }

    /// <summary>The workers of a disaggregated point; null for others.</summary>
    public DisaggregatedDeployment? Disaggregated { get; init; }

    /// <summary>Clients, mean prompt and mean answer as they ran.</summary>
    public ClosedLoopLoad Load { get; init; }

    /// <summary>Decoding sequences at once by Little's law on the measured times.</summary>
    public double LittleBatch =>
        Load.Concurrency
        * Load.OutputTokens
        * Row.TimePerOutputToken
        / (Row.TimeToFirstToken + (Load.OutputTokens * Row.TimePerOutputToken));

    /// <summary>True when the point is used.</summary>
    public bool IsResolved => Unresolved.Length == 0;

    /// <summary>The deployment that stands for the point in groups: the aggregated one, or the answer workers'.</summary>
    public Deployment? Served => Deployment ?? Disaggregated?.Decode;
}
