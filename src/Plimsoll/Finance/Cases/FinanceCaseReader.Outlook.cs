using Plimsoll.Inputs;
using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <content>The outlook, from rows and ramps.</content>
public sealed partial class FinanceCaseReader
{
    private MonthlyOutlook? ReadOutlook(bool withBreaches)
    {
        if (table is not null)
        {
            return withBreaches ? FromTable(table) : FromTableOnce(table);
        }
        var o = values.Section("outlook");
        if (o.NumberOrNull("accelerators") is not { } fleet)
        {
            Once(
                withBreaches,
                () =>
                    Report(
                        o.Path.Key("accelerators"),
                        "missing-key",
                        "nothing",
                        "accelerators, or csv",
                        "Say how many accelerators are installed, or name a table with 'csv:'."
                    )
            );
            return null;
        }
        var installed = Installed(o, fleet, out var sold, out var proceeds);
        double[] Series() => new double[_months];
        var energy = Series();
        var vouchers = Series();
        var contracted = Series();
        var sales = new List<ProductSales>();
        var leases = new List<Lease>();
        var hours = Series();
        foreach (var item in o.Items("sales"))
        {
            var breach = o.Items("breaches")
                .FirstOrDefault(b => b.Text("sale") == item.Text("name"));
            AddSale(
                item,
                withBreaches ? breach : null,
                sales,
                leases,
                vouchers,
                contracted,
                withBreaches
            );
        }
        CheckBreaches(o, withBreaches);
        foreach (var sale in sales)
        {
            for (var m = 0; m < _months; m++)
            {
                hours[m] += sale.GpuHours[m];
            }
        }
        CheckFill(o, hours, installed, withBreaches);
        CheckCosts(o, withBreaches);
        var perHour = o.Number("energy_kwh");
        var resale = o.Number("resale_price");
        var monthlyFall = Math.Pow(1 - o.Number("resale_fall"), 1.0 / 12);
        var shift = o.Number("rate_shift");
        return new MonthlyOutlook
        {
            Start = _start,
            Currency = _currency,
            Installed = installed,
            Repair = Series(),
            Dark = Series(),
            Idle = Series(),
            Sales = sales,
            Leases = leases,
            Costs = [.. o.Items("costs").Select(c => Cost(c, hours))],
            EnergyKwh = [.. hours.Select(h => h * perHour)],
            PeakKw = Series(),
            ResalePrice =
            [
                .. Enumerable.Range(0, _months).Select(m => resale * Math.Pow(monthlyFall, m)),
            ],
            MonthsToSell = [.. Enumerable.Repeat(o.Number("months_to_sell"), _months)],
            SaleProceeds = proceeds,
            Sold = sold,
            SubsidyIncluded = vouchers,
            ContractedRevenue = contracted,
            HoursPerMonth = o.Number("hours_per_month"),
            BaseRateShift = shift == 0 ? [] : [.. Enumerable.Repeat(shift, _months)],
        };
    }

    /// <summary>Both outlooks are read from the same rows; what is wrong with them is said once.</summary>
    private static void Once(bool second, Action report)
    {
        if (second)
        {
            report();
        }
    }

    private double[] Installed(
        InputValues o,
        double fleet,
        out double[] sold,
        out double[] proceeds
    )
    {
        var installed = new double[_months];
        sold = new double[_months];
        proceeds = new double[_months];
        Array.Fill(
            installed,
            fleet,
            Math.Min(_months, o.Integer("online")),
            Math.Max(0, _months - o.Integer("online"))
        );
        foreach (var sale in o.Items("sold"))
        {
            var month = sale.Integer("month");
            for (var m = month; m < _months; m++)
            {
                installed[m] = Math.Max(0, installed[m] - sale.Number("accelerators"));
            }
            if (month < _months)
            {
                sold[month] += sale.Number("accelerators");
                proceeds[month] += sale.Number("accelerators") * sale.Number("price");
            }
        }
        return installed;
    }

    private double Hours(int month) =>
        values.Section("outlook").Number("hours_per_month") is var h and > 0
            ? h
            : (_start + month).Hours;

