namespace Plimsoll.Reports.Workbooks;

/// <content>The figures, in the order in which they are read.</content>
internal sealed partial class RatiosSheet
{
    /// <summary>Uses, and of a centre that stands what it cost in place of the money of its debt.</summary>
    private Expr Spent()
    {
        var uses = _w["uses: capital cost, input tax, replacement, fees"].SumAll();
        return _x.Opening is { } opening ? uses + opening.Cost - _x.Capital.Standing : uses;
    }

    private void Funding(RatioRows rows)
    {
        Heading("Funding");
        Figure(
            "lent",
            "debt drawn",
            _w["drawn of all tranches"].SumAll(),
            Look.Money,
            "Money drawn, capitalised interest excluded."
        );
        Figure(
            "equity",
            "equity paid in",
            _w["equity paid in"].SumAll(),
            Look.Money,
            "First reserves, liquidity and sponsor support included; bridge money counts when paid in."
        );
        var capitalised = _w["interest capitalised"].SumAll();
        Figure(
            "gearing",
            "gearing",
            Ratio(Figures["lent"].Cell + capitalised, Spent() + capitalised),
            Look.Percent,
            "Debt with capitalised interest over capital cost with value added tax, fees and capitalised interest; of a centre that stands over what it cost."
        );
        Figure(
            "stranded_vat",
            "value added tax stranded",
            _o.VatCredit[_x.Count - 1],
            Look.Money,
            "Input tax that tax on sales never recovered."
        );
        _ = rows;
    }

    private void Cover(RatioRows rows)
    {
        Heading("Cover");
        Figure(
            "min_dscr",
            "lowest debt service cover",
            OfTests(rows, "MIN", v => v.Min()),
            Look.Times,
            "Cash available after income tax over interest and principal due, a balloon left out, twelve months behind, at test months; where no test falls, in the months with any, until a default."
        );
        Figure(
            "min_dscr_month",
            "month of the lowest cover",
            FirstOf(rows.TrailingAtTests, Figures["min_dscr"].Cell),
            Look.Whole,
            "From 0."
        );
        Figure(
            "average_dscr",
            "mean debt service cover",
            OfTests(rows, "AVERAGE", v => v.Average()),
            Look.Times,
            "Mean of the tests; where none falls, as the lowest."
        );
        Figure(
            "min_forward_dscr",
            "lowest cover ahead",
            Least(rows.ForwardAtTests),
            Look.Times,
            "Cash before income tax over the debt service owed on what is drawn, the twelve months ahead in this outlook; what is to be lent anew is left to the loan that takes its place."
        );
        var (loan, project) = LifeCover(rows);
        Figure(
            "llcr",
            "loan life cover",
            loan,
            Look.Times,
            "Value of cash available from the first payment to maturity over debt before it, or from the last draw on when that is later; discounted monthly at the rates that the loan bears in this outlook."
        );
        Figure(
            "plcr",
            "project life cover",
            project,
            Look.Times,
            "As loan life cover, to the end of the horizon, sale of the fleet excluded."
        );
        Figure(
            "shortfall",
            "debt service not covered by cash of the month",
            Fn.If(HasDebt, rows.Shortfall.SumAll(), Expr.Blank),
            Look.Money,
            "Sum over months of interest and principal due above cash available."
        );
        Figure(
            "breach_month",
            "first breach of the covenant",
            FirstOf(_w["covenant broken at a test"], 1),
            Look.Whole,
            "From 0; empty for none. The covenant counts all that is due, a balloon too."
        );
    }

    /// <summary>A figure of the tests; where none falls, cash over debt service due in the months with any.</summary>
    private static Expr OfTests(
        RatioRows rows,
        string function,
        Func<IEnumerable<double>, double> of
    )
    {
        var tests = rows.TrailingAtTests;
        double[] known = [.. tests.Values.Where(double.IsFinite)];
        var service = Ratio(rows.Serving.SumAll(), rows.Due.SumAll());
        return new Expr(
            $"IF(COUNT({tests.All})=0,{service.Text},{function}({tests.All}))",
            known.Length > 0 ? of(known) : service.Value,
            9
        );
    }

