namespace Plimsoll.Market;

/// <summary>One market over time: what a centre meets in it. Index [tier][month]; tiers 0 H, 1 A, 2 D.</summary>
/// <remarks>Room is made once; a run overwrites all of it, so that one path serves many runs.</remarks>
public sealed class MarketPath
{
    /// <summary>Room for some months.</summary>
    public MarketPath(int months)
    {
        Months = months;
        double[][] Tiers() => [new double[months], new double[months], new double[months]];
        Quote = Tiers();
        Rent = Tiers();
        Spot = Tiers();
        Capacity = Tiers();
        Offered = Tiers();
        Let = Tiers();
        Demand = Tiers();
        Signed = Tiers();
        SecondHand = Tiers();
        SaleFlow = Tiers();
        StockRent = new double[Segment.Stocks][];
        StockLet = new double[Segment.Stocks][];
        StockOffered = new double[Segment.Stocks][];
        for (var s = 0; s < Segment.Stocks; s++)
        {
            StockRent[s] = new double[months];
            StockLet[s] = new double[months];
            StockOffered[s] = new double[months];
        }
        Needs = new double[Segment.Needs][];
        for (var n = 0; n < Segment.Needs; n++)
        {
            Needs[n] = new double[months];
        }
        TrainingShare = new double[months];
        Projects = new double[months];
        Begun = new double[months];
        Completed = new double[months];
        Cancelled = new double[months];
        Reference = new double[months];
        World = new double[months];
        NewPrice = new double[months];
        TokenUse = new double[months];
        Usable = new double[months];
        AtBound = new int[months];
        Compute = [1, 1, 1];
    }

    /// <summary>Names of the tiers.</summary>
    public static IReadOnlyList<string> TierNames { get; } = ["H", "A", "D"];

    /// <summary>Months from the market's start.</summary>
    public int Months { get; }

    /// <summary>Quoted rent, money a server-month; NaN while the tier is absent.</summary>
    public double[][] Quote { get; }

    /// <summary>Rent of contracts signed now, money a server-month; NaN in a month in which nothing is signed.</summary>
    public double[][] Rent { get; }

    /// <summary>Spot rent, money a server-month; NaN while the tier is absent.</summary>
    public double[][] Spot { get; }

    /// <summary>Merchant servers in service.</summary>
    public double[][] Capacity { get; }

    /// <summary>Servers eligible and offered, let ones included.</summary>
    public double[][] Offered { get; }

    /// <summary>Servers let.</summary>
    public double[][] Let { get; }

    /// <summary>Servers wanted at the rent of the month.</summary>
    public double[][] Demand { get; }

    /// <summary>Servers newly signed or signed again in the month.</summary>
    public double[][] Signed { get; }

    /// <summary>Second-hand price of a two-year-old server, money.</summary>
    public double[][] SecondHand { get; }

    /// <summary>Share of the tier's stock that is sold off in the month.</summary>
    public double[][] SaleFlow { get; }

    /// <summary>Rent by stock (tier x reach), money a server-month.</summary>
    public double[][] StockRent { get; }

    /// <summary>Servers let by stock.</summary>
    public double[][] StockLet { get; }

    /// <summary>Servers offered by stock, let ones included.</summary>
    public double[][] StockOffered { get; }

    /// <summary>Servers wanted by need (training, small, inference), over all tiers.</summary>
    public double[][] Needs { get; }

    /// <summary>Share of demand that is training, 0 to 1.</summary>
    public double[] TrainingShare { get; }

    /// <summary>Projects built and building.</summary>
    public double[] Projects { get; }

    /// <summary>Projects begun in the month.</summary>
    public double[] Begun { get; }

    /// <summary>Projects completed.</summary>
    public double[] Completed { get; }

    /// <summary>Projects cancelled since the start.</summary>
    public double[] Cancelled { get; }

    /// <summary>Reference rent of the H class, money a server-month.</summary>
    public double[] Reference { get; }

    /// <summary>The world's rent of the H class, money a server-month.</summary>
    public double[] World { get; }

    /// <summary>Price of a new H server, money.</summary>
    public double[] NewPrice { get; }

    /// <summary>Servers that all the nation's tokens need, H servers.</summary>
    public double[] TokenUse { get; }

    /// <summary>Usable national compute, H servers.</summary>
    public double[] Usable { get; }

    /// <summary>Sub-steps of the month in which a rent stood at its upper bound: stated, because a bound is an assumption.</summary>
    public int[] AtBound { get; }

    /// <summary>FP16 arithmetic of a server of each tier over that of the H tier.</summary>
    public double[] Compute { get; set; }

    /// <summary>Share let of what is installed in a month, which the sources on China call the lit share, weighted by FP16 arithmetic, 0 to 1; NaN when nothing is installed.</summary>
    public double LetShare(int month)
    {
        double capacity = 0,
            let = 0;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            capacity += Capacity[k][month] * Compute[k];
            let += Let[k][month] * Compute[k];
        }
        return capacity > 0 ? let / capacity : double.NaN;
    }
}
