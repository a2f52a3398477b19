namespace Plimsoll.Serving.Recording;

internal sealed partial class SimulationRecorder
{
    /// <summary>The result of the run.</summary>
    public SimulationResult Result(in ReplicaTotals totals)
    {
        var picoseconds = (double)(_lastEnd - _start);
        var seconds = picoseconds / IntegerStep.PicosecondsPerSecond;
        double PerSecond(double amount) => seconds > 0 ? amount / seconds : 0;
        double Share(double part, double whole) => whole > 0 ? part / whole : 0;
        var busy = (double)(totals.Busy + totals.DecodeBusy);
        var replicas = totals.Replicas + totals.DecodeReplicas;
        var whole = picoseconds * replicas;
        var replicaTime = totals.Paid is { } paid ? (double)paid : whole;
        // Share of the fleet's time that was paid for: 1 without autoscaling.
        var on = totals.Paid is null ? 1 : Share(replicaTime, whole);
        double? energy = _config.Power is { } power
            ? ((busy * power.BusyWatts) + (Math.Max(0, replicaTime - busy) * power.IdleWatts))
                / IntegerStep.PicosecondsPerSecond
                / 3.6e6
            : null;
        var (running, waiting, blocks) = Levels.Totals();
        var inside = running + waiting + totals.Transfers + totals.Overheads;
        return new SimulationResult
        {
            Seconds = seconds,
            Requests = _requests,
            Completed = _completed,
            RejectedTooLongForKvCache = _rejectedKv,
            RejectedTooLongForContext = _rejectedContext,
            RejectedTooLongForStep = _rejectedStep,
            Failed = _failed,
            Preemptions = totals.Preemptions,
            Tokens = new TokenAccount(
                _input,
                totals.Prefilled,
                totals.CacheHits,
                _rejectedTokens,
                totals.Lost,
                totals.Recomputed,
                totals.Output
            ),
            TimeToFirstToken = _firstToken.Summary(),
            TimePerOutputToken = _perOutputToken.Summary(),
            EndToEndPerToken = _endToEndPerToken.Summary(),
            InterToken = InterToken.Summary(),
            EndToEnd = _endToEnd.Summary(),
            Accelerators = totals.Accelerators,
            RequestsPerSecond = PerSecond(_completed),
            OutputTokensPerSecond = PerSecond(totals.Output),
            OutputTokensPerSecondPerAccelerator = Share(
                PerSecond(totals.Output),
                totals.Accelerators * on
            ),
            BusyShare = Share((double)totals.Busy, picoseconds * totals.Replicas * on),
            DecodeBusyShare = Share((double)totals.DecodeBusy, picoseconds * totals.DecodeReplicas),
            MeanKvOccupancy = Share((double)blocks, picoseconds * totals.Blocks * on),
            PeakKvOccupancy = totals.PeakKv,
            MeanRunning = Share((double)running, picoseconds),
            MeanWaiting = Share((double)waiting, picoseconds),
            LittleGap = Share((double)Int128.Abs(inside - _residence), (double)_residence),
            WithinServiceLevel = _config.ServiceLevel is null ? 0 : _within,
            Attainment = _config.ServiceLevel is null
                ? 0
                : Share(_within, Math.Max(0, _requests - _config.WarmUpRequests)),
            EnergyKilowattHours = energy,
            OutputTokensPerKilowattHour = energy > 0 ? totals.Output / energy : null,
            Steps = totals.Steps,
            Series = Levels.Series(totals.Blocks, _lastEnd),
            Clients = Clients(),
            Tiers = totals.Tiers ?? [],
            Scaling = totals.Scaling,
            Digest = _digest.Text,
            Outcomes = _outcomes.AsSpan(0, (int)Math.Min(_outcomes.Length, _requests)).ToArray(),
        };
    }

    private ClientResult[] Clients()
    {
        var clients = new ClientResult[_clientCount];
        for (var i = 0; i < clients.Length; i++)
        {
            ref var sums = ref _clients[i];
            var scale =
                sums.Completed > 0 ? 1 / (sums.Completed * IntegerStep.PicosecondsPerSecond) : 0;
            clients[i] = new ClientResult(
                sums.Requests,
                sums.Completed,
                sums.InputTokens,
                sums.OutputTokens,
                (double)sums.FirstToken * scale,
                (double)sums.EndToEnd * scale,
                _config.ServiceLevel is null ? 0 : sums.Within,
                sums.Measured
            );
        }
        return clients;
    }
}
