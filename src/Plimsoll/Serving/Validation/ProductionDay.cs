using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Workloads.Mixtures;

namespace Plimsoll.Serving.Validation;

/// <summary>One day of DeepSeek's production service of V3 and R1 on H800, 27 to 28 February 2025, as it was published, and what the simulator makes of it.</summary>
/// <remarks>
/// Source: open-infra-index, "Day 6: One More Thing, DeepSeek-V3/R1 Inference System Overview", 1 March 2025 (CC0-1.0). Kernel rates: the profiles published beside it
/// (deepseek-ai/profile-data), 7,839 computed prompt tokens and 2,324 answer tokens a second and GPU.
/// </remarks>
public static class ProductionDay
{
    /// <summary>Prompt tokens of the day.</summary>
    public const double InputTokens = 608e9;

    /// <summary>Of them found in the on-disk cache.</summary>
    public const double HitTokens = 342e9;

    /// <summary>Answer tokens of the day.</summary>
    public const double OutputTokens = 168e9;

    /// <summary>Mean KV tokens that an answer token attended to.</summary>
    public const double MeanKv = 4989;

    /// <summary>Middle of the published 20 to 22 tokens a second a user.</summary>
    public const double TokensPerSecondPerUser = 21;

    /// <summary>Lower end of the published speed.</summary>
    public const double SlowestTokensPerSecond = 20;

    /// <summary>Mean nodes of eight GPUs in service.</summary>
    public const double MeanNodes = 226.75;

    /// <summary>Peak nodes.</summary>
    public const double PeakNodes = 278;

    /// <summary>Computed prompt tokens a second and GPU of the published kernel profile.</summary>
    public const double PrefillKernelRate = 7839;

    /// <summary>Answer tokens a second and GPU of the published kernel profile.</summary>
    public const double DecodeKernelRate = 2324;

    /// <summary>Nodes that prefill at the published 73,700 tokens a second and node, hits included.</summary>
    public const int PrefillNodes = 95;

    /// <summary>Nodes that decode at the published 14,800 tokens a second and node.</summary>
    public const int DecodeNodes = 131;

    /// <summary>Coefficient of variation assumed of both lengths: the source gives none; production traces lie around 1.</summary>
    public const double LengthCv = 1;
    private const int PerNode = 8;
    private const int PrefillUnitNodes = 4;
    private const int DecodeUnitNodes = 18;

    /// <summary>Mean answer: prompts (in the day's ratio) and the answer made so far, weighted by answer length, must give the published mean KV.</summary>
    public static double MeanOutput =>
        MeanKv / ((InputTokens / OutputTokens) + ((1 + (LengthCv * LengthCv)) / 2));

    /// <summary>Mean prompt.</summary>
    public static double MeanInput => MeanOutput * InputTokens / OutputTokens;

    /// <summary>Requests of the day.</summary>
    public static double Requests => OutputTokens / MeanOutput;

    /// <summary>A decode unit: 18 nodes, experts dealt out over 144 GPUs, attention by data parallel, two half-batches in turn.</summary>
    public static Deployment DecodeUnit(CatalogView view) => Unit(view, DecodeUnitNodes);

    /// <summary>A prefill unit: 4 nodes, experts dealt out over 32 GPUs.</summary>
    public static Deployment PrefillUnit(CatalogView view) => Unit(view, PrefillUnitNodes);

    /// <summary>The laws of one GPU of each unit.</summary>
    /// <param name="view">The catalogue.</param>
    /// <param name="fitted">True for the shipped calibration, false for measured kernel times.</param>
    public static (IStepLaw Prefill, IStepLaw Decode) Laws(CatalogView view, bool fitted)
    {
        var prefill = StepLaw.Of(view, PrefillUnit(view), disaggregated: true);
        var decode = StepLaw.Of(view, DecodeUnit(view), disaggregated: true);
        if (fitted)
        {
            return (
                new UnitShare(prefill, PrefillUnitNodes * PerNode),
                new UnitShare(decode, DecodeUnitNodes * PerNode)
            );
        }
        // Memory and host work are those of the fitted law; the kernels know neither.
        return (
            new KernelTableLaw(
                view,
                decodes: false,
                prefill.KvCapacityTokens / prefill.Accelerators,
                prefill.Coefficients.HostSeconds
            ),
            new KernelTableLaw(
                view,
                decodes: true,
                decode.KvCapacityTokens / decode.Accelerators,
                decode.Coefficients.HostSeconds
            )
        );
    }

