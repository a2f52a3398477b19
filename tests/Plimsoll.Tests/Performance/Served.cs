using Plimsoll.Catalog;
using Plimsoll.Performance;

namespace Plimsoll.Tests.Performance;

/// <summary>Models and deployments written out, so that these tests do not move with the catalogue.</summary>
internal static class Served
{
    public static CatalogView View { get; } =
        FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));

    public static LanguageModel Llama8B { get; } =
        new()
        {
            Name = "Llama-3.1-8B",
            Family = "llama",
            Layers = 32,
            Hidden = 4096,
            Heads = 32,
            KvHeads = 8,
            HeadSize = 128,
            ValueHeadSize = 128,
            FeedForward = 14336,
            Vocabulary = 128256,
            MaxContext = 131072,
        };

    public static LanguageModel Llama70B { get; } =
        Llama8B with
        {
            Name = "Llama-3.1-70B",
            Layers = 80,
            Hidden = 8192,
            Heads = 64,
            FeedForward = 28672,
        };

    public static LanguageModel DeepSeekV3 { get; } =
        new()
        {
            Name = "DeepSeek-V3",
            Family = "deepseek-v3",
            Layers = 61,
            Hidden = 7168,
            Heads = 128,
            KvHeads = 1,
            HeadSize = 192,
            ValueHeadSize = 128,
            FeedForward = 18432,
            Vocabulary = 129280,
            Attention = AttentionKind.Latent,
            KvLatentRank = 512,
            QueryLatentRank = 1536,
            RotaryHeadSize = 64,
            Experts = 256,
            ActiveExperts = 8,
            SharedExperts = 1,
            ExpertFeedForward = 2048,
            DenseLayers = 3,
            WeightPrecision = "fp8",
            MaxContext = 163840,
        };

    public static LanguageModel GptOss { get; } =
        new()
        {
            Name = "gpt-oss-120b",
            Family = "gpt-oss",
            Layers = 36,
            Hidden = 2880,
            Heads = 64,
            KvHeads = 8,
            HeadSize = 64,
            ValueHeadSize = 64,
            FeedForward = 2880,
            Vocabulary = 201088,
            Experts = 128,
            ActiveExperts = 4,
            ExpertFeedForward = 2880,
            SlidingWindow = 128,
            SlidingLayers = 18,
            WeightPrecision = "mxfp4",
            MaxContext = 131072,
        };

    public static Deployment On(string chip, LanguageModel model, int tensorParallel = 1) =>
        new()
        {
            Accelerator = Accelerator.Of(View, chip),
            Model = model,
            Engine = ServingEngine.Vllm,
            TensorParallel = tensorParallel,
        };

    public static StepLaw Prior(Deployment deployment) => StepLaw.Of(Calibration.Prior, deployment);
}
