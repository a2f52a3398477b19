using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Decisions.Lending;

/// <summary>A centre that lives on its signed contracts alone, the rest of it dark: no hour is sold that nobody has signed for.</summary>
public static class ContractedOutlook
{
    /// <summary>The outlook on signed lease records alone.</summary>
    /// <param name="outlook">The whole outlook.</param>
    /// <remarks>
    /// A contract pays the hours that it must pay, used or not, credits for low availability taken off; what a tenant takes above them is its choice
    /// and counts for nothing. It counts to the first month in which its tenant may
    /// leave, and then pays the fee of leaving; an extension is the tenant's choice and counts for nothing. Costs that darkness saves are kept in
    /// the share of the lit accelerators that the contracts use; those that it does not save are kept whole. Let servers draw more than idle ones,
    /// so that this share of energy is a little low. A promise to buy unsold hours counts as signed, for what contracts leave of the lit accelerators while
    /// its buyer lives. Installed fleet and resale stay.
    /// </remarks>
    public static MonthlyOutlook Of(MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        var months = outlook.Months;
        var bound = Signed(outlook);
        var sales = bound.Select(b => b.Sales).ToList();
        // A promise to buy is no contract: what is said to be contracted leaves it out, here as elsewhere.
        var leased = sales.ToArray();
        var used = new double[months];
        var lit = new double[months];
        for (var m = 0; m < months; m++)
        {
            lit[m] = outlook.Installed[m] - outlook.Repair[m] - outlook.Dark[m];
            used[m] = Math.Min(
                Math.Max(0, lit[m]),
                sales.Sum(s => s.GpuHours[m]) / outlook.Hours(m)
            );
        }
        if (outlook.Backstop is { } backstop)
        {
            sales.Add(Bought(outlook, backstop, lit, used));
        }
        double Kept(int m) => lit[m] > 0 ? used[m] / lit[m] : 0;
        return outlook with
        {
            Fleets = [],
            Sales = sales,
            Leases = [.. bound.SelectMany(b => ByPrice(b.Lease, b.Price))],
            Idle = new double[months],
            Dark = [.. Each(m => outlook.Dark[m] + Math.Max(0, lit[m] - used[m]))],
            Costs =
            [
                .. outlook.Costs.Select(c =>
                    c with
                    {
                        AvoidableWhenDark = [.. Each(m => c.AvoidableWhenDark[m] * Kept(m))],
                    }
                ),
            ],
            EnergyKwh = [.. Each(m => outlook.EnergyKwh[m] * Kept(m))],
            PeakKw = [.. Each(m => outlook.PeakKw[m] * Kept(m))],
            SubsidyIncluded = [],
            ContractedRevenue =
            [
                .. Each(m => leased.Sum(s => s.GpuHours[m] * s.PricePerGpuHour[m])),
            ],
            ContractIncome = Income(outlook, bound),
        };
        IEnumerable<double> Each(Func<int, double> of) => Enumerable.Range(0, months).Select(of);
    }

    /// <summary>What contracts leave of the lit accelerators, sold as promised at the promised price; they are in use then.</summary>
    private static ProductSales Bought(
        MonthlyOutlook outlook,
        BackstopMonths backstop,
        double[] lit,
        double[] used
    )
    {
        var hours = new double[outlook.Months];
        for (var m = 0; m < hours.Length; m++)
        {
            var bought = Math.Clamp(lit[m] - used[m], 0, backstop.Accelerators[m]);
            used[m] += bought;
            hours[m] = bought * outlook.Hours(m);
        }
        return new ProductSales(
            Product.TrainingLease,
            hours,
            [.. hours.Select(h => h > 0 ? backstop.PricePerGpuHour : 0)],
            []
        );
    }

