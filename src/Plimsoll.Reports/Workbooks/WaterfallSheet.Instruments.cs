namespace Plimsoll.Reports.Workbooks;

/// <content>Instruments beside the plain loan; a row stands at 0 where its instrument is missing.</content>
internal sealed partial class WaterfallSheet
{
    private Expr _line;
    private Expr _lineDrawn;
    private Expr _lineStands;
    private Expr _letterFee;
    private Expr _underLetter;
    private Expr _charges;

    private bool HasLine => _x.Given.Revolver is not null;

    private void LayOutInstruments()
    {
        foreach (var run in Runs.Where(r => r.Instruments.PaysRarely))
        {
            Rows(Look.Money, run.Name("interest accrued and not yet due"));
        }
        foreach (var run in Runs.Where(r => r.Terms.Given.Refinancing is not null))
        {
            Rows(
                Look.Money,
                run.Name("left at the end of the tenor"),
                run.Name("largest new loan"),
                run.Name("lent anew")
            );
        }
        if (HasLine)
        {
            Flags("the line stands");
        }
        Rows(Look.Money, "fee of the letter of credit", "line: interest and fees");
    }

    /// <summary>State at the month's start.</summary>
    private void Begin(int m)
    {
        _line = HasLine ? Before("working-capital line", m) : 0;
        (_lineDrawn, _underLetter, _charges) = (0, 0, 0);
        _lineStands = HasLine
            ? Flag(
                "the line stands",
                m,
                Fn.Or(
                    ToBeDrawn(m, ">=") > 0,
                    Before("debt with arrears", m, Fn.Total(Runs.Select(r => r.Terms.Arrears)))
                        - _line
                        > Cent
                )
            )
            : 0;
        foreach (var run in Runs.Where(r => r.Instruments.PaysRarely))
        {
            run.Accrued = Before(run.Name("interest accrued and not yet due"), m);
        }
    }

    /// <summary>Interest due of what accrues: all of it, or at a payment all since the one before.</summary>
    private Expr InterestDue(RunTranche run, int m, Expr paid)
    {
        if (!run.Instruments.PaysRarely)
        {
            return paid;
        }
        var accrued = Bracket(run.Accrued + paid);
        var due = run.Instruments.Due(run.Contract, accrued, _time, m);
        run.Accrued = Set(run.Name("interest accrued and not yet due"), m, accrued - due);
        return due;
    }

    /// <summary>What the day lends of the balloon; the rest is due.</summary>
    /// <returns>Principal and fee due.</returns>
    private (Expr Principal, Expr Fee) LendAnew(RunTranche run, int m, Expr opening, Expr principal)
    {
        var (t, i) = (run.Terms, run.Instruments);
        var now = _time.Index[m].Is(run.Contract.First + t.Tenor - 1);
        var left = Set(
            run.Name("left at the end of the tenor"),
            m,
            Fn.If(now, opening - principal, 0)
        );
        var floating = Fn.Max(
            t.Floor,
            t.BaseAt(_time.Index[m]) + _x.Sens.Rate + _x.Outlook.RateShift[m]
        );
        var rate = Fn.Max(0, floating + i.NewMargin) / 12;
        var annuity = Fn.If(
            rate > 0,
            (1 - (1 + rate).Power(-i.NewTenor)) / DebtSheet.Guard(Bracket(rate)),
            i.NewTenor
        );
        var cash = _o.OperatingCash.Window(m - 11, m);
        var most = Set(
            run.Name("largest new loan"),
            m,
            Fn.If(
                left > 0,
                Fn.Min(
                    Fn.If(i.NewLoanToValue > 0, i.NewLoanToValue * _o.FleetValue[m], 1e30),
                    Fn.If(
                        i.NewCover > 0,
                        Fn.Max(0, cash) / 12 / DebtSheet.Guard(i.NewCover) * annuity,
                        1e30
                    )
                ),
                0
            )
        );
        var lent = Set(run.Name("lent anew"), m, Fn.If(_inDefault > 0, 0, Fn.Min(left, most)));
        run.Cut = Fn.If(
            left > 0,
            1 - ((1 - Bracket(run.Cut)) * lent / DebtSheet.Guard(left)),
            run.Cut
        );
        return (principal + (left - lent), lent * i.NewFee);
    }

