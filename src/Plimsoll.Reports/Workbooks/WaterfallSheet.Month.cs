using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <content>One month from the debt due to the uses, the cover and the close.</content>
internal sealed partial class WaterfallSheet
{
    private Expr _cash;
    private Expr _reserve;
    private Expr _refresh;
    private Expr _called;
    private Expr _inDefault;
    private Expr _exposure;
    private Expr _paidBefore;
    private Expr _paidDebt;
    private Expr _early;
    private Expr _fromReserve;
    private Expr _lacking;

    private void Month(int m)
    {
        (_paidDebt, _early, _fromReserve, _exposure, _paidBefore, _lacking) = (0, 0, 0, 0, 0, 0);
        Begin(m);
        _inDefault = Before("in default", m);
        _reserve = Before("reserve account", m, OpeningReserve);
        _refresh = Before("reserve for replacement", m);
        Due(m);
        _tax.Month(
            m,
            _rows["interest accrued"][m] + _rows["interest on arrears"][m] + _debt.Fees[m]
        );
        Set("operating cash, before income tax", m, _o.OperatingCash[m]);
        Set("income tax", m, _tax.Tax[m]);
        Set("cash available for debt service", m, _o.OperatingCash[m] - _tax.Tax[m]);
        Uses(m);
        Cover(m);
        foreach (var step in _x.Given.Order)
        {
            Take(step, m);
        }
        Settle(m);
        Distribute(m);
        Close(m);
    }

    private Expr Debt() => HasLine ? TermDebt() + _line : TermDebt();

    /// <summary>Debt without the working-capital line, on which cover is tested.</summary>
    private Expr TermDebt()
    {
        var debt = Fn.Total(Runs.Select(r => r.Balance)) + Fn.Total(Runs.Select(r => r.Arrears));
        return Runs.Any(r => r.Instruments.PaysRarely)
            ? debt
                + Fn.Total(
                    Runs.Where(r => r.Instruments.PaysRarely).Select(r => Bracket(r.Accrued))
                )
            : debt;
    }

    private Expr Free => Fn.Max(0, _cash);

    /// <summary>What the borrowing base of a tranche leaves it: its share of the fleet's value less the tranches before it, which are paid first.</summary>
    private Expr Room(RunTranche run, int m) =>
        Runs.TakeWhile(r => r != run)
            .Aggregate(
                run.Terms.BorrowingBase * _o.FleetValue[m],
                (room, before) => room - Bracket(before.Balance)
            );

    private void Due(int m)
    {
        var owed = new List<Expr>();
        foreach (var run in Runs)
        {
            var c = run.Contract;
            run.Cut = Before(run.Name("cut of later instalments"), m);
            run.Arrears = m > 0 ? run.ArrearsEnd[m - 1] : run.Terms.Arrears;
            var interest = Set(
                run.Name("interest"),
                m,
                c.Before(run.BalanceEnd, m) * (c.Actual[m] * c.Years[m])
            );
            var capitalised = Set(
                run.Name("of it capitalised"),
                m,
                Fn.If(
                    _time.Index[m] < c.First,
                    interest,
                    interest * run.Instruments.Joins(c.First, _time.Index[m])
                )
            );
            Set(run.Name("interest due"), m, InterestDue(run, m, interest - capitalised));
            var opening = c.Before(run.BalanceEnd, m) + capitalised;
            var principal = Fn.If(
                _time.Index[m] >= c.Maturity,
                opening,
                Fn.Min(opening, c.Principal[m] * (1 - run.Cut))
            );
            Expr fee = 0;
            if (run.Terms.Given.Refinancing is not null)
            {
                (principal, fee) = LendAnew(run, m, Bracket(opening), principal);
            }
            Set(run.Name("principal due"), m, principal);
            Set(
                run.Name("interest on arrears"),
                m,
                (_t.ArrearsInterest * run.Arrears * ((c.Actual[m] + _t.DefaultMargin) * c.Years[m]))
                    + fee
            );
            owed.Add(Bracket(opening + run.Arrears + run.Accrued));
            var planned = c.Drawn(m);
            var lends = Fn.If(
                Fn.Or(planned <= 0, _inDefault > 0),
                0,
                Fn.If(
                    run.Terms.BorrowingBase > 0,
                    Fn.Min(planned, Fn.Max(0, Room(run, m) - opening)),
                    planned
                )
            );
            var stands = m == 0 && c.StandingShare is not null;
            var all = Set(run.Name("drawn"), m, stands ? c.Standing + lends : lends);
            var drawn = stands ? Bracket(all - c.Standing) : all;
            var scheduled = Fn.Max(0, c.Balance[m] - planned);
            run.Cut = Fn.If(
                planned > 0,
                1
                    - (
                        (((1 - Bracket(run.Cut)) * scheduled) + drawn)
                        / DebtSheet.Guard(scheduled + planned)
                    ),
                run.Cut
            );
            run.Balance = Set(run.Name("balance before service"), m, opening + drawn);
        }
        foreach (var total in (string[])["interest due", "principal due"])
        {
            Set(total, m, Fn.Total(Runs.Select(r => _rows[r.Name(total)][m])));
        }
        Set("interest accrued", m, Fn.Total(Runs.Select(r => _rows[r.Name("interest")][m])));
        Set(
            "interest on arrears",
            m,
            Fn.Total([
                .. Runs.Select(r => _rows[r.Name("interest on arrears")][m]),
                .. DueOnLines(m, owed),
            ])
        );
        Set(
            "interest capitalised",
            m,
            Fn.Total(Runs.Select(r => _rows[r.Name("of it capitalised")][m]))
        );
    }