    /// <summary>Decode at the published speed: the largest batch of a GPU whose steps keep 21 tokens a second, and what it yields.</summary>
    /// <param name="decode">Law of a decode GPU.</param>
    /// <param name="tokensPerSecond">The speed of a user.</param>
    public static DecodeAtSpeed AtSpeed(
        IStepLaw decode,
        double tokensPerSecond = TokensPerSecondPerUser
    )
    {
        var (low, high) = (1, (int)(decode.KvCapacityTokens / MeanKv) + 1);
        while (high > low + 1)
        {
            var middle = (low + high) / 2;
            (low, high) =
                Step(decode, middle) <= 1 / tokensPerSecond ? (middle, high) : (low, middle);
        }
        return new DecodeAtSpeed(
            low,
            decode.KvCapacityTokens / MeanKv,
            Step(decode, low),
            low / Step(decode, low)
        );
    }

    /// <summary>One GPU whose decode batch is always full: a closed loop of requests whose prompts come ready from the store.</summary>
    /// <param name="decode">Law of a decode GPU.</param>
    /// <param name="sequences">The full batch.</param>
    public static FullBatch AtFullBatch(IStepLaw decode, int sequences)
    {
        var result = ServingSimulator.Run(
            decode,
            new ServingConfig
            {
                MaxSequences = sequences,
                TokensPerStep = 2 * sequences,
                ClosedLoopConcurrency = sequences,
                SeriesIntervalSeconds = 30,
            },
            new StoredShare(Traffic(1).ToSource(1, 40L * sequences), 1, 40L * sequences, null)
        );
        // All begin at once and the batch empties at the end; a mean over the middle is wanted.
        var from = result.Series.Running.Length / 4;
        var count = Math.Max(1, result.Series.Running.Length / 2);
        var running = result.Series.Running.Skip(from).Take(count).Average();
        var kv =
            result.Series.KvOccupancy.Skip(from).Take(count).Average() * decode.KvCapacityTokens;
        return new FullBatch(
            running / result.InterToken.Mean,
            running,
            1 / result.InterToken.Mean,
            kv / running
        );
    }

    /// <summary>The day's traffic in 24 hourly windows: a raised cosine whose peak over mean is that of the nodes in service (278 / 226.75), its low point at 04:00 and its peak at 16:00.</summary>
    /// <param name="scale">Share of the volume.</param>
    public static ClientMixture Traffic(double scale)
    {
        var amplitude = (PeakNodes / MeanNodes) - 1;
        var mean = Requests / 86_400 * scale;
        var windows = new ArrivalWindow[24];
        for (var hour = 0; hour < 24; hour++)
        {
            // The published day begins at noon.
            var clock = (hour + 12.5) % 24;
            var rate = mean * (1 + (amplitude * Math.Cos((clock - 16) / 24 * 2 * Math.PI)));
            windows[hour] = new ArrivalWindow(hour * 3600, rate);
        }
        return new ClientMixture([
            new MixtureClient(
                "day",
                windows,
                [
                    new LengthWindow(
                        0,
                        TokenLengths.LogNormal(MeanInput, LengthCv, 64_000),
                        TokenLengths.LogNormal(MeanOutput, LengthCv, 32_000)
                    ),
                ]
            ),
        ]);
    }

    /// <summary>Serves the day on the nodes that the published rates a node imply.</summary>
    /// <param name="view">The catalogue.</param>
    /// <param name="fitted">Which laws: <see cref="Laws"/>.</param>
    /// <param name="scale">Share of volume and nodes, 0.02 to 1.</param>
    /// <param name="decodeNodes">Decode nodes at full scale.</param>
    /// <param name="progress">Given the share of the requests done; null for none.</param>
    public static ServedDay Serve(
        CatalogView view,
        bool fitted,
        double scale,
        double decodeNodes = DecodeNodes,
        Action<double>? progress = null
    )
    {
        var (prefill, decode) = Laws(view, fitted);
        var speed = AtSpeed(decode, SlowestTokensPerSecond);
        var unit = PrefillUnit(view);
        // A node is eight GPUs that each run on their own; the router spreads requests over GPUs. Whole GPUs: a part is rounded up, as the peak leaves no slack.
        var prefillGpus = (int)Math.Ceiling(PrefillNodes * PerNode * scale);
        var decodeGpus = (int)Math.Ceiling(decodeNodes * PerNode * scale);
        var config = new ServingConfig
        {
            // At its peak the service runs its users at the lower end of the published speed.
            MaxSequences = (int)speed.SequencesPerGpu,
            TokensPerStep = unit.MaxBatchedTokens,
            Replicas = prefillGpus,
            Routing = RoutingPolicy.PowerOfTwo,
            Disaggregation = new Disaggregation(
                decodeGpus,
                0.005,
                Cases.InferenceReader.TransferTokensPerSecond(
                    unit,
                    Cases.InferenceReader.DefaultTransferGigabytesPerSecond
                )
            ),
            ServiceLevel = new ServiceLevel(TimePerOutputTokenSeconds: 1 / SlowestTokensPerSecond),
            SeriesIntervalSeconds = 600,
        };
        var traffic = Traffic(scale);
        var requests = (long)Math.Round(traffic.RequestsPerSecond * 86_400);
        var source = new StoredShare(
            traffic.ToSource(1, requests),
            HitTokens / InputTokens,
            requests,
            progress
        );
        var result = ServingSimulator.Run(prefill, config, source, decode);
        return new ServedDay(
            result,
            prefillGpus,
            decodeGpus,
            result.Tokens.Prefilled / result.Seconds / prefillGpus / PrefillKernelRate,
            result.Tokens.Output / result.Seconds / decodeGpus / DecodeKernelRate
        );
    }