    /// <summary>Value of cash available at the debt's own rates over the debt before the first payment.</summary>
    private (Expr Loan, Expr Project) LifeCover(RatioRows rows)
    {
        if (_debt.Tranches.Count == 0)
        {
            return (Expr.Blank, Expr.Blank);
        }
        var n = _x.Count;
        var drawn = _w["drawn of all tranches"];
        var last = Array.FindLastIndex(drawn.Values, d => d > 0);
        var from = Scalar(
            "first month that counts for life cover",
            Fn.Max(
                Fn.Min(n, _debt.First),
                new Expr($"SUMPRODUCT(MAX(({drawn.All}>0)*{_time.Number.All}))", last + 1, 9)
            )
        );
        var to = Scalar(
            "last month of any debt",
            Fn.Min(n - 1, Fn.Max([.. _debt.Tranches.Select(c => c.Maturity)]))
        );
        var owed = Scalar(
            "debt before the first payment",
            Fn.Total(_w.Runs.Select(r => r.BalanceEnd.At(from)))
        );
        var row = _sheet.Next;
        _sheet.Next = row + 1;
        var discount = new Line(_sheet, row, n, Look.Number);
        _sheet.Put(row, 1, "discount factor at the debt's own rates");
        for (var m = 0; m < n; m++)
        {
            discount.Set(
                m,
                Fn.If(
                    _time.Index[m] < from,
                    1,
                    Fn.If(_time.Number[m].Is(1), 1, discount[m - 1]) / (1 + rows.MeanRate[m])
                )
            );
        }
        var cfads = _w["cash available for debt service"];
        Expr Value(Expr end)
        {
            var value = 0.0;
            for (var m = 0; m < n; m++)
            {
                value +=
                    m >= from.Value && m <= end.Value ? cfads.Values[m] * discount.Values[m] : 0;
            }
            var sum = new Expr(
                $"SUMPRODUCT({cfads.All}*{discount.All}*({_time.Index.All}>={from.Text})*({_time.Index.All}<={end.Text}))",
                value,
                9
            );
            return Fn.If(
                Fn.And(HasDebt, from < n, owed > 0),
                sum / DebtSheet.Guard(owed),
                Expr.Blank
            );
        }
        return (Value(to), Value(n - 1));
    }

    private Expr Scalar(string name, Expr value)
    {
        var row = _sheet.Next++;
        _sheet.Put(row, 1, name);
        return _sheet.Put(row, 3, value, Look.Number);
    }

    private void Earned(RatioRows rows, RatesSheet rates)
    {
        Heading("Returns");
        const string MonthEnd =
            "flows at month end, nominal, effective yearly rates, seen from the start of month 0";
        Figure(
            "project_npv_before_tax",
            "project value before tax",
            Discounted(rows.BeforeTax, _t.ProjectRate),
            Look.Money,
            $"No debt, no tax of any kind; {MonthEnd}, at the project rate."
        );
        Rate(
            rates,
            "project_irr_before_tax",
            "project rate of return before tax",
            rows.BeforeTax,
            rows.BeforeTaxSoFar,
            "No debt, no tax of any kind."
        );
        Figure(
            "project_npv",
            "project value",
            Discounted(rows.Project, _t.ProjectRate),
            Look.Money,
            "No debt, after income and value added tax reckoned without debt (sheet TaxNoDebt), at the project rate."
        );
        Rate(
            rates,
            "project_irr",
            "project rate of return",
            rows.Project,
            rows.ProjectSoFar,
            "As project value."
        );
        Modified(
            "project_mirr",
            "project modified rate of return",
            rows.Project,
            rows.ProjectSoFar,
            "As project value; paid in is financed and what comes back reinvested at the project rate."
        );
        Figure(
            "equity_npv",
            "equity value",
            Discounted(rows.Equity, _t.Hurdle),
            Look.Money,
            "Paid out less paid in, and less bills left unpaid at the end unless in default, at the equity hurdle."
        );
        Rate(
            rates,
            "equity_irr",
            "equity rate of return",
            rows.Equity,
            rows.EquitySoFar,
            "Paid out less paid in."
        );
        Modified(
            "equity_mirr",
            "equity modified rate of return",
            rows.Equity,
            rows.EquitySoFar,
            "Paid out less paid in; paid in is financed and what comes back reinvested at the project rate."
        );
        Figure(
            "moic",
            "multiple of equity",
            Ratio(
                _w["paid out to equity"].SumAll()
                    + _w["bridge money given back"].SumAll()
                    - ((1 - _w["in default"][_x.Count - 1]) * _w["bills not paid"][_x.Count - 1]),
                _w["equity paid in"].SumAll()
            ),
            Look.Times,
            "All paid out, less bills left unpaid at the end unless in default, over all paid in; not discounted."
        );
        Figure(
            "project_payback",
            "project payback",
            Payback(rows.Project, rows.ProjectSoFar),
            Look.Number,
            "Months from month 0 until the sum of project flow after tax turns positive for good, in proportion; sale of the fleet included."
        );
        Figure(
            "equity_payback",
            "equity payback",
            Payback(rows.Equity, rows.EquitySoFar),
            Look.Number,
            "Months from month 0 until the sum of equity flow turns positive for good, in proportion."
        );
    }