    /// <summary>Rent that must be paid under one lease, one entry a month: as its ledger or its record says, else accelerators x available hours x price x take-or-pay.</summary>
    /// <param name="outlook">The outlook it stands in.</param>
    /// <param name="lease">The lease.</param>
    public static double[] Due(MonthlyOutlook outlook, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        ArgumentNullException.ThrowIfNull(lease);
        if (lease.Due.Length > 0)
        {
            return lease.Due;
        }
        if (lease.Signed && outlook.Signed.FirstOrDefault(r => r.Terms.Id == lease.Id) is { } run)
        {
            return [.. Whole(outlook, run).Select(f => f.Owed)];
        }
        var hours = Hours(outlook, lease);
        return [.. hours.Select(h => h * lease.PricePerGpuHour * lease.TakeOrPayShare)];
    }

    /// <summary>Month from which a lender no longer counts on a contract: its tenant may leave, or only an extension runs; past every horizon for none.</summary>
    /// <param name="run">The contract in one draw.</param>
    public static int Until(LeaseRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Last.Began == int.MaxValue
            ? int.MaxValue
            : run.Last.Began
                + Math.Min(
                    run.Terms.TenorMonths,
                    run.Terms.Exit?.AfterMonths ?? run.Terms.TenorMonths
                );
    }

    /// <summary>Signed contracts in a fixed order, each with its sales and what it brings beside rent.</summary>
    private static List<Bound> Signed(MonthlyOutlook outlook) =>
        outlook.Signed.Count > 0
            ?
            [
                .. outlook
                    .Signed.OrderBy(r => r.Terms.Id, StringComparer.Ordinal)
                    .Select(r => OfRun(outlook, r)),
            ]
            :
            [
                .. outlook
                    .Leases.Where(l => l.Signed)
                    .OrderBy(l => l.Id, StringComparer.Ordinal)
                    .Select(l => new Bound(l, Sales(outlook, l), [], [])),
            ];

    private static Bound OfRun(MonthlyOutlook outlook, LeaseRun run)
    {
        var record = outlook.Leases.FirstOrDefault(l => l.Signed && l.Id == run.Terms.Id);
        var product = record?.Product ?? Product.TrainingLease;
        var until = Until(run);
        run = run.AsOwed();
        var flows = Whole(outlook, run)
            .Select(
                (f, m) => m < until ? f : new LeaseFlow { ExitFee = Fee(outlook, run, m, until) }
            )
            .ToArray();
        var lease = Lease.Of(run with { Months = flows }, product, record?.Fleet ?? "");
        // A tenant of the rent roll began before the outlook.
        var start = Math.Max(0, lease.StartMonth);
        lease = lease with
        {
            StartMonth = start,
            TenorMonths = lease.TenorMonths - (start - lease.StartMonth),
            PrepaidMonths = run.Terms.MonthsRun == 0 ? lease.PrepaidMonths : 0,
        };
        return new Bound(
            until < run.EndMonth
                ? lease with
                {
                    TenorMonths = until - start,
                    EndedMonth = until,
                    Reason = LeaseEnd.Expired,
                    Breached = false,
                }
                : lease,
            new ProductSales(
                product,
                [.. flows.Select(f => f.Hours)],
                [.. flows.Select(f => f.Hours > 0 ? f.Due / f.Hours : 0)],
                []
            ),
            [.. flows.Select(f => f.ExitFee + f.TerminationPaid - f.DelayDamages)],
            [.. flows.Select(f => f.Price)]
        );
    }

    /// <summary>A contract as a lender counts on it.</summary>
    /// <param name="Lease">Its record.</param>
    /// <param name="Sales">Hours and rent.</param>
    /// <param name="Income">What it brings beside rent, by month; empty where only its record is known.</param>
    /// <param name="Price">Price of an accelerator-hour by month, 0 where it does not run; empty where only its record is known.</param>
    private sealed record Bound(Lease Lease, ProductSales Sales, double[] Income, double[] Price);

