namespace Plimsoll.Market.ContractMarket;

/// <summary>Where demand goes that finds its stock full: first to the other place in its tier, then to other tiers.</summary>
/// <remarks>
/// A nested choice with capacities: place is the nest within a tier, since it is the closer substitute (McFadden 1978), and those whom a
/// stock cannot hold are dealt out over what has room by the odds of their choice (de Palma, Picard and Waddell 2007). Latency-bound
/// inference never goes to remote capacity. Only what added centres change of this enters a market: its own history was fitted without.
/// </remarks>
internal static class Substitution
{
    /// <summary>Share of those who find their stock full that takes another one at once; the others wait, and press on its rent.</summary>
    /// <remarks>Own prior, grade D, .2 to .7. In shops 45 % of those who find a shelf empty buy another make or size (Gruen, Corsten and Bharadwaj 2002).</remarks>
    public const double GoesOn = 0.45;

    /// <summary>Adds what own capacity changes of who goes where: demand that goes on with it less what would go on without.</summary>
    /// <param name="wanted">By segment, at the rents of now; accelerators of the tier.</param>
    /// <param name="offered">By stock without the own ones, let ones included.</param>
    /// <param name="own">Own ones by stock, let ones included.</param>
    /// <param name="choice">What the choices hang on.</param>
    /// <param name="moved">Result by segment: demand that comes, negative where it leaves; in work done it sums to 0.</param>
    public static void Added(
        ReadOnlySpan<double> wanted,
        ReadOnlySpan<double> offered,
        ReadOnlySpan<double> own,
        in Choice choice,
        Span<double> moved
    )
    {
        Span<double> all = stackalloc double[Segment.Stocks];
        Span<double> without = stackalloc double[Segment.Count];
        for (var s = 0; s < Segment.Stocks; s++)
        {
            all[s] = offered[s] + own[s];
        }
        Fill(wanted, all, choice, moved);
        Fill(wanted, offered, choice, without);
        for (var cell = 0; cell < Segment.Count; cell++)
        {
            moved[cell] -= without[cell];
        }
    }

    /// <summary>Demand that goes on from full stocks to others.</summary>
    /// <inheritdoc cref="Added"/>
    public static void Fill(
        ReadOnlySpan<double> wanted,
        ReadOnlySpan<double> offered,
        in Choice choice,
        Span<double> moved
    )
    {
        moved.Clear();
        Span<double> room = stackalloc double[Segment.Stocks];
        Span<double> left = stackalloc double[Segment.Count];
        var full = false;
        for (var s = 0; s < Segment.Stocks; s++)
        {
            var first = s * Segment.Needs;
            var sum = wanted[first] + wanted[first + 1] + wanted[first + 2];
            room[s] = Math.Max(0, offered[s] - sum);
            var share = sum > offered[s] ? GoesOn * (sum - offered[s]) / sum : 0;
            full |= share > 0;
            for (var n = 0; n < Segment.Needs; n++)
            {
                left[first + n] = share * wanted[first + n];
            }
        }
        if (full)
        {
            ToOtherPlaces(wanted, choice, room, left, moved);
            ToOtherTiers(choice, room, left, moved);
        }
    }

    private static void ToOtherPlaces(
        ReadOnlySpan<double> wanted,
        in Choice choice,
        Span<double> room,
        Span<double> left,
        Span<double> moved
    )
    {
        Span<double> asked = stackalloc double[Segment.Needs];
        for (var s = 0; s < Segment.Stocks; s++)
        {
            var other = s ^ 1;
            if (room[other] <= 0)
            {
                continue;
            }
            var sum = 0.0;
            for (var n = 0; n < Segment.Needs; n++)
            {
                var cell = Segment.Of(s, n);
                var bound =
                    n == (int)Need.Inference && s % Segment.Reaches == (int)Reach.Near
                        ? choice.Bound * (wanted[cell] + wanted[Segment.Of(other, n)])
                        : 0;
                asked[n] =
                    wanted[cell] > 0 ? left[cell] * Math.Max(0, 1 - (bound / wanted[cell])) : 0;
                sum += asked[n];
            }
            var scale = sum > 0 ? Math.Min(1, room[other] / sum) : 0;
            for (var n = 0; n < Segment.Needs; n++)
            {
                var go = asked[n] * scale;
                left[Segment.Of(s, n)] -= go;
                moved[Segment.Of(s, n)] -= go;
                moved[Segment.Of(other, n)] += go;
            }
            room[other] -= sum * scale;
        }
    }

    private static void ToOtherTiers(
        in Choice choice,
        ReadOnlySpan<double> room,
        Span<double> left,
        Span<double> moved
    )
    {
        Span<double> asked = stackalloc double[Segment.Stocks];
        asked.Clear();
        for (var settle = false; ; settle = true)
        {
            for (var cell = 0; cell < Segment.Count; cell++)
            {
                if (left[cell] > 0)
                {
                    Ask(choice, room, cell, left[cell], asked, moved, settle);
                }
            }
            if (settle)
            {
                return;
            }
        }
    }

    /// <summary>What of a segment asks in other tiers, by the odds of its choice among those with room; settled once all have asked.</summary>
    private static void Ask(
        in Choice choice,
        ReadOnlySpan<double> room,
        int cell,
        double amount,
        Span<double> asked,
        Span<double> moved,
        bool settle
    )
    {
        var (tier, need) = (cell / Segment.Needs / Segment.Reaches, cell % Segment.Needs);
        var work = amount / choice.PerH[(need * Segment.Tiers) + tier];
        var nearOnly =
            need == (int)Need.Inference
            && choice.Bound > 0
            && cell / Segment.Needs % Segment.Reaches == (int)Reach.Near;
        var odds = 0.0;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            odds += k != tier && Room(room, k, nearOnly) > 0 ? choice.Odds[(need * 3) + k] : 0;
        }
        for (var k = 0; k < Segment.Tiers && odds > 0; k++)
        {
            var free = Room(room, k, nearOnly);
            if (k == tier || free <= 0)
            {
                continue;
            }
            var into =
                work * choice.Odds[(need * 3) + k] / odds * choice.PerH[(need * Segment.Tiers) + k];
            for (var r = 0; r < (nearOnly ? 1 : Segment.Reaches); r++)
            {
                var stock = Segment.Stock(k, r);
                var part = into * room[stock] / free;
                if (!settle)
                {
                    asked[stock] += part;
                    continue;
                }
                var scale = asked[stock] > 0 ? Math.Min(1, room[stock] / asked[stock]) : 0;
                moved[Segment.Of(stock, need)] += part * scale;
                moved[cell] -=
                    amount * (part * scale / into) * (choice.Odds[(need * 3) + k] / odds);
            }
        }
    }

    private static double Room(ReadOnlySpan<double> room, int tier, bool nearOnly) =>
        room[Segment.Stock(tier, 0)] + (nearOnly ? 0 : room[Segment.Stock(tier, 1)]);
}

/// <summary>What the choice among tiers and places hangs on.</summary>
internal readonly ref struct Choice(
    ReadOnlySpan<double> odds,
    ReadOnlySpan<double> perH,
    double bound
)
{
    /// <summary>Share of a tier in a need's choice at the rents of now, need by tier; 0 for an absent tier.</summary>
    public ReadOnlySpan<double> Odds { get; } = odds;

    /// <summary>Servers of a tier that do the work of one H server, need by tier.</summary>
    public ReadOnlySpan<double> PerH { get; } = perH;

    /// <summary>Share of inference that only near capacity serves, 0 to 1.</summary>
    public double Bound { get; } = bound;
}