    /// <summary>Nodes of each kind in each hour if both were sized anew for the same speed, without reserve.</summary>
    public static PlannedDay Plan(CatalogView view, bool fitted)
    {
        var (prefill, decode) = Laws(view, fitted);
        var tokens = PrefillUnit(view).MaxBatchedTokens;
        var computed = MeanInput * (1 - (HitTokens / InputTokens));
        // Each computed prompt token attends to the hits before it and half of its own chunk.
        var context = tokens * ((MeanInput * HitTokens / InputTokens) + (computed / 2));
        var shape = new BatchShape(0, 0, tokens, context);
        var prefillRate = tokens / prefill.Segment(shape).Seconds(0) * PerNode;
        var decodeRate = AtSpeed(decode).TokensPerSecondPerGpu * PerNode;
        var windows = Traffic(1).Clients[0].Windows;
        return new PlannedDay(
            [.. windows.Select(w => Math.Ceiling(w.RequestsPerSecond * computed / prefillRate))],
            [.. windows.Select(w => Math.Ceiling(w.RequestsPerSecond * MeanOutput / decodeRate))]
        );
    }

    private static Deployment Unit(CatalogView view, int nodes) =>
        new()
        {
            Accelerator = Accelerator.Of(view, "H800 SXM5"),
            Model = LanguageModel.Of(view, "DeepSeek-V3"),
            Engine = ServingEngine.Sglang,
            Precision = "fp8",
            KvPrecision = "bf16",
            AttentionDataParallel = nodes * PerNode,
            ExpertParallel = nodes * PerNode,
            MaxSequences = 256 * nodes * PerNode,
            MaxBatchedTokens = 4096,
            OverlapsCommunication = true,
        };

    private static double Step(IStepLaw law, int batch)
    {
        var shape = new BatchShape(batch, (long)(batch * MeanKv), 0, 0);
        return law.Segment(shape).Seconds(shape.KvTokens);
    }
}

/// <summary>Decode at the published speed.</summary>
/// <param name="SequencesPerGpu">Sequences at once on a GPU.</param>
/// <param name="SequencesThatFit">What the KV cache of a GPU would hold.</param>
/// <param name="StepSeconds">Time of a step.</param>
/// <param name="TokensPerSecondPerGpu">Answer tokens.</param>
public sealed record DecodeAtSpeed(
    double SequencesPerGpu,
    double SequencesThatFit,
    double StepSeconds,
    double TokensPerSecondPerGpu
);

/// <summary>A decode GPU with a full batch, in simulation.</summary>
/// <param name="TokensPerSecondPerGpu">Answer tokens.</param>
/// <param name="Sequences">Mean sequences in the batch.</param>
/// <param name="TokensPerSecondPerUser">Speed of a sequence.</param>
/// <param name="MeanKv">KV tokens held by a sequence.</param>
public sealed record FullBatch(
    double TokensPerSecondPerGpu,
    double Sequences,
    double TokensPerSecondPerUser,
    double MeanKv
)
{
    /// <summary>Decodes at once when the day's answer tokens are made at this rate and speed.</summary>
    public double Concurrent =>
        ProductionDay.OutputTokens / 86_400 / TokensPerSecondPerGpu * Sequences;
}

/// <summary>The day as served.</summary>
/// <param name="Result">Everything measured.</param>
/// <param name="PrefillGpus">GPUs that prefilled.</param>
/// <param name="DecodeGpus">GPUs that decoded.</param>
/// <param name="PrefillUtilisation">Computed prompt tokens a second and GPU over the kernel rate.</param>
/// <param name="DecodeUtilisation">Answer tokens a second and GPU over the kernel rate.</param>
public sealed record ServedDay(
    SimulationResult Result,
    int PrefillGpus,
    int DecodeGpus,
    double PrefillUtilisation,
    double DecodeUtilisation
);

/// <summary>Nodes by hour from the start of the day.</summary>
public sealed record PlannedDay(double[] PrefillNodes, double[] DecodeNodes)
{
    /// <summary>Mean nodes.</summary>
    public double Mean => PrefillNodes.Average() + DecodeNodes.Average();

    /// <summary>Most nodes in an hour.</summary>
    public double Peak => PrefillNodes.Zip(DecodeNodes, (p, d) => p + d).Max();

    /// <summary>Share that prefills.</summary>
    public double PrefillShare => PrefillNodes.Average() / Mean;
}
