using Plimsoll.Quantities;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>What a search for goodput, or for the size of a fleet, will take: the first from a short trial of itself, the second from the sequences that the simulated part of the fleet holds at once.</summary>
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

    // Replicas of a trial at most.
    private const int TrialReplicas = 2;

    // Measured on searches of 0.5 to 34 million requests: processor time of one, and of a token of its answer.
    private const double SecondsServed = 5e-7;
    private const double SecondsAToken = 4.5e-10;

    // A day is searched by some eight runs, of a million requests at most.
    private const double RunsOfADay = 8;
    private const double MostOfADay = 1e6;

    /// <summary>Requests that a search for goodput of the installation as it stands will serve, by a trial that takes a second or two; beside <see cref="GoodputResult.RequestsServed"/>, within a factor of three.</summary>
    /// <param name="installation">The case.</param>
    /// <param name="settings">How closely.</param>
    /// <exception cref="InvalidDataException">The workload cannot be read, or no request of it fits.</exception>
    public static double RequestsOfGoodput(InferenceCase installation, GoodputSettings settings) =>
        Trial(installation, settings).Requests;

    private static (double Requests, double Output) Trial(
        InferenceCase installation,
        GoodputSettings settings
    )
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(settings);
        var config = installation.Config;
        var replicas = config.Replicas + (config.Disaggregation?.DecodeReplicas ?? 0);
        var plan = installation.Workload;
        var search = new SteadySearch(
            installation with
            {
                Workload = GoodputSearch.Steady(plan),
            },
            settings with
            {
                MostReplicas = Math.Min(TrialReplicas, settings.MostReplicas),
            }
        );
        var requests = search.Foreseen(Math.Min(replicas, settings.MostReplicas));
        if (DayProfile.Has(plan) && search.Piloted > 0)
        {
            var day = SecondsADay * search.Piloted / DayProfile.PeakOverMean(plan.Mixture!);
            requests += RunsOfADay * Math.Min(MostOfADay, day);
        }
        return (requests, search.MeanOutput);
    }

    /// <summary>The estimate of a search for goodput.</summary>
    /// <param name="installation">The case.</param>
    /// <param name="settings">How closely.</param>
    /// <exception cref="ArgumentException">Nothing is promised, the loop is closed, or the fleet is not fixed.</exception>
    /// <exception cref="InvalidDataException">The workload cannot be read, or no request of it fits.</exception>
    public static WorkEstimate OfGoodput(InferenceCase installation, GoodputSettings settings)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(settings);
        var config = installation.Config;
        var replicas = config.Replicas + (config.Disaggregation?.DecodeReplicas ?? 0);
        GoodputSearch.Refuse(installation);
        var one = Search(installation, settings, replicas);
        try
        {
            var (requests, output) = Trial(installation, settings);
            one = one with
            {
                CpuSeconds = FixedSeconds + ((SecondsServed + (SecondsAToken * output)) * requests),
            };
        }
        catch (InvalidDataException) when (installation.Search is not null)
        {
            // The layout as it stands serves nothing: those that are tried instead are guessed by their size.
        }
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
