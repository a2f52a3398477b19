using MathNet.Numerics.Distributions;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>The search for the goodput of one installation under a workload without a profile.</summary>
internal sealed partial class SteadySearch
{
    private const double Trickle = 0.005;
    private const int MostRounds = 8;
    private const double PilotTolerance = 0.03;

    // A queue that takes in more than a part of the width asked for has not settled. What a promise of a wait lets it take in falls with the length of the run.
    private const double GrowthOfWidth = 0.5;

    // Where no wait is promised, no length of run tells a queue that grows by the promise; this part of what arrives is what is told from chance.
    private const double LeastOverload = 0.01;

    // Over a run so many times as long chance moves a queue less than that.
    private const double OverloadStays = 4;
    private readonly GoodputSettings _settings;
    private readonly InferenceCase _whole;
    private readonly FleetSample _fleet;
    private readonly InferenceCase _installation;
    private readonly double _tolerance;
    private readonly RequestTapes _tapes;
    private ScalableWorkload _workload;
    private double _saturation;

    /// <summary>Longest stay seen near the goodput.</summary>
    private double _stay;

    /// <summary>Requests served by all runs so far.</summary>
    private long _served;

    /// <summary>What a pilot run found, once it has run.</summary>
    private (double Rate, double Stay)? _pilot;

    /// <param name="installation">The installation; its workload must not vary over the day.</param>
    /// <param name="settings">How closely.</param>
    /// <param name="tapes">The installation's workload as others have drawn it; null to draw it alone.</param>
    public SteadySearch(
        InferenceCase installation,
        GoodputSettings settings,
        RequestTapes? tapes = null
    )
    {
        _settings = settings;
        _whole = installation;
        _fleet = FleetSample.Of(installation, settings.MostReplicas);
        _installation = _fleet.Installation with
        {
            Config = _fleet.Installation.Config with
            {
                KeepOutcomes = true,
                WarmUpRequests = 0,
                // No search reads the series; one interval a run keeps it small.
                SeriesIntervalSeconds = 3600,
            },
        };
        _tolerance = settings.HalfWidth / 5;
        _tapes = tapes ?? new RequestTapes(installation.Workload);
        _workload = ScalableWorkload.Load(
            _tapes,
            Math.Min(settings.MostRequests, Math.Max(4000, settings.LeastRequests)),
            1
        );
    }

    /// <summary>Requests served by all runs so far, the pilot's among them.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>Searches.</summary>
    public GoodputResult Find(Action<double> progress)
    {
        var (pilot, pilotStay) = _pilot ??= Sorted(0);
        progress(0.1);
        if (pilot == 0)
        {
            return Nothing();
        }
        if (Thinner(pilot, pilotStay) is { } fewer)
        {
            var found = fewer.Find(progress);
            return found with { RequestsServed = found.RequestsServed + Served };
        }
        var rounds = Rounds(pilot, pilotStay, _settings.MostRequests, progress);
        // What a short run let pass keeps no promise in a long one.
        return rounds.Rates.Max() <= 0
            ? Nothing()
            : Result(rounds.Rates, rounds.Requests, progress);
    }

    /// <summary>What the versions came to.</summary>
    /// <param name="Rates">Goodput of each.</param>
    /// <param name="Requests">Requests of the last run of each.</param>
    /// <param name="Over">Width of the interval over the one asked for.</param>
    /// <param name="Ended">Whether the search ends there; false where longer runs are wanted than were allowed.</param>
    private readonly record struct Searched(double[] Rates, int Requests, double Over, bool Ended);

