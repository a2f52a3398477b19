using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <content>The steps of the waterfall.</content>
internal sealed partial class WaterfallSheet
{
    private void Take(WaterfallStep step, int m)
    {
        switch (step)
        {
            case WaterfallStep.DebtService:
                Serve(m);
                break;
            case WaterfallStep.DebtReserve:
                FillReserve(m);
                break;
            case WaterfallStep.RefreshReserve:
                FillRefresh(m);
                break;
            case WaterfallStep.Prepayment:
                Prepay(m);
                break;
            default:
                Sweep(m);
                break;
        }
    }

    private void Serve(int m)
    {
        var missing = new List<Expr>();
        ServeLine(m);
        foreach (var run in Runs)
        {
            var due = Set(
                run.Name("due"),
                m,
                _rows[run.Name("interest due")][m]
                    + _rows[run.Name("interest on arrears")][m]
                    + _rows[run.Name("principal due")][m]
                    + run.Arrears
                    + (run.Contract.Index == 0 ? _letterFee : 0)
            );
            var fromCash = Set(run.Name("paid from cash"), m, Fn.Min(due, Free));
            _cash -= fromCash;
            var cash =
                fromCash + DrawLine(run.Name("paid by the line"), m, Bracket(due - fromCash));
            var reserve = Set(
                run.Name("paid from the reserve account"),
                m,
                Fn.Min(due - Bracket(cash), _reserve)
            );
            var letter = DrawLetter(
                run.Name("paid under the letter of credit"),
                m,
                due - Bracket(cash) - reserve
            );
            cash = Bracket(cash + letter);
            var sponsors = Set(run.Name("paid by sponsors"), m, Call(m, due - cash - reserve));
            run.Arrears = Set(
                run.Name("arrears after service"),
                m,
                due - cash - reserve - sponsors
            );
            run.Balance -= _rows[run.Name("principal due")][m];
            _reserve -= reserve;
            _called += sponsors;
            _paidDebt += cash + reserve + sponsors;
            _fromReserve += reserve;
            missing.Add(run.Arrears);
        }
        RepayLine(m);
        _cash = Set("cash after debt service", m, _cash);
        var missed = Flag(
            "payment missed",
            m,
            Fn.Or([
                Fn.Total(missing) > Cent,
                Fn.And(_cash < -Cent, Debt() > Cent),
                .. HasLine ? [Fn.And(_lineStands.Is(0), _line > Cent)] : Array.Empty<Expr>(),
            ])
        );
        var months = Set(
            "missed months in a row",
            m,
            missed * (Before("missed months in a row", m, _x.Before.Missed) + 1)
        );
        var failed = Flag(
            "default by missed payment",
            m,
            Fn.And(months > _t.Cure, _inDefault.Is(0))
        );
        Default(failed);
    }

    private void FillReserve(int m)
    {
        var target = Set(
            "reserve target",
            m,
            (1 - _time.Last[m]) * _debt.ReserveTarget[m] * StillOwed(m)
        );
        var move = Set(
            "moved into the reserve account",
            m,
            Fn.Min(target - Bracket(_reserve), Free)
        );
        _reserve += move;
        _cash = Set("cash after the reserve account", m, _cash - move);
    }

    private void FillRefresh(int m)
    {
        var index = _time.Index[m];
        var target = Set(
            "target for replacement",
            m,
            Fn.If(
                Fn.And(
                    _t.RefreshMonth < _x.Count,
                    index >= _t.RefreshFrom,
                    index < _t.RefreshMonth
                ),
                _t.RefreshCost
                    * (index - _t.RefreshFrom + 1)
                    / DebtSheet.Guard(_t.RefreshMonth - _t.RefreshFrom),
                0
            )
        );
        var move = Set(
            "moved into the reserve for replacement",
            m,
            Fn.Min(target - Bracket(_refresh), Free)
        );
        _refresh += move;
        _cash = Set("cash after the reserve for replacement", m, _cash - move);
    }

    private readonly LoanParts _parts;

    /// <summary>The parts of the loan to which a tranche belongs, itself alone where it is a loan by itself.</summary>
    private List<RunTranche> PartsFrom(int first) =>
        [.. Runs.Skip(first).Take(_parts.End(first) - first)];