    private void Uses(int m)
    {
        var capital = _o.WriteOffs.Capital;
        var spent = Flag(
            "capital has been spent",
            m,
            Fn.Or(Before("capital has been spent", m).Is(1), capital[m] > 0)
        );
        var paid = Set(
            "uses: capital cost, input tax, replacement, fees",
            m,
            capital[m] + _o.WriteOffs.Refresh[m] + _o.InputVat[m] + _debt.Fees[m]
        );
        var months = _o.Begun.SumAll();
        var liquidity = Set(
            "liquidity paid in",
            m,
            Fn.If(
                Fn.And(spent - Before("capital has been spent", m) > 0, months > 0),
                NewMoney(_t.Liquidity * _o.RunningCost.At(Fn.Min(_x.Count, _x.Count - months + 2))),
                0
            )
        );
        var funding = Set("reserve account paid in", m, NewMoney(_debt.ReserveFunding[m]));
        var taken = Set(
            "taken from the reserve for replacement",
            m,
            Fn.Min(_refresh, _o.WriteOffs.Refresh[m])
        );
        var drawn = Set(
            "drawn of all tranches",
            m,
            Fn.Total(Runs.Select(r => _rows[r.Name("drawn")][m]))
        );
        var needed = Set(
            "equity needed for uses",
            m,
            paid + liquidity + funding - drawn - taken - _o.ToCapital[m]
        );
        var bridge = Set("bridge money given back or kept", m, Fn.Max(0, -needed));
        _refresh -= taken;
        _reserve += funding;
        _cash = Set(
            "cash after uses",
            m,
            Before("cash less bills not paid", m, OpeningLiquidity)
                + liquidity
                + (_inDefault * bridge)
                + _rows["cash available for debt service"][m]
        );
        var opening = Set(
            "running cost before opening, from equity",
            m,
            Fn.If(_time.Index[m] < _x.Capital.FirstOnline, Fn.Max(0, -_cash), 0)
        );
        _cash += opening;
        _cash += DrawLine("drawn from the line for running cost", m, -Bracket(_cash));
        _called = 0;
        var called = Set("called from sponsors for running cost", m, Call(m, -_cash));
        _called = called;
        _cash = Set("cash before the waterfall", m, _cash + called);
    }

    /// <summary>What equity pays into an account; nothing where it stands filled.</summary>
    private Expr NewMoney(Expr amount) =>
        _x.Opening is { } opening ? (1 - opening.Funded) * amount : amount;

    /// <summary>Liquidity that stands in its account as the outlook begins.</summary>
    public Expr OpeningLiquidity
    {
        get
        {
            if (_x.Opening is not { } opening)
            {
                return 0;
            }
            var months = _o.Begun.SumAll();
            return opening.Funded
                * Fn.If(
                    months > 0,
                    _t.Liquidity * _o.RunningCost.At(Fn.Min(_x.Count, _x.Count - months + 2)),
                    0
                );
        }
    }

    /// <summary>The debt service reserve that stands in its account as the outlook begins.</summary>
    public Expr OpeningReserve =>
        _x.Opening is { } opening ? opening.Funded * _debt.ReserveFunding.SumAll() : 0;

