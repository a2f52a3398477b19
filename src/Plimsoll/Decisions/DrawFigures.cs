namespace Plimsoll.Decisions;

/// <summary>What one option came to, draw by draw: all that verdicts are made of.</summary>
/// <remarks>All arrays have one entry a draw; the same index is the same draw of the world in every option (common random numbers).</remarks>
public sealed partial class DrawFigures
{
    /// <summary>Room for a number of draws.</summary>
    public DrawFigures(int draws)
    {
        Fill = new double[draws];
        Rent = new double[draws];
        EmptyMonths = new double[draws];
        MinimumCover = new double[draws];
        Default = new bool[draws];
        Breach = new bool[draws];
        RepaidEarly = new bool[draws];
        EquityNpv = new double[draws];
        EquityIrr = new double[draws];
        ProjectNpv = new double[draws];
        LossGivenDefault = new double[draws];
        ResaleAtDefault = new double[draws];
        MonthsToSell = new double[draws];
        Built = new bool[draws];
        LenderValue = new double[draws];
        Law = new string[draws];
        Link = new string[draws];
        World = new int[draws];
        Failure = new string?[draws];
    }

    /// <summary>What is reckoned of each draw.</summary>
    public FigureDepth Depth { get; init; } = FigureDepth.All;

    /// <summary>Number of draws.</summary>
    public int Draws => Fill.Length;

    /// <summary>Share of installed accelerator-hours sold over the horizon, 0 to 1; NaN when nothing was ever installed.</summary>
    public double[] Fill { get; }

    /// <summary>Mean price of the hours sold, money per accelerator-hour; NaN when none was sold.</summary>
    public double[] Rent { get; }

    /// <summary>Longest run of months below 30 % full after the ramp.</summary>
    public double[] EmptyMonths { get; }

    /// <summary>Lowest trailing twelve-month debt service cover at the tests up to default; NaN without debt.</summary>
    public double[] MinimumCover { get; }

    /// <summary>True when a payment was missed and not cured.</summary>
    public bool[] Default { get; }

    /// <summary>True when trailing cover fell below the covenant at a test date.</summary>
    public bool[] Breach { get; }

    /// <summary>True when debt was repaid before it fell due: then a covenant that is never tested is no gap.</summary>
    public bool[] RepaidEarly { get; }

    /// <summary>Net present value to equity at its hurdle, money of the decision month.</summary>
    public double[] EquityNpv { get; }

    /// <summary>Yearly return on equity; NaN where it has no meaning.</summary>
    public double[] EquityIrr { get; }

    /// <summary>Net present value of the project before finance at the hurdle.</summary>
    public double[] ProjectNpv { get; }

    /// <summary>Lender's loss over the debt lent, 0 to 1; 0 where there is no default, NaN without debt.</summary>
    public double[] LossGivenDefault { get; }

    /// <summary>Second-hand price of one accelerator in the month of default; NaN without default.</summary>
    public double[] ResaleAtDefault { get; }

    /// <summary>Months that selling the fleet would take from the month of default; NaN without default.</summary>
    public double[] MonthsToSell { get; }

    /// <summary>False when waiting ended in not building.</summary>
    public bool[] Built { get; }

    /// <summary>Rent law of the draw.</summary>
    public string[] Law { get; }

    /// <summary>Whether the top tier's rent is drawn to the world's in the draw, in words.</summary>
    public string[] Link { get; }

    /// <summary>Number of the national market behind the draw; draws of one market are not independent.</summary>
    public int[] World { get; }

    /// <summary>Value to the lender at the start of what is paid and recovered, at a money rate of 6 % a year; NaN without debt.</summary>
    public double[] LenderValue { get; }

    /// <summary>The loan seen by its lender; null when nothing is lent.</summary>
    public LenderDraws? Lender { get; init; }

    /// <summary>Why the draw could not be computed; null when it could.</summary>
    public string?[] Failure { get; }

    /// <summary>The groupings by which a test is also made: by rent law, and by the link to the world's rent.</summary>
    public IReadOnlyList<string[]> Groupings => [Law, Link];

    /// <summary>Indices of the draws that were computed.</summary>
    public int[] Sound => [.. Enumerable.Range(0, Draws).Where(i => Failure[i] is null)];

    /// <summary>Indices of the draws on which odds are reckoned: those computed in which it is built; all computed when it is built in none. A loan that is never drawn cannot break its covenant, and is no proof of safety.</summary>
    public int[] Tested =>
        Sound is var sound && Array.FindAll(sound, i => Built[i]) is { Length: > 0 } built
            ? built
            : sound;

    /// <summary>The figures of the first draws alone.</summary>
    /// <param name="draws">How many, at most <see cref="Draws"/>.</param>
    public DrawFigures First(int draws)
    {
        var first = new DrawFigures(draws) { Lender = Lender?.First(draws) };
        foreach (var (all, few) in Columns().Zip(first.Columns()))
        {
            Array.Copy(all, few, draws);
        }
        return first;
    }

    private Array[] Columns() =>
        [
            Fill,
            Rent,
            EmptyMonths,
            MinimumCover,
            Default,
            Breach,
            RepaidEarly,
            EquityNpv,
            EquityIrr,
            ProjectNpv,
            LossGivenDefault,
            ResaleAtDefault,
            MonthsToSell,
            Built,
            LenderValue,
            Law,
            Link,
            World,
            Failure,
        ];
}

/// <summary>What is reckoned of each draw beyond what the rule tests: searches leave out what they do not read.</summary>
public enum FigureDepth
{
    /// <summary>What the rule tests; the value before finance is read from the money with its debt.</summary>
    Tests,

    /// <summary>The tests, and the value before finance with no debt at all.</summary>
    Worth,

    /// <summary>The tests, and the return on equity, which has to be searched for.</summary>
    Return,

    /// <summary>All of it.</summary>
    All,
}
