namespace Plimsoll.Outlooks;

/// <summary>What one fleet of a centre does and sells, month by month, in one draw. All arrays have one entry a month and the same length.</summary>
/// <remarks>The centre's totals are sums over its fleets; no fleet stands for another.</remarks>
public sealed record FleetMonths
{
    /// <summary>Name of the fleet in the plan.</summary>
    public required string Fleet { get; init; }

    /// <summary>Its chip.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Its server.</summary>
    public required string Server { get; init; }

    /// <summary>Accelerators installed, mean of the month.</summary>
    public required double[] Installed { get; init; }

    /// <summary>Accelerators under repair, mean of the month.</summary>
    public required double[] Repair { get; init; }

    /// <summary>Accelerators switched off by decision, mean of the month.</summary>
    public required double[] Dark { get; init; }

    /// <summary>Accelerators powered, offered and not sold, mean of the month.</summary>
    public required double[] Idle { get; init; }

    /// <summary>Accelerator-hours sold over all products.</summary>
    public required double[] HoursSold { get; init; }

    /// <summary>Money taken over all products, tax excluded.</summary>
    public required double[] Revenue { get; init; }

    /// <summary>Quoted rent of its chip, money per accelerator-hour.</summary>
    public required double[] Quote { get; init; }

    /// <summary>Second-hand price of one accelerator with its share of the server, if sold in that month in an orderly way.</summary>
    public required double[] ResalePrice { get; init; }

    /// <summary>Months that selling the whole fleet would take if begun in that month.</summary>
    public required double[] MonthsToSell { get; init; }

    /// <summary>Accelerators sold for good in that month.</summary>
    public required double[] Sold { get; init; }

    /// <summary>What it sells without a contract, by the hour and by the token; empty where an outlook does not say it by fleet.</summary>
    public IReadOnlyList<ProductSales> Uncontracted { get; init; } = [];

    /// <summary>Share of installed accelerator-hours sold in a month, 0 to 1; 0 when none is installed.</summary>
    /// <param name="month">Month of the outlook, from 0.</param>
    /// <param name="hours">Hours of that month.</param>
    public double Fill(int month, double hours) =>
        Installed[month] > 0 ? HoursSold[month] / (Installed[month] * hours) : 0;
}