    /// <summary>What sponsors pay of what is missing.</summary>
    private Expr Call(int m, Expr missing) =>
        Fn.If(
            Fn.Or(
                missing <= Cent,
                _t.Support - Before("support used so far", m) - _called <= 0,
                Fn.And(
                    _t.CuresLimited,
                    _called.Is(0),
                    Before("months of support so far", m) >= _t.EquityCures
                )
            ),
            0,
            Fn.Min(missing, _t.Support - Before("support used so far", m) - _called)
        );

    /// <summary>Service of a tranche in the twelve months ahead on what is drawn and not repaid: instalments shrink with what was not drawn and end with the balance, interest goes with the balance.</summary>
    private Expr OwedAhead(RunTranche run, int m)
    {
        var c = run.Contract;
        var left = Fn.Max(0, run.Balance - _rows[run.Name("principal due")][m]);
        var end = c.Balance[Math.Min(_x.Count - 1, m + ServiceToDate.Window)];
        return Fn.Min(
                (1 - Bracket(run.Cut)) * c.ForwardPrincipal[m],
                Fn.Max(0, left + (c.ForwardPrincipal[m] + (end - c.Balance[m])))
            )
            + (
                Fn.If(c.Balance[m] > Cent, Fn.Min(1, left / DebtSheet.Guard(c.Balance[m])), 1)
                * c.ForwardInterest[m]
            );
    }

    private void Cover(int m)
    {
        var debt = TermDebt();
        var (cashBefore, dueBefore, known) = Before(m);
        var cash = Set(
            "cash of twelve months",
            m,
            Known
                ? CashInService(m).Window(m - 11, m) + cashBefore
                : _rows["cash available for debt service"].Window(m - 11, m)
        );
        var served =
            _rows["interest due"].Window(m - 11, m) + _rows["principal due"].Window(m - 11, m);
        var due = Set("debt service of twelve months", m, Known ? served + dueBefore : served);
        var behind = Flag(
            "cover behind has a meaning",
            m,
            Fn.And([
                _time.Index[m] >= _debt.First + FirstWindow,
                .. Known ? [known] : Array.Empty<Expr>(),
                due > 0,
                Fn.Or(debt > Cent, _rows["principal due"][m] > 0),
            ])
        );
        var trailing = Set(
            "trailing cover",
            m,
            Fn.If(behind.Is(1), cash / DebtSheet.Guard(due), Expr.Blank)
        );
        var coming = Set("operating cash of the twelve months ahead", m, Ahead(m));
        var owed = Set(
            "debt service owed in the twelve months ahead",
            m,
            Fn.Total(Runs.Select(r => OwedAhead(r, m)))
        );
        var ahead = Flag(
            "cover ahead has a meaning",
            m,
            Fn.And(_time.Number[m] + 11 < _x.Count, owed > Cent, debt > Cent)
        );
        var forward = Set(
            "forward cover",
            m,
            Fn.If(ahead.Is(1), coming / DebtSheet.Guard(owed), Expr.Blank)
        );
        var tested = Flag(
            "cover is tested",
            m,
            Fn.And(
                _debt.First < _x.Count,
                _time.Index[m] >= _debt.First + FirstWindow,
                _time.Index[m] <= _x.LastTest,
                Fn.Mod(_time.Index[m] - _debt.First - FirstWindow, Fn.Max(1, _t.TestEvery)).Is(0)
            )
        );
        Flag(
            "covenant broken at a test",
            m,
            Fn.And(tested.Is(1), behind.Is(1), trailing < _t.Covenant)
        );
        var failed = Flag(
            "default by cover",
            m,
            Fn.And(
                _t.DefaultCover > 0,
                tested.Is(1),
                behind.Is(1),
                trailing < _t.DefaultCover,
                _inDefault.Is(0)
            )
        );
        Default(failed);
        var bad = Fn.Or(
            Fn.And(Fn.Not(_t.LockUpTest.Is(1)), behind.Is(1), trailing < _t.LockUp),
            Fn.And(Fn.Not(_t.LockUpTest.Is(0)), ahead.Is(1), forward < _t.LockUp)
        );
        var locked = Set(
            "lock-up holds",
            m,
            Fn.If(tested.Is(1), Fn.Flag(bad), Before("lock-up holds", m, _x.Before.Locked))
        );
        Set(
            "a test is passed",
            m,
            Fn.If(
                tested.Is(1),
                Fn.Flag(
                    Fn.And(
                        Fn.Or(_t.LockUpTest.Is(1), Fn.And(behind.Is(1), trailing >= _t.LockUp)),
                        Fn.Or(_t.LockUpTest.Is(0), Fn.And(ahead.Is(1), forward >= _t.LockUp))
                    )
                ),
                Before("a test is passed", m, _x.Before.Passed)
            )
        );
        var judged = Fn.Or(
            Fn.And(Fn.Not(_t.LockUpTest.Is(1)), behind.Is(1)),
            Fn.And(Fn.Not(_t.LockUpTest.Is(0)), ahead.Is(1))
        );
        Set(
            "failed tests in a row",
            m,
            Fn.If(
                Fn.And(tested.Is(1), judged),
                locked * (Before("failed tests in a row", m, _x.Before.Failed) + 1),
                Before("failed tests in a row", m, _x.Before.Failed)
            )
        );
    }

