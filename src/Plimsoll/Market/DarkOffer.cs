namespace Plimsoll.Market;

/// <summary>What owners offer: capacity whose avoidable cost the rent covers. The rest stays dark.</summary>
/// <remarks>Lay-up in shipping (Mossin, 1968; Stopford, Maritime Economics, ch. 4): a ship is laid up below its avoidable cost.</remarks>
public static class DarkOffer
{
    /// <summary>Share of eligible capacity that is offered at a rent: owners differ in cost by a logistic spread.</summary>
    /// <param name="logRent">Log of rent.</param>
    /// <param name="logAvoidable">Log of the median owner's avoidable cost.</param>
    /// <param name="spread">Scale of the spread in logs, 0 or more; 0 for owners all alike.</param>
    /// <returns>0 to 1; at spread 0 either 0 or 1.</returns>
    public static double Share(double logRent, double logAvoidable, double spread)
    {
        var gap = logRent - logAvoidable;
        return spread > 0 ? 1 / (1 + Math.Exp(-gap / spread))
            : gap >= 0 ? 1
            : 0;
    }

    /// <summary>Avoidable cost of a server of a tier, by its power: energy is most of it.</summary>
    /// <param name="ofTopTier">Avoidable cost of an H server, money a month.</param>
    /// <param name="powerRatio">Power of the tier's server over that of the H server.</param>
    public static double Cost(double ofTopTier, double powerRatio) =>
        ofTopTier * (0.25 + (0.75 * powerRatio));
}
