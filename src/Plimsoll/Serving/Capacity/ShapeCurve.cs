using Plimsoll.Performance;

namespace Plimsoll.Serving.Capacity;

/// <summary>How one replica serves requests of one shape at rising load.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="SaturationRate">Requests a second with the queue never empty; 0 when the shape does not fit the replica.</param>
/// <param name="OutputTokens">Mean answer length that was served.</param>
/// <param name="Loads">Rates as shares of saturation, rising.</param>
/// <param name="Tables">Latencies at each.</param>
internal sealed record ShapeCurve(
    RequestShape Shape,
    double SaturationRate,
    double OutputTokens,
    double[] Loads,
    LatencyTable[] Tables
)
{
    /// <summary>Requests of one run.</summary>
    public const int Requests = 4000;
    private const int WarmUp = 400;

    // Denser where promises break: towards saturation.
    private static readonly double[] _ladder =
    [
        0.02,
        0.1,
        0.25,
        0.4,
        0.55,
        0.67,
        0.76,
        0.83,
        0.88,
        0.92,
        0.95,
        0.98,
        1.02,
    ];

    /// <summary>Simulates a shape.</summary>
    public static ShapeCurve Simulate(
        IStepLaw law,
        ServingConfig config,
        in RequestShape shape,
        long longest,
        ulong seed
    )
    {
        if (shape.InputTokens + shape.OutputTokens > Math.Min(longest, Capacity(law, config)))
        {
            return new ShapeCurve(shape, 0, 0, [], []);
        }
        var requests = new SteadyRequests(
            shape,
            Requests,
            Math.Min(longest, Capacity(law, config)),
            seed
        );
        var saturation = Saturation(law, config, requests);
        var tables = new LatencyTable[_ladder.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            var result = ServingSimulator.Run(
                law,
                config with
                {
                    KeepOutcomes = true,
                },
                requests.At(saturation * _ladder[i])
            );
            tables[i] = Table(result.Outcomes, requests);
        }
        return new ShapeCurve(shape, saturation, requests.OutputTokens, _ladder, tables);
    }

    /// <summary>The highest share of saturation that keeps a promise, between two loads by the logarithm of the share that breaks it; 0 when none does.</summary>
    public double Load(ServiceLevel level, double percentile)
    {
        var best = -1;
        for (var i = 0; i < Loads.Length; i++)
        {
            best = Broken(i, level) <= 1 - percentile ? i : best;
        }
        if (best < 0 || best == Loads.Length - 1)
        {
            return best < 0 ? 0 : 1;
        }
        var (kept, lost) = (Broken(best, level), Broken(best + 1, level));
        // Fewer than half a request cannot be told from none.
        var least = 0.5 / Requests;
        var share =
            Math.Log(Math.Max(1 - percentile, least) / Math.Max(kept, least))
            / Math.Log(lost / Math.Max(kept, least));
        return Math.Min(
            1,
            Loads[best] + ((Loads[best + 1] - Loads[best]) * Math.Clamp(share, 0, 1))
        );
    }

    /// <summary>A figure of the tables at a load between them.</summary>
    public double Between(double load, Func<LatencyTable, double> figure)
    {
        if (load <= Loads[0])
        {
            return figure(Tables[0]);
        }
        var above = Array.FindIndex(Loads, l => l >= load);
        var u = (load - Loads[above - 1]) / (Loads[above] - Loads[above - 1]);
        return Math.Exp(
            ((1 - u) * Math.Log(figure(Tables[above - 1]))) + (u * Math.Log(figure(Tables[above])))
        );
    }

    private double Broken(int i, ServiceLevel level) =>
        1 - Tables[i].Attainment(level.TimeToFirstTokenSeconds, level.TimePerOutputTokenSeconds);

    private static long Capacity(IStepLaw law, ServingConfig config) =>
        config.KvCapacityTokens ?? law.KvCapacityTokens;

    /// <summary>Rate at which requests end in the middle half of a run that all requests join at once.</summary>
    private static double Saturation(IStepLaw law, ServingConfig config, SteadyRequests requests)
    {
        var result = ServingSimulator.Run(
            law,
            config with
            {
                KeepOutcomes = true,
            },
            requests.At(1e6)
        );
        var ends = Array.ConvertAll(result.Outcomes, o => o.FinishPicoseconds);
        Array.Sort(ends);
        var (from, to) = (ends.Length / 4, ends.Length * 3 / 4);
        return (to - from) * IntegerStep.PicosecondsPerSecond / Math.Max(1, ends[to] - ends[from]);
    }

    private static LatencyTable Table(RequestOutcome[] outcomes, SteadyRequests requests)
    {
        var counts = new ushort[LatencyTable.Bins * LatencyTable.Bins];
        for (var i = WarmUp; i < outcomes.Length; i++)
        {
            ref var outcome = ref outcomes[i];
            if (outcome.End != RequestEnd.Completed)
            {
                continue;
            }
            var first = outcome.FirstTokenPicoseconds - outcome.ArrivalPicoseconds;
            var rest = outcome.FinishPicoseconds - outcome.FirstTokenPicoseconds;
            var tokens = Math.Max(1, requests.OutputOf(i) - 1);
            counts[
                LatencyTable.BinOf(
                    first / IntegerStep.PicosecondsPerSecond,
                    Math.Max(1, rest) / IntegerStep.PicosecondsPerSecond / tokens
                )
            ]++;
        }
        return new LatencyTable(counts, outcomes.Length - WarmUp);
    }
}
