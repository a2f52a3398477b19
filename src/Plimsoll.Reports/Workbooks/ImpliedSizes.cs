using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>For debt whose size depends on itself: what the terms would lend given the debt in use. It equals the debt in use when that is the solution.</summary>
internal sealed class ImpliedSizes(
    Inputs x,
    Sheet sheet,
    DebtSheet debt,
    OperationsSheet o,
    Line afterTax
)
{
    /// <summary>Writes the rows and a check for every tranche.</summary>
    public void Write(Action<Contract, Expr> check)
    {
        Book.Heading(sheet, "Sizes that the terms give now");
        var uses = x.Given.GearingBase == GearingBase.Uses;
        var time = x.Book.Time;
        Line Row(string name) => x.Book.Line(sheet, name, x.Currency, Look.Money);
        Expr Scalar(string name, Expr formula, Look look = Look.Money)
        {
            var row = sheet.Next++;
            sheet.Put(row, 1, name);
            return sheet.Put(row, 3, formula, look);
        }
        var capitalised = debt
            .Tranches.Select(c =>
            {
                var line = Row($"{c.Terms.Name}: interest before the first payment")
                    .Fill(m => Fn.If(time.Index[m] < c.First, c.Interest[m], 0));
                return Scalar(
                    $"{c.Terms.Name}: interest before the first payment, all",
                    line.SumAll()
                );
            })
            .ToList();
        var vat = Row("input tax on capital cost")
            .Fill(m => x.Capital.PaidIn(time.Index[m], x.Capital.Vat));
        var total = Scalar(
            uses ? "uses at signing" : "capital cost",
            uses
                ? o.WriteOffs.Capital.SumAll()
                    + vat.SumAll()
                    + debt.Fees.SumAll()
                    + debt.ReserveFunding.SumAll()
                    + Fn.Total(capitalised)
                : o.WriteOffs.Capital.SumAll()
        );
        var growth = debt
            .Tranches.Select(c =>
                Scalar(
                    $"{c.Terms.Name}: interest before the first payment over money lent",
                    Fn.If(c.Lent > 0, capitalised[c.Index] / DebtSheet.Guard(c.Lent), 0),
                    Look.Percent
                )
            )
            .ToList();
        var raw = new List<Expr>();
        foreach (var c in debt.Tranches)
        {
            var t = c.Terms;
            var limit = t.Within(
                Fn.If(
                    t.Amount > 0,
                    t.Amount,
                    uses ? t.Gearing * total / (1 + growth[c.Index]) : t.Gearing * c.FundedSum
                )
            );
            if (t.Given.Repayment == Repayment.Sculpted)
            {
                debt.Sculpt(
                    c,
                    [.. debt.Tranches.Take(c.Index)],
                    t.Given.SculptAfterTax ? afterTax : null
                );
                limit = Fn.If(
                    t.Open,
                    t.Within(c.SculptedSize!.Value),
                    Fn.Min(limit, c.SculptedSize!.Value)
                );
            }
            raw.Add(Scalar($"{t.Name}: lent by its own terms", limit));
        }
        var owed = uses ? Fn.Total(raw.Select((r, i) => r * (1 + growth[i]))) : Fn.Total(raw);
        var scale = Scalar(
            "cut by the gearing cap to",
            Fn.If(
                owed > x.Terms.GearingCap * total,
                x.Terms.GearingCap * total / DebtSheet.Guard(owed),
                1
            ),
            Look.Percent
        );
        foreach (var c in debt.Tranches)
        {
            c.LiveSize = raw[c.Index] * scale;
            check(c, c.LiveSize.Value);
        }
    }
}