    /// <summary>Fee of the letter of credit, interest and fees of the line.</summary>
    private IEnumerable<Expr> DueOnLines(int m, List<Expr> owed)
    {
        _letterFee = Set(
            "fee of the letter of credit",
            m,
            _debt.LetterTarget is { } target && Runs.Count > 0
                ? Fn.If(Fn.Total([.. owed, _line]) > Cent, target[m] * _t.LetterFee / 12, 0)
                : 0
        );
        var due = Set(
            "line: interest and fees",
            m,
            HasLine
                ? Fn.If(
                    _time.Index[m] >= _x.Capital.FirstOnline,
                    (_line * ((_t.LineRate + _x.Outlook.RateShift[m]) / 12))
                        + (_lineStands * Fn.Max(0, _t.LineLimit - _line) * _t.LineFee / 12),
                    0
                )
                : 0
        );
        return [_letterFee, due];
    }

    private Expr DrawLine(Expr missing)
    {
        if (!HasLine)
        {
            return 0;
        }
        return Fn.If(
            Fn.Or(_inDefault > 0, _lineStands.Is(0), missing <= Cent),
            0,
            Fn.Min(missing, Fn.Max(0, _t.LineLimit - Bracket(_line)))
        );
    }

    /// <summary>Draws on the line in a row of its own.</summary>
    private Expr DrawLine(string row, int m, Expr missing)
    {
        var drawn = Set(row, m, DrawLine(missing));
        _line += drawn;
        _lineDrawn += drawn;
        return drawn;
    }

    private void ServeLine(int m)
    {
        var due = _rows["line: interest and fees"][m];
        var paid = Set("line: interest and fees paid", m, HasLine ? Fn.Min(due, Free) : 0);
        _cash -= paid;
        _paidDebt += paid;
        _line += due - paid;
    }

    private void RepayLine(int m)
    {
        var paid = Set("line repaid after service", m, HasLine ? TakeLineOf(Free) : 0);
        _line -= paid;
        _early += paid;
        _cash -= paid;
    }

    private Expr TakeLineOf(Expr most) => HasLine ? Fn.Min(most, Bracket(_line)) : 0;

    /// <summary>Repays the line from money that is not in cash, in a row of its own.</summary>
    private Expr TakeLine(string row, int m, Expr most)
    {
        var paid = Set(row, m, TakeLineOf(most));
        _line -= paid;
        _early += paid;
        return paid;
    }

    private Expr DrawLetter(string row, int m, Expr missing)
    {
        if (_debt.LetterTarget is not { } target)
        {
            return Set(row, m, 0);
        }
        var paid = Set(
            row,
            m,
            Fn.If(
                missing <= Cent,
                0,
                Fn.Min(
                    missing,
                    Fn.Max(
                        0,
                        target[m - 1]
                            - Before("paid under the letter of credit so far", m)
                            - Bracket(_underLetter)
                    )
                )
            )
        );
        _underLetter += paid;
        return paid;
    }

    /// <summary>Charge on early repayment as a share of what is repaid; none after a default.</summary>
    private Expr ChargeOf(RunTranche run, int m)
    {
        if (run.Contract.LifeYears is not { } life)
        {
            return 0;
        }
        var (t, i) = (run.Terms, run.Instruments);
        var margin = Fn.If(_time.Index[m] < i.MakeWholeUntil, t.Margin, 0);
        var hedge =
            i.HedgeBreak
            * t.Hedged
            * (t.Swap - (t.BaseAt(_time.Index[m]) + _x.Sens.Rate + _x.Outlook.RateShift[m]));
        if (t.Given.Refinancing is not null)
        {
            hedge = Fn.If(_time.Index[m] < t.FirstPayment + t.Tenor, hedge, 0);
        }
        return Fn.If(_inDefault > 0, 0, Fn.Max(-0.5, (margin + hedge) * life[m]));
    }

    private static Expr Charged(Expr most, Expr share) =>
        share.Text == "0" ? Bracket(most) : Bracket(most) / (1 + share);

    private void EndLines(int m)
    {
        Set("working-capital line", m, _line);
        Set(
            "paid under the letter of credit so far",
            m,
            Before("paid under the letter of credit so far", m) + _underLetter
        );
        Set("debt drawn", m, _rows["drawn of all tranches"][m] + _lineDrawn);
        var charges = Set("charges on early repayment", m, _charges);
        Set("interest on arrears and charges", m, _rows["interest on arrears"][m] + charges);
    }
}
