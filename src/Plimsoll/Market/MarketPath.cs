namespace Plimsoll.Market;

/// <summary>One market over time: what a centre meets in it. Index [tier][month]; tiers 0 H, 1 A, 2 D.</summary>
public sealed class MarketPath
{
    /// <summary>Room for some months.</summary>
    public MarketPath(int months)
    {
        Months = months;
        double[][] Tiers() => [new double[months], new double[months], new double[months]];
        Quote = Tiers();
        Rent = Tiers();
        Capacity = Tiers();
        Let = Tiers();
        Demand = Tiers();
        Signed = Tiers();
        TrainingShare = new double[months];
        Projects = new double[months];
        Completed = new double[months];
        Cancelled = new double[months];
        Reference = new double[months];
        World = new double[months];
    }

    /// <summary>Names of the tiers.</summary>
    public static IReadOnlyList<string> TierNames { get; } = ["H", "A", "D"];

    /// <summary>Months from the market's start.</summary>
    public int Months { get; }

    /// <summary>Quoted rent, money a server-month.</summary>
    public double[][] Quote { get; }

    /// <summary>Rent of contracts signed now, money a server-month.</summary>
    public double[][] Rent { get; }

    /// <summary>Merchant servers in service.</summary>
    public double[][] Capacity { get; }

    /// <summary>Servers let.</summary>
    public double[][] Let { get; }

    /// <summary>Servers wanted at the rent of the month.</summary>
    public double[][] Demand { get; }

    /// <summary>Servers newly signed or signed again in the month.</summary>
    public double[][] Signed { get; }

    /// <summary>Share of demand that is training, 0 to 1.</summary>
    public double[] TrainingShare { get; }

    /// <summary>Projects built and building.</summary>
    public double[] Projects { get; }

    /// <summary>Projects completed.</summary>
    public double[] Completed { get; }

    /// <summary>Projects cancelled since the start.</summary>
    public double[] Cancelled { get; }

    /// <summary>Reference rent of the H class, money a server-month.</summary>
    public double[] Reference { get; }

    /// <summary>The world's rent of the H class, money a server-month.</summary>
    public double[] World { get; }

    /// <summary>Share of capacity let over all tiers in a month, 0 to 1; NaN when there is none.</summary>
    public double Lit(int month)
    {
        var capacity = Capacity[0][month] + Capacity[1][month] + Capacity[2][month];
        return capacity > 0
            ? (Let[0][month] + Let[1][month] + Let[2][month]) / capacity
            : double.NaN;
    }
}
