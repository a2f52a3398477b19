using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Everything that does not depend on debt: revenue, running cost, value added tax, working capital, support, book value.</summary>
internal sealed class OperationsSheet
{
    /// <summary>Writes it.</summary>
    public OperationsSheet(Inputs x)
    {
        var book = x.Book;
        var (t, s, k) = (x.Terms, x.Sens, x.Capital);
        var time = book.Time;
        var sheet = book.Monthly(
            "Operations",
            "Operations: cash before income tax, debt and capital cost",
            "Costs and payments are positive under their own names; the signs stand in the sums."
        );
        var code = x.Currency;
        Line Row(string name, string unit = "", Look look = Look.Money) =>
            book.Line(sheet, name, unit.Length > 0 ? unit : code, look);
        Line Delayed(Line given, string name, string unit, Look look = Look.Number) =>
            Row(name, unit, look).Fill(m => given.At(time.Number[m] - s.Delay));

        Book.Heading(sheet, "What is sold");
        Installed = Delayed(x.Outlook.Installed, "accelerators installed", "GPU");
        Begun = Row("a fleet is or has been installed", "1 = yes", Look.Whole);
        for (var m = 0; m < x.Count; m++)
        {
            Begun.Set(m, Fn.Flag(Fn.Or(Begun[m - 1].Is(1), Installed[m] > 0)));
        }
        var hours = x
            .Outlook.Hours.Select((h, i) => Delayed(h, $"{x.Products[i]}: sold", "GPU-hours"))
            .ToList();
        var prices = x
            .Outlook.Prices.Select(
                (p, i) =>
                    Row($"{x.Products[i]}: price", $"{code}/GPU-h", Look.Price)
                        .Fill(m => p[m] * s.Rent)
            )
            .ToList();
        ProductHours = hours;
        Hours = Row("accelerator-hours sold", "GPU-hours", Look.Number)
            .Fill(m => Fn.Total(hours.Select(h => h[m])))
            .Sum();
        Fill = Row("fill", "share", Look.Percent)
            .Fill(m => Fn.If(Installed[m] > 0, Hours[m] / (Installed[m] * time.Hours[m]), 0));
        MeanFill = Row("mean fill of the last twelve months", "share", Look.Percent)
            .Fill(m => Fill.Window(m - 11, m) / Fn.Min(12, time.Number[m]));
        var product = Sales = Row("revenue from sales")
            .Fill(m => Fn.Total(hours.Select((h, i) => h[m] * prices[i][m])));
        var forfeited = Row("prepaid rent kept from broken contracts")
            .Fill(m => x.Leases.ForfeitAt(time.Index[m]));
        Revenue = Row("revenue", "", Look.MoneySum).Fill(m => product[m] + forfeited[m]).Sum();
        Contracted = Row("revenue under contracts, within it")
            .Fill(m =>
                Fn.Min(
                    product[m],
                    x.Outlook.Contracted is { } given
                        ? given.At(time.Number[m] - s.Delay) * s.Rent
                        : x.Leases.RentAt(time.Index[m]) * time.Hours[m]
                )
            )
            .Sum();
        Deposits = Row("rent prepaid and not yet earned, at month end");
        LostShare = Row("share of the fleet whose contract is broken", "share", Look.Percent)
            .Fill(m =>
                Fn.If(Installed[m] > 0, Fn.Min(1, x.Leases.LostAt(time.Index[m]) / Installed[m]), 0)
            );

        Book.Heading(sheet, "Running cost");
        var costs = x.Outlook.Costs.Select((c, i) => (Line: c, i)).ToList();
        OutlookCost = Row("running cost of the outlook")
            .Fill(m => Fn.Total(costs.Select(c => c.Line.At(time.Number[m] - s.Delay))) * s.Opex)
            .Sum();
        FleetValue = Row("second-hand value of the fleet")
            .Fill(m => x.Outlook.Resale[m] * Installed[m]);
        var sales = Row("proceeds of accelerators sold on the way")
            .Fill(m => x.Outlook.Proceeds.At(time.Number[m] - s.Delay));
        SoldShare = Row("share of the fleet sold", "share", Look.Percent)
            .Fill(m =>
                x.Outlook.Sold is { } sold
                    ? SoldOf(sold.At(time.Number[m] - s.Delay), Installed[m])
                    : Fn.If(
                        Fn.And(sales[m] > 0, Installed[m - 1] > 0),
                        Fn.Max(0, 1 - (Installed[m] / Safe(Installed[m - 1]))),
                        0
                    )
            );
        Gone = Row("share of the first fleet sold so far", "share", Look.Percent);
        for (var m = 0; m < x.Count; m++)
        {
            Gone.Set(m, Gone[m - 1] + ((1 - Gone[m - 1]) * SoldShare[m]));
        }
        Insurance = Row("insurance")
            .Fill(m =>
                (
                    WithOpening(Insured(k, time.Index[m], true), x.Opening?.Insured(time.Index[m]))
                    * t.Insurance
                    / 12
                    * (1 - Gone[m - 1])
                ) + (Insured(k, time.Index[m], false) * t.Insurance / 12)
            )
            .Sum();
        var energy = Delayed(x.Outlook.Energy, "energy bought", "kWh");
        var minimum = Row("least energy paid for", "kWh", Look.Number)
            .Fill(m => Minimum(t, time, m));
        PowerShortfall = Row("power paid and not used, exit fee")
            .Fill(m =>
                (
                    Fn.Max(0, minimum[m] - energy[m])
                    + Fn.If(time.Index[m].Is(t.PowerExit), minimum[m] * t.PowerExitFee, 0)
                ) * t.PowerPrice
            )
            .Sum();

        Book.Heading(sheet, "Sale at the end");
        Proceeds = Row("proceeds of the fleet and the rest", "", Look.MoneySum)
            .Fill(m =>
                sales[m] + (time.Last[m] * ((FleetValue[m] * (1 - t.SellingCost)) + Residual(k)))
            )
            .Sum();

        Book.Heading(sheet, "Value added tax");
        InputVat = Row("input tax on capital cost and replacement")
            .Fill(m =>
                k.PaidIn(time.Index[m], k.Vat)
                + Fn.If(time.Index[m].Is(t.RefreshMonth), t.RefreshCost * t.RefreshVat, 0)
            )
            .Sum();
        var inCosts = Row("input tax within running cost")
            .Fill(m => OutlookCost[m] * t.CostVat)
            .Sum();
        var onSales = Row("tax on sales")
            .Fill(m => (Revenue[m] * t.OutputVat) + (Proceeds[m] * t.SaleVat))
            .Sum();
        var refund = Row("refund of last month's credit");
        var recovered = Row("recovered against tax on sales");
        var left = Row("credit left before the end");
        VatCredit = Row("input tax not yet recovered, at month end");
        VatRecovered = Row(
            "recovered or refunded, less that within running cost",
            "",
            Look.MoneySum
        );
        Surcharge = Row("surcharge on tax paid over");
        RunningCost = Row("running cost", "", Look.MoneySum);
        for (var m = 0; m < x.Count; m++)
        {
            refund.Set(m, t.VatRefund * VatCredit[m - 1]);
            recovered.Set(
                m,
                Fn.Min(VatCredit[m - 1] - refund[m] + InputVat[m] + inCosts[m], onSales[m])
            );
            left.Set(m, VatCredit[m - 1] - refund[m] + InputVat[m] + inCosts[m] - recovered[m]);
            VatCredit.Set(m, left[m] * (1 - (time.Last[m] * t.VatRefund)));
            VatRecovered.Set(m, recovered[m] + refund[m] + (left[m] - VatCredit[m]) - inCosts[m]);
            Surcharge.Set(m, (onSales[m] - recovered[m]) * t.Surcharge);
            RunningCost.Set(m, OutlookCost[m] + Insurance[m] + PowerShortfall[m] + Surcharge[m]);
        }
        VatRecovered.Sum();
        RunningCost.Sum();

        Book.Heading(sheet, "Working capital");
        Vouchers = Row("vouchers within revenue")
            .Fill(m => x.Outlook.Vouchers.At(time.Number[m] - s.Delay) * s.Rent)
            .Sum();
        var ownPay = Row("revenue that tenants pay").Fill(m => product[m] - Vouchers[m]);
        var collected = Row("collected")
            .Fill(m =>
                WithOpening(
                    Lagged(ownPay, t.ReceivableDays, time, m),
                    x.Opening is { } o
                        ? OpeningTable.Late(
                            o.RevenueTold ?? ownPay[0],
                            t.ReceivableDays,
                            time.Number[m]
                        )
                        : null
                ) + Vouchers.At(time.Number[m] - t.VoucherDelay)
            );
        var paid = Row("running cost paid")
            .Fill(m =>
                WithOpening(
                    Lagged(RunningCost, t.PayableDays, time, m),
                    x.Opening is { } o
                        ? OpeningTable.Late(
                            o.CostTold ?? RunningCost[0],
                            t.PayableDays,
                            time.Number[m]
                        )
                        : null
                )
            );
        Receivable = Row("not yet collected, at month end");
        Payable = Row("not yet paid, at month end");
        WorkingCapital = Row(
            "change of working capital, positive when it takes cash",
            "",
            Look.MoneySum
        );
        OpeningReceivable = x.Opening is { } given
            ? (given.RevenueTold ?? ownPay[0]) * (t.ReceivableDays / 30)
            : 0;
        OpeningPayable = x.Opening is { } stated
            ? (stated.CostTold ?? RunningCost[0]) * (t.PayableDays / 30)
            : 0;
        for (var m = 0; m < x.Count; m++)
        {
            var first = m == 0 && x.Opening is not null;
            var receivable = first ? OpeningReceivable : Receivable[m - 1];
            var payable = first ? OpeningPayable : Payable[m - 1];
            Deposits.Set(m, (1 - time.Last[m]) * x.Leases.DepositAt(time.Index[m]));
            Receivable.Set(m, (1 - time.Last[m]) * (receivable + product[m] - collected[m]));
            Payable.Set(m, (1 - time.Last[m]) * (payable + RunningCost[m] - paid[m]));
            WorkingCapital.Set(m, Receivable[m] - receivable - (Payable[m] - payable));
        }
        WorkingCapital.Sum();

        Book.Heading(sheet, "Grants, subsidies, clawback");
        var subsidies = Subsidies(x, energy, Row, Hours, MeanFill);
        var soFar = Row("vouchers so far");
        Grants = Row("grants and subsidies less clawback", "", Look.MoneySum);
        for (var m = 0; m < x.Count; m++)
        {
            soFar.Set(m, soFar[m - 1] + Vouchers[m]);
            Grants.Set(
                m,
                x.Support.GrantsAt(time.Index[m], MeanFill[m])
                    + Fn.Total(subsidies.Select(line => line[m]))
                    - Fn.If(
                        Fn.And(time.Index[m].Is(t.VoucherTest), MeanFill[m] < t.VoucherFill),
                        soFar[m] * t.VoucherClawback,
                        0
                    )
            );
        }
        Grants.Sum();

        Book.Heading(sheet, "Cash");
        Earmarked = Row("grants for debt and forfeited rent: repay debt first")
            .Fill(m => forfeited[m] + x.Support.ReceivedAt(time.Index[m], GrantUse.Debt))
            .Sum();
        ToCapital = Row("grants for capital cost")
            .Fill(m => x.Support.ReceivedAt(time.Index[m], GrantUse.Capital))
            .Sum();
        OperatingCash = Row("operating cash, before income tax", "", Look.MoneySum)
            .Fill(m =>
                Revenue[m]
                - RunningCost[m]
                - WorkingCapital[m]
                + VatRecovered[m]
                + Grants[m]
                - Earmarked[m]
                - ToCapital[m]
            )
            .Sum();
        WriteOffs = new WriteOffBlock(x, sheet, this);
    }

