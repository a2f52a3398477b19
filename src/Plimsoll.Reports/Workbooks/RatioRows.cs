namespace Plimsoll.Reports.Workbooks;

/// <summary>The rows behind the figures.</summary>
internal sealed class RatioRows
{
    private const double Cent = 0.005;

    /// <summary>Writes them.</summary>
    public RatioRows(ModelBook book, Sheet sheet)
    {
        var (x, o, d, w) = (book.Inputs, book.Operations, book.Debt, book.Waterfall);
        var time = book.Book.Time;
        Line Row(string name, Look look = Look.Money, string unit = "") =>
            book.Book.Line(sheet, name, unit.Length > 0 ? unit : x.Currency, look);
        Line SoFar(string name, Line flow)
        {
            var line = Row(name);
            for (var m = 0; m < x.Count; m++)
            {
                line.Set(m, line[m - 1] + flow[m]);
            }
            return line;
        }
        var cfads = w["cash available for debt service"];
        var uses = w["uses: capital cost, input tax, replacement, fees"];
        Book.Heading(sheet, "Rows behind the figures");
        Trailing = Row("trailing cover", Look.Times, "times").Fill(m => w["trailing cover"][m]);
        Forward = Row("forward cover", Look.Times, "times").Fill(m => w["forward cover"][m]);
        TrailingAtTests = Row("trailing cover at tests", Look.Times, "times")
            .Fill(m =>
                Fn.If(
                    Fn.And(w["cover is tested"][m].Is(1), w["cover behind has a meaning"][m].Is(1)),
                    w["trailing cover"][m],
                    Expr.Blank
                )
            );
        ForwardAtTests = Row("forward cover at tests", Look.Times, "times")
            .Fill(m =>
                Fn.If(
                    Fn.And(
                        w["cover is tested"][m].Is(1),
                        w["cover ahead has a meaning"][m].Is(1),
                        w["debt with arrears"][m] > Cent
                    ),
                    w["forward cover"][m],
                    Expr.Blank
                )
            );
        Due = Row("debt service due, until a default")
            .Fill(m =>
                Fn.If(
                    m > 0 ? w["in default"][m - 1] > 0 : 0,
                    0,
                    w["interest due"][m] + w["principal due"][m]
                )
            );
        Serving = Row("cash of the months with debt service")
            .Fill(m => Fn.If(Due[m] > Cent, cfads[m], 0));
        LoanToValue = Row(
                "debt over second-hand value of the fleet, at quarter ends",
                Look.Percent,
                "share"
            )
            .Fill(m =>
                Fn.If(
                    Fn.And(
                        Fn.Mod(time.OfYear[m], 3).Is(0),
                        o.FleetValue[m] > 0,
                        w["debt with arrears"][m] > Cent
                    ),
                    w["debt with arrears"][m] / DebtSheet.Guard(o.FleetValue[m]),
                    Expr.Blank
                )
            );
        Shortfall = Row("debt service due that cash of the month did not cover")
            .Fill(m =>
                Fn.If(
                    w["interest due"][m] + w["principal due"][m] > 0,
                    Fn.Max(0, w["interest due"][m] + w["principal due"][m] - cfads[m]),
                    0
                )
            );
        var interest = Row("scheduled interest, all debt")
            .Fill(m => Fn.Total(d.Tranches.Select(c => c.Interest[m])));
        var first = d.Tranches.Count > 0 ? d.Tranches[0].Rate : null;
        MeanRate = Row("interest of the month over scheduled balance", Look.Percent, "share")
            .Fill(m =>
                Fn.If(
                    d.Balance[m - 1] > Cent,
                    interest[m] / DebtSheet.Guard(d.Balance[m - 1]),
                    first is null ? 0 : first[m]
                )
            );
        Equity = Row("cash to and from equity")
            .Fill(m =>
                w["paid out to equity"][m]
                + w["bridge money given back"][m]
                - w["equity paid in"][m]
                - (time.Last[m] * (1 - w["in default"][m]) * w["bills not paid"][m])
            );
        EquitySoFar = SoFar("the same, so far", Equity);
        var tax = book.TaxWithoutDebt;
        for (var m = 0; m < x.Count; m++)
        {
            tax.Month(m, 0);
        }
        tax.Totals();
        Project = Row("cash of the project without debt, after tax")
            .Fill(m =>
                o.OperatingCash[m]
                - tax.Tax[m]
                + o.Proceeds[m]
                + (o.Earmarked[m] + o.ToCapital[m])
                - (o.WriteOffs.Capital[m] + o.WriteOffs.Refresh[m] + o.InputVat[m])
            );
        ProjectSoFar = SoFar("the same, so far", Project);
        BeforeTax = Row("cash of the project without debt and tax of any kind")
            .Fill(m =>
                o.OperatingCash[m]
                - o.VatRecovered[m]
                + o.Proceeds[m]
                + (o.Earmarked[m] + o.ToCapital[m])
                - (uses[m] - d.Fees[m] - o.InputVat[m])
            );
        BeforeTaxSoFar = SoFar("the same, so far", BeforeTax);
        Cost = Row("running and capital cost less proceeds")
            .Fill(m => o.RunningCost[m] + (uses[m] - d.Fees[m] - o.InputVat[m]) - o.Proceeds[m]);
        var served = x
            .Outlook.Tokens.Select((t, i) => (Tokens: t, Hours: o.ProductHours[i]))
            .Where(t => t.Tokens is not null)
            .ToList();
        TokenHours = Row("hours that serve tokens", Look.Number, "GPU-hours")
            .Fill(m => Fn.Total(served.Select(t => t.Hours[m])));
        Tokens = Row("tokens sold", Look.Number, "million tokens")
            .Fill(m =>
                Fn.Total(served.Select(t => t.Tokens!.At(time.Number[m] - x.Sens.Delay)))
                / 1_000_000
            );
        InstalledHours = Row("installed hours", Look.Number, "GPU-hours")
            .Fill(m => o.Installed[m] * time.Hours[m]);
    }

    public Line Trailing { get; }
    public Line Forward { get; }
    public Line TrailingAtTests { get; }
    public Line ForwardAtTests { get; }
    public Line Due { get; }
    public Line Serving { get; }
    public Line LoanToValue { get; }
    public Line Shortfall { get; }
    public Line MeanRate { get; }
    public Line Equity { get; }
    public Line EquitySoFar { get; }
    public Line Project { get; }
    public Line ProjectSoFar { get; }
    public Line BeforeTax { get; }
    public Line BeforeTaxSoFar { get; }
    public Line Cost { get; }
    public Line TokenHours { get; }
    public Line Tokens { get; }
    public Line InstalledHours { get; }
}
