using Plimsoll.Contracts;
using Plimsoll.Quantities;

namespace Plimsoll.Outlooks;

/// <summary>What one centre physically does and sells, month by month, in one draw: all that finance needs to know of the market.</summary>
/// <remarks>All arrays have one entry a month and the same length. Money is nominal, in <see cref="Currency"/>, tax excluded.</remarks>
public sealed record MonthlyOutlook
{
    /// <summary>The first month.</summary>
    public required Month Start { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Accelerators installed, mean of the month.</summary>
    public required double[] Installed { get; init; }

    /// <summary>Accelerators under repair, mean of the month.</summary>
    public required double[] Repair { get; init; }

    /// <summary>Accelerators switched off by decision, mean of the month.</summary>
    public required double[] Dark { get; init; }

    /// <summary>Accelerators powered, offered and not sold, mean of the month.</summary>
    public required double[] Idle { get; init; }

    /// <summary>The same by fleet, whose sums the arrays of this record are; empty for an outlook given as totals.</summary>
    public IReadOnlyList<FleetMonths> Fleets { get; init; } = [];

    /// <summary>Sales by product.</summary>
    public required IReadOnlyList<ProductSales> Sales { get; init; }

    /// <summary>Contracts, those broken included.</summary>
    public required IReadOnlyList<Lease> Leases { get; init; }

    /// <summary>Running costs as incurred (what darkness saved is already left out), with the split between avoidable and not.</summary>
    public required IReadOnlyList<CostSplit> Costs { get; init; }

    /// <summary>Energy bought, kWh a month.</summary>
    public required double[] EnergyKwh { get; init; }

    /// <summary>Highest power drawn, kW.</summary>
    public required double[] PeakKw { get; init; }

    /// <summary>Second-hand price of one accelerator with its share of the server, if sold in that month in an orderly way.</summary>
    public required double[] ResalePrice { get; init; }

    /// <summary>Months that selling the whole fleet would take if begun in that month.</summary>
    public required double[] MonthsToSell { get; init; }

    /// <summary>Capital proceeds of accelerators really sold in that month (fire-sale discount taken off).</summary>
    public double[] SaleProceeds { get; init; } = [];

    /// <summary>Subsidies and vouchers received for sales, beyond what tenants paid; already inside the prices, shown apart for clawback.</summary>
    public double[] SubsidyIncluded { get; init; } = [];

    /// <summary>Accelerators sold for good in that month; empty to read it from the fall of <see cref="Installed"/> in months with <see cref="SaleProceeds"/>.</summary>
    public double[] Sold { get; init; } = [];

    /// <summary>Revenue earned under contracts signed before the decision, part of all revenue; empty to read it from the signed ones among <see cref="Leases"/>.</summary>
    public double[] ContractedRevenue { get; init; } = [];

    /// <summary>What contracts bring beside rent: exit fees, termination payments and rent of before the outlook collected, less damages for late delivery; may be negative; empty for none.</summary>
    public double[] ContractIncome { get; init; } = [];

    /// <summary>Contracts signed before the decision, each from first to last month; empty where none was signed or an outlook is given as totals.</summary>
    public IReadOnlyList<LeaseRun> Signed { get; init; } = [];

    /// <summary>Promise to buy hours that stay unsold, as it binds in this draw; null for none.</summary>
    public BackstopMonths? Backstop { get; init; }

    /// <summary>Yearly rate added to the base rate of floating debt in this draw; empty for none.</summary>
    public double[] BaseRateShift { get; init; } = [];

    /// <summary>Hours that every month counts for; 0 for those of the calendar.</summary>
    public double HoursPerMonth { get; init; }

    /// <summary>Months.</summary>
    public int Months => Installed.Length;

    /// <summary>Hours of a month of the outlook.</summary>
    public double Hours(int month) => HoursPerMonth > 0 ? HoursPerMonth : (Start + month).Hours;

    /// <summary>Hours of a month for which rent is paid in advance: those of every month where they are fixed, else 730, a twelfth of a year.</summary>
    public double PrepaidHours => HoursPerMonth > 0 ? HoursPerMonth : 730;

    /// <summary>Rent under contracts signed before the decision, money a month: as told, else as their ledger bills it, else by their records; what a draw lets later, renewals among it, is no contract yet.</summary>
    /// <remarks>A record does not know of months in which nothing runs; a ledger does.</remarks>
    public double[] SignedRent()
    {
        if (ContractedRevenue.Length > 0)
        {
            return ContractedRevenue;
        }
        var rent = new double[Months];
        foreach (var run in Signed)
        {
            for (var m = 0; m < Math.Min(rent.Length, run.Months.Length); m++)
            {
                rent[m] += run.Months[m].Due;
            }
        }
        foreach (var lease in Signed.Count > 0 ? [] : Leases)
        {
            for (var m = 0; lease.Signed && m < rent.Length; m++)
            {
                rent[m] += lease.RentOf(m, Hours(m));
            }
        }
        return rent;
    }

    /// <summary>Revenue of a month over all products.</summary>
    public double Revenue(int month)
    {
        var sum = 0.0;
        foreach (var product in Sales)
        {
            sum += product.GpuHours[month] * product.PricePerGpuHour[month];
        }
        return sum;
    }

    /// <summary>Share of installed accelerator-hours sold in a month, 0 to 1; 0 when none is installed.</summary>
    public double Fill(int month)
    {
        var hours = 0.0;
        foreach (var product in Sales)
        {
            hours += product.GpuHours[month];
        }
        var installed = Installed[month] * Hours(month);
        return installed > 0 ? hours / installed : 0;
    }
}

/// <summary>A promise to buy unsold hours, by month of one draw.</summary>
/// <param name="PricePerGpuHour">Money for one accelerator-hour, tax excluded.</param>
/// <param name="Accelerators">Most accelerators that are bought, one entry a month; 0 where the promise does not run or its buyer has failed.</param>
public sealed record BackstopMonths(double PricePerGpuHour, double[] Accelerators);