    public Line Installed { get; }

    /// <summary>Hours sold by product.</summary>
    public IReadOnlyList<Line> ProductHours { get; }
    public Line Begun { get; }
    public Line Hours { get; }
    public Line Fill { get; }
    public Line MeanFill { get; }

    /// <summary>Revenue from sales, prepaid rent kept left out.</summary>
    public Line Sales { get; }
    public Line Revenue { get; }
    public Line Contracted { get; }
    public Line Deposits { get; }
    public Line LostShare { get; }
    public Line OutlookCost { get; }
    public Line FleetValue { get; }
    public Line SoldShare { get; }
    public Line Gone { get; }
    public Line Insurance { get; }
    public Line PowerShortfall { get; }
    public Line Proceeds { get; }
    public Line InputVat { get; }
    public Line VatCredit { get; }
    public Line VatRecovered { get; }
    public Line Surcharge { get; }
    public Line RunningCost { get; }
    public Line Vouchers { get; }
    public Line Receivable { get; }

    /// <summary>Rent not yet collected as the outlook begins.</summary>
    public Expr OpeningReceivable { get; }

    /// <summary>Running cost not yet paid as the outlook begins.</summary>
    public Expr OpeningPayable { get; }
    public Line Payable { get; }
    public Line WorkingCapital { get; }
    public Line Grants { get; }