    private void Rate(
        RatesSheet rates,
        string key,
        string name,
        Line flow,
        Line soFar,
        string convention
    )
    {
        var (rate, count) = rates.Of(name, flow);
        var text = count.Value switch
        {
            1 => $"{convention} Effective yearly rate of month-end flows.",
            0 => $"{convention} No figure: no rate makes the value zero.",
            _ =>
                $"{convention} Several rates make the value zero; the one that a spreadsheet finds from its guess of 10 % is given.",
        };
        Figure(key, name, Fn.If(PaysIn(soFar), rate, Expr.Blank), Look.Percent, text);
    }

    /// <summary>Whether what came in so far ever falls short of what went out; a rate on nothing paid in has no meaning.</summary>
    private static Expr PaysIn(Line soFar) =>
        new Expr($"MIN({soFar.All})", soFar.Values.Min(), 9) < 0;

    /// <summary>The rate at which the value of what is paid in, grown to the end, is the value of what came back.</summary>
    private void Modified(string key, string name, Line flow, Line soFar, string convention)
    {
        double back = 0,
            paid = 0;
        for (var m = 0; m < _x.Count; m++)
        {
            var value = flow.Values[m] * Math.Pow(1 + _t.ProjectRate.Value, -m / 12.0);
            back += Math.Max(0, value);
            paid -= Math.Min(0, value);
        }
        Expr Side(char sign, double value) =>
            new(
                $"SUMPRODUCT(({flow.All}{sign}0)*ABS({flow.All}),(1+{_t.ProjectRate.Text})^(-{_time.Index.All}/12))",
                value,
                9
            );
        var (came, went) = (Side('>', back), Side('<', paid));
        Figure(
            key,
            name,
            Fn.If(
                Fn.And(came > 0, went > 0, PaysIn(soFar)),
                (
                    (came / DebtSheet.Guard(went)).Power((Expr)12 / Math.Max(1, _x.Count - 1))
                    * (1 + _t.ProjectRate)
                ) - 1,
                Expr.Blank
            ),
            Look.Percent,
            convention
        );
    }

    /// <summary>Months until what was paid in is back for good, the last one in proportion.</summary>
    private Expr Payback(Line flow, Line soFar)
    {
        var n = _x.Count;
        var last = Array.FindLastIndex(soFar.Values, v => v < 0);
        var place = $"SUMPRODUCT(MAX(({soFar.All}<0)*{_time.Number.All}))";
        var value =
            last < 0 || last == n - 1
                ? double.NaN
                : last - (soFar.Values[last] / flow.Values[last + 1]);
        return new Expr(
            $"IF(OR({place}=0,{place}={n}),\"\",{place}-1-INDEX({soFar.All},MAX(1,{place}))/INDEX({flow.All},MIN({n},{place}+1)))",
            value,
            9
        );
    }

    private void PerUnit(RatioRows rows)
    {
        Heading("Cost of a unit sold");
        var hourly = Ratio(
            Discounted(rows.Cost, _t.ProjectRate),
            Discounted(_o.Hours, _t.ProjectRate)
        );
        Figure(
            "levelised_cost_gpu_hour",
            "levelised cost of an accelerator-hour",
            hourly,
            Look.Price,
            "Value of running and capital cost less the sale of the fleet, over the value of hours sold (not installed); before tax, grants and finance; nominal, at the project rate."
        );
        var tokens = Discounted(rows.Tokens, _t.ProjectRate);
        Figure(
            "levelised_cost_million_tokens",
            "levelised cost of a million tokens",
            Fn.If(
                Fn.And(tokens > 0, Discounted(_o.Hours, _t.ProjectRate) > 0),
                Figures["levelised_cost_gpu_hour"].Cell
                    * Discounted(rows.TokenHours, _t.ProjectRate)
                    / DebtSheet.Guard(tokens),
                Expr.Blank
            ),
            Look.Price,
            "Levelised cost of an hour times the hours that serve tokens, over the tokens sold, both as present values."
        );
        _installed = rows.InstalledHours;
    }

    private Line _installed = null!;