    private bool Known => _x.Before.Count > 0;

    /// <summary>Months after the first payment from which a whole window is known; fewer where months before the outlook are.</summary>
    private int FirstWindow => Math.Max(0, ServiceToDate.Window - 1 - _x.Before.Count);

    /// <summary>Cash that cover counts beside that of months before the outlook: not that of months before its first payment.</summary>
    private Line CashInService(int m)
    {
        Set(
            "cash in months of service",
            m,
            Fn.If(_time.Index[m] >= _debt.First, _rows["cash available for debt service"][m], 0)
        );
        return _rows["cash in months of service"];
    }

    /// <summary>Cash and service of months before the outlook within the window of a month, and whether all that the window needs are known.</summary>
    private (Expr Cash, Expr Due, Expr Known) Before(int m)
    {
        if (!Known)
        {
            return (0, 0, 1);
        }
        var months = Set(
            "months before the outlook within the window",
            m,
            Fn.If(
                _time.Index[m] >= _debt.First,
                Fn.Max(0, ServiceToDate.Window - 1 - (_time.Index[m] - _debt.First)),
                0
            )
        );
        return (
            Set("cash of those months", m, _x.Before.Cash(months)),
            Set("debt service of those months", m, _x.Before.Due(months)),
            months <= _x.Before.Count
        );
    }

    private Expr Ahead(int m)
    {
        var value = 0.0;
        for (var k = m + 1; k <= m + 12 && k < _x.Count; k++)
        {
            value += _o.OperatingCash.Values[k];
        }
        return new Expr(
            $"SUMIFS({_o.OperatingCash.All},{_time.Number.All},\">\"&{_time.Number[m].Text},{_time.Number.All},\"<=\"&({_time.Number[m].Text}+12))",
            value,
            9
        );
    }

    /// <summary>Takes note of a default: what is owed and held at that moment.</summary>
    private void Default(Expr flag)
    {
        _exposure += flag * Bracket(Debt());
        _paidBefore += flag * Bracket(_paidDebt + _early);
        _inDefault += flag;
    }

    private static Expr Bracket(Expr e) => e with { Text = $"({e.Text})", Rank = 9 };

    private void Settle(int m)
    {
        var released = Set("accounts released", m, _time.Last[m] * (_reserve + _refresh));
        _cash += released;
        _reserve *= 1 - _time.Last[m];
        _refresh *= 1 - _time.Last[m];
        var left = Bracket(_time.Last[m] * Free);
        _cash -= Repay(m, left, "at the end");
        var failed = Flag(
            "default at the end",
            m,
            Fn.And(_time.Last[m].Is(1), _inDefault.Is(0), Debt() > Cent)
        );
        Default(failed);
    }

    private void Distribute(int m)
    {
        var arrears = Fn.Total(Runs.Select(r => r.Arrears));
        var owes = Flag("debt is owed", m, Debt() > Cent);
        var barred = Flag(
            "distribution is barred",
            m,
            Fn.Or(
                Fn.And(
                    owes.Is(1),
                    Fn.Or(
                        _rows["a test is passed"][m].Is(0),
                        _lacking > 0,
                        arrears > Cent,
                        _inDefault > 0,
                        _line > Cent,
                        _time.Index[m] < _debt.First,
                        Capitalises(m)
                    )
                ),
                Fn.And(owes.Is(0), _inDefault.Is(0), ToBeDrawn(m, ">") > 0)
            )
        );
        var payout = Flag(
            "month of distribution",
            m,
            Fn.Mod(
                    _time.Index[m] - Fn.Min(_debt.First, _time.Index[m]) + 1,
                    Fn.Max(1, _t.DistributeEvery)
                )
                .Is(0)
        );
        var kept = Set("cash kept", m, Kept(m));
        var paid = Set(
            "distributed from cash",
            m,
            Fn.If(
                Fn.And(Fn.Or(barred.Is(1), payout.Is(0)), _time.Last[m].Is(0)),
                0,
                Fn.Max(0, _cash - kept)
            )
        );
        _cash -= paid;
        Set(
            "left by the sweep",
            m,
            Fn.If(_time.Index[m] < _debt.First, 0, Fn.Max(0, _cash - kept))
        );
        Set("paid out to equity", m, paid);
        Set(
            "bridge money given back",
            m,
            (1 - Before("in default", m)) * _rows["bridge money given back or kept"][m]
        );
    }

