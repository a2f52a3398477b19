namespace Plimsoll.Market.ContractMarket;

/// <summary>How contracts end, are renewed, renegotiated and broken; one rule for every centre.</summary>
internal static class TenancyRules
{
    /// <summary>Chance that a tenant who still needs the servers signs again where it is.</summary>
    /// <param name="terms">Constants.</param>
    /// <param name="capability">Of the operator, 0 to 1.</param>
    /// <param name="logAsk">Log of the centre's ask over the market.</param>
    public static double Stay(ContractTerms terms, double capability, double logAsk) =>
        Math.Clamp(terms.Stay + (0.3 * (capability - 0.5)) - logAsk, 0.05, 0.97);

    /// <summary>Chance a month that a contract is broken.</summary>
    /// <param name="terms">Constants.</param>
    /// <param name="own">The contract's own hazard.</param>
    /// <param name="gap">Log of its price over the market, 0 or more.</param>
    public static double Breach(ContractTerms terms, double own, double gap) =>
        own + (terms.BreachSlope * gap);

    /// <summary>Chance a month that its price is cut half-way to the market.</summary>
    public static double Renegotiation(ContractTerms terms, double gap) =>
        terms.RenegotiationSlope * gap;
}
