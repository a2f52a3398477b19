namespace Plimsoll.Serving;

/// <summary>What requests look like.</summary>
/// <param name="InputTokens">Mean prompt length.</param>
/// <param name="OutputTokens">Mean answer length.</param>
/// <param name="CacheHitShare">Share of prompt tokens found in the prefix cache, 0 to 1.</param>
/// <param name="ArrivalCv">Standard deviation of the gaps over their mean.</param>
public readonly record struct RequestShape(
    double InputTokens,
    double OutputTokens,
    double CacheHitShare,
    double ArrivalCv
);