    /// <summary>Debt that the schedule draws in later months, or from the month on.</summary>
    private Expr ToBeDrawn(int m, string after) =>
        Fn.Total(
            Runs.Select(r => new Expr(
                $"SUMIFS({r.Contract.Draws.All},{_time.Number.All},\"{after}\"&{_time.Number[m].Text})",
                r.Contract.Draws.Values.Skip(after == ">" ? m + 1 : m).Sum(),
                9
            ))
        );

    /// <summary>Whether interest of a tranche that is drawn joins its balance.</summary>
    private Expr Capitalises(int m) =>
        Runs.Count == 0
            ? 0
            : Fn.Or([
                .. Runs.Select(r =>
                    Fn.And(
                        _time.Index[m]
                            < (
                                r.Terms.Given.PayInKind is null
                                    ? r.Contract.First
                                    : r.Contract.First + r.Instruments.PikMonths
                            ),
                        r.Balance > Cent
                    )
                ),
            ]);

    /// <summary>Cash that stays: running cost of the liquidity months and coming debt service in the collection account.</summary>
    private Expr Kept(int m) =>
        (1 - _time.Last[m])
        * (
            (_o.RunningCost[m] * _t.Liquidity)
            + (_debt.Collection[m] * StillOwed(m))
            + _tax.Provision[m]
        );

    /// <summary>Balance as a share of what the schedule had by now, at most 1.</summary>
    private Expr StillOwed(int m) =>
        Fn.If(
            _debt.Balance[m] > Cent,
            Fn.Min(
                1,
                Bracket(Fn.Total(Runs.Select(r => r.Balance))) / DebtSheet.Guard(_debt.Balance[m])
            ),
            0
        );

    private void Close(int m)
    {
        foreach (var run in Runs)
        {
            run.BalanceEnd.Set(m, run.Balance);
            run.ArrearsEnd.Set(m, run.Arrears);
            Set(run.Name("cut of later instalments"), m, run.Cut);
        }
        var cash = Set("cash less bills not paid", m, _cash);
        Set("free cash", m, Fn.Max(0, cash));
        Set("bills not paid", m, Fn.Max(0, -cash));
        Set("reserve account", m, _reserve);
        Set("reserve for replacement", m, _refresh);
        Set("support used so far", m, Before("support used so far", m) + _called);
        Set(
            "months of support so far",
            m,
            Before("months of support so far", m) + Fn.Flag(_called > 0)
        );
        EndLines(m);
        Set(
            "debt with arrears",
            m,
            Fn.Total(Runs.Select(r => r.BalanceEnd[m]))
                + Fn.Total(Runs.Select(r => r.ArrearsEnd[m]))
                + Fn.Total(
                    Runs.Where(r => r.Instruments.PaysRarely)
                        .Select(r => _rows[r.Name("interest accrued and not yet due")][m])
                )
                + _rows["working-capital line"][m]
        );
        Set("proceeds of accelerators and the rest", m, _o.Proceeds[m]);
        Set("debt service paid", m, _paidDebt);
        Set("from the reserve account", m, _fromReserve);
        Set("repaid early", m, _early);
        var support = Set("sponsor support", m, _called);
        Set(
            "equity paid in",
            m,
            Fn.Max(0, _rows["equity needed for uses"][m])
                + _rows["running cost before opening, from equity"][m]
                + support
                + _underLetter
        );
        Set("in default", m, _inDefault);
        Set("exposure at default", m, _exposure);
        var before = Set("paid in the month before the default", m, _paidBefore);
        if (Runs.Count > 0)
        {
            var first = Runs[0].Contract;
            var worth = Set(
                "value of money at the default",
                m,
                Fn.If(
                    Before("in default", m) > 0,
                    Before("value of money at the default", m)
                        / (1 + (first.Actual[m] * first.Years[m])),
                    1
                )
            );
            Set(
                "recovered, as of the default",
                m,
                _inDefault
                    * Bracket(_rows["debt service paid"][m] + _rows["repaid early"][m] - before)
                    * worth
            );
        }
    }
}
