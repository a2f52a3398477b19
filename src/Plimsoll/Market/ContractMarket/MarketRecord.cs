namespace Plimsoll.Market.ContractMarket;

/// <summary>A contract run as it is kept: the national path, and what an added centre needs to meet the same buyers again.</summary>
/// <remarks>Stocks and cells are indexed as <see cref="Segment"/> says; steps are sub-steps from the start; accelerators, not servers.</remarks>
public sealed class MarketRecord
{
    internal const int Stocks = Segment.Stocks;
    internal const int Cells = Segment.Count;

    internal MarketRecord(int months, int subSteps, int schemes)
    {
        SubSteps = subSteps;
        Path = new MarketPath(months);
        var steps = months * subSteps;
        Gap = new float[steps * Cells];
        Wanted = new float[months * Cells];
        Weight = new float[steps * Cells];
        FirstBuyer = new int[(steps * Cells) + 1];
        Stock = new float[steps * Stocks];
        Eligible = new float[steps * Stocks];
        Let = new float[steps * Stocks];
        Demand = new float[steps * Stocks];
        LogRent = new double[steps * Stocks];
        DropChance = new float[months * Cells];
        MeanSize = new float[months * Cells];
        SpotUse = [new double[months], new double[months], new double[months]];
        Transacted = NewStocks(months);
        Expected = [new double[months], new double[months], new double[months]];
        VoucherLeft = new double[schemes * months];
    }

    /// <summary>National figures by month.</summary>
    public MarketPath Path { get; }

    /// <summary>Sub-steps a month.</summary>
    public int SubSteps { get; }

    /// <summary>Share of the offered free accelerators that is sold by the hour, by tier and month.</summary>
    public double[][] SpotUse { get; }

    /// <summary>Mean rent of the contracts signed in a month, money a server-month; NaN when none was signed: no price is quoted without a transaction.</summary>
    public double[][] Transacted { get; }

    /// <summary>Smoothed log rent by tier and month.</summary>
    internal double[][] Expected { get; }

    /// <summary>Centres with their ledger; filled only when asked for.</summary>
    public IReadOnlyList<CentreLedger> Centres { get; internal set; } = [];

    /// <summary>Every contract ever signed; filled only when asked for.</summary>
    public IReadOnlyList<ContractEntry> Contracts { get; internal set; } = [];

    /// <summary>Budget left by scheme and month at its start: index scheme * months + month.</summary>
    public double[] VoucherLeft { get; }

    /// <summary>Money paid by each scheme in all.</summary>
    public double[] VoucherPaid { get; internal set; } = [];

    /// <summary>Contracts running at the end.</summary>
    public int Running { get; internal set; }

    /// <summary>Searches made.</summary>
    public int Buyers => FirstBuyer[^1];

    /// <summary>Wanted less held at a sub-step's start, negative in surplus.</summary>
    internal float[] Gap { get; private set; }

    /// <summary>Wanted at a month's end.</summary>
    internal float[] Wanted { get; private set; }
    internal float[] Weight { get; private set; }
    internal int[] FirstBuyer { get; private set; }
    internal byte[] Attempts { get; set; } = [];
    internal float[] Stock { get; private set; }
    internal float[] Eligible { get; private set; }
    internal float[] Let { get; private set; }
    internal float[] Demand { get; private set; }
    internal double[] LogRent { get; private set; }
    internal float[] DropChance { get; private set; }
    internal float[] MeanSize { get; private set; }

    /// <summary>Drops the sub-steps, which only a second clearing reads: nine tenths of a record. Figures by month and the count of searches stay.</summary>
    internal void ForgetSteps()
    {
        Gap = Wanted = Weight = Stock = Eligible = Let = Demand = DropChance = MeanSize = [];
        (LogRent, Attempts, FirstBuyer) = ([], [], [Buyers]);
    }

    private static double[][] NewStocks(int months) =>
        [.. Enumerable.Range(0, Stocks).Select(_ => new double[months])];
}

/// <summary>What became of one centre, month by month, in accelerators: the five parts add up to the installed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tier">Tier of its chips.</param>
/// <param name="Installed">Installed.</param>
/// <param name="Let">Sold under contract.</param>
/// <param name="Spot">Sold by the hour.</param>
/// <param name="Idle">Lit and not sold.</param>
/// <param name="Dark">Switched off.</param>
/// <param name="Repair">Under repair.</param>
/// <param name="Price">Mean price of its running contracts, money a server-month; NaN when none runs.</param>
public sealed record CentreLedger(
    string Name,
    Tier Tier,
    double[] Installed,
    double[] Let,
    double[] Spot,
    double[] Idle,
    double[] Dark,
    double[] Repair,
    double[] Price
)
{
    /// <summary>Where it stands, by month.</summary>
    public LedgerState[] State { get; init; } = [];

    /// <summary>Contracts that run, by month.</summary>
    public double[] Contracts { get; init; } = [];

    /// <summary>Accelerators that can be let at all: operator, network and chip allow it, and they are not under repair.</summary>
    public double[] Eligible { get; init; } = [];

    /// <summary>Accelerators when complete.</summary>
    public double Planned { get; init; }

    /// <summary>Capability of who runs it at the end, 0 to 1.</summary>
    public double Capability { get; init; }

    /// <summary>True when latency-bound demand is within its reach.</summary>
    public bool Near { get; init; }

    /// <summary>Projects that it stands for; 1 but in a boom.</summary>
    public int Stands { get; init; } = 1;
}

/// <summary>Where a centre of the market stands in a month.</summary>
public enum LedgerState
{
    /// <summary>Not yet announced.</summary>
    None,

    /// <summary>Announced, and can still be cancelled.</summary>
    Planned,

    /// <summary>Being built.</summary>
    Building,

    /// <summary>Open.</summary>
    Open,

    /// <summary>Open, with nothing let and nothing lit.</summary>
    Dark,

    /// <summary>Open and run by an abler operator who took it over.</summary>
    TakenOver,

    /// <summary>Never built.</summary>
    Cancelled,

    /// <summary>Its servers are sold.</summary>
    Closed,
}

/// <summary>One contract from signing to its end.</summary>
/// <param name="Centre">Index of the centre in the ledger.</param>
/// <param name="Need">What it is for.</param>
/// <param name="Accelerators">Accelerators.</param>
/// <param name="Begin">Month of signing.</param>
/// <param name="End">First month in which it no longer runs; the number of months when it runs on.</param>
/// <param name="Voucher">Money a voucher paid.</param>
public sealed record ContractEntry(
    int Centre,
    Need Need,
    int Accelerators,
    int Begin,
    int End,
    double Voucher
);
