namespace Plimsoll.Finance;

/// <summary>A cap bought on a part of floating debt, or a collar when it has a floor of its own.</summary>
/// <param name="Share">Share of the tranche that it covers, 0 to 1; beside what is swapped.</param>
/// <param name="Cap">Highest yearly base rate on that share.</param>
/// <param name="Floor">Lowest yearly base rate on that share, sold to pay for the cap; -1 for none.</param>
/// <param name="Premium">Paid at the first draw, a share of what is covered.</param>
public sealed record RateCap(double Share, double Cap, double Floor, double Premium)
{
    /// <summary>Base rate charged on the share.</summary>
    /// <param name="floating">Yearly base rate of the month, the tranche's own floor applied.</param>
    public double Charged(double floating) => Math.Max(Floor, Math.Min(Cap, floating));
}
