namespace Plimsoll.Finance;

/// <summary>The occupancy at which rent pays for what must be paid, per server or per fleet.</summary>
public static class BreakEven
{
    /// <summary>Share of time that must be let for rent to cover fixed cost, debt service and the cost due only when let.</summary>
    /// <param name="rent">Money a month when let.</param>
    /// <param name="dueAlways">Running cost a month due let or not.</param>
    /// <param name="dueWhenLet">Running cost a month due only when let.</param>
    /// <param name="debtService">Debt service a month; 0 for the operating break-even.</param>
    /// <returns>A share; above 1 means never. Refused when each let month loses money.</returns>
    public static Figure Occupancy(
        double rent,
        double dueAlways,
        double dueWhenLet,
        double debtService
    )
    {
        var margin = rent - dueWhenLet;
        return margin > 0
            ? Figure.Of((dueAlways + debtService) / margin)
            : Figure.Refused("each month let costs more than its rent");
    }
}
