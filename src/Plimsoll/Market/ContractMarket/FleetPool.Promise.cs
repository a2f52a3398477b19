namespace Plimsoll.Market.ContractMarket;

/// <content>A promise to buy its unsold hours: what it covers is not sold below it.</content>
internal sealed partial class FleetPool
{
    private (double Price, double Accelerators) _promise;

    /// <summary>Log of what the pool asks in its main stock, money of a server-month.</summary>
    private double _logOffer;

    /// <summary>Price and accelerators of the promise in a month, this pool's part by what stands in it; nothing while none holds or its buyer has failed.</summary>
    private (double Price, double Accelerators) Promise(int m)
    {
        if (
            _f.Plan.Backstop is not { } backstop
            || _f.Of.Counterparties.Of(backstop.Buyer) is var buyer
                && backstop.HoursBought(m, backstop.Accelerators, 1, buyer) <= 0
        )
        {
            return (0, 0);
        }
        double all = 0;
        foreach (var fleet in _f.Plan.Fleets)
        {
            all += Came(fleet, m);
        }
        return all > 0
            ? (backstop.PricePerGpuHour, backstop.Accelerators * Standing / all)
            : (0, 0);
    }

    /// <summary>Accelerators that the promise pays better than the market does at a price, money of a server-month in logs.</summary>
    private double CoveredAbove(double logPrice) =>
        _promise.Price > 0 && _promise.Price > CentreFrame.PerHour(logPrice)
            ? _promise.Accelerators
            : 0;

    /// <summary>True when the promise has room for accelerators that a tenant would keep, and pays better than it does.</summary>
    /// <param name="accelerators">Of the contract, still counted in what is let.</param>
    /// <param name="logPrice">Log of the price at which it would stay, money of a server-month.</param>
    public bool PaysBetter(double accelerators, double logPrice) =>
        CoveredAbove(logPrice) - Math.Max(0, Open - Let) >= accelerators;

    /// <summary>The same at a price of an accelerator-hour.</summary>
    private double CoveredAt(double price) => _promise.Price > price ? _promise.Accelerators : 0;
}