    /// <summary>What of money for the parts of a loan one of them is paid: by its share of what they owe.</summary>
    private static Expr PartOf(int parts, Expr most, Expr owed, Expr all) =>
        parts == 1
            ? most
            : Bracket(Fn.If(all > 0, Bracket(most) * (Bracket(owed) / DebtSheet.Guard(all)), 0));

    private static Expr All(IEnumerable<Expr> owed) => Bracket(Fn.Total(owed.Select(Bracket)));

    /// <summary>Repays arrears, then balances, most senior first, parts of one loan side by side.</summary>
    /// <returns>What it took.</returns>
    private Expr Repay(int m, Expr most, string when)
    {
        var left = most;
        var fromLine = TakeLine($"line repaid {when}", m, Bracket(left));
        left -= fromLine;
        var taken = fromLine;
        for (var first = 0; first < Runs.Count; first = _parts.End(first))
        {
            (left, taken) = RepayParts(m, left, taken, when, PartsFrom(first));
        }
        return Bracket(taken);
    }

    private (Expr Left, Expr Taken) RepayParts(
        int m,
        Expr left,
        Expr taken,
        string when,
        List<RunTranche> parts
    )
    {
        var charged = when == "from proceeds";
        var (most, all) = (Bracket(left), All(parts.Select(r => r.Arrears)));
        foreach (var run in parts)
        {
            var arrears = Set(
                run.Name($"arrears repaid {when}"),
                m,
                Fn.Min(PartOf(parts.Count, most, run.Arrears, all), run.Arrears)
            );
            left -= arrears;
            taken += arrears;
            run.Arrears -= arrears;
            _paidDebt += arrears;
        }
        (most, all) = (left, All(parts.Select(r => r.Balance)));
        foreach (var run in parts)
        {
            var share = charged ? ChargeOf(run, m) : 0;
            var balance = Set(
                run.Name($"balance repaid {when}"),
                m,
                Fn.Min(Charged(PartOf(parts.Count, most, run.Balance, all), share), run.Balance)
            );
            left -= balance;
            taken += balance;
            if (charged)
            {
                var charge = Set(
                    run.Name("charge on what proceeds repay"),
                    m,
                    balance * Bracket(share)
                );
                left -= charge;
                taken += charge;
                _charges += charge;
                _paidDebt += charge;
            }
            run.Balance -= balance;
            _early += balance;
        }
        return (left, taken);
    }

    private void Prepay(int m)
    {
        var before = Runs.Select(r => r.Balance).ToList();
        var bills = Set(
            "bills paid from proceeds",
            m,
            _inDefault * Fn.Min(Fn.Max(0, _o.Proceeds[m]), Fn.Max(0, -Bracket(_cash)))
        );
        _cash += bills;
        var windfall = _o.Proceeds[m] + _o.Earmarked[m] - bills;
        var repaid = Repay(m, windfall, "from proceeds");
        _cash = Set("cash after proceeds", m, _cash + windfall - repaid);
        Flag(
            "a contract is lost",
            m,
            Fn.Or(Before("a contract is lost", m).Is(1), _o.LostShare[m] > 0)
        );
        var lacking = new List<Expr>();
        var called = new List<Expr>();
        for (var i = 0; i < Runs.Count; i++)
        {
            var (run, t) = (Runs[i], Runs[i].Terms);
            var due = Set(
                run.Name("due for lost contracts"),
                m,
                t.PrepayOnLoss
                    * Fn.Min(
                        run.Balance,
                        Before(run.Name("still due for lost contracts"), m)
                            + (_o.LostShare[m] * Bracket(run.Balance))
                    )
            );
            var paid = Set(run.Name("repaid for lost contracts"), m, Fn.Min(due, Free));
            run.Balance -= paid;
            _cash -= paid;
            _early += paid;
            var still = Set(run.Name("still due for lost contracts"), m, due - paid);
            var excess = Set(
                run.Name("excess over the borrowing base"),
                m,
                Fn.If(
                    Fn.And(t.BorrowingBase > 0, _time.Index[m] >= run.Contract.First),
                    Fn.Max(0, Fn.Min(run.Balance, run.Balance - Bracket(Room(run, m)))),
                    0
                )
            );
            var cut = Set(run.Name("repaid for the borrowing base"), m, Fn.Min(excess, Free));
            run.Balance -= cut;
            _cash -= cut;
            var sponsors = Set(
                run.Name("paid by sponsors for the borrowing base"),
                m,
                Call(m, excess - cut)
            );
            run.Balance -= sponsors;
            _called += sponsors;
            _early += cut + sponsors;
            lacking.Add(Fn.Flag(still > Cent));
            called.Add(Fn.Flag(excess - cut - sponsors > Cent));
            run.Cut = run.CutBy(Bracket(before[i]), Bracket(run.Balance));
        }
        _cash = Set("cash after early repayment", m, _cash);
        var unmet = Flag("a margin call is not met", m, Fn.Total(called) > 0);
        _lacking = Set(
            "early repayment is lacking",
            m,
            Fn.Flag(Fn.Or(Fn.Total(lacking) > 0, unmet > 0))
        );
        var months = Set(
            "months of margin call in a row",
            m,
            unmet * (Before("months of margin call in a row", m) + 1)
        );
        Default(Flag("default by margin call", m, Fn.And(months > _t.Cure, _inDefault.Is(0))));
    }

