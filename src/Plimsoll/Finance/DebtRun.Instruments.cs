namespace Plimsoll.Finance;

/// <content>Instruments beside the plain loan: refinancing, letter of credit, working-capital line, charges on early repayment.</content>
internal sealed partial class DebtRun
{
    /// <summary>What is left at the end of the tenor is lent anew as far as the day's limits go; the rest, and the fee, are due at once.</summary>
    private void Refinance(int i, int m)
    {
        var again = _tranche[i].Refinancing!;
        var left = _balance[i] - _principal[i];
        double cash = 0;
        for (var k = Math.Max(0, m - 11); k <= m; k++)
        {
            cash += _f.OperatingCash[k];
        }
        var rate = _tranche[i].FloatingAt(m, _o.RateShift[m]);
        var lent = _default >= 0 ? 0 : Math.Min(left, again.Most(_o.FleetValue[m], cash, rate));
        _principal[i] += left - lent;
        _factor[i] *= left > 0 ? lent / left : 1;
        _charge[i] += lent * again.Fee;
        _f.Refinanced[m] += lent;
    }

    /// <summary>Interest and fees of the working-capital line, and the fee of the letter of credit.</summary>
    private void AccrueLines(int m)
    {
        if (_t.ReserveLetter is { } letter && _tranches > 0 && Debt() > Cent)
        {
            var fee = _debt.LetterTarget[m] * letter.Fee / 12;
            _charge[0] += fee;
            _f.ArrearsInterest[m] += fee;
        }
        if (_t.Revolver is { } line && m >= _c.FirstOnline)
        {
            _lineDue =
                (_revolver * ((line.Rate + _o.RateShift[m]) / 12))
                + (_lineStands ? Math.Max(0, line.Limit - _revolver) * line.Fee / 12 : 0);
            _f.ArrearsInterest[m] += _lineDue;
        }
    }

    private double _lineDue;

    /// <summary>True while a tranche that the line stands ahead of is owed as the month begins, or is still to be drawn.</summary>
    private bool _lineStands;

    /// <summary>The line pays what is missing, up to its limit; nothing after a default or once the tranches are repaid.</summary>
    private double DrawRevolver(int m, double missing)
    {
        if (_t.Revolver is not { } line || !_lineStands || _default >= 0 || missing <= Cent)
        {
            return 0;
        }
        var drawn = Math.Min(missing, Math.Max(0, line.Limit - _revolver));
        _revolver += drawn;
        _toLenders -= drawn;
        _f.DebtDrawn[m] += drawn;
        return drawn;
    }

    /// <summary>The line's own interest and fees come first; what cash does not pay is added to it.</summary>
    private void ServeRevolver(int m)
    {
        if (_lineDue == 0)
        {
            return;
        }
        var paid = Math.Min(_lineDue, Free);
        _cash -= paid;
        _revolver += _lineDue - paid;
        _f.DebtPaid[m] += paid;
        _toLenders += paid;
        _lineDue = 0;
    }

    private void RepayRevolver(int m, double most)
    {
        if (_revolver > 0)
        {
            var paid = Math.Min(most, _revolver);
            _cash -= paid;
            TakeRevolver(m, paid);
        }
    }

    private void TakeRevolver(int m, double paid)
    {
        _revolver -= paid;
        _toLenders += paid;
        _f.Prepaid[m] += paid;
    }

    /// <summary>The sponsor's bank pays what is missing, as far as the letter stands for the reserve's target of the month before.</summary>
    private double DrawLetter(int m, double missing)
    {
        if (_t.ReserveLetter is null || m == 0 || missing <= Cent)
        {
            return 0;
        }
        var paid = Math.Min(missing, Math.Max(0, _debt.LetterTarget[m - 1] - _letters));
        _letters += paid;
        _f.EquityIn[m] += paid;
        _f.LetterDrawn[m] += paid;
        return paid;
    }

    /// <summary>Charge on early repayment as a share of what is repaid; none after a default.</summary>
    private double ChargeOf(int i, int m) =>
        _tranche[i].PrepaymentCharge is { } charge && _default < 0
            ? charge.Share(_tranche[i], m, _o.RateShift[m], _debt.LifeYears[i][m])
            : 0;

    /// <summary>Takes note of a charge paid, negative for a gain.</summary>
    private double Charge(int m, double paid)
    {
        _f.ArrearsInterest[m] += paid;
        _f.PrepaymentCharges[m] += paid;
        _f.DebtPaid[m] += paid;
        _toLenders += paid;
        return paid;
    }
}
