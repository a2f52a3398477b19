using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;

namespace Plimsoll.Benchmarks;

/// <summary>The installations and workloads on which the serving simulator is timed.</summary>
public static class ServingCases
{
    /// <summary>Llama-3.1 8B in BF16 under vLLM on one H100, with the shipped calibration.</summary>
    public static StepLaw Dense8B { get; } =
        Law("H100 SXM5", "Llama-3.1 8B", "bf16", tensor: 1, attentionData: 1, expert: 1);

    /// <summary>DeepSeek-R1 in FP8 under SGLang on eight H200, attention by data parallel, experts dealt out.</summary>
    public static StepLaw Mixture { get; } =
        Law("H200 SXM", "DeepSeek-R1", "fp8", tensor: 1, attentionData: 8, expert: 8);

    public static readonly ServiceLevel Level = new(2, 0.05);

    public static ServingConfig Config(
        PrefixCacheMode cache = PrefixCacheMode.None,
        int replicas = 1
    ) =>
        new()
        {
            MaxSequences = 256,
            TokensPerStep = 2048,
            PrefixCache = cache,
            Replicas = replicas,
            Routing = RoutingPolicy.PowerOfTwo,
            ServiceLevel = Level,
        };

    private static StepLaw Law(
        string chip,
        string model,
        string precision,
        int tensor,
        int attentionData,
        int expert
    )
    {
        var view = FactCatalog.Shipped().AsOf(new DateOnly(2025, 3, 31));
        return StepLaw.Of(
            view,
            new Deployment
            {
                Accelerator = Accelerator.Of(view, chip),
                Model = LanguageModel.Of(view, model),
                Engine = expert > 1 ? ServingEngine.Sglang : ServingEngine.Vllm,
                Precision = precision,
                TensorParallel = tensor,
                AttentionDataParallel = attentionData,
                ExpertParallel = expert,
                MaxSequences = 256,
                MaxBatchedTokens = 2048,
            }
        );
    }

    /// <summary>Highest rate at which 99 % of the requests keep the service level, by bisection.</summary>
    public static double Goodput(
        IStepLaw law,
        Func<double, IRequestSource> source,
        ServingConfig config
    )
    {
        var (low, high) = (0.1, 2.0);
        while (Keeps(high))
        {
            (low, high) = (high, high * 2);
        }
        while (high > low * 1.01)
        {
            var middle = (low + high) / 2;
            (low, high) = Keeps(middle) ? (middle, high) : (low, middle);
        }
        return low;

        bool Keeps(double rate) =>
            ServingSimulator.Run(law, config, source(rate)).Attainment >= 0.99;
    }

    /// <summary>Reads a source into memory, so that its cost is not timed.</summary>
    public static RequestList Load(IRequestSource source, int count)
    {
        var requests = new Request[count];
        var pieces = new List<PrefixPiece>();
        var buffer = new Request[4096];
        var at = 0;
        while (source.Read(buffer) is > 0 and var read)
        {
            for (var i = 0; i < read; i++)
            {
                var request = buffer[i];
                requests[at++] = request with { PrefixStart = pieces.Count };
                pieces.AddRange(source.Prefixes.Slice(request.PrefixStart, request.PrefixCount));
            }
        }
        return new RequestList(requests, pieces.ToArray());
    }
}