    private void Sweep(int m)
    {
        var free = Set("free for the sweep", m, Fn.Max(0, _cash - Kept(m)));
        var left = free;
        var fresh = Set(
            "newly free for the sweep",
            m,
            Fn.Max(0, free - Before("left by the sweep", m))
        );
        var fromLine = Set(
            "line repaid from the sweep",
            m,
            Fn.If(_inDefault > 0, TakeLineOf(left), 0)
        );
        _line -= fromLine;
        _early += fromLine;
        _cash -= fromLine;
        left -= fromLine;
        for (var first = 0; first < Runs.Count; first = _parts.End(first))
        {
            (left, fresh) = SweepParts(m, left, fresh, PartsFrom(first));
        }
        _cash = Set("cash after the sweep", m, _cash);
    }

    private (Expr Left, Expr Fresh) SweepParts(int m, Expr left, Expr fresh, List<RunTranche> parts)
    {
        var (most, owed) = (Bracket(left), All(parts.Select(r => r.Arrears)));
        foreach (var run in parts)
        {
            var arrears = Set(
                run.Name("arrears repaid from the sweep"),
                m,
                Fn.If(
                    _inDefault > 0,
                    Fn.Min(PartOf(parts.Count, most, run.Arrears, owed), run.Arrears),
                    0
                )
            );
            left -= arrears;
            run.Arrears -= arrears;
            _paidDebt += arrears;
            _cash = Bracket(_cash - arrears);
        }
        (most, owed) = (left, All(parts.Select(r => r.Balance)));
        var part = fresh;
        foreach (var run in parts)
        {
            var t = run.Terms;
            var share = Fn.If(
                _time.Index[m] < run.Contract.First,
                0,
                Fn.If(
                    Fn.Or(
                        Fn.And(_t.TrapTests > 0, _rows["failed tests in a row"][m] >= _t.TrapTests),
                        Fn.And(t.SweepOnLoss.Is(1), Lost(m).Is(1))
                    ),
                    1,
                    t.Sweep
                )
            );
            var each = ChargeOf(run, m);
            var paid = Set(
                run.Name("balance repaid from the sweep"),
                m,
                Fn.Min(
                    run.Balance,
                    Fn.If(
                        _inDefault > 0,
                        PartOf(parts.Count, most, run.Balance, owed),
                        Charged(
                            PartOf(
                                parts.Count,
                                Fn.If(share >= 1, Bracket(most), Bracket(part) * share),
                                run.Balance,
                                owed
                            ),
                            each
                        )
                    )
                )
            );
            var charge = Set(run.Name("charge on what the sweep repays"), m, paid * Bracket(each));
            left -= paid + charge;
            fresh = Fn.Max(0, fresh - paid - charge);
            _charges += charge;
            _paidDebt += charge;
            _cash -= charge;
            var before = run.Balance;
            run.Balance -= paid;
            run.Cut = run.CutBy(Bracket(before), Bracket(run.Balance));
            _early += paid;
            _cash = Bracket(_cash - paid);
        }
        return (left, fresh);
    }

    /// <summary>Whether a contract is lost by now: this month's when early repayment comes before the sweep, else last month's.</summary>
    private Expr Lost(int m)
    {
        var order = _x.Given.Order.ToList();
        return order.IndexOf(WaterfallStep.Prepayment) < order.IndexOf(WaterfallStep.Sweep)
            ? _rows["a contract is lost"][m]
            : Before("a contract is lost", m);
    }
}
