using Plimsoll.Market.SecondHand;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.ContractMarket;

/// <summary>What clearing one centre takes from outside its plan.</summary>
/// <param name="World">The market it enters.</param>
/// <param name="Scenario">The stresses on the centre.</param>
/// <param name="Currency">Currency of the market.</param>
/// <param name="Fleets">Its fleets, those of one kind together; in an order that does not depend on the plan's.</param>
/// <param name="TokenPrice">Price of a million output tokens at the vintage, for a plan that names no tokens of its own.</param>
/// <param name="Voucher">Voucher scheme of its tenants; null for none.</param>
/// <param name="Scheme">Index of that scheme in the world, whose budget it shares with the other centres; -1 where the world does not hold it.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Draw">Draw of the study: the centre's own luck, beside the market's.</param>
/// <param name="Counterparties">What becomes of tenants and operators.</param>
internal sealed record PlanTerms(
    MarketWorld World,
    MarketScenario Scenario,
    Currency Currency,
    IReadOnlyList<PoolTerms> Fleets,
    double TokenPrice,
    VoucherTerms? Voucher,
    int Scheme,
    ulong Seed,
    int Draw,
    DrawnCounterparties Counterparties
);

/// <summary>Fleets that nothing but their dates tells apart.</summary>
/// <param name="Fleets">The fleets: one chip, server, fabric, running cost and capability.</param>
/// <param name="Tier">Tier of the chip.</param>
/// <param name="Chip">What the chip is worth in its tier.</param>
/// <param name="Policy">The owner's rule for them.</param>
internal sealed record PoolTerms(
    IReadOnlyList<FleetPlan> Fleets,
    Tier Tier,
    ChipTerms Chip,
    IPolicy Policy
);

/// <summary>What a chip is worth beside the chip that its tier is counted in, in one draw.</summary>
/// <param name="Quality">Accelerators of the tier's reference chip whose work one of it does, more than 0.</param>
/// <param name="LogShift">Log of the rent of the chip over that of the tier's stock as its laws move it, by month of the market.</param>
/// <param name="LogSpotShift">The same of the price by the hour.</param>
/// <param name="Used">What a used one fetches; null where prices follow the laws alone.</param>
internal sealed record ChipTerms(
    double Quality,
    double[] LogShift,
    double[] LogSpotShift,
    UsedChip? Used
)
{
    /// <summary>The reference chip at the level of the laws.</summary>
    public static ChipTerms Reference(int months) =>
        new(1, new double[months], new double[months], null);
}

/// <summary>What a used chip fetches in one draw.</summary>
/// <param name="Law">By age, lot and glut.</param>
/// <param name="PerDollar">Money of the market for a dollar on the day of decision, with the accelerator's share of its server.</param>
/// <param name="LogRents">Log of the chip's rent over that at the decision, by month of the market.</param>
/// <param name="Rent">Rent of the chip at the decision, money an accelerator-hour.</param>
/// <param name="Appraised">What the user holds the mean to be; null for none.</param>
internal sealed record UsedChip(
    ResaleDraw Law,
    double PerDollar,
    double[] LogRents,
    double Rent,
    UsedLevel? Appraised
)
{
    /// <summary>Factor on the value of a chip that nobody quotes second-hand: what a buyer earns with it, let to the last hour at the rent of the decision, draws the price by age down. 1 where it is quoted.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="ageMonths">Age, at least 0.</param>
    /// <param name="avoidable">Running cost of an accelerator a month while let.</param>
    public double Earning(Parameters p, double ageMonths, double avoidable)
    {
        if (Law.Quoted)
        {
            return 1;
        }
        var worn = PerDollar * Law.Fair(ageMonths, 0);
        return ServerPrices.ByEarnings(
                p,
                worn,
                PerDollar * Math.Exp(Law.LogScrap),
                (Rent * CentreFrame.HoursPerMonth) - avoidable,
                ageMonths
            ) / worn;
    }

    /// <summary>Fair value of one, money of the market.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="month">Month of the market.</param>
    /// <param name="online">Month of the market from which it ages.</param>
    /// <param name="avoidable">Running cost of an accelerator a month while let.</param>
    public double Fair(Parameters p, int month, int online, double avoidable)
    {
        double age = Math.Max(0, month - online);
        return PerDollar
            * Law.Fair(age, LogRents[month], Appraised?.Shift(month, online, avoidable) ?? 0)
            * Earning(p, age, avoidable);
    }
}
