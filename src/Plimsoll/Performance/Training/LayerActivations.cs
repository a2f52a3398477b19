using Plimsoll.Catalog;

namespace Plimsoll.Performance.Training;

/// <summary>Bytes of activations that one token leaves in one layer for the backward pass.</summary>
/// <param name="Whole">Held by each accelerator of a tensor group: norms, residuals, dropout masks.</param>
/// <param name="Cut">Cut by tensor parallelism: projections, feed-forward.</param>
/// <param name="Scores">Attention scores, cut by tensor parallelism; kept only by unfused attention.</param>
/// <param name="NeededWhole">What of the first stays when everything cheap is computed again: the inputs of the two norms.</param>
/// <param name="NeededCut">What of the second stays: projections' inputs, latents instead of their keys and values, feed-forward before its activation function.</param>
/// <remarks>
/// Korthikanti et al. 2022, equation 1: s b h (10 + 24/t + 5 a s / (h t)) bytes for a plain GPT layer, two of the ten for dropout masks. The 24 are 8 for query, key, value and the input
/// of the output projection, and 16 for a feed-forward four times as wide with two matrices; written here by part, so that grouped heads, gates, latents and experts follow.
/// </remarks>
public readonly record struct LayerActivations(
    double Whole,
    double Cut,
    double Scores,
    double NeededWhole,
    double NeededCut
)
{
    private const double _norms = 8;
    private const double _normInputs = 4;
    private const double _masks = 2;

    // One byte of dropout mask, two of softmax output, two of dropout output, per head and attended token.
    private const double _scoreBytes = 5;

    /// <summary>Counts a model's layer at a sequence length; layers of a mixture are averaged with its dense ones.</summary>
    public static LayerActivations Of(LanguageModel model, int sequenceLength)
    {
        double hidden = model.Hidden;
        double heads = model.Heads;
        double value = model.ValueHeadSize > 0 ? model.ValueHeadSize : model.HeadSize;
        var latent = model.Attention == AttentionKind.Latent;
        var key =
            latent && model.HeadSize <= value
                ? model.HeadSize + model.RotaryHeadSize
                : (double)model.HeadSize;
        // Training expands latents, so keys and values of all heads are kept.
        var keysAndValues = (latent ? heads : model.KvHeads) * (key + value);
        var attention = 2 * ((heads * key) + keysAndValues + (heads * value));
        double mixture = model.Experts > 0 ? model.Layers - model.DenseLayers : 0;
        var share = mixture / model.Layers;
        var visited = model.ActiveExperts + model.SharedExperts;
        // Two matrices keep their input and output; a gate adds one vector of each kind.
        var dense = 2.0 * model.FeedForwardMatrices * model.FeedForward;
        var experts = 2.0 * model.FeedForwardMatrices * model.ExpertFeedForward * visited;
        var feedForward = ((1 - share) * dense) + (share * experts);
        // Tokens sent to experts are kept once per expert visited.
        var dispatched = share * 2 * hidden * model.ActiveExperts;
        var window =
            model.SlidingWindow > 0
                ? Math.Min(model.SlidingWindow, sequenceLength)
                : sequenceLength;
        var seen =
            (
                ((model.Layers - model.SlidingLayers - model.LinearLayers) * (double)sequenceLength)
                + (model.SlidingLayers * (double)window)
            ) / model.Layers;
        // The plain GPT design drops out; designs since LLaMA do not.
        var masks = model.Family == "gpt" ? _masks : 0;
        var latents = latent
            ? 2
                * (
                    model.QueryLatentRank
                    + model.KvLatentRank
                    + model.RotaryHeadSize
                    + (heads * value)
                )
            : attention;
        // A gate's product, or the output of an activation function, follows from what stands before it.
        var before = feedForward * (model.FeedForwardMatrices - 1) / model.FeedForwardMatrices;
        return new LayerActivations(
            ((_norms + masks) * hidden) + dispatched,
            attention + feedForward,
            _scoreBytes * heads * seen,
            ((_normInputs + masks) * hidden) + dispatched,
            latents + before
        );
    }
}
