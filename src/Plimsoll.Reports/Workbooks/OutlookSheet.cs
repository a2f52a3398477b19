using Plimsoll.Outlooks;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The outlook as given: constants month by month, one draw of the market.</summary>
internal sealed class OutlookSheet
{
    /// <summary>Writes it.</summary>
    public OutlookSheet(Book book, MonthlyOutlook o)
    {
        var sheet = book.Monthly(
            "Outlook",
            "Outlook: what the centre does and sells, as given",
            "Constants of one draw of the market; finance never redraws them."
        );
        Line Row(string name, string unit, double[] values, Look look = Look.Number) =>
            book.Line(sheet, name, unit, look)
                .Enter(values.Length > 0 ? values : new double[o.Months]);
        Book.Heading(sheet, "Accelerators");
        Installed = Row("installed, mean of the month", "GPU", o.Installed);
        Row("under repair", "GPU", o.Repair);
        Row("dark", "GPU", o.Dark);
        Row("idle", "GPU", o.Idle);
        Sold = o.Sold.Length > 0 ? Row("sold in the month", "GPU", o.Sold) : null;
        Book.Heading(sheet, "Sales");
        Hours =
        [
            .. o.Sales.Select(s => Row($"{Names.Of(s.Product)}: sold", "GPU-hours", s.GpuHours)),
        ];
        Prices =
        [
            .. o.Sales.Select(s =>
                Row(
                    $"{Names.Of(s.Product)}: price",
                    $"{o.Currency}/GPU-h",
                    s.PricePerGpuHour,
                    Look.Price
                )
            ),
        ];
        Tokens =
        [
            .. o.Sales.Select(p =>
                p.Tokens.Length > 0
                    ? Row($"{Names.Of(p.Product)}: tokens", "tokens", p.Tokens)
                    : null
            ),
        ];
        Vouchers = Row(
            "vouchers within the prices",
            o.Currency.Code,
            o.SubsidyIncluded,
            Look.Money
        );
        Contracted =
            o.ContractedRevenue.Length > 0
            || o.Signed.Count > 0
            || o.Leases.Any(l => !l.Signed || l.Due.Length > 0)
                ? Row("revenue under contracts", o.Currency.Code, o.SignedRent(), Look.Money)
                : null;
        Book.Heading(sheet, "Running cost");
        Costs =
        [
            .. o.Costs.SelectMany(c =>
                (Line[])
                    [
                        Row(
                            $"{c.Name}: stops in the dark",
                            o.Currency.Code,
                            c.AvoidableWhenDark,
                            Look.Money
                        ),
                        Row(
                            $"{c.Name}: stops on closing",
                            o.Currency.Code,
                            c.AvoidableOnClosing,
                            Look.Money
                        ),
                        Row($"{c.Name}: runs on", o.Currency.Code, c.Sunk, Look.Money),
                    ]
            ),
        ];
        Energy = Row("energy bought", "kWh", o.EnergyKwh);
        Row("highest power", "kW", o.PeakKw);
        Book.Heading(sheet, "Second-hand market and base rate");
        Resale = Row(
            "second-hand price of one accelerator",
            o.Currency.Code,
            o.ResalePrice,
            Look.Money
        );
        MonthsToSell = Row("months to sell the fleet", "months", o.MonthsToSell);
        Proceeds = Row(
            "proceeds of accelerators sold",
            o.Currency.Code,
            o.SaleProceeds,
            Look.Money
        );
        RateShift = Row("base rate, added by the draw", "a year", o.BaseRateShift, Look.Percent);
    }

    public Line Installed { get; }

    public Line? Sold { get; }

    public IReadOnlyList<Line> Hours { get; }

    public IReadOnlyList<Line> Prices { get; }

    /// <summary>Tokens by product; null for leases.</summary>
    public IReadOnlyList<Line?> Tokens { get; }

    public Line Vouchers { get; }

    public Line? Contracted { get; }

    public IReadOnlyList<Line> Costs { get; }

    public Line Energy { get; }

    public Line Resale { get; }

    public Line MonthsToSell { get; }

    public Line Proceeds { get; }

    public Line RateShift { get; }
}
