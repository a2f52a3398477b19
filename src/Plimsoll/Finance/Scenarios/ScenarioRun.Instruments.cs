using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Plimsoll.Finance;

/// <content>Instruments beside the plain loan, step for step as in <see cref="DebtRun"/>.</content>
internal sealed partial class ScenarioRun
{
    private V _revolver;
    private V _lineDue;
    private V _lineStands;
    private V _letters;
    private V _limitInterest;
    private V _limitBase;
    private V _limitAllowed;
    private V _limitBefore;
    private readonly bool _hasLines;
    private readonly bool _hasHelp;

    private void ResetInstruments()
    {
        _revolver = _lineDue = _letters = V.Zero;
        _limitInterest = _limitBase = _limitAllowed = _limitBefore = V.Zero;
    }

    /// <summary>All-in yearly rate, as <see cref="DebtTranche.RateAt"/>.</summary>
    private V Rate(int i, int m, V shift)
    {
        var tranche = _tranche[i];
        var floating = Floating(i, m, shift);
        if (m >= tranche.RefinancedFrom)
        {
            return Of(tranche.Refinancing!.Margin) + floating;
        }
        var rate = Of(_k.FixedRate[i]) + (Of(_k.FloatingShare[i]) * floating);
        return tranche.Cap is not { } cap
            ? rate
            : rate
                + (Of(cap.Share) * Vector512.MaxNative(Of(cap.Floor), Min(Of(cap.Cap), floating)));
    }

    private V Floating(int i, int m, V shift) =>
        Vector512.MaxNative(Of(_k.Floor[i]), Of(_k.Base[i][m]) + shift);

    private void Refinance(int i, int m)
    {
        var again = _tranche[i].Refinancing!;
        var left = _balance[i] - _principal[i];
        var cash = V.Zero;
        for (var k = Math.Max(0, m - 11); k <= m; k++)
        {
            cash += _operating[k];
        }
        var (value, rate) = (FleetValue(m), Floating(i, m, LoadOrZero(_b.RateShift, m)));
        // Once in the life of a loan: the annuity of the day is reckoned lane by lane.
        var most = V.Zero;
        for (var lane = 0; lane < ScenarioBatch.Lanes; lane++)
        {
            most = most.WithElement(lane, again.Most(value[lane], cash[lane], rate[lane]));
        }
        var lent = Where(NoDefault, Min(left, most));
        _principal[i] += left - lent;
        var some = Vector512.GreaterThan(left, V.Zero);
        _factor[i] = Pick(some, _factor[i] * (lent / Pick(some, left, V.One)), _factor[i]);
        _charge[i] += lent * Of(again.Fee);
    }

    private void AccrueLines(int m)
    {
        if (_t.ReserveLetter is { } letter && _tranches > 0)
        {
            var fee = Where(
                Vector512.GreaterThan(Debt(), _cent),
                Of(_debt.LetterTarget[m] * letter.Fee / 12)
            );
            _charge[0] += fee;
            _charges += fee;
        }
        if (_t.Revolver is { } line && m >= _c.FirstOnline)
        {
            _lineDue =
                (_revolver * ((Of(line.Rate) + LoadOrZero(_b.RateShift, m)) / Of(12)))
                + Where(_lineStands, Max0(Of(line.Limit) - _revolver) * Of(line.Fee) / Of(12));
            _charges += _lineDue;
        }
    }

    private V DrawRevolver(V missing)
    {
        var may = Where(Where(_lineStands, NoDefault), Vector512.GreaterThan(missing, _cent));
        var drawn = Where(may, Min(missing, Max0(Of(_t.Revolver!.Limit) - _revolver)));
        _revolver += drawn;
        _toLenders -= drawn;
        return drawn;
    }

    private void ServeRevolver()
    {
        var paid = Min(_lineDue, Free);
        _cash -= paid;
        _revolver += _lineDue - paid;
        _toLenders += paid;
        _lineDue = V.Zero;
    }

    private void TakeRevolver(V paid, bool fromCash)
    {
        if (fromCash)
        {
            _cash -= paid;
        }
        _revolver -= paid;
        _toLenders += paid;
    }

    /// <summary>What the letter of credit, then sponsors pay of what is missing.</summary>
    private V FromOthers(int m, V missing)
    {
        var others = V.Zero;
        if (_t.ReserveLetter is not null && m > 0)
        {
            others = Where(
                Vector512.GreaterThan(missing, _cent),
                Min(missing, Max0(Of(_debt.LetterTarget[m - 1]) - _letters))
            );
            _letters += others;
            _equityIn += others;
        }
        return _t.SponsorSupport > 0 ? others + CallSponsors(missing - others) : others;
    }

    private V ChargeOf(PrepaymentCharge charge, int i, int m)
    {
        var tranche = _tranche[i];
        var margin = m < charge.MakeWholeUntil ? tranche.MarginInForce : 0;
        var hedge =
            charge.HedgeBreak && tranche.SwapRate is { } swap && m < tranche.RefinancedFrom
                ? Of(tranche.HedgedShare)
                    * (Of(swap) - (Of(_k.Base[i][m]) + LoadOrZero(_b.RateShift, m)))
                : V.Zero;
        return Where(
            NoDefault,
            Vector512.MaxNative(
                Of(PrepaymentCharge.MostGain),
                (Of(margin) + hedge) * Of(_debt.LifeYears[i][m])
            )
        );
    }

    private V Charge(V paid)
    {
        _toLenders += paid;
        return paid;
    }

    /// <summary>Interest deducted as far as the year so far allows, as in <see cref="InterestLedger"/>.</summary>
    private V Deduct(InterestLimit limit, V interest, V income, bool closes)
    {
        _limitInterest += interest;
        _limitBase += income;
        var open = _limitBefore + _limitInterest;
        var allowed = Min(open, Of(limit.Share) * Max0(_limitBase));
        var deducted = allowed - _limitAllowed;
        _limitAllowed = allowed;
        if (closes)
        {
            _limitBefore = open - allowed;
            _limitInterest = _limitBase = _limitAllowed = V.Zero;
        }
        return deducted;
    }

    private V AsItArises(V income)
    {
        var positive = Max0(income);
        var used = Min(positive * Of(_t.Tax.LossLimit), _available);
        _available = _available - used + Max0(-income);
        return (positive - used) * Of(_t.Tax.IncomeRate);
    }
}
