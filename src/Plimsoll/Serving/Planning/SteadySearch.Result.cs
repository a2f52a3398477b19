namespace Plimsoll.Serving.Planning;

internal sealed partial class SteadySearch
{
    private const int CurveIntervals = 60;
    private const int CurveRequests = 20_000;
    private static readonly double[] _curve =
    [
        0.05,
        0.15,
        0.3,
        0.45,
        0.6,
        0.7,
        0.8,
        0.87,
        0.93,
        0.98,
        1.05,
        1.2,
    ];

    private GoodputResult Result(double[] rates, int requests, Action<double> progress)
    {
        var (rate, attainment) = Pooled(rates, requests);
        progress(0.9);
        _saturation = Math.Max(_saturation, rate);
        var curve = Curve(requests);
        // A batch that fills at once ends its short answers first and so seems faster than it is for long; where runs beyond saturation were made, what they end is what can be ended.
        var saturation =
            curve.Length == 0
                ? _saturation
                : Math.Max(
                    rate,
                    curve.Max(p => Math.Min(p.RequestsPerSecond, p.CompletedPerSecond))
                );
        var half = HalfWidth(rates);
        var mean = rates.Average();
        var scale = _fleet.Scale;
        var at = rate > 0 ? Point(0, rate, requests, out _) : null;
        var full =
            rate > 0
            && Run(_workload, 0, rate, requests).Sample is { Full: true } sample
            && sample.QueueGrowth <= Math.Max(LeastOverload, _settings.HalfWidth);
        var reason =
            rate > 0
                ? ""
                : $"even at {Trickle:P1} of saturation only {Run(_workload, 0, Trickle * _saturation, requests).Sample.Attainment:P1} of the requests keep the promise";
        return new GoodputResult
        {
            RequestsPerSecond = rate * scale,
            Low = Math.Max(0, Math.Min(rate, mean) - half) * scale,
            High = (Math.Max(rate, mean) + half) * scale,
            Versions = Array.ConvertAll(rates, r => r * scale),
            Tolerance = _tolerance,
            RequestsPerRun = requests,
            ReplicasSimulated =
                _fleet.Installation.Config.Replicas
                + (_fleet.Installation.Config.Disaggregation?.DecodeReplicas ?? 0),
            Steady = full,
            AsNarrowAsAsked = half <= _settings.HalfWidth * mean,
            AtGoodput = at is null ? null : Scaled(at) with { Attainment = attainment },
            SaturationRequestsPerSecond = saturation * scale,
            KneeRequestsPerSecond =
                curve.Length == 0 ? 0 : Math.Min(saturation, Knee(curve)) * scale,
            Curve = Array.ConvertAll(curve, Scaled),
            Reason = reason,
            RequestsServed = Served,
        };
    }

    private GoodputResult Nothing()
    {
        var requests = Math.Min(_workload.Requests, Math.Max(2000, _settings.LeastRequests));
        _workload = _workload.Grown(requests, 1);
        return Result(new double[_settings.Versions], requests, _ => { });
    }

    /// <summary>The highest rate tried at which all versions together keep the promise, and the share that does: the mean of their own goodputs, or the first of small steps below it.</summary>
    private (double Rate, double Attainment) Pooled(double[] rates, int requests)
    {
        var rate = Math.Min(rates.Average(), 1.1 * _saturation);
        var attainment = 0.0;
        for (var step = 0; rate > Trickle * _saturation; step++)
        {
            attainment = Together(rate, requests);
            if (attainment >= _installation.Percentile)
            {
                return (rate, attainment);
            }
            rate *= 1 - (_tolerance * (1 + step));
        }
        return (0, attainment);
    }

    private double Together(double rate, int requests)
    {
        var parts = new (long Kept, long All)[_settings.Versions];
        Parallel.For(
            0,
            parts.Length,
            i =>
            {
                var sample = Run(_workload, i, rate, requests).Sample;
                parts[i] = ((long)Math.Round(sample.Attainment * sample.Count), sample.Count);
            }
        );
        return (double)parts.Sum(p => p.Kept) / parts.Sum(p => p.All);
    }

    private LoadPoint[] Curve(int requests)
    {
        if (!_settings.Curve)
        {
            return [];
        }
        // The curve is for the eye: as long as the rule asks, not as the interval does.
        requests = Math.Min(
            requests,
            Math.Max(CurveRequests, Length(_saturation, _stay, SteadySample.MeasuredStays))
        );
        var curve = new LoadPoint[_curve.Length];
        Parallel.For(
            0,
            curve.Length,
            i => curve[i] = Point(0, _curve[i] * _saturation, requests, out _)
        );
        return curve;
    }

    /// <summary>The steady state at a rate.</summary>
    private LoadPoint Point(int version, double rate, int requests, out SteadySample sample)
    {
        var interval = Math.Max(0.001, requests / rate / CurveIntervals);
        (var result, sample) = Run(_workload, version, rate, requests, interval);
        return LoadPoints.Of(result, sample, _workload.Of(version), rate, interval);
    }

    private LoadPoint Scaled(LoadPoint point) =>
        point with
        {
            RequestsPerSecond = point.RequestsPerSecond * _fleet.Scale,
            CompletedPerSecond = point.CompletedPerSecond * _fleet.Scale,
            Waiting = point.Waiting * _fleet.Scale,
            Running = point.Running * _fleet.Scale,
        };

    /// <summary>Where rate over mean time is greatest, by a parabola through the best point and its neighbours.</summary>
    private static double Knee(LoadPoint[] curve)
    {
        var power = Array.ConvertAll(
            curve,
            p => p.MeanEndToEndSeconds > 0 ? p.RequestsPerSecond / p.MeanEndToEndSeconds : 0
        );
        var best = Array.IndexOf(power, power.Max());
        if (best == 0 || best == curve.Length - 1)
        {
            return curve[best].RequestsPerSecond;
        }
        double X(int i) => curve[i].RequestsPerSecond;
        var (a, b, c) = (best - 1, best, best + 1);
        var left = (X(b) - X(a)) * (power[b] - power[c]);
        var right = (X(b) - X(c)) * (power[b] - power[a]);
        return left == right
            ? X(b)
            : X(b) - ((((X(b) - X(a)) * left) - ((X(b) - X(c)) * right)) / (2 * (left - right)));
    }
}
