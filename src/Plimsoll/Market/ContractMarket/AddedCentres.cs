namespace Plimsoll.Market.ContractMarket;

/// <summary>Centres that enter a market together: they meet the same buyers, and one takes what another then misses.</summary>
/// <remarks>Their order changes nothing: a buyer's choice among them falls by their attraction, in an order fixed by name.</remarks>
internal sealed class AddedCentres
{
    private readonly AddedCentre[] _centres;

    /// <param name="centres">At least one.</param>
    public AddedCentres(IReadOnlyList<AddedCentre> centres)
    {
        _centres = [.. centres];
        FirstMonth = _centres.Min(c => c.FirstMonth);
        EndMonthOf = _centres.Max(c => c.EndMonthOf);
    }

    public IReadOnlyList<AddedCentre> Centres => _centres;

    /// <summary>First month of the market in which one of them stands.</summary>
    public int FirstMonth { get; }

    /// <summary>Month of the market after the last of all.</summary>
    public int EndMonthOf { get; }

    public bool Has(int tier)
    {
        foreach (var centre in _centres)
        {
            if (centre.Has(tier))
            {
                return true;
            }
        }
        return false;
    }

    /// <inheritdoc cref="AddedCentre.Held"/>
    public double Held(int cell)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Held(cell);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.Displaced"/>
    public double Displaced(int cell)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Displaced(cell);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.Weight"/>
    public double Weight(int cell)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Weight(cell);
        }
        return sum;
    }

    /// <summary>True while one of them can take even the smallest buyer of a segment.</summary>
    public bool HasRoom(int cell) => Weight(cell) > 0;

    /// <inheritdoc cref="AddedCentre.Ending"/>
    public double Ending(int cell, int month)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Ending(cell, month);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.LetIn"/>
    public double LetIn(int stock)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.LetIn(stock);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.OfferedIn"/>
    public double OfferedIn(int stock)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.OfferedIn(stock);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.EligibleIn"/>
    public double EligibleIn(int stock)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.EligibleIn(stock);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.InstalledIn"/>
    public double InstalledIn(int tier)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.InstalledIn(tier);
        }
        return sum;
    }

    /// <summary>Vouchers of a scheme paid to their tenants since January.</summary>
    public double PaidThisYear(int scheme)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Scheme == scheme ? centre.PaidThisYear : 0;
        }
        return sum;
    }

    /// <summary>True when one of them stands in the scheme.</summary>
    public bool Uses(int scheme) => Array.Exists(_centres, c => c.Scheme == scheme);

    public void BeginMonth(int month, MarketMoment market)
    {
        foreach (var centre in _centres)
        {
            centre.BeginMonth(month, market);
        }
    }

    public void EndMonth(int month, MarketMoment market)
    {
        foreach (var centre in _centres)
        {
            centre.EndMonth(month, market);
        }
    }

    /// <summary>A buyer has chosen one of them. False when no block is there for it.</summary>
    /// <param name="buyer">Who.</param>
    /// <param name="chance">Where among them its choice falls, 0 to 1.</param>
    /// <param name="cell">Segment.</param>
    /// <param name="logRent">Log rent of the stock now.</param>
    /// <param name="displaces">True when it would else have signed elsewhere.</param>
    /// <param name="let">Accelerators let, in the reference chip.</param>
    /// <param name="logPrice">Log of the price of the reference chip, money a server-month.</param>
    /// <param name="taker">Who took it.</param>
    public bool Take(
        in Buyer buyer,
        double chance,
        int cell,
        double logRent,
        bool displaces,
        out double let,
        out double logPrice,
        out AddedCentre? taker
    )
    {
        (let, logPrice, taker) = (0, logRent, null);
        var left = chance * Weight(cell);
        foreach (var centre in _centres)
        {
            var own = centre.Weight(cell);
            if (own <= 0)
            {
                continue;
            }
            taker = centre;
            if (left < own)
            {
                break;
            }
            left -= own;
        }
        return taker is not null
            && taker.Take(
                buyer,
                Math.Clamp(left / taker.Weight(cell), 0, 1 - 1e-12),
                cell,
                logRent,
                displaces,
                out let,
                out logPrice
            );
    }
}
