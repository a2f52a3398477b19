namespace Plimsoll.Serving.Offload;

/// <summary>What one tier of KV did in a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Loads">Requests that loaded from it.</param>
/// <param name="Tokens">Prompt tokens loaded.</param>
/// <param name="MeanLoadSeconds">From the request's arrival at its replica to the end of its load, waiting for the link included; 0 without loads.</param>
/// <param name="LinkSeconds">Time in which links of it were busy, all replicas together.</param>
/// <param name="PeakTokens">Most KV tokens that one store of it held; 0 when its share was given.</param>
public sealed record TierResult(
    string Name,
    long Loads,
    long Tokens,
    double MeanLoadSeconds,
    double LinkSeconds,
    long PeakTokens
);
