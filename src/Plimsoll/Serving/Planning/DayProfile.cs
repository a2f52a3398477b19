using Plimsoll.Serving.Cases;
using Plimsoll.Workloads;
using Plimsoll.Workloads.Mixtures;

namespace Plimsoll.Serving.Planning;

/// <summary>A workload whose rate or lengths change over the day: its busiest hour, and the day as a whole.</summary>
public static class DayProfile
{
    private const double MostRequests = 1_000_000;
    private const double StaysAnHour = 10;
    private const double Tolerance = 0.01;

    /// <summary>Whether a workload changes over the day; one that its file cuts in time is taken as it is cut.</summary>
    public static bool Has(WorkloadPlan plan) =>
        IsWhole(plan)
        && plan.Mixture!.Clients.Any(c =>
            c.Windows.Any(w => w.RequestsPerSecond != c.Windows[0].RequestsPerSecond)
            || c.Lengths.Length > 1
        );

    /// <summary>Says that a run ended before the busiest hour of its workload; null when it did not, or when every hour is alike.</summary>
    /// <param name="plan">The workload.</param>
    /// <param name="seconds">How long the run lasted.</param>
    public static string? Unreached(WorkloadPlan plan, double seconds)
    {
        if (
            plan.Mixture is not { } mixture
            || mixture.Clients.All(c =>
                c.Windows.All(w => w.RequestsPerSecond == c.Windows[0].RequestsPerSecond)
            )
        )
        {
            return null;
        }
        var busiest = Busiest(mixture);
        var from = plan.Shape.FromSeconds;
        var ended = from + seconds;
        // The hour comes again with every period.
        var reached =
            from % mixture.PeriodSeconds + seconds > (busiest + 0.5) * 3600
            && (
                from % mixture.PeriodSeconds < (busiest + 1) * 3600
                || seconds > mixture.PeriodSeconds
            );
        return reached
            ? null
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"the requests end after {ended / 3600:F1} hours of the profile, and its busiest hour is {busiest}:00. For a whole day give workload.until: {mixture.PeriodSeconds:F0} and no workload.requests; 'inference goodput' takes the busiest hour by itself."
            );
    }

    /// <summary>Whether a mixture runs from its start without end.</summary>
    public static bool IsWhole(WorkloadPlan plan) =>
        plan.Mixture is not null
        && plan.Shape.FromSeconds == 0
        && double.IsPositiveInfinity(plan.Shape.UntilSeconds);

    /// <summary>The hour with most requests, going on without end.</summary>
    public static WorkloadPlan PeakHour(WorkloadPlan plan) =>
        SteadyWorkload.At(plan, Busiest(plan.Mixture!));

    /// <summary>Mean rate of a client between two times of the period.</summary>
    public static double Rate(
        ClientMixture mixture,
        MixtureClient client,
        double from,
        double until
    )
    {
        var sum = 0.0;
        for (var i = 0; i < client.Windows.Length; i++)
        {
            var end =
                i + 1 < client.Windows.Length
                    ? client.Windows[i + 1].StartSeconds
                    : mixture.PeriodSeconds;
            var inside = Math.Min(end, until) - Math.Max(client.Windows[i].StartSeconds, from);
            sum += client.Windows[i].RequestsPerSecond * Math.Max(0, inside);
        }
        return sum / (until - from);
    }

    /// <summary>Rate of each hour, all clients together.</summary>
    public static double[] Hours(ClientMixture mixture) =>
        [
            .. Enumerable
                .Range(0, Math.Max(1, (int)Math.Ceiling(mixture.PeriodSeconds / 3600)))
                .Select(h => HourRate(mixture, h)),
        ];

    /// <summary>Rate of the busiest hour over the mean of the day.</summary>
    public static double PeakOverMean(ClientMixture mixture) =>
        HourRate(mixture, Busiest(mixture)) / mixture.RequestsPerSecond;

    /// <summary>Finds the highest mean rate at which the requests of a whole day together keep the promise.</summary>
    internal static DayResult Search(
        InferenceCase installation,
        GoodputResult peak,
        GoodputSettings settings
    )
    {
        var mixture = installation.Workload.Mixture!;
        var ratio = PeakOverMean(mixture);
        var atPeak = peak.RequestsPerSecond / ratio;
        var stay = peak.AtGoodput!.MeanEndToEndSeconds * 5;
        // An hour is long against the longest stay, so a shorter one shows the same course; the fleet is thinned only when that is not enough.
        var seconds = Math.Clamp(
            MostRequests / (24 * atPeak),
            Math.Min(3600, StaysAnHour * stay),
            3600
        );
        var share = Math.Min(1, MostRequests / (24 * seconds * atPeak));
        var all =
            installation.Config.Replicas
            + (installation.Config.Disaggregation?.DecodeReplicas ?? 0);
        var fleet = FleetSample.Of(
            installation,
            Math.Clamp((int)Math.Ceiling(all * share), 2, settings.MostReplicas)
        );
        var served = 0L;
        (double Attainment, double Tokens) At(double rate)
        {
            var (kept, tokens, requests) = Serve(
                fleet.Installation,
                Shortened(mixture, seconds),
                rate / fleet.Scale
            );
            served += requests;
            return (kept, tokens);
        }
        double Margin(double rate) =>
            Math.Log((1 - installation.Percentile) / Math.Max(1 - At(rate).Attainment, 1e-7));
        var most = 1.5 * peak.SaturationRequestsPerSecond / ratio;
        var mean = RateSearch.Highest(Margin, 1.03 * atPeak, 0.05, 0.01 * atPeak, most, Tolerance);
        var (attainment, tokens) = At(mean);
        // The search ends between a rate that is kept and one that is not; what is reported was run and kept.
        for (
            var step = 0;
            attainment < installation.Percentile && step < 8;
            step++, (attainment, tokens) = At(mean)
        )
        {
            mean *= 1 - (Tolerance / 2);
        }
        var config = fleet.Installation.Config;
        return new DayResult(
            mean,
            mean * ratio,
            attainment,
            atPeak,
            ratio,
            Busiest(mixture),
            seconds,
            config.Replicas + (config.Disaggregation?.DecodeReplicas ?? 0),
            tokens
        )
        {
            RequestsServed = served,
        };
    }

    /// <summary>Serves one day at a mean rate.</summary>
    private static (double Attainment, double Tokens, int Requests) Serve(
        InferenceCase installation,
        ClientMixture mixture,
        double rate
    )
    {
        var plan = installation.Workload with
        {
            Mixture = mixture,
            Shape = installation.Workload.Shape with
            {
                Requests = (long)Math.Max(2, rate * mixture.PeriodSeconds),
                RateScale = rate / mixture.RequestsPerSecond,
            },
        };
        var (requests, pieces) = DrawnRequests.Of(plan, int.MaxValue);
        var day = installation with
        {
            Config = installation.Config with
            {
                KeepOutcomes = true,
                WarmUpRequests = 0,
                SeriesIntervalSeconds = 3600,
            },
        };
        var result = day.Run(new RequestList(requests, pieces));
        var kept = 0L;
        var sent = requests.Span;
        for (var i = 0; i < sent.Length; i++)
        {
            var outcome = result.Outcomes[i];
            kept += SteadySample.Kept(
                outcome,
                sent[i].OutputTokens,
                installation.Config.ServiceLevel!
            )
                ? 1
                : 0;
        }
        return (
            (double)kept / requests.Length,
            result.Tokens.Output / mixture.PeriodSeconds / result.Accelerators,
            requests.Length
        );
    }

    /// <summary>The same day with shorter hours and the same rates.</summary>
    private static ClientMixture Shortened(ClientMixture mixture, double seconds)
    {
        var share = seconds / 3600;
        return new ClientMixture(
            [
                .. mixture.Clients.Select(c =>
                    c with
                    {
                        Windows = Array.ConvertAll(
                            c.Windows,
                            w => w with { StartSeconds = w.StartSeconds * share }
                        ),
                        Lengths = Array.ConvertAll(
                            c.Lengths,
                            l => l with { StartSeconds = l.StartSeconds * share }
                        ),
                    }
                ),
            ],
            mixture.PeriodSeconds * share
        );
    }

    private static int Busiest(ClientMixture mixture)
    {
        var hours = Hours(mixture);
        return Array.IndexOf(hours, hours.Max());
    }

    private static double HourRate(ClientMixture mixture, int hour) =>
        mixture.Clients.Sum(c =>
            Rate(mixture, c, hour * 3600.0, Math.Min(mixture.PeriodSeconds, (hour + 1) * 3600.0))
        );
}