    /// <summary>What repays debt before anything else and is no cash for debt service.</summary>
    public Line Earmarked { get; }

    /// <summary>Grants that pay capital cost in place of equity.</summary>
    public Line ToCapital { get; }
    public Line OperatingCash { get; }
    public WriteOffBlock WriteOffs { get; }

    private static Expr SoldOf(Expr sold, Expr installed) =>
        Fn.If(installed + sold > 0, sold / (installed + sold), 0);

    /// <summary>The same reference with a value that can be divided by; the formula guards it.</summary>
    private static Expr Safe(Expr a) => a.Value == 0 ? a with { Value = 1 } : a;

    private static Expr Insured(CapitalTable k, Expr month, bool fleet) =>
        k.InUse.Products(
            $"({k.OnlineInUse.All}<={month.Text})*({k.Fleet.All}={(fleet ? 1 : 0)})*{k.InUse.All}",
            i =>
                k.OnlineInUse.Values[i] <= month.Value && k.Fleet.Values[i] == (fleet ? 1 : 0)
                    ? k.InUse.Values[i]
                    : 0
        );

    private static Expr Residual(CapitalTable k) =>
        k.InUse.Products(
            $"({k.Fleet.All}=0)*{k.InUse.All}*{k.Residual.All}",
            i => k.Fleet.Values[i] == 0 ? k.InUse.Values[i] * k.Residual.Values[i] : 0
        );

