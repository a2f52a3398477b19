namespace Plimsoll.Contracts;

/// <summary>What a month brings to a contract from outside.</summary>
/// <param name="Index">Month of the outlook, from 0.</param>
/// <param name="Hours">Hours of the month, more than 0.</param>
/// <param name="Delivered">True when the accelerators are installed.</param>
/// <param name="AvailableShare">Share of the agreed hours that is available, repair and darkness taken off, 0 to 1.</param>
/// <param name="MarketPrice">Market's price of the same accelerator-hour under contract; 0 where none is known, when the market does nothing to it.</param>
/// <param name="UsedShare">Share of the available hours that the tenant uses, 0 to 1; matters only below full take-or-pay.</param>
public readonly record struct LeaseMonth(
    int Index,
    double Hours,
    bool Delivered,
    double AvailableShare,
    double MarketPrice,
    double UsedShare = 1
);
