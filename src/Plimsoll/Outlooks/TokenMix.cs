namespace Plimsoll.Outlooks;

/// <summary>What one output token of a service brings: the input tokens that come with it, and the list prices of the model.</summary>
/// <param name="InputPerOutput">Input tokens for each output token, 0 or more.</param>
/// <param name="CachedShare">Share of the input tokens found in the cache, 0 to 1.</param>
/// <param name="InputPrice">Money for a million input tokens that miss the cache, at list.</param>
/// <param name="CachedPrice">Money for a million input tokens that hit it.</param>
/// <param name="OutputPrice">Money for a million output tokens.</param>
/// <param name="Discount">Share taken off the list by quantity and competition, 0 to 1.</param>
public sealed record TokenMix(
    double InputPerOutput,
    double CachedShare,
    double InputPrice,
    double CachedPrice,
    double OutputPrice,
    double Discount
)
{
    /// <summary>Money taken with a million output tokens and the input that came with them, discount taken off.</summary>
    public double PerMillionOutput =>
        (1 - Discount)
        * (
            OutputPrice
            + (InputPerOutput * (((1 - CachedShare) * InputPrice) + (CachedShare * CachedPrice)))
        );
}