    /// <summary>Searches each version on its own, on longer and longer runs.</summary>
    /// <param name="pilot">Where the pilot found the goodput.</param>
    /// <param name="pilotStay">Its longest stay, seconds.</param>
    /// <param name="most">Requests of a run at most.</param>
    /// <param name="progress">Given the share done.</param>
    private Searched Rounds(double pilot, double pilotStay, int most, Action<double> progress)
    {
        _workload = _workload.Grown(_workload.Requests, _settings.Versions);
        var rates = new double[_settings.Versions];
        Array.Fill(rates, pilot);
        var spread = 2 * PilotTolerance;
        _stay = pilotStay;
        var stays = SteadySample.MeasuredStays * (WaitIsPromised ? 1 : OverloadStays);
        var requests = 0;
        var over = 0.0;
        for (var round = 0; round < MostRounds; round++)
        {
            requests = Math.Min(most, Length(rates.Average(), _stay, stays));
            _workload = _workload.Grown(requests, _settings.Versions);
            requests = Math.Min(requests, _workload.Requests);
            var (workload, count) = (_workload, requests);
            Parallel.For(
                0,
                rates.Length,
                i => rates[i] = Root(workload, i, count, rates[i], spread, _tolerance)
            );
            progress(0.1 + (0.6 * (round + 1) / (round + 2)));
            if (rates.Max() <= 0)
            {
                return new Searched(rates, requests, 0, true);
            }
            var half = HalfWidth(rates);
            over = half / (_settings.HalfWidth * rates.Average());
            var reached = half <= _settings.HalfWidth * rates.Average();
            var sample = Run(_workload, 0, rates.Max(), requests).Sample;
            _stay = Math.Max(_stay, sample.LongStaySeconds);
            var full = requests >= Length(rates.Average(), _stay, stays);
            // A promise of a long wait is kept in a short run by a queue that grows all the while.
            var growth = WaitIsPromised ? sample.QueueGrowth : 0;
            if (growth > GrowthOfWidth * _settings.HalfWidth)
            {
                // The highest rate is another version's: at its own the queue tells.
                var fastest = Array.IndexOf(rates, rates.Max());
                growth = Run(_workload, fastest, rates[fastest], requests).Sample.QueueGrowth;
            }
            growth /= GrowthOfWidth * _settings.HalfWidth;
            if (
                (reached && full && growth <= 1)
                || requests >= _settings.MostRequests
                || (!_workload.Grows && requests == _workload.Requests)
            )
            {
                return new Searched(rates, requests, over, true);
            }
            if (requests >= most)
            {
                // A width falls with the root of the length, what a queue takes in with the length.
                return new Searched(
                    rates,
                    requests,
                    Math.Max(over, growth > 1 ? Math.Sqrt(1.2 * growth) : 0),
                    false
                );
            }
            // The width falls with the root of the length.
            stays *= Math.Max(
                reached ? 1 : Math.Clamp(over * over * 1.2, 1.5, 8),
                growth > 1 ? Math.Clamp(1.2 * growth, 1.5, 16) : 1
            );
            spread = Math.Max(_settings.HalfWidth, half / Math.Max(1e-12, rates.Average()));
        }
        return new Searched(rates, requests, over, true);
    }

    /// <summary>Goodput on one version by a shorter run, for sorting out what is hopeless among many installations; a search that follows begins from it.</summary>
    /// <param name="bar">Requests a second; what does not keep its promise there is given as 0 and looked at no further.</param>
    public double Pilot(double bar = 0)
    {
        var pilot = Sorted(bar / _fleet.Scale);
        _pilot = pilot;
        return pilot.Rate * _fleet.Scale;
    }

    private (double Rate, double Stay) Sorted(double bar)
    {
        var slots = _fleet.Sequences(_workload.MeanTokens);
        // The middle half of the ends must lie behind the first full batch and before the last.
        var flood = (int)Math.Clamp(3 * slots, 3000, Math.Max(3000, _settings.MostRequests / 8));
        _workload = _workload.Grown(flood, 1);
        _saturation = Saturation(Math.Min(flood, _workload.Requests));
        var stay = 0.0;
        double Margin(double rate)
        {
            // A pilot run begins with what its neighbour's stay asks for, and is run again when its own stay is longer.
            for (var attempt = 0; ; attempt++)
            {
                var length = Length(rate, stay, 1);
                _workload = _workload.Grown(length, 1);
                var run = Run(_workload, 0, rate, Math.Min(length, _workload.Requests));
                var margin = MarginOf(run.Sample);
                if (
                    attempt == 2
                    || run.Sample.LongStaySeconds <= 1.3 * stay
                    || length >= _settings.MostRequests / 4
                    || length >= Length(rate, run.Sample.LongStaySeconds, 1)
                )
                {
                    return margin;
                }
                stay = run.Sample.LongStaySeconds;
            }
        }
        if (bar > 0 && (bar > 1.1 * _saturation || Margin(bar) < 0))
        {
            return (0, stay);
        }
        var rate = RateSearch.Highest(
            Margin,
            0.8 * _saturation,
            0.2,
            Trickle * _saturation,
            1.1 * _saturation,
            PilotTolerance
        );
        return (Math.Min(rate, 1.1 * _saturation), stay);
    }

