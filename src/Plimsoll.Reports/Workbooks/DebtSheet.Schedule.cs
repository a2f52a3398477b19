using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <content>Draws, schedules and fees of one tranche.</content>
internal sealed partial class DebtSheet
{
    private void Schedule(Contract c)
    {
        var t = c.Terms;
        var time = _x.Book.Time;
        Book.Heading(_sheet, $"Schedule of debt {c.Index + 1}: {t.Name}");
        var drawn = Row("drawn, as the engine solved it").Enter(_x.Plan.Draws[c.Index]);
        c.Draws = Row("drawn", Look.MoneySum);
        if (!t.Live)
        {
            c.Draws.Fill(m => drawn[m]).Sum();
        }
        else if (t.Given.Draw == DrawRule.EquityFirst)
        {
            EquityFirst(c, drawn);
        }
        else
        {
            c.Draws.Fill(m => Fn.If(t.Hold.Is(1), drawn[m], c.Shape[m] * c.Lent)).Sum();
        }
        c.Maturity = Scalar("last scheduled payment, months since start", Maturity(c), Look.Whole);
        var solved = Row("principal, as the engine solved it").Enter(_x.Plan.Principal[c.Index]);
        if (t.Live)
        {
            var live = new Repayments(_x, _sheet, c, Row, Scalar).Write();
            c.Principal = Row("scheduled principal", Look.MoneySum)
                .Fill(m => Fn.If(t.Hold.Is(1), solved[m], live[m]))
                .Sum();
        }
        else
        {
            c.Principal = Row("scheduled principal", Look.MoneySum).Fill(m => solved[m]).Sum();
        }
        var unpaid = t.Instruments.PaysRarely ? Row("interest accrued and not yet due") : null;
        c.LifeYears = t.Given.PrepaymentCharge is null
            ? null
            : Row(
                    "mean years for which the balance was to stand on, as the engine solved it",
                    Look.Number,
                    "years"
                )
                .Enter(_x.Plan.LifeYears[c.Index]);
        c.Interest = Row("scheduled interest");
        c.Service = Row("scheduled debt service");
        c.Balance = Row("scheduled balance at month end");
        var undrawn = Row("not yet drawn, at the month's start");
        c.Fees = Row("fees");
        var begun = Row("first draw", Look.Whole, "1 = yes");
        var ever = Row("drawn by now", Look.Whole, "1 = yes");
        Expr Late(int m) => m == 0 ? c.Draws[-1] : c.Drawn(m - 1);
        for (var m = 0; m < _x.Count; m++)
        {
            c.Interest.Set(m, c.Before(c.Balance, m) * c.Rate[m]);
            var joins = Fn.If(
                time.Index[m] < c.First,
                c.Interest[m],
                c.Interest[m] * t.Instruments.Joins(c.First, time.Index[m])
            );
            var paid = c.Interest[m] - joins;
            if (unpaid is not null)
            {
                var accrued = unpaid[m - 1] + c.Interest[m] - joins;
                paid = t.Instruments.Due(c, accrued, time, m);
                unpaid.Set(m, accrued - paid);
            }
            c.Service.Set(m, Fn.If(time.Index[m] < c.First, 0, paid + c.Principal[m]));
            c.Balance.Set(
                m,
                Fn.Max(0, c.Before(c.Balance, m) + joins - c.Principal[m]) + c.Drawn(m)
            );
            undrawn.Set(
                m,
                Fn.If(
                    time.Number[m].Is(1),
                    c.StandingShare is null ? c.Lent : c.Lent - c.Standing,
                    Fn.If(undrawn[m - 1] - Late(m) < 1e-9 * c.Lent, 0, undrawn[m - 1] - Late(m))
                )
            );
            ever.Set(m, Fn.Flag(Fn.Or(ever[m - 1].Is(1), c.Draws[m] > 0)));
            begun.Set(m, ever[m] - ever[m - 1]);
            c.Fees.Set(
                m,
                Fn.If(
                    c.Draws.SumAll() > 0,
                    (
                        begun[m]
                        * c.Lent
                        * (
                            t.Given.Cap is null
                                ? t.Upfront
                                : t.Upfront + (t.Instruments.CapShare * t.Instruments.CapPremium)
                        )
                    ) + (undrawn[m] * t.Commitment * c.Years[m]),
                    0
                )
            );
        }
    }

    /// <summary>Debt that waits for equity: all that waits is drawn together when equity has paid its share.</summary>
    private void EquityFirst(Contract c, Line solved)
    {
        var waiting = Tranches.Where(w => w.Terms.Given.Draw == DrawRule.EquityFirst).ToList();
        var lent = Scalar(
            "lent by all debt that waits for equity",
            Fn.Total(waiting.Select(w => w.Lent))
        );
        var capital = _o.WriteOffs.Capital;
        var paid = Row("capital paid so far");
        var now = Row("drawn by all debt that waits");
        var sofar = Row("drawn by all of it so far");
        for (var m = 0; m < _x.Count; m++)
        {
            paid.Set(m, paid[m - 1] + capital[m]);
            now.Set(
                m,
                Fn.Max(0, Fn.Min(lent, paid[m] - Fn.Max(0, capital.SumAll() - lent)) - sofar[m - 1])
            );
            sofar.Set(m, sofar[m - 1] + now[m]);
        }
        c.Draws.Fill(m =>
                Fn.If(
                    c.Terms.Hold.Is(1),
                    solved[m],
                    Fn.If(lent > 0, now[m] * c.Lent / Guard(lent), 0)
                )
            )
            .Sum();
    }

    private Expr Maturity(Contract c)
    {
        var t = c.Terms;
        var index = _x.Book.Time.Index;
        var last = -1.0;
        for (var m = 0; m < _x.Count; m++)
        {
            last = c.Draws.Values[m] > 0 ? m : last;
        }
        var lastDraw = new Expr($"(SUMPRODUCT(MAX(({c.Draws.All}>0)*({index.All}+1)))-1)", last, 9);
        return t.Given.Draw == DrawRule.AfterAcceptance
            ? lastDraw + t.InterestOnly + t.Tenor
            : Fn.Max(
                t.Given.Refinancing is null
                    ? c.First + t.Tenor - 1
                    : c.First + t.Tenor - 1 + t.Instruments.NewTenor,
                lastDraw + 1
            );
    }
}
