namespace Plimsoll.Decisions.Lending;

/// <summary>The amount asked for, split by what carries it; the parts add up to it. Money at month 0.</summary>
/// <remarks>
/// Every part is an estimate over the draws, without sampling error. Contracts count in the middle draw and all cash in nine draws of ten, so
/// that a centre let whole beyond maturity leaves nothing to the market.
/// </remarks>
/// <param name="Asked">Amount asked for.</param>
/// <param name="Contracts">Carried by contracts signed today: their cash at target cover in the middle draw.</param>
/// <param name="ToBeSigned">Carried beyond that by leases which a condition of the loan asks for and nobody has signed yet, in the same way.</param>
/// <param name="Merchant">Carried beyond that by all cash at target cover in nine draws in ten.</param>
/// <param name="Resale">Carried beyond that by the orderly liquidation value at maturity in nine draws in ten.</param>
/// <param name="Nothing">The rest.</param>
public sealed record AmountSplit(
    double Asked,
    double Contracts,
    double ToBeSigned,
    double Merchant,
    double Resale,
    double Nothing
)
{
    /// <summary>Splits the amount.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="whole">The loan on all cash.</param>
    /// <param name="signed">The loan on contracts signed today alone; null where none is.</param>
    /// <param name="let">The same with the leases that its conditions ask for; <paramref name="signed"/> where they ask for none.</param>
    /// <param name="asked">Amount asked for, where the loan looked at is another one; NaN for the loan's own.</param>
    public static AmountSplit Of(
        LendingRule rule,
        LenderDraws whole,
        LenderDraws? signed,
        LenderDraws? let,
        double asked = double.NaN
    )
    {
        var loan = whole.Loan;
        var amount = double.IsNaN(asked) ? loan.Amount : asked;
        var left = amount;
        double Carried(LenderDraws? draws) =>
            draws is null ? 0 : Math.Max(0, Middle(draws)) / rule.TargetCover;
        var contracts = Take(Carried(signed), ref left);
        var open = Take(Carried(let) - contracts, ref left);
        var merchant = Take(
            (Bad(whole, whole.AvailableValue) / rule.TargetCover)
                - Math.Max(Carried(signed), Carried(let)),
            ref left
        );
        var resale = Take(
            rule.BalloonShare
                * rule.OrderlyShare
                * Bad(whole, whole.FairAtMaturity)
                * loan.Discount(loan.MaturityMonth + 1),
            ref left
        );
        return new AmountSplit(amount, contracts, open, merchant, resale, left);
    }

    private static double Take(double carried, ref double left)
    {
        var taken = Math.Clamp(carried, 0, Math.Max(0, left));
        left -= taken;
        return taken;
    }

    private static double Middle(LenderDraws draws) => Quantile(draws, draws.AvailableValue, 0.5);

    private static double Bad(LenderDraws draws, double[] values) => Quantile(draws, values, 0.1);

    /// <summary>The value that a share of the draws falls short of.</summary>
    private static double Quantile(LenderDraws draws, double[] values, double share)
    {
        var sorted = draws.Sound.Select(i => values[i]).Order().ToArray();
        return sorted.Length == 0 ? 0 : Plimsoll.Risk.Spread.Quantile(sorted, share);
    }
}
