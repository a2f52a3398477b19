using Plimsoll.Performance;

namespace Plimsoll.Serving.Validation;

/// <summary>One figure as measured and as simulated.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Measured">Measured.</param>
/// <param name="Simulated">Simulated.</param>
public sealed record ReplayFigure(string Name, double Measured, double Simulated)
{
    /// <summary>Simulated over measured, less one.</summary>
    public double Error => (Simulated / Measured) - 1;
}

/// <summary>A real run beside its simulation.</summary>
/// <param name="Figures">Throughput, and mean and percentiles of each latency.</param>
/// <param name="FirstTokenDistance">Mean over the percentiles 5, 10, ... 95 of |ln(simulated / measured)| of TTFT.</param>
/// <param name="PerTokenDistance">The same of TPOT.</param>
/// <param name="EndToEndDistance">The same of end-to-end.</param>
public sealed record ReplayComparison(
    IReadOnlyList<ReplayFigure> Figures,
    double FirstTokenDistance,
    double PerTokenDistance,
    double EndToEndDistance
)
{
    private static readonly (string Name, double Share)[] _percentiles =
    [
        ("p50", 0.5),
        ("p90", 0.9),
        ("p95", 0.95),
        ("p99", 0.99),
    ];

    /// <summary>Replays a log on a law.</summary>
    /// <param name="log">The real run.</param>
    /// <param name="law">Step law of the replica.</param>
    /// <param name="config">Its limits.</param>
    /// <param name="part">Requests that are compared; all are served, so that a later part finds queue and cache as the earlier one left them. All when null.</param>
    /// <exception cref="InvalidDataException">A request of the log was not completed in the simulation.</exception>
    public static ReplayComparison Run(
        ServingLog log,
        IStepLaw law,
        ServingConfig config,
        Range? part = null
    )
    {
        var (first, whole) = Times(log, law, config);
        if (part is { } compared)
        {
            (log, first, whole) = (log.Slice(compared), first[compared], whole[compared]);
        }
        var figures = new List<ReplayFigure>
        {
            new("output tokens/s", Rate(log, log.EndToEnd), Rate(log, whole)),
        };
        Add("TTFT", log.FirstToken, first);
        Add("TPOT", PerToken(log, log.FirstToken, log.EndToEnd), PerToken(log, first, whole));
        Add("end-to-end", log.EndToEnd, whole);
        return new ReplayComparison(
            figures,
            Distance(log.FirstToken, first),
            Distance(PerToken(log, log.FirstToken, log.EndToEnd), PerToken(log, first, whole)),
            Distance(log.EndToEnd, whole)
        );

        void Add(string name, double[] measured, double[] simulated)
        {
            figures.Add(new ReplayFigure($"{name} mean", measured.Average(), simulated.Average()));
            foreach (var (word, share) in _percentiles)
            {
                figures.Add(
                    new ReplayFigure(
                        $"{name} {word}",
                        Quantile(measured, share),
                        Quantile(simulated, share)
                    )
                );
            }
        }
    }

    /// <summary>Seconds to the first and to the last token of every request of the log in simulation.</summary>
    internal static (double[] First, double[] Whole) Times(
        ServingLog log,
        IStepLaw law,
        ServingConfig config
    )
    {
        var result = ServingSimulator.Run(
            law,
            config with
            {
                KeepOutcomes = true,
                WarmUpRequests = 0,
            },
            log.ToSource()
        );
        if (result.Completed != log.Count)
        {
            throw new InvalidDataException(
                $"Only {result.Completed} of the {log.Count} requests of the log complete in the simulation: the installation of the case is not that of the log."
            );
        }
        return (
            Array.ConvertAll(
                result.Outcomes,
                o =>
                    (o.FirstTokenPicoseconds - o.ArrivalPicoseconds)
                    / IntegerStep.PicosecondsPerSecond
            ),
            Array.ConvertAll(
                result.Outcomes,
                o => (o.FinishPicoseconds - o.ArrivalPicoseconds) / IntegerStep.PicosecondsPerSecond
            )
        );
    }

    /// <summary>(End-to-end - first token) / (tokens - 1) of requests of two or more tokens.</summary>
    internal static double[] PerToken(ServingLog log, double[] first, double[] whole) =>
        [
            .. Enumerable
                .Range(0, log.Count)
                .Where(i => log.Output[i] > 1)
                .Select(i => (whole[i] - first[i]) / (log.Output[i] - 1)),
        ];

    internal static double Distance(double[] measured, double[] simulated) =>
        Enumerable
            .Range(1, 19)
            .Average(i =>
                Math.Abs(Math.Log(Quantile(simulated, i * 0.05) / Quantile(measured, i * 0.05)))
            );

    private static double Rate(ServingLog log, double[] whole) =>
        log.Output.Sum(o => (double)o)
        / (log.Queued.Zip(whole, (q, w) => q + w).Max() - log.Queued[0]);

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