    /// <summary>The same search on fewer replicas, when a run by the rule would hold more requests than wanted; null when it does not, or no fewer stand for the fleet.</summary>
    private SteadySearch? Thinner(double rate, double stay)
    {
        var most = Math.Min(
            _settings.FewerReplicasFrom ?? _settings.MostRequests,
            _settings.MostRequests
        );
        var over = Seconds(stay, SteadySample.MeasuredStays) * rate / most;
        if (over <= 1 || !_workload.Grows)
        {
            return null;
        }
        var thinner = new SteadySearch(
            _whole,
            _settings with
            {
                MostReplicas = Math.Max(2, (int)(_fleet.Replicas / over)),
            },
            _tapes
        );
        return thinner._fleet.Replicas < _fleet.Replicas ? thinner : null;
    }

    /// <summary>Requests of a run that measures so many stays between warm-up and end, and waits out the promise.</summary>
    private int Length(double rate, double stay, double stays) =>
        (int)
            Math.Clamp(
                rate * Seconds(stay, stays),
                _settings.LeastRequests,
                _settings.MostRequests
            );

    private double Seconds(double stay, double stays)
    {
        var level = _installation.Config.ServiceLevel!;
        double Finite(double limit) => double.IsInfinity(limit) ? 0 : limit;
        var promised = Math.Max(
            Finite(level.TimeToFirstTokenSeconds),
            Finite(level.EndToEndSeconds)
        );
        var measured = Math.Max(stays * stay, Math.Min(4 * promised, 100 * stay));
        // A little more, as the stay of the run itself is not known beforehand.
        return 1.05 * (((SteadySample.WarmUpStays + SteadySample.CoolDownStays) * stay) + measured);
    }

    private double Root(
        ScalableWorkload workload,
        int version,
        int requests,
        double guess,
        double spread,
        double tolerance
    ) =>
        RateSearch.Highest(
            rate => MarginOf(Run(workload, version, rate, requests).Sample),
            guess,
            spread,
            Trickle * _saturation,
            1.1 * _saturation,
            tolerance
        );

    /// <summary>Whether the promise bounds how long a request waits in the queue.</summary>
    private bool WaitIsPromised =>
        _installation.Config.ServiceLevel is { } level
        && !(
            double.IsInfinity(level.TimeToFirstTokenSeconds)
            && double.IsInfinity(level.EndToEndSeconds)
        );

    /// <summary>Logarithm of the share that may break the promise over the share that does; where no wait is promised, also of the overload that would not be noticed over what is.</summary>
    private double MarginOf(in SteadySample sample)
    {
        var kept = Math.Log(
            (1 - _installation.Percentile)
                / Math.Max(1 - sample.Attainment, 0.25 / Math.Max(1, sample.Count))
        );
        return WaitIsPromised
            ? kept
            : Math.Min(kept, Math.Log(LeastOverload / Math.Max(1e-12, sample.QueueGrowth)));
    }

    private (SimulationResult Result, SteadySample Sample) Run(
        ScalableWorkload workload,
        int version,
        double rate,
        int requests,
        double seriesSeconds = 3600
    )
    {
        Interlocked.Add(ref _served, requests);
        var result = (
            _installation with
            {
                Config = _installation.Config with
                {
                    Seed = _installation.Config.Seed + (ulong)version,
                    SeriesIntervalSeconds = seriesSeconds,
                },
            }
        ).Run(workload.At(rate / workload.RequestsPerSecond, version, requests));
        return (
            result,
            SteadySample.Of(result, workload.Of(version), _installation.Config.ServiceLevel!)
        );
    }

    /// <summary>Rate at which requests end in the middle half of a run that all requests join at once.</summary>
    private double Saturation(int requests)
    {
        Interlocked.Add(ref _served, requests);
        var result = _installation.Run(
            _workload.At(1e7 / _workload.RequestsPerSecond, 0, requests)
        );
        var ends = result
            .Outcomes.Where(o => o.End == RequestEnd.Completed)
            .Select(o => o.FinishPicoseconds)
            .Order()
            .ToArray();
        if (ends.Length < 8)
        {
            throw new InvalidDataException(
                $"Only {ends.Length} of {result.Requests} requests fit the installation and complete; the others are rejected as too long or lost."
            );
        }
        var (from, to) = (ends.Length / 4, ends.Length * 3 / 4);
        return (to - from) * IntegerStep.PicosecondsPerSecond / Math.Max(1, ends[to] - ends[from]);
    }

    /// <summary>Half of the 95 % interval of the mean, the search's own tolerance included: two versions that agree by chance have no width of 0.</summary>
    private double HalfWidth(double[] rates)
    {
        var mean = rates.Average();
        var variance = rates.Sum(r => (r - mean) * (r - mean)) / (rates.Length - 1);
        var half =
            StudentT.InvCDF(0, 1, rates.Length - 1, 0.975) * Math.Sqrt(variance / rates.Length);
        return double.Hypot(half, _tolerance * mean);
    }
}