    private void AddSale(
        InputValues item,
        InputValues? breach,
        List<ProductSales> sales,
        List<Lease> leases,
        double[] vouchers,
        double[] contracted,
        bool report
    )
    {
        var from = item.Integer("from");
        var to = item.NumberOrNull("to") is { } end ? (int)end : _months - 1;
        if (to < from)
        {
            Once(
                report,
                () =>
                    Report(
                        item.Path.Key("to"),
                        "ends-before-it-begins",
                        to,
                        $"at least {from}",
                        "Let the last month come after the first."
                    )
            );
            return;
        }
        if (from > _months - 1)
        {
            Once(
                report,
                () =>
                    Report(
                        item.Path.Key("from"),
                        "beyond-horizon",
                        from,
                        $"at most month {_months - 1}",
                        "Lengthen 'months' or take it out."
                    )
            );
            return;
        }
        if (item.Number("prepaid_months") is var prepaid && prepaid > to - from + 1)
        {
            Once(
                report,
                () =>
                    Report(
                        item.Path.Key("prepaid_months"),
                        "beyond-the-term",
                        $"{prepaid} months of a contract of {to - from + 1}",
                        $"at most {to - from + 1} months",
                        "Correct this figure or the tenor: it lies outside the contract."
                    )
            );
        }
        var fleet = item.Number("accelerators");
        var (share, shareEnd) = (
            item.Number("sold_share"),
            item.NumberOrNull("sold_share_end") ?? item.Number("sold_share")
        );
        var (price, priceEnd) = (
            item.Number("price"),
            item.NumberOrNull("price_end") ?? item.Number("price")
        );
        var broken = breach?.Integer("month") ?? int.MaxValue;
        var relet = breach is null ? int.MaxValue : broken + breach.Integer("empty");
        var isContract = item.Flag("contracted");
        double[] hours = new double[_months],
            prices = new double[_months],
            tokens = new double[_months];
        for (var m = from; m <= Math.Min(to, _months - 1); m++)
        {
            var way = to > from ? (double)(m - from) / (to - from) : 0;
            var sold =
                m < broken ? share + ((shareEnd - share) * way)
                : m < relet ? 0
                : breach!.Number("relet_share");
            prices[m] =
                m < broken ? price + ((priceEnd - price) * way)
                : m < relet ? 0
                : breach!.Number("relet_price");
            hours[m] = fleet * sold * Hours(m);
            tokens[m] = hours[m] * item.Number("tokens_per_gpu_hour");
            vouchers[m] += hours[m] * prices[m] * item.Number("voucher_share");
            contracted[m] += isContract && m < broken ? hours[m] * prices[m] : 0;
        }
        var product = item.Text("product") switch
        {
            "small_lease" => Product.SmallLease,
            "spot" => Product.Spot,
            "inference" => Product.Inference,
            _ => Product.TrainingLease,
        };
        sales.Add(
            new ProductSales(
                product,
                hours,
                prices,
                item.Number("tokens_per_gpu_hour") > 0 ? tokens : []
            )
        );
        if (isContract)
        {
            leases.Add(
                new Lease(
                    item.Text("name"),
                    product,
                    from,
                    to - from + 1,
                    fleet,
                    price,
                    1,
                    item.Number("prepaid_months"),
                    Math.Min(broken, to + 1),
                    breach is not null
                )
                {
                    Signed = true,
                }
            );
        }
    }

