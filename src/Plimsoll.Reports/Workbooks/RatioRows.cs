using Plimsoll.Decisions;

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
        Balloon = Balloons(book, sheet);
        Expr Served(int m) =>
            w["interest due"].Window(m - 11, m)
            + w["principal due"].Window(m - 11, m)
            - Balloon.Window(m - 11, m);
        TrailingAtTests = Row("trailing cover at tests, a balloon left out", Look.Times, "times")
            .Fill(m =>
                Fn.If(
                    Fn.And(w["cover is tested"][m].Is(1), w["cover behind has a meaning"][m].Is(1)),
                    Fn.If(
                        Balloon.Window(m - 11, m) > 0,
                        Fn.If(
                            Served(m) > Cent,
                            cfads.Window(m - 11, m) / DebtSheet.Guard(Served(m)),
                            Expr.Blank
                        ),
                        w["trailing cover"][m]
                    ),
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
        Due = Row("debt service due, a balloon left out, until a default")
            .Fill(m =>
                Fn.If(
                    m > 0 ? w["in default"][m - 1] > 0 : 0,
                    0,
                    w["interest due"][m] + w["principal due"][m] - Balloon[m]
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
        var interest = Row("interest of the month on the scheduled balance, all debt")
            .Fill(m =>
                Fn.Total(d.Tranches.Select(c => c.Balance[m - 1] * (c.Actual[m] * c.Years[m])))
            );
        var first = d.Tranches.Count > 0 ? d.Tranches[0] : null;
        MeanRate = Row("interest of the month over scheduled balance", Look.Percent, "share")
            .Fill(m =>
                Fn.If(
                    d.Balance[m - 1] > Cent,
                    interest[m] / DebtSheet.Guard(d.Balance[m - 1]),
                    first is null ? 0 : first.Actual[m] * first.Years[m]
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

    /// <summary>What falls due at the end of a tranche above its last instalment but one, as the engine tells a balloon from an instalment.</summary>
    private static Line Balloons(ModelBook book, Sheet sheet)
    {
        var (x, w) = (book.Inputs, book.Waterfall);
        var time = book.Book.Time;
        Line Row(string name, Look look, string unit) => book.Book.Line(sheet, name, unit, look);
        var each = new List<Line>();
        foreach (var c in book.Debt.Tranches)
        {
            var due = w[$"{c.Terms.Name}: principal due"];
            var lent = w[$"{c.Terms.Name}: drawn"].SumAll();
            var last = Row($"{c.Terms.Name}: last payment of principal", Look.Whole, "1 = yes");
            for (var m = 0; m < x.Count; m++)
            {
                last.Set(m, Fn.Flag(Fn.And(due[m] > Cent, due.MostAfter(m) <= Cent)));
            }
            var usual = Row($"{c.Terms.Name}: payment of principal before", Look.Money, x.Currency);
            for (var m = 0; m < x.Count; m++)
            {
                usual.Set(m, m == 0 ? 0 : Fn.If(due[m - 1] > Cent, due[m - 1], usual[m - 1]));
            }
            each.Add(
                Row($"{c.Terms.Name}: balloon", Look.Money, x.Currency)
                    .Fill(m =>
                        Fn.If(
                            Fn.And(
                                last[m].Is(1),
                                due[m] > CreditEvent.BalloonOverUsual * usual[m],
                                due[m] > CreditEvent.BalloonOfLent * lent
                            ),
                            due[m] - usual[m],
                            0
                        )
                    )
            );
        }
        return Row("balloon of all tranches, a sum due at the end", Look.Money, x.Currency)
            .Fill(m => Fn.Total(each.Select(b => b[m])));
    }

    public Line Balloon { get; }
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
