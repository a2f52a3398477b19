using Plimsoll.Serving.Cases;
using Plimsoll.Workloads.Mixtures;

namespace Plimsoll.Serving.Planning;

/// <summary>A client mixture as it is at one hour, going on without end at a rate that is easy to scale.</summary>
internal static class SteadyWorkload
{
    /// <summary>Rate at which it is drawn; a search scales its times to any other.</summary>
    private const double DrawnPerSecond = 100;

    /// <summary>Requests of one window. A window's volume is fixed, so runs must be shorter than it, or bursts longer than a window would be lost.</summary>
    private const double RequestsPerWindow = 2_000_000;

    /// <summary>Makes it of a plan.</summary>
    /// <param name="plan">With a mixture that is not cut in time.</param>
    /// <param name="hour">Hour of the period; null takes the means of the period, for a mixture without a profile.</param>
    public static WorkloadPlan At(WorkloadPlan plan, int? hour)
    {
        var mixture = plan.Mixture!;
        var from = hour * 3600.0 ?? 0;
        var until = hour is null
            ? mixture.PeriodSeconds
            : Math.Min(mixture.PeriodSeconds, from + 3600);
        var total = mixture.Clients.Sum(c => DayProfile.Rate(mixture, c, from, until));
        var clients = mixture.Clients.Select(c =>
        {
            var middle = (from + until) / 2;
            var window = c.Windows.Last(w => w.StartSeconds <= middle);
            var rate = DayProfile.Rate(mixture, c, from, until) * DrawnPerSecond / total;
            return c with
            {
                Windows = [window with { StartSeconds = 0, RequestsPerSecond = rate }],
                Lengths = [c.Lengths.Last(l => l.StartSeconds <= middle) with { StartSeconds = 0 }],
            };
        });
        return plan with
        {
            Mixture = new ClientMixture([.. clients], RequestsPerWindow / DrawnPerSecond),
            Shape = plan.Shape with { Requests = long.MaxValue, RateScale = 1 },
        };
    }
}
