namespace Plimsoll.Reports.Workbooks;

/// <summary>Covers, returns, exposure: each with its convention in words beside it.</summary>
internal sealed class RatiosSheet
{
    private readonly Inputs _x;
    private readonly Sheet _sheet;

    /// <summary>Writes it.</summary>
    public RatiosSheet(
        Inputs x,
        OperationsSheet o,
        DebtSheet debt,
        TaxSheet tax,
        WaterfallSheet w,
        RatesSheet rates
    )
    {
        _x = x;
        var (t, time) = (x.Terms, x.Book.Time);
        _sheet = x.Book.Monthly(
            "Ratios",
            "Ratios",
            "Figures stand in the total column; a figure without meaning says why. Rows below hold what they are made from."
        );
        Line Row(string name, string unit, Look look) => x.Book.Line(_sheet, name, unit, look);

        // Rows first: the figures above refer to them.
        var top = _sheet.Next;
        _sheet.Next = top + 44;
        Book.Heading(_sheet, "Rows behind the figures");
        var equity = Row("cash to and from equity", x.Currency, Look.Money)
            .Fill(m => w["paid out to equity"][m] - w["equity paid in"][m]);
        var project = Row(
                "cash of the project: available for debt service, proceeds, less uses",
                x.Currency,
                Look.Money
            )
            .Fill(m =>
                w["cash available for debt service"][m]
                + o.Proceeds[m]
                - w["uses: capital cost, input tax, replacement, fees"][m]
            );
        var before = Row("cash of the project before any tax and debt", x.Currency, Look.Money)
            .Fill(m =>
                o.OperatingCash[m]
                - o.VatRecovered[m]
                + o.Proceeds[m]
                - (
                    w["uses: capital cost, input tax, replacement, fees"][m]
                    - debt.Fees[m]
                    - o.InputVat[m]
                )
            );
        TrailingCover = Row("trailing cover", "times", Look.Times)
            .Fill(m => w["trailing cover"][m]);
        ForwardCover = Row("forward cover", "times", Look.Times).Fill(m => w["forward cover"][m]);
        var tested = Row("trailing cover at tests", "times", Look.Times)
            .Fill(m =>
                Fn.If(
                    Fn.And(w["cover is tested"][m].Is(1), w["cover behind has a meaning"][m].Is(1)),
                    w["trailing cover"][m],
                    Expr.Blank
                )
            );
        LoanToValue = Row("debt over second-hand value of the fleet", "share", Look.Percent)
            .Fill(m =>
                Fn.If(
                    Fn.And(o.FleetValue[m] > 0, w["debt with arrears"][m] > 0.005),
                    w["debt with arrears"][m] / DebtSheet.Guard(o.FleetValue[m]),
                    Expr.Blank
                )
            );
        var paidIn = Row("equity paid in less paid out, so far", x.Currency, Look.Money);
        for (var m = 0; m < x.Count; m++)
        {
            paidIn.Set(m, paidIn[m - 1] + equity[m]);
        }
        var shortfall = Row(
                "debt service due that cash of the month did not cover",
                x.Currency,
                Look.Money
            )
            .Fill(m =>
                Fn.If(
                    w["interest due"][m] + w["principal due"][m] > 0,
                    Fn.Max(
                        0,
                        w["interest due"][m]
                            + w["principal due"][m]
                            - w["cash available for debt service"][m]
                    ),
                    0
                )
            );

        var end = _sheet.Next;
        _sheet.Next = top;
        Book.Heading(_sheet, "Debt");
        Figure(
            "lent",
            "money lent",
            Fn.Total(debt.Tranches.Select(c => c.Lent)),
            Look.Money,
            "Without capitalised interest."
        );
        Figure(
            "gearing",
            "gearing",
            Ratio(Fn.Total(debt.Tranches.Select(c => c.Lent)), o.WriteOffs.Capital.SumAll()),
            Look.Percent,
            "Money lent over capital cost, tax excluded."
        );
        Figure(
            "minimum_cover",
            "lowest trailing cover",
            Least(tested),
            Look.Times,
            "Cash available for debt service over interest and principal due, twelve months behind, at test months."
        );
        Figure(
            "average_cover",
            "average trailing cover",
            Mean(tested),
            Look.Times,
            "Mean over test months."
        );
        Figure(
            "breach_month",
            "first breach of the covenant",
            FirstOf(w["covenant broken at a test"]),
            Look.Whole,
            "Months since start; -1 for none."
        );
        Figure(
            "default_month",
            "default",
            FirstOf(w["in default"]),
            Look.Whole,
            "Months since start; -1 for none."
        );
        Figure(
            "shortfall",
            "debt service that cash of its month did not cover",
            shortfall.SumAll(),
            Look.Money,
            "Summed over months."
        );
        Figure(
            "loan_to_value",
            "highest debt over second-hand value",
            Greatest(LoanToValue),
            Look.Percent,
            "Orderly sale of the fleet then installed."
        );
        Loss(w, o, debt);

        Book.Heading(_sheet, "Returns");
        Figure(
            "equity_npv",
            "value to equity",
            Value(equity, t.Hurdle),
            Look.Money,
            "Flows at month end, nominal, discounted to the start of month 0 at the equity hurdle."
        );
        Rate(rates, "equity_irr", "return on equity", equity);
        Figure(
            "project_npv",
            "value of the project",
            Value(project, t.ProjectRate),
            Look.Money,
            "After tax as really paid, before debt, at the project rate."
        );
        Rate(rates, "project_irr", "return of the project", project);
        Figure(
            "project_npv_before_tax",
            "value of the project before tax",
            Value(before, t.ProjectRate),
            Look.Money,
            "No income tax, no value added tax, no fees."
        );
        Figure(
            "moic",
            "paid out over paid in",
            Ratio(w["paid out to equity"].SumAll(), w["equity paid in"].SumAll()),
            Look.Times,
            "Multiple of money to equity."
        );
        Figure(
            "payback",
            "equity is paid back in month",
            Payback(paidIn),
            Look.Whole,
            "First month (from 1) after which equity has had back what it paid in, for good; -1 for never."
        );

        Book.Heading(_sheet, "Cost and break-even");
        var hours = Discounted(o.Hours, t.ProjectRate);
        var cost =
            Discounted(o.RunningCost, t.ProjectRate)
            + Discounted(w["uses: capital cost, input tax, replacement, fees"], t.ProjectRate)
            - Discounted(o.Proceeds, t.ProjectRate);
        Figure(
            "levelised_hour",
            "levelised cost of an accelerator-hour sold",
            Ratio(cost, hours),
            Look.Price,
            "Running cost and uses less proceeds over hours sold, all discounted at the project rate; before income tax."
        );
        Figure(
            "revenue_hour",
            "revenue of an accelerator-hour sold",
            Ratio(Discounted(o.Revenue, t.ProjectRate), hours),
            Look.Price,
            "Discounted at the project rate."
        );
        Figure(
            "stranded_vat",
            "input tax that sales never recover",
            o.VatCredit[x.Count - 1],
            Look.Money,
            "Left in the last month."
        );
        _ = tax;
        _ = time;
        _sheet.Next = end;
    }

