using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>Finds by simulation the highest rate at which an installation keeps its promise in the steady state.</summary>
/// <remarks>
/// Each version of the workload is searched alone, on its own random numbers; their spread gives the confidence interval, and runs grow until it is as narrow as
/// asked. What counts of a run is the steady state (<see cref="SteadySample"/>), so the answer depends neither on the length of the runs nor on the size of the fleet.
/// The rate reported is the highest at which all versions together keep the promise. The result does not depend on the number of threads.
/// </remarks>
public static class GoodputSearch
{
    /// <summary>Searches an installation.</summary>
    /// <param name="installation">It must promise something. With a profile over the day its busiest hour is searched, and the whole day beside it.</param>
    /// <param name="settings">How closely; the defaults when null.</param>
    /// <param name="progress">Given the share done; null for none.</param>
    /// <exception cref="ArgumentException">Nothing is promised, the loop is closed, or a setting is out of range.</exception>
    /// <exception cref="InvalidDataException">The workload cannot be read or is too short.</exception>
    public static GoodputResult Find(
        InferenceCase installation,
        GoodputSettings? settings = null,
        Action<double>? progress = null
    )
    {
        Refuse(installation);
        settings ??= new GoodputSettings();
        Refuse(settings);
        var hasProfile = DayProfile.Has(installation.Workload);
        var peak = installation with { Workload = Steady(installation.Workload) };
        var result = new SteadySearch(peak, settings).Find(s =>
            progress?.Invoke(hasProfile ? 0.7 * s : s)
        );
        if (!hasProfile || result.RequestsPerSecond <= 0)
        {
            return result;
        }
        var day = DayProfile.Search(installation, result, settings);
        return result with
        {
            Day = day,
            RequestsServed = result.RequestsServed + day.RequestsServed,
        };
    }

    /// <summary>Goodput in the steady state of a workload without a profile.</summary>
    internal static GoodputResult Steadily(
        InferenceCase installation,
        GoodputSettings settings,
        RequestTapes tapes
    ) => Search(installation, settings, tapes).Find(_ => { });

    private static SteadySearch Search(
        InferenceCase installation,
        GoodputSettings settings,
        RequestTapes tapes
    ) => new(installation with { Workload = tapes.Plan }, settings, tapes);

    /// <summary>Goodput on one version by short runs, for sorting out what is far behind; 0 when nothing fits or nothing keeps the promise.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="settings">How closely.</param>
    /// <param name="tapes">Its workload, which others are asked too.</param>
    /// <param name="bar">Requests a second; what does not keep its promise there is given as 0 and looked at no further. 0 for none.</param>
    /// <param name="search">The search, with its pilot run, which can go on from there where it gave more than 0; null where nothing fits.</param>
    internal static double Pilot(
        InferenceCase installation,
        GoodputSettings settings,
        RequestTapes tapes,
        double bar,
        out SteadySearch? search
    )
    {
        search = null;
        try
        {
            var begun = Search(installation, settings, tapes);
            search = begun;
            return begun.Pilot(bar);
        }
        catch (InvalidDataException)
        {
            // No request of the workload fits this way of serving; others may hold them.
            return 0;
        }
    }

    /// <summary>The workload that is searched: a mixture at its busiest hour without end, a trace as it is.</summary>
    internal static WorkloadPlan Steady(WorkloadPlan plan) =>
        DayProfile.Has(plan) ? DayProfile.PeakHour(plan)
        : DayProfile.IsWhole(plan) ? SteadyWorkload.At(plan, null)
        : plan;

    internal static void Refuse(InferenceCase installation)
    {
        if (installation.Config.ServiceLevel is null)
        {
            throw new ArgumentException(
                "Goodput is the highest rate that keeps a promise, and nothing is promised: add 'promise:' with ttft, tpot or end_to_end."
            );
        }
        if (installation.Config.Autoscaling is not null)
        {
            throw new ArgumentException(
                "Goodput is that of a fixed fleet: take 'autoscaling' away and give layout.replicas; 'inference simulate' plays a fleet that moves."
            );
        }
        if (installation.Config.ClosedLoopConcurrency > 0)
        {
            throw new ArgumentException(
                "Goodput is a rate of arrivals, and a closed loop has none: take 'closed_loop' away."
            );
        }
    }

    private static void Refuse(GoodputSettings settings)
    {
        if (
            settings.Versions < 2
            || !(settings.HalfWidth is > 0 and < 1)
            || settings.LeastRequests < 2
            || settings.MostRequests < settings.LeastRequests
            || settings.MostReplicas < 2
        )
        {
            throw new ArgumentException(
                $"{settings}: two versions or more, a half-width between 0 and 1, and no more requests at least than at most."
            );
        }
    }
}
