namespace Plimsoll.Market;

/// <summary>What one server of each tier is worth against a server of the H tier, by published specifications.</summary>
/// <param name="Compute">FP16 arithmetic over that of the H tier.</param>
/// <param name="Bandwidth">Memory bandwidth over that of the H tier.</param>
/// <param name="Power">Board power over that of the H tier.</param>
/// <param name="Price">Price of a new server over that of the H tier.</param>
public sealed record TierTerms(
    double[] Compute,
    double[] Bandwidth,
    double[] Power,
    double[] Price
);
