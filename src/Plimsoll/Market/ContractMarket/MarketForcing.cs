using Plimsoll.Quantities;

namespace Plimsoll.Market.ContractMarket;

/// <summary>What a contract run is given month by month, beside the member's parameters; arrays have one entry a month and equal length.</summary>
public sealed record MarketForcing
{
    /// <summary>First month.</summary>
    public required Month Start { get; init; }

    /// <summary>Demand at reference rents.</summary>
    public required DemandLevels[] Demand { get; init; }

    /// <summary>Log of the reference rent of the H tier, money a server-month.</summary>
    public required double[] LogReference { get; init; }

    /// <summary>Log of the world's rent of the H tier, money of the market a server-month; NaN where there is none.</summary>
    public required double[] LogWorld { get; init; }

    /// <summary>The dated push to build, 0 to 1.</summary>
    public required double[] Push { get; init; }

    /// <summary>State of the export rules: 0 before October 2023, 1 after.</summary>
    public required double[] Rule { get; init; }

    /// <summary>Change of log rent a month that no mechanism explains, by tier.</summary>
    public required double[][] RentShock { get; init; }

    /// <summary>Elasticity of inference demand to rent; 0 where tokens are given.</summary>
    public required double[] TokenElasticity { get; init; }

    /// <summary>Voucher budget of the nation, money a month.</summary>
    public required double[] VoucherBudget { get; init; }

    /// <summary>Share of rent that a voucher pays, 0 to 1.</summary>
    public double VoucherFace { get; init; }

    /// <summary>Most that a voucher pays of one contract, money; infinite without a cap.</summary>
    public double VoucherCap { get; init; } = double.PositiveInfinity;

    /// <summary>What a server of each tier is worth against one of the H tier.</summary>
    public required TierTerms Tiers { get; init; }

    /// <summary>Energised power: servers of eight H accelerators, or their like in power, that it feeds; what is finished beyond it waits. Infinite where power does not bind.</summary>
    public double Power { get; init; } = double.PositiveInfinity;

    /// <summary>Log rent of the H tier imposed by an imported price curve; NaN where the market forms it. Null for none.</summary>
    public double[]? LogImposed { get; init; }

    /// <summary>Months.</summary>
    public int Months => Demand.Length;

    /// <summary>The forcing of a draw: the same backdrop that its mean field reads.</summary>
    /// <param name="givens">The dated facts.</param>
    /// <param name="backdrop">The series of the draw.</param>
    /// <param name="values">Parameters of the member.</param>
    /// <param name="off">Mechanisms switched off.</param>
    public static MarketForcing Of(
        MarketGivens givens,
        MarketBackdrop backdrop,
        double[] values,
        Mechanisms off = Mechanisms.None
    )
    {
        var months = backdrop.Months;
        var reference = Math.Log(values[(int)Parameter.ReferenceRent]);
        var demand = new DemandLevels[months];
        var references = new double[months];
        var elasticity = new double[months];
        for (var m = 0; m < months; m++)
        {
            demand[m] = Market.Demand.At(values, backdrop, m, off);
            references[m] = reference - backdrop.LogObsolescence[m];
            elasticity[m] =
                m < backdrop.GivenTokenMonths ? 0 : values[(int)Parameter.TokenElasticity];
        }
        return new MarketForcing
        {
            Start = givens.Start,
            Demand = demand,
            LogReference = references,
            LogWorld = backdrop.LogWorldRent,
            Push = backdrop.Push,
            Rule = backdrop.Rule,
            RentShock = backdrop.RentShock,
            TokenElasticity = elasticity,
            VoucherBudget = backdrop.VoucherBudget,
            VoucherFace = backdrop.VoucherFace,
            Tiers = givens.Tiers,
        };
    }
}
