namespace Plimsoll.Serving.Planning;

internal sealed partial class SteadySearch
{
    /// <summary>Requests of a run of the trial at most: some seconds in all.</summary>
    private const int TrialRequests = 20_000;

    // Counted over sixteen searches: rates tried until the root of a version is found, and what a search that goes on runs again before its last round.
    private const double TriesAVersion = 7;
    private const double FurtherRounds = 1.3;
    private const double PooledTries = 2;

    /// <summary>Mean answer of the workload, tokens.</summary>
    public double MeanOutput => SizedLoad.Means(_workload).Output;

    /// <summary>Goodput of the whole fleet as the pilot of a trial found it; 0 before one.</summary>
    public double Piloted => (_pilot?.Rate ?? 0) * _fleet.Scale;

    /// <summary>Requests that the whole search will serve, from its first rounds on short runs.</summary>
    /// <param name="replicas">Replicas that the search will simulate, no fewer than this one does.</param>
    /// <remarks>How long runs must be is known only from how far versions differ, which no formula tells beforehand: the same installation asks for 8,000 or for 400,000 by where its promise binds.</remarks>
    public double Foreseen(int replicas)
    {
        var scale = (double)replicas / _fleet.Replicas;
        var (pilot, stay) = _pilot ??= Sorted(0);
        var piloted = Served;
        if (pilot == 0)
        {
            return (scale * piloted) + _settings.LeastRequests;
        }
        var rounds = Rounds(pilot, stay, TrialRequests, _ => { });
        var ran = Served - piloted;
        var rate = rounds.Rates.Average();
        if (rate <= 0)
        {
            return (scale * piloted) + ran + _settings.LeastRequests;
        }
        var first = Math.Clamp(
            scale * rate * Seconds(_stay, SteadySample.MeasuredStays),
            _settings.LeastRequests,
            _settings.MostRequests
        );
        // Versions differ as little on many replicas as on few, by the request.
        var wanted = rounds.Requests * (rounds.Over > 1 ? rounds.Over * rounds.Over : 1);
        var last = Math.Min(_settings.MostRequests, Math.Max(first, wanted));
        var versions = (double)_settings.Versions;
        var searched =
            rounds.Ended && scale == 1
                ? ran
                : (scale == 1 ? ran : 0) + (FurtherRounds * TriesAVersion * versions * last);
        var shown = _settings.Curve
            ? _curve.Length * Math.Min(last, Math.Max(CurveRequests, first))
            : 0;
        return (scale * piloted) + searched + (((PooledTries * versions) + 2) * last) + shown;
    }
}
