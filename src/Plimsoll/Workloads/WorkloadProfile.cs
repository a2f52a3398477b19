using Plimsoll.Workloads.Profiles;

namespace Plimsoll.Workloads;

/// <summary>Percentiles of a length in tokens, exact.</summary>
public sealed record LengthProfile(double Mean, double Cv, int P50, int P90, int P99, int Longest);

/// <summary>A start of a trace in which far fewer requests arrive than later: the service was being filled, or logging began late.</summary>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="RequestsPerSecond">Mean rate in it.</param>
/// <param name="TimesBelowSteady">Steady rate over that rate.</param>
public sealed record StartRamp(double Seconds, double RequestsPerSecond, double TimesBelowSteady);

/// <summary>What a workload looks like.</summary>
public sealed record WorkloadProfile
{
    /// <summary>Requests read.</summary>
    public required long Requests { get; init; }

    /// <summary>Seconds from the first to the last.</summary>
    public required double Seconds { get; init; }

    /// <summary>Mean rate.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Median of the rates of equal intervals in the second half of the trace.</summary>
    public required double SteadyRequestsPerSecond { get; init; }

    /// <summary>Deviation of the gaps over their mean.</summary>
    public required double GapCv { get; init; }

    /// <summary>Rate of the busiest ten minutes over the mean rate; NaN when the trace is shorter.</summary>
    public required double TenMinutePeakToMean { get; init; }

    /// <summary>Prompts.</summary>
    public required LengthProfile Input { get; init; }

    /// <summary>Answers.</summary>
    public required LengthProfile Output { get; init; }

    /// <summary>Prompt tokens over answer tokens.</summary>
    public required double InputToOutput { get; init; }

    /// <summary>Clients told apart.</summary>
    public required int Clients { get; init; }

    /// <summary>Share of the requests that the busiest client sends.</summary>
    public required double TopClientShare { get; init; }

    /// <summary>Its number.</summary>
    public required int TopClient { get; init; }

    /// <summary>Share of prompt tokens that stood in an earlier prompt of the trace: what a cache without limit would hit.</summary>
    public required double PrefixReuse { get; init; }

    /// <summary>False when there were too many different prefixes to remember, so that the true reuse is higher.</summary>
    public required bool PrefixReuseIsComplete { get; init; }

    /// <summary>A slow start; null when there is none. Leave it out with <see cref="WorkloadShape.FromSeconds"/>.</summary>
    public required StartRamp? Ramp { get; init; }

    /// <summary>Rates of equal intervals, at most 2,048 of them.</summary>
    public required double[] Rates { get; init; }

    /// <summary>Length of one interval of <see cref="Rates"/>.</summary>
    public required double RateIntervalSeconds { get; init; }

    /// <summary>Reads a source to its end.</summary>
    /// <param name="source">The workload; it is used up.</param>
    /// <param name="most">At most so many requests, for sources that go on forever.</param>
    /// <exception cref="InvalidDataException">The source is empty.</exception>
    public static WorkloadProfile Of(IRequestSource source, long most = long.MaxValue)
    {
        var collector = new ProfileCollector();
        var buffer = new Request[4096];
        while (
            most > 0
            && source.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, most))) is > 0 and var read
        )
        {
            collector.Add(buffer.AsSpan(0, read), source.Prefixes, source.EpochSeconds);
            most -= read;
        }
        return collector.Result();
    }
}
