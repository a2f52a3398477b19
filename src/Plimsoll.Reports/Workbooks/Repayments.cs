using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The live schedule of principal: each part drawn is repaid by the tranche's rule over its own months.</summary>
internal sealed class Repayments(
    Inputs x,
    Sheet sheet,
    Contract c,
    Func<string, Look, string, Line> row,
    Func<string, Expr, Look, string, Expr> scalar
)
{
    private readonly TrancheTerms _t = c.Terms;
    private readonly Months _time = x.Book.Time;

    /// <summary>Writes the rows and returns the principal of all parts.</summary>
    public Line Write()
    {
        _ = sheet;
        var parts = new List<Line>();
        var after = _t.Given.Draw == DrawRule.AfterAcceptance;
        if (!after)
        {
            var opening = row("drawn before the first payment, with interest", Look.Money, "");
            for (var m = 0; m < x.Count; m++)
            {
                opening.Set(
                    m,
                    Fn.If(
                        _time.Index[m] < c.First,
                        (c.Before(opening, m) * (1 + c.Rate[m])) + c.Drawn(m),
                        c.Before(opening, m)
                    )
                );
            }
            var amount = opening[x.Count - 1];
            parts.Add(
                _t.Given.Repayment == Repayment.Sculpted
                    ? Sculpted(amount)
                    : Part("drawn before the first payment", amount, c.First, c.First + _t.Tenor)
            );
        }
        for (var i = 0; i < x.Capital.Count; i++)
        {
            if (_t.Given.Repayment == Repayment.Sculpted || (!after && !MayBeLate(i)))
            {
                continue;
            }
            var (amount, month) = PartOf(i, after);
            var name = x.Given.CapitalCosts[i].Name;
            var from = scalar(
                $"{name}: month of the first principal",
                month + 1 + (after ? _t.InterestOnly : 0),
                Look.Whole,
                ""
            );
            var end = scalar(
                $"{name}: month after the last",
                after ? from + _t.Tenor : Fn.Max(c.First + _t.Tenor, from + 1),
                Look.Whole,
                ""
            );
            parts.Add(
                Part(name, scalar($"{name}: drawn for it", amount, Look.Money, ""), from, end)
            );
        }
        return row("principal by the terms", Look.Money, "")
            .Fill(m => Fn.Total(parts.Select(p => p[m])));
    }

    /// <summary>Whether a cost is or may become payable at or after the first payment.</summary>
    private bool MayBeLate(int i) =>
        x.Given.CapitalCosts[i] is var cost
        && cost.Month >= _t.Given.FirstPaymentMonth
        && !(c.StandingShare is not null && cost is { DebtStanding: true, Month: <= 0 });

    /// <summary>What is drawn for one cost, and when.</summary>
    private (Expr Amount, Expr Month) PartOf(int i, bool after)
    {
        var k = x.Capital;
        var weights = _t.Given.Draw == DrawRule.EquityFirst ? null : k.Funded[c.Index];
        var month = k.Paid[i] + (after ? _t.Acceptance : 0);
        var all = k.PaidIn(k.Paid[i], weights);
        var own = k.InUse[i] * (weights is null ? 1 : weights[i]);
        var amount = Fn.If(all > 0, c.Draws.At(month + 1) * own / DebtSheet.Guard(all), 0);
        return (after ? amount : Fn.If(month >= c.First, amount, 0), month);
    }

    private Line Part(string name, Expr amount, Expr from, Expr end)
    {
        var left = row($"{name}: balance before payment", Look.Money, "");
        var principal = row($"{name}: principal", Look.Money, "");
        Expr payment = 0;
        if (_t.Given.Repayment == Repayment.Annuity)
        {
            payment = Annuity(name, amount, from, end);
        }
        for (var m = 0; m < x.Count; m++)
        {
            var at = _time.Index[m];
            left.Set(
                m,
                Fn.If(at.Is(from), amount, Fn.If(at > from, left[m - 1] - principal[m - 1], 0))
            );
            var due = _t.Given.Repayment switch
            {
                Repayment.Annuity => payment - (left[m] * c.Rate[m]),
                Repayment.Bullet => (Expr)0,
                _ => amount * Bracket(_t.SpanAt(at - from)),
            };
            principal.Set(
                m,
                Fn.If(
                    Fn.And(at >= from, at < end),
                    Fn.If(at.Is(end - 1), left[m], Fn.Max(0, Fn.Min(left[m], due))),
                    0
                )
            );
        }
        return principal;
    }

    private static Expr Bracket(Expr e) => e with { Text = $"({e.Text})", Rank = 9 };

    /// <summary>Equal payment: the amount over the value of one a month from the first payment to the last, beyond the horizon at the last month's rate.</summary>
    private Expr Annuity(string name, Expr amount, Expr from, Expr end)
    {
        var one = row($"{name}: value of one a month to come", Look.Number, "");
        var beyond = scalar(
            $"{name}: value of the payments beyond the horizon",
            Fn.If(
                end > x.Count,
                Fn.If(
                    c.Rate[x.Count - 1] > 0,
                    (1 - (1 + c.Rate[x.Count - 1]).Power(-(end - x.Count)))
                        / DebtSheet.Guard(c.Rate[x.Count - 1]),
                    end - x.Count
                ),
                0
            ),
            Look.Number,
            ""
        );
        for (var m = x.Count - 1; m >= 0; m--)
        {
            var next =
                m == x.Count - 1
                    ? sheet.Along(one.Row, Sheet.FirstMonthColumn + x.Count, 0)
                    : one[m + 1];
            one.Set(
                m,
                Fn.If(
                    Fn.And(_time.Index[m] >= from, _time.Index[m] < end),
                    (1 + next + (_time.Last[m] * beyond)) / (1 + c.Rate[m]),
                    0
                )
            );
        }
        var factor = one.At(from + 1);
        return scalar(
            $"{name}: payment",
            Fn.If(factor > 0, amount / DebtSheet.Guard(factor), 0),
            Look.Money,
            ""
        );
    }

    /// <summary>Service in proportion to what cash carries; a month that would need new debt stands still.</summary>
    private Line Sculpted(Expr amount)
    {
        var size = c.SculptedSize!.Value;
        var scale = scalar(
            "service over what cash carries",
            Fn.If(size > 0, c.Lent / DebtSheet.Guard(size), 0),
            Look.Number,
            ""
        );
        var left = row("sculpted: balance before payment", Look.Money, "");
        var principal = row("sculpted: principal", Look.Money, "");
        for (var m = 0; m < x.Count; m++)
        {
            var at = _time.Index[m];
            Expr Next(Line line) =>
                m == x.Count - 1
                    ? sheet.Along(line.Row, Sheet.FirstMonthColumn + x.Count, 0)
                    : line[m + 1];
            var drawn =
                m == 0
                    ? 0
                    : Fn.If(Fn.And(at > c.First, at < c.First + _t.Tenor), c.Drawn(m - 1), 0);
            left.Set(
                m,
                Fn.If(
                    at.Is(c.First),
                    amount,
                    Fn.If(at > c.First, left[m - 1] - principal[m - 1] + drawn, 0)
                )
            );
            principal.Set(
                m,
                Fn.If(
                    Fn.And(at >= c.First, at < c.First + _t.Tenor),
                    left[m]
                        - Fn.If(
                            Fn.Or(at.Is(c.First + _t.Tenor - 1), _time.Last[m].Is(1)),
                            0,
                            Fn.Min(
                                left[m],
                                Fn.Max(
                                    0,
                                    (Next(c.SculptValue!) * scale)
                                        - (Next(c.SculptDraws!) * c.Lent)
                                        - c.Drawn(m)
                                )
                            )
                        ),
                    Fn.If(at >= c.First + _t.Tenor, m == 0 ? 0 : c.Drawn(m - 1), 0)
                )
            );
        }
        return principal;
    }
}