    private void CheckBreaches(InputValues o, bool report)
    {
        if (!report)
        {
            return;
        }
        var contracts = o.Items("sales")
            .Where(s => s.Flag("contracted"))
            .Select(s => s.Text("name"))
            .ToList();
        foreach (
            var twice in o.Items("breaches")
                .GroupBy(b => b.Text("sale"), StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
        )
        {
            Report(
                twice.Last().Path.Key("sale"),
                "broken-twice",
                $"'{twice.Key}' again",
                "one breach of a contract",
                "Write the second as a sale of its own."
            );
        }
        SameNames("sales", o.Items("sales"));
        foreach (var breach in o.Items("breaches"))
        {
            var sale = o.Items("sales").FirstOrDefault(s => s.Text("name") == breach.Text("sale"));
            if (sale is null)
            {
                continue;
            }
            var (from, to) = (
                sale.Integer("from"),
                sale.NumberOrNull("to") is { } end ? (int)end : _months - 1
            );
            if (breach.Integer("month") < from || breach.Integer("month") > to)
            {
                Report(
                    breach.Path.Key("month"),
                    "outside-the-lease",
                    $"month {breach.Integer("month")}",
                    $"a month from {from} to {to}, in which '{sale.Text("name")}' runs",
                    "A contract can be broken only while it runs; move the month or take the breach out."
                );
            }
        }
        foreach (
            var breach in o.Items("breaches")
                .Where(b => !contracts.Contains(b.Text("sale"), StringComparer.Ordinal))
        )
        {
            var near = NearestName.Of(breach.Text("sale"), contracts);
            Report(
                breach.Path.Key("sale"),
                "unknown-name",
                $"'{breach.Text("sale")}'",
                "the name of a contracted sale",
                near is null ? "Mark the sale with 'contracted: true'." : $"Did you mean '{near}'?"
            );
        }
    }

    private void CheckFill(InputValues o, double[] hours, double[] installed, bool report)
    {
        if (report && !CheckSold(o))
        {
            return;
        }
        for (var m = 0; m < _months && report; m++)
        {
            if (hours[m] > installed[m] * Hours(m) * (1 + 1e-9))
            {
                Report(
                    o.Path.Key("sales"),
                    "more-sold-than-installed",
                    $"{hours[m]:0} hours in month {m}",
                    $"at most {installed[m] * Hours(m):0}",
                    "Take accelerators from a sale or install more."
                );
                return;
            }
        }
    }

    /// <summary>No more accelerators are sold than stand; false where that is found, and what they earn needs no word.</summary>
    private bool CheckSold(InputValues o)
    {
        var left = o.Number("accelerators");
        var online = o.Integer("online");
        foreach (var sale in o.Items("sold").OrderBy(s => s.Integer("month")))
        {
            var sold = sale.Number("accelerators");
            if (sale.Integer("month") < online && sold > 0)
            {
                Report(
                    sale.Path.Key("month"),
                    "more-sold-than-installed",
                    $"{sold} accelerators in month {sale.Integer("month")}",
                    $"at most the 0 that stand then",
                    "Correct the number sold, or what is installed."
                );
                return false;
            }
            if (sold > left)
            {
                Report(
                    sale.Path.Key("accelerators"),
                    "more-sold-than-installed",
                    $"{sold} accelerators in month {sale.Integer("month")}",
                    $"at most the {left} that stand then",
                    "Correct the number sold, or what is installed."
                );
                return false;
            }
            left -= sold;
        }
        return true;
    }

    /// <summary>A running cost runs, and costs something.</summary>
    private void CheckCosts(InputValues o, bool report)
    {
        foreach (var cost in report ? o.Items("costs") : [])
        {
            if (cost.NumberOrNull("to") is { } to && to < cost.Integer("from"))
            {
                Report(
                    cost.Path.Key("to"),
                    "ends-before-it-begins",
                    to,
                    $"at least {cost.Integer("from")}",
                    "Let the last month come after the first."
                );
            }
            if (!cost.Has("per_month") && !cost.Has("per_gpu_hour"))
            {
                Report(
                    cost.Path.Key("per_month"),
                    "missing-key",
                    "nothing",
                    "per_month or per_gpu_hour",
                    "Say what it costs: silence costs nothing."
                );
            }
        }
    }

    private CostSplit Cost(InputValues c, double[] hours)
    {
        var from = c.Integer("from");
        var to = c.NumberOrNull("to") is { } end ? (int)end : _months - 1;
        var growth = 1 + c.Number("growth");
        var row = new double[_months];
        for (var m = from; m <= Math.Min(to, _months - 1); m++)
        {
            row[m] =
                (c.Number("per_month") + (c.Number("per_gpu_hour") * hours[m]))
                * Math.Pow(growth, (m - from) / 12.0);
        }
        var none = new double[_months];
        return c.Text("stops") switch
        {
            "on_closing" => new CostSplit(c.Text("name"), none, row, none),
            "never" => new CostSplit(c.Text("name"), none, none, row),
            _ => new CostSplit(c.Text("name"), row, none, none),
        };
    }
}