    /// <summary>The record of a contract in pieces of one price each, as the market writes them; whole where rent was paid in advance, since a tenant that breaks it forfeits what its first piece paid.</summary>
    private static IEnumerable<Lease> ByPrice(Lease lease, double[] price)
    {
        var end = Math.Min(lease.EndedMonth, price.Length);
        var from = lease.StartMonth;
        for (var m = from + 1; m < end && lease.PrepaidMonths <= 0; m++)
        {
            if (price[m] == price[from] || price[m] == 0)
            {
                continue;
            }
            yield return Piece(m) with
            {
                EndedMonth = m,
                Reason = LeaseEnd.Repriced,
                Right = WrittenRight.None,
                Breached = false,
            };
            from = m;
        }
        yield return Piece(end);
        Lease Piece(int to) =>
            lease with
            {
                StartMonth = from,
                TenorMonths = lease.StartMonth + lease.TenorMonths - from,
                PricePerGpuHour =
                    from < price.Length && price[from] > 0 ? price[from] : lease.PricePerGpuHour,
                Due = [.. lease.Due.Select((d, m) => m >= from && (m < to || to == end) ? d : 0)],
            };
    }

    /// <summary>Money of every month of the outlook: a ledger may end with its contract.</summary>
    private static IEnumerable<LeaseFlow> Whole(MonthlyOutlook outlook, LeaseRun run) =>
        Enumerable
            .Range(0, outlook.Months)
            .Select(m => m < run.Months.Length ? run.Months[m] : default);

    /// <summary>Fee of a tenant that leaves as soon as it may; it is owed at that month's rent.</summary>
    private static double Fee(MonthlyOutlook outlook, LeaseRun run, int month, int until)
    {
        if (
            month != until
            || run.Terms.Exit is not { } exit
            || run.Last.Ended < until
            || exit.AfterMonths >= run.Terms.TenorMonths
        )
        {
            return 0;
        }
        // In a draw in which it does leave in that month, the ledger's own fee stands.
        LeaseFlow now = month < run.Months.Length ? run.Months[month] : default,
            last = month > 0 && month <= run.Months.Length ? run.Months[month - 1] : default;
        // The fee is of the whole rent, whatever share of it must be paid.
        var rent =
            run.Terms.TakeOrPayShare < 1
                ? run.Terms.Accelerators * outlook.Hours(month) * last.Price
                : last.Due;
        return now.ExitFee > 0 ? now.ExitFee : exit.FeeMonths * rent;
    }

    private static double[] Income(MonthlyOutlook outlook, List<Bound> bound)
    {
        if (bound.All(b => b.Income.Length == 0))
        {
            return outlook.ContractIncome;
        }
        var income = new double[outlook.Months];
        foreach (var own in bound)
        {
            for (var m = 0; m < own.Income.Length; m++)
            {
                income[m] += own.Income[m];
            }
        }
        return income.Any(i => i != 0) ? income : [];
    }

    private static double[] Hours(MonthlyOutlook outlook, Lease lease)
    {
        var hours = new double[outlook.Months];
        var end = Math.Min(lease.EndedMonth, lease.StartMonth + lease.TenorMonths);
        for (var m = Math.Max(0, lease.StartMonth); m < Math.Min(end, outlook.Months); m++)
        {
            var installed = outlook.Installed[m];
            var available = installed > 0 ? 1 - (outlook.Repair[m] / installed) : 0;
            hours[m] = lease.Accelerators * outlook.Hours(m) * available;
        }
        return hours;
    }

    /// <summary>Hours and price of one lease known by its record alone, so that their product is the rent due.</summary>
    private static ProductSales Sales(MonthlyOutlook outlook, Lease lease)
    {
        var hours = Hours(outlook, lease);
        var due = Due(outlook, lease);
        return new ProductSales(
            lease.Product,
            hours,
            [.. hours.Select((h, m) => h > 0 ? due[m] / h : 0)],
            []
        );
    }

    /// <summary>True when anything is signed.</summary>
    public static bool Any(MonthlyOutlook outlook) => outlook.Leases.Any(l => l.Signed);

    /// <summary>Signed leases of a plan over its accelerators, 0 to 1.</summary>
    public static double Share(IReadOnlyList<LeaseTerms> leases, double accelerators) =>
        accelerators > 0
            ? Math.Min(1, leases.Select(l => l.Accelerators).Order().Sum() / accelerators)
            : 0;
}
