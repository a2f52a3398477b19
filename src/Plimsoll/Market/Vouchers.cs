namespace Plimsoll.Market;

/// <summary>Compute vouchers as a budget-capped cut of the tenant's rent.</summary>
public static class Vouchers
{
    /// <summary>Demand that vouchers add: what the cut calls forth on the servers that the budget covers.</summary>
    /// <param name="wanted">Servers wanted without vouchers.</param>
    /// <param name="rent">Rent, money a server-month.</param>
    /// <param name="face">Share of the rent that a voucher pays, 0 to 1.</param>
    /// <param name="budgetPerMonth">Money a month.</param>
    /// <param name="elasticity">Price elasticity, negative.</param>
    /// <param name="pass">Share of the voucher that works like a lower rent, 0 to 1.</param>
    /// <returns>Servers, 0 or more; 0 at zero face value or zero budget.</returns>
    /// <remarks>The used hours that vouchers really add are far fewer than the hours that they pay for: the rest would have been rented anyway.</remarks>
    public static double Added(
        double wanted,
        double rent,
        double face,
        double budgetPerMonth,
        double elasticity,
        double pass
    )
    {
        if (face <= 0 || budgetPerMonth <= 0 || rent <= 0)
        {
            return 0;
        }
        var covered = Math.Min(wanted, budgetPerMonth / (face * rent));
        return covered * (Math.Exp(elasticity * Math.Log(1 - Math.Min(0.95, face * pass))) - 1);
    }
}
