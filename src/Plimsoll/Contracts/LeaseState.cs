namespace Plimsoll.Contracts;

/// <summary>Where a contract stands between two months; starts as <see cref="Unbegun"/> and is moved by <see cref="ContractLedger.Step"/> alone.</summary>
public struct LeaseState
{
    /// <summary>Month in which it began; negative for a tenant already there, <see cref="int.MaxValue"/> before it begins.</summary>
    public int Began { get; internal set; }

    /// <summary>First month after its term, extension included.</summary>
    public int TermEnd { get; internal set; }

    /// <summary>Price agreed over the price written; 1 until it is cut.</summary>
    public double PriceFactor { get; internal set; }

    /// <summary>Rent received in advance and not yet earned.</summary>
    public double Unearned { get; internal set; }

    /// <summary>Rent of before the outlook that was made good, or lost, so far.</summary>
    public double ArrearsSettled { get; internal set; }

    /// <summary>True once it is extended.</summary>
    public bool Extended { get; internal set; }

    /// <summary>True once another operator has stepped in.</summary>
    public bool SteppedIn { get; internal set; }

    /// <summary>First month after the dark months of a replacement of the operator.</summary>
    public int DarkUntil { get; internal set; }

    /// <summary>Months in a row below the availability trigger.</summary>
    public int MonthsUnavailable { get; internal set; }

    /// <summary>Month in which it ended; <see cref="int.MaxValue"/> while it has not.</summary>
    public int Ended { get; internal set; }

    /// <summary>Why it ended.</summary>
    public LeaseEnd Reason { get; internal set; }

    /// <summary>Which written right ended it.</summary>
    public WrittenRight Right { get; internal set; }

    /// <summary>A contract signed and not yet begun.</summary>
    public static LeaseState Unbegun =>
        new()
        {
            Began = int.MaxValue,
            TermEnd = int.MaxValue,
            PriceFactor = 1,
            Ended = int.MaxValue,
        };

    /// <summary>True when it has begun and not ended.</summary>
    public readonly bool Runs => Began != int.MaxValue && Ended == int.MaxValue;
}
