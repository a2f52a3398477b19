namespace Plimsoll.Decisions.Lending;

/// <summary>The amount asked for, split by what carries it; the parts add up to it. Money at month 0.</summary>
/// <param name="Asked">Amount asked for.</param>
/// <param name="Contracts">Carried by signed contracts: the contracted debt capacity where it was sought, else their cash at target cover in the middle draw.</param>
/// <param name="Merchant">Carried beyond that by all cash at target cover in nine draws in ten.</param>
/// <param name="Resale">Carried beyond that by the orderly liquidation value at maturity in nine draws in ten.</param>
/// <param name="Nothing">The rest.</param>
public sealed record AmountSplit(
    double Asked,
    double Contracts,
    double Merchant,
    double Resale,
    double Nothing
)
{
    /// <summary>Splits the amount.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="whole">The loan on all cash.</param>
    /// <param name="contracted">The loan on signed contracts alone; null where none is signed.</param>
    /// <param name="asked">Amount asked for, where the loan looked at is another one; NaN for the loan's own.</param>
    /// <param name="capacity">Largest loan that passes the rule on signed contracts alone; NaN where it was not sought.</param>
    public static AmountSplit Of(
        LendingRule rule,
        LenderDraws whole,
        LenderDraws? contracted,
        double capacity = double.NaN,
        double asked = double.NaN
    )
    {
        var loan = whole.Loan;
        var amount = double.IsNaN(asked) ? loan.Amount : asked;
        var left = amount;
        var contracts = Take(
            !double.IsNaN(capacity) ? capacity
                : contracted is null ? 0
                : Middle(contracted) / rule.TargetCover,
            ref left
        );
        var merchant = Take(
            (Bad(whole, whole.AvailableValue) / rule.TargetCover) - contracts,
            ref left
        );
        var resale = Take(
            rule.BalloonShare
                * rule.OrderlyShare
                * Bad(whole, whole.FairAtMaturity)
                * loan.Discount(loan.MaturityMonth + 1),
            ref left
        );
        return new AmountSplit(amount, contracts, merchant, resale, left);
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
