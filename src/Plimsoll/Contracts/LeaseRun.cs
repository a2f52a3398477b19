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

    /// <summary>Share of the agreed price that was cut off in a falling market, 0 to 1; what an extension agreed takes off is no cut.</summary>
    public double RentCut =>
        Math.Max(
            0,
            1 - (Last.PriceFactor / (Last.Extended ? Terms.Extension?.PriceShare ?? 1 : 1))
        );

    /// <summary>Rent due, one entry a month.</summary>
    public double[] Due => [.. Months.Select(m => m.Due)];

    /// <summary>Cash received, one entry a month.</summary>
    public double[] Paid => [.. Months.Select(m => m.Paid)];

    /// <summary>Rent received in advance and not yet earned, one entry a month.</summary>
    public double[] Unearned => [.. Months.Select(m => m.Unearned)];

    /// <summary>The same contract with a tenant that takes no hour above those it must pay: what a lender counts on. Itself under full take-or-pay.</summary>
    public LeaseRun AsOwed()
    {
        if (Terms.TakeOrPayShare >= 1)
        {
            return this;
        }
        var flows = new LeaseFlow[Months.Length];
        var unearned = 0.0;
        for (var m = 0; m < flows.Length; m++)
        {
            var (now, over) = (Months[m], m == Last.Ended);
            var share = now.Due > 0 ? now.Owed / now.Due : 0;
            var early = Math.Min(unearned + now.Prepaid, now.Owed);
            unearned += now.Prepaid - early;
            var kept = Last.Reason is LeaseEnd.Breached or LeaseEnd.Defaulted;
            flows[m] = now with
            {
                Hours = now.Hours * share,
                Due = now.Owed,
                TakenShare = now.Running ? Terms.TakeOrPayShare : 0,
                Credits = now.Credits * share,
                FromPrepaid = early,
                Unearned = over ? 0 : unearned,
                Refund = over && !kept ? unearned : 0,
                Forfeited = over && kept ? unearned : 0,
                StepInFee = now.StepInFee * share,
            };
            unearned = flows[m].Unearned;
        }
        return this with { Months = flows };
    }

    /// <summary>Price of an accelerator-hour, one entry a month; 0 when it does not run.</summary>
    public double[] Price => [.. Months.Select(m => m.Price)];
}
