namespace Plimsoll.Contracts;

/// <summary>A contract from first to last month in one draw.</summary>
/// <param name="Terms">What it says.</param>
/// <param name="Months">Money, one entry a month.</param>
/// <param name="Last">Where it stands at the horizon.</param>
public sealed record LeaseRun(LeaseTerms Terms, LeaseFlow[] Months, LeaseState Last)
{
    /// <summary>Month in which it ended, from 0; the number of months when it still runs at the horizon.</summary>
    public int EndMonth => Math.Min(Last.Ended, Months.Length);

    /// <summary>Why it ended; <see cref="LeaseEnd.Expired"/> when it still runs.</summary>
    public LeaseEnd Reason => Last.Reason;

    /// <summary>Rent due, one entry a month.</summary>
    public double[] Due => [.. Months.Select(m => m.Due)];

    /// <summary>Cash received, one entry a month.</summary>
    public double[] Paid => [.. Months.Select(m => m.Paid)];

    /// <summary>Rent received in advance and not yet earned, one entry a month.</summary>
    public double[] Unearned => [.. Months.Select(m => m.Unearned)];

    /// <summary>Price of an accelerator-hour, one entry a month; 0 when it does not run.</summary>
    public double[] Price => [.. Months.Select(m => m.Price)];
}