    private void BreakEven()
    {
        Heading("Break-even");
        var running = _o.RunningCost;
        var hours = _o.Hours.SumAll();
        Figure(
            "break_even_occupancy_operating_cost",
            "occupancy for operating cost",
            Occupancy(running.SumAll(), hours, _o.Sales.SumAll(), _installed.SumAll()),
            Look.Percent,
            "Sum of running cost over sum of installed hours at the mean rent; costs as given; above 1 means never."
        );
        Figure(
            "break_even_rent_operating_cost",
            "rent for operating cost",
            Sold(running.SumAll(), hours, _o.Sales.SumAll(), _installed.SumAll()),
            Look.Price,
            "Sum of running cost over hours sold."
        );
        var (from, to) = (
            Fn.Min(_x.Count, _debt.First),
            _debt.Tranches.Count == 0
                ? -1
                : Fn.Min(_x.Count - 1, Fn.Max([.. _debt.Tranches.Select(c => c.Maturity)]))
        );
        Expr Within(params Line[] lines)
        {
            var value = 0.0;
            for (var m = 0; m < _x.Count; m++)
            {
                value += m >= from.Value && m <= to.Value ? lines.Sum(l => l.Values[m]) : 0;
            }
            return new Expr(
                string.Join(
                    "+",
                    lines.Select(l =>
                        $"SUMIFS({l.All},{_time.Index.All},\">=\"&{from.Text},{_time.Index.All},\"<=\"&{to.Text})"
                    )
                ),
                value,
                5
            );
        }
        // Repaid early it would not be where cash just pays it: then the whole schedule falls due.
        var cost = Fn.If(
            Fn.And(_w["in default"].SumAll() <= 0, _w["repaid early"].SumAll() > Cent),
            Within(running, _debt.Service),
            Within(running, _w["interest due"], _w["principal due"])
        );
        var (sold, revenue, installed) = (Within(_o.Hours), Within(_o.Sales), Within(_installed));
        Figure(
            "break_even_occupancy_debt_service",
            "occupancy for debt service",
            Fn.If(HasDebt, Occupancy(cost, sold, revenue, installed), Expr.Blank),
            Look.Percent,
            "The same with interest and principal due, of debt repaid early from cash its whole schedule, over the months from the first payment to maturity; no tax, working capital, reserve or sale."
        );
        Figure(
            "break_even_rent_debt_service",
            "rent for debt service",
            Fn.If(HasDebt, Sold(cost, sold, revenue, installed), Expr.Blank),
            Look.Price,
            "The same with interest and principal due, of debt repaid early from cash its whole schedule."
        );
        _sheet.Put(
            _sheet.Next++,
            1,
            "Rent and occupancy for the equity hurdle: let the spreadsheet seek the sens_rent at which ratio_equity_npv is 0, with every debt held.",
            Look.Note
        );
    }

    private static Expr Occupancy(Expr cost, Expr hours, Expr revenue, Expr installed) =>
        Fn.If(
            Fn.And(hours > 0, revenue > 0, installed > 0),
            cost / (DebtSheet.Guard(revenue) / DebtSheet.Guard(hours) * DebtSheet.Guard(installed)),
            Expr.Blank
        );

    private static Expr Sold(Expr cost, Expr hours, Expr revenue, Expr installed) =>
        Fn.If(
            Fn.And(hours > 0, revenue > 0, installed > 0),
            cost / DebtSheet.Guard(hours),
            Expr.Blank
        );

    /// <summary>The default seen from the lender.</summary>
    private void Lender(RatioRows rows)
    {
        Heading("The lender");
        Figure(
            "max_ltv",
            "highest loan to value",
            Fn.If(HasDebt, Greatest(rows.LoanToValue), Expr.Blank),
            Look.Percent,
            "Debt with arrears over fair second-hand value of the fleet, no discount of a sale taken off, at quarter ends."
        );
        var flags = _w["in default"];
        Figure(
            "default_month",
            "month of default",
            FirstOf(flags, 1),
            Look.Whole,
            "From 0; empty for none. Arrears or unpaid bills for longer than the cure, a failed default test, or debt left at the end."
        );
        if (_debt.Tranches.Count == 0)
        {
            return;
        }
        var happened = flags.SumAll() > 0;
        Figure(
            "exposure_at_default",
            "exposure at default",
            Fn.If(happened, _w["exposure at default"].SumAll(), Expr.Blank),
            Look.Money,
            "Debt with arrears."
        );
        Figure(
            "recovered",
            "recovered",
            Fn.If(
                happened,
                Fn.Min(
                    _w["exposure at default"].SumAll(),
                    _w["recovered, as of the default"].SumAll()
                ),
                Expr.Blank
            ),
            Look.Money,
            "All that lenders are paid after the default, discounted to it at the first tranche's rate; at most the exposure."
        );
        Figure(
            "loss_given_default",
            "loss given default",
            Fn.If(
                happened,
                Fn.Max(0, Figures["exposure_at_default"].Cell - Figures["recovered"].Cell)
                    / DebtSheet.Guard(Figures["exposure_at_default"].Cell),
                Expr.Blank
            ),
            Look.Percent,
            "Exposure less recovered, over exposure."
        );
    }
}