    /// <summary>Figures by key.</summary>
    public Dictionary<
        string,
        (string Name, Expr Cell, Look Look, string Convention)
    > Figures { get; } = new(StringComparer.Ordinal);

    public Line TrailingCover { get; }
    public Line ForwardCover { get; }
    public Line LoanToValue { get; }

    private void Figure(string key, string name, Expr value, Look look, string convention)
    {
        var row = _sheet.Next++;
        _sheet.Put(row, 1, name);
        _sheet.Put(
            row,
            2,
            look switch
            {
                Look.Money => _x.Currency,
                Look.Price => $"{_x.Currency}/GPU-h",
                Look.Times => "times",
                Look.Percent => "share",
                _ => "month",
            },
            Look.Note
        );
        var cell = _sheet.Put(row, 3, value, look);
        _sheet.Put(row, Sheet.FirstMonthColumn, convention, Look.Note);
        _x.Book.Name("ratio_" + key, cell.Text);
        Figures[key] = (name, cell, look, convention);
    }

    private void Rate(RatesSheet rates, string key, string name, Line flow)
    {
        var (rate, count) = rates.Of(name, flow);
        Figure(
            key,
            name,
            rate,
            Look.Percent,
            count.Value switch
            {
                1 => "Effective yearly rate of month-end flows, nominal.",
                0 => "No figure: no rate makes the value zero.",
                _ => "No figure: several rates make the value zero.",
            }
        );
    }

