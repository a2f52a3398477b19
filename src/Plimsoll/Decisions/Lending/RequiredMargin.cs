namespace Plimsoll.Decisions.Lending;

/// <summary>What a lender must earn a year on a loan, and what it earns.</summary>
/// <param name="ExpectedLoss">Expected loss a year, share of the debt outstanding.</param>
/// <param name="TailCharge">Charge a year for capital held against the tail, share of the loan.</param>
/// <param name="Fees">Up-front fees spread over the life of the loan, a year.</param>
/// <param name="Offered">Margin offered, a year.</param>
/// <param name="Floor">Lowest margin that pays for funding, liquidity and capital, a year.</param>
public readonly record struct RequiredMargin(
    double ExpectedLoss,
    double TailCharge,
    double Fees,
    double Offered,
    double Floor
)
{
    /// <summary>Margin that would just pay for the risk, and never less than the floor, a year.</summary>
    public double Required => Math.Max(Floor, ExpectedLoss + TailCharge - Fees);

    /// <summary>Margin offered over the one required.</summary>
    public double Headroom => Offered - Required;

    /// <summary>From losses and the rule.</summary>
    /// <param name="tail">Losses.</param>
    /// <param name="lifeYears">Weighted life of the loan, years, more than 0.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="loan">The loan.</param>
    public static RequiredMargin Of(
        LossTail tail,
        double lifeYears,
        LendingRule rule,
        LoanTerms loan
    ) =>
        new(
            tail.Expected / lifeYears,
            rule.TailCharge * tail.Tail,
            loan.UpfrontFee / lifeYears,
            loan.Margin,
            rule.MarginFloor
        );
}