    private static Expr Minimum(TermsBlock t, Months time, int m) =>
        Fn.If(
            Fn.And(
                time.Index[m] >= t.PowerStart,
                time.Index[m] < t.PowerStart + t.PowerTerm,
                time.Index[m] <= t.PowerExit
            ),
            t.PowerKw
                * time.CalendarHours[m]
                * t.PowerShare
                * Fn.If(
                    t.PowerRamp <= 0,
                    1,
                    Fn.Min(1, (time.Index[m] - t.PowerStart + 1) / Safe(t.PowerRamp))
                ),
            0
        );

    /// <summary>A delay in months of thirty days: part of what fell due so many months ago, the rest of what fell due a month earlier.</summary>
    private static Expr WithOpening(Expr own, Expr? before) => before is { } b ? own + b : own;

    private static Expr Lagged(Line line, Expr days, Months time, int m)
    {
        var whole = Fn.Int(days / 30);
        var rest = (days / 30) - whole;
        return (line.At(time.Number[m] - whole) * (1 - rest))
            + (line.At(time.Number[m] - whole - 1) * rest);
    }

    private static List<Line> Subsidies(
        Inputs x,
        Line energy,
        Func<string, string, Look, Line> row,
        Line hours,
        Line fill
    )
    {
        var time = x.Book.Time;
        var lines = new List<Line>();
        foreach (var subsidy in x.Support.Subsidies)
        {
            var c = subsidy.Cells;
            var received = row($"{subsidy.Name}: received so far", "", Look.Money);
            var net = row($"{subsidy.Name}: received less clawback", "", Look.Money);
            for (var m = 0; m < x.Count; m++)
            {
                var paid = Fn.If(
                    Fn.And(time.Index[m] >= c[0], time.Index[m] < c[0] + c[1]),
                    Fn.Min(c[5] - received[m - 1], c[2] + (c[3] * energy[m]) + (c[4] * hours[m])),
                    0
                );
                received.Set(m, received[m - 1] + paid);
                net.Set(
                    m,
                    received[m]
                        - received[m - 1]
                        - Fn.If(
                            Fn.And(time.Index[m].Is(c[8]), fill[m] < c[7]),
                            received[m] * c[6],
                            0
                        )
                );
            }
            lines.Add(net.Sum());
        }
        return lines;
    }
}