    private static Expr Ratio(Expr a, Expr b) => Fn.If(b > 0, a / DebtSheet.Guard(b), Expr.Blank);

    private static Expr Least(Line line) =>
        new(
            $"IF(COUNT({line.All})=0,\"\",MIN({line.All}))",
            line.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min(),
            9
        );

    private static Expr Mean(Line line) =>
        new(
            $"IF(COUNT({line.All})=0,\"\",AVERAGE({line.All}))",
            line.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
            9
        );

    private static Expr Greatest(Line line) =>
        new(
            $"IF(COUNT({line.All})=0,\"\",MAX({line.All}))",
            line.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(),
            9
        );

    private static Expr FirstOf(Line flags)
    {
        var first = Array.FindIndex(flags.Values, v => v > 0);
        return new Expr($"IFERROR(MATCH(1,{flags.All},0)-1,-1)", first, 9);
    }

    private Expr Value(Line line, Expr rate) => Discounted(line, rate);

    private Expr Discounted(Line line, Expr rate)
    {
        var number = _x.Book.Time.Number;
        var value = 0.0;
        for (var m = 0; m < _x.Count; m++)
        {
            value += line.Values[m] * Math.Pow(1 + rate.Value, -(m + 1) / 12.0);
        }
        return new Expr($"SUMPRODUCT({line.All},(1+{rate.Text})^(-{number.All}/12))", value, 9);
    }

    private Expr Payback(Line soFar)
    {
        // The month after the last month in which equity is still out of pocket.
        var number = _x.Book.Time.Number;
        var last = Array.FindLastIndex(soFar.Values, v => v < -0.005);
        return new Expr(
            $"IF(SUMPRODUCT(MAX(({soFar.All}<-0.005)*{number.All}))={_x.Count},-1,SUMPRODUCT(MAX(({soFar.All}<-0.005)*{number.All}))+1)",
            last == _x.Count - 1 ? -1 : last + 2,
            9
        );
    }

    /// <summary>The default seen from the lender.</summary>
    private void Loss(WaterfallSheet w, OperationsSheet o, DebtSheet debt)
    {
        if (debt.Tranches.Count == 0)
        {
            return;
        }
        var (t, n) = (_x.Terms, _x.Count);
        var at = Figures["default_month"].Cell;
        var place = at + 1;
        Figure(
            "exposure",
            "exposure at default",
            w["exposure at default"].SumAll(),
            Look.Money,
            "Debt with arrears when the default is established."
        );
        var months = Fn.Max(0, _x.Outlook.MonthsToSell.At(place));
        var sold = Fn.Min(n, place + Fn.RoundUp(months));
        var value = _x.Outlook.Resale.At(sold) * o.Installed.At(place);
        var net = value * Fn.Max(0, 1 - t.Repossession - (t.Holding * months));
        var rate = debt.Tranches[0];
        var yearly =
            rate.Terms.Margin
            + (rate.Terms.Hedged * rate.Terms.Swap)
            + (
                (1 - rate.Terms.Hedged)
                * Fn.Max(rate.Terms.Floor, rate.Terms.BaseAt(0) + _x.Sens.Rate)
            );
        var recovered = Fn.If(
            Fn.And(at >= 0, at < n - 1),
            Fn.Min(
                Figures["exposure"].Cell,
                (net * (1 + (yearly / 12)).Power(-months)) + w["accounts at default"].SumAll()
            ),
            0
        );
        Figure(
            "recovered",
            "recovered",
            recovered,
            Look.Money,
            "Fleet sold when the sale is over, less repossession and holding, discounted at the first tranche's rate, with cash and reserve account; at most the exposure."
        );
        Figure(
            "loss_given_default",
            "loss given default",
            Fn.If(
                Figures["exposure"].Cell > 0,
                Fn.Max(0, Figures["exposure"].Cell - Figures["recovered"].Cell)
                    / DebtSheet.Guard(Figures["exposure"].Cell),
                0
            ),
            Look.Percent,
            "Lost over exposure."
        );
    }
}
