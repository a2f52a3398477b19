using Plimsoll.Quantities;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>What a search for goodput, or for the size of a fleet, will take, from the sequences that the simulated part of the fleet holds at once.</summary>
public static class PlanningWork
{
    private const double FixedSeconds = 1;
    private const double FixedBytes = 200e6;

    // Measured: the simulator's time of a request, outcomes kept.
    private const double SecondsARequest = 3e-6;
    private const double BytesARequest = 150;

    // Requests of a first run over the sequences held at once (seven stays), and runs of one version until its rate is found.
    private const double RunsOverSequences = 7.5;
    private const double RunsAVersion = 16;

    // Runs grow until the interval is narrow: measured on four replicas of an 8B model, 68 CPU-s for 2 % and 8 for 10 %.
    private const double LongerAtDefault = 18;
    private const double PowerOfWidth = 1.35;

    /// <summary>The estimate of a search for goodput.</summary>
    /// <param name="installation">The case.</param>
    /// <param name="settings">How closely.</param>
    public static WorkEstimate OfGoodput(InferenceCase installation, GoodputSettings settings)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(settings);
        var config = installation.Config;
        var replicas = config.Replicas + (config.Disaggregation?.DecodeReplicas ?? 0);
        var one = Search(installation, settings, replicas);
        // Each way to use the accelerators is looked at shortly, the best few searched to the end.
        return installation.Search is null
            ? one
            : one with
            {
                CpuSeconds = one.CpuSeconds * WaysSearched,
            };
    }

    /// <summary>The estimate of sizing a fleet.</summary>
    /// <param name="installation">The case.</param>
    /// <param name="settings">How closely.</param>
    public static WorkEstimate OfSize(InferenceCase installation, GoodputSettings settings)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(settings);
        var chips = installation.Size?.Chips.Count ?? 1;
        var tokens =
            (installation.Size?.TokensPerDay / SecondsADay)
            ?? (installation.Workload.Mixture?.RequestsPerSecond * TokensOfARequest)
            ?? TokensAReplica;
        var one = Search(
            installation,
            settings with
            {
                MostRequests = Math.Min(settings.MostRequests, SizeSearch.MostRequests),
            },
            (int)Math.Clamp(tokens / TokensAReplica, 1, settings.MostReplicas)
        );
        return one with { CpuSeconds = FixedSeconds + (one.CpuSeconds * SearchesAChip * chips) };
    }

    private const double WaysSearched = 8;
    private const double SecondsADay = 86_400;
    private const double TokensOfARequest = 1500;

    // Prompt and answer tokens a second of one replica, by which a fleet's replicas are guessed before any layout is known.
    private const double TokensAReplica = 10_000;

    // Rough searches of the first layouts, and the chosen one searched until the least number of replicas is found.
    private const double SearchesAChip = 3;

    private static WorkEstimate Search(
        InferenceCase installation,
        GoodputSettings settings,
        int replicas
    )
    {
        var held =
            (double)Math.Min(replicas, settings.MostReplicas) * installation.Config.MaxSequences;
        var longer = LongerAtDefault * Math.Pow(DefaultWidth / settings.HalfWidth, PowerOfWidth);
        var requests = Math.Clamp(
            RunsOverSequences * held * Math.Max(1, longer),
            settings.LeastRequests,
            settings.MostRequests
        );
        return new WorkEstimate(
            FixedSeconds + (SecondsARequest * requests * settings.Versions * RunsAVersion),
            FixedBytes + (BytesARequest * requests * settings.Versions)
        );
    }

    private const double DefaultWidth = 0.02;
}
