using System.Globalization;
using Plimsoll.Contracts;
using Plimsoll.Finance;

namespace Plimsoll.Studies.Memos;

/// <content>Tranches and instruments of the debt, and whose failure ends contracts.</content>
internal sealed partial class MemoPage
{
    private static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    /// <summary>The tranches, where there is more than one, and what stands beside the plain loan.</summary>
    private MemoBlock? Debt()
    {
        var terms = _median.Model.Terms;
        var plan = _median.Model.Debt;
        var rows = new List<IReadOnlyList<MemoCell>>();
        for (var i = 0; i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            var words = Instruments(t).ToList();
            if (terms.Tranches.Count > 1 || words.Count > 0)
            {
                rows.Add([
                    t.Name,
                    _figures.Money(plan.Lent[i]),
                    MemoFigures.Count(t.TenorMonths),
                    Repaid(t),
                    MemoFigures.Rate(t.MarginInForce),
                    words.Count > 0 ? string.Join("; ", words) : "none",
                ]);
            }
        }
        var lines = Lines(terms).ToList();
        if (rows.Count == 0)
        {
            return lines.Count == 0
                ? null
                : new MemoBlock("Beside the plain loan") { Sentences = lines };
        }
        return new MemoBlock("Tranches and instruments")
        {
            Columns = ["tranche", "lent", "months", "repaid", "margin", "beside the plain loan"],
            Rows = rows,
            Note = string.Join(" ", lines),
        };
    }

    private static IEnumerable<string> Instruments(DebtTranche t)
    {
        if (t.HedgedShare > 0)
        {
            yield return $"{Percent(t.HedgedShare)} swapped to {Percent(t.SwapRate ?? 0)}";
        }
        if (t.Cap is { } cap)
        {
            yield return $"base rate capped at {Percent(cap.Cap)}{(cap.Floor > -1 ? $" with a floor of {Percent(cap.Floor)}" : "")} on {Percent(cap.Share)}";
        }
        if (t.BaseFloor > -1)
        {
            yield return $"base rate of at least {Percent(t.BaseFloor)}";
        }
        if (t.PaymentEveryMonths > 1)
        {
            yield return $"paid every {t.PaymentEveryMonths} months";
        }
        if (t.PayInKind is { } kind)
        {
            yield return $"{Percent(kind.Share)} of interest joins the debt for {kind.Months} months";
        }
        if (t.Refinancing is { } again)
        {
            yield return $"balloon lent anew for {again.TenorMonths} months at {Percent(again.Margin)} over the base rate of the day{(again.LoanToValue > 0 ? $", at most {Percent(again.LoanToValue)} of fair value" : "")}{(again.Cover > 0 ? string.Create(CultureInfo.InvariantCulture, $", at a cover of {again.Cover:0.00}") : "")}";
        }
        if (t.PrepaymentCharge is { MakeWholeUntil: > 0 } whole)
        {
            yield return $"early repayment before month {whole.MakeWholeUntil} makes the margin good";
        }
        if (t.PrepaymentCharge is { HedgeBreak: true })
        {
            yield return "early repayment breaks its swap";
        }
        if (t.SweepShare > 0)
        {
            yield return $"sweep of {Percent(t.SweepShare)}";
        }
        if (t.BorrowingBaseAdvance > 0)
        {
            yield return $"borrowing base of {Percent(t.BorrowingBaseAdvance)}";
        }
    }

    private IEnumerable<string> Lines(FinanceTerms terms)
    {
        if (terms.ReserveLetter is { } letter)
        {
            yield return $"{Percent(letter.Share)} of the reserve by letter of credit of the sponsor at {Percent(letter.Fee)} a year.";
        }
        if (terms.Revolver is { } line)
        {
            yield return $"Working-capital line of {_figures.Money(line.Limit).Text} at {Percent(line.Rate)}, ahead of all tranches.";
        }
        if (terms.Tax.InterestLimit is { } limit)
        {
            yield return $"Interest deducted for tax up to {Percent(limit.Share)} of income before interest{(limit.BeforeWriteOff ? " and write-off" : "")}.";
        }
        if (terms.Tax.LossesAsTheyArise)
        {
            yield return "Losses are used for tax as they arise.";
        }
        var sales = terms.CapitalCosts.Sum(c => c.Amount * c.SalesTaxRate / (1 + c.SalesTaxRate));
        if (sales > 0)
        {
            yield return $"Capital cost holds {_figures.Money(sales).Text} of sales tax.";
        }
        if (_plan.Rates is { Volatility: > 0 } rates && _plan.Tranches.Any(t => t.HedgedShare < 1))
        {
            yield return $"The base rate is drawn: {Percent(rates.Volatility)} a year about its contracted path{(_result.Currency.Code is "USD" or "CNY" ? ", as its readings of the last years moved (from memory)" : "")}.";
        }
    }

    /// <summary>Tenants and operator, each in a line: how often they fail, what falls with them, and whether the loan does.</summary>
    private MemoBlock? Failures()
    {
        if (_plan.Leases.Count == 0)
        {
            return null;
        }
        var draws = new List<(int Draw, IReadOnlyList<CounterpartyPath> Failed, bool Operator)>();
        foreach (var (draw, kept) in _held.Kept.Index())
        {
            if (kept is null)
            {
                continue;
            }
            var signed = kept.Outlook.Physical.Leases.Where(l => l.Signed).ToList();
            draws.Add(
                (
                    draw,
                    [
                        .. signed
                            .Where(l => l.Reason is LeaseEnd.Defaulted or LeaseEnd.Breached)
                            .DistinctBy(l => l.Tenant)
                            .Select(l => new CounterpartyPath(
                                l.Tenant,
                                l.EndedMonth,
                                l.EndedMonth
                            )),
                    ],
                    signed.Any(l => l.Reason == LeaseEnd.OperatorFailed)
                )
            );
        }
        if (draws.Count == 0)
        {
            return null;
        }
        var lines = Contagion.Of(
            [
                .. _plan.Leases.Select(l =>
                {
                    var t = l.Terms.Terms;
                    return new Exposure(
                        t.Tenant.Name,
                        _result.Name,
                        t.Accelerators * t.PricePerGpuHour * 730
                    );
                }),
            ],
            [.. draws.Select(d => d.Failed)]
        );
        MemoCell Then(Func<int, bool> falls) =>
            MemoFigures.Odds(
                _loan is { } loan && draws.Any(d => falls(d.Draw))
                    ? draws
                        .Where(d => falls(d.Draw))
                        .Average(d => loan.Whole.Default[d.Draw] ? 1.0 : 0)
                    : double.NaN
            );
        var failed = draws.ToDictionary(
            d => d.Draw,
            d => d.Failed.Select(f => f.Name).ToHashSet(StringComparer.Ordinal)
        );
        var stopped = draws.Where(d => d.Operator).Select(d => d.Draw).ToHashSet();
        var together = draws.Count(d => d.Failed.Count > 1) / (double)draws.Count;
        var rows = lines
            .Select(l =>
                (IReadOnlyList<MemoCell>)
                    [
                        $"tenant {l.Counterparty}",
                        MemoFigures.Odds(l.Odds),
                        MemoFigures.Share(l.RentShare),
                        MemoFigures.Odds(l.OthersFallToo),
                        Then(d => failed[d].Contains(l.Counterparty)),
                    ]
            )
            .ToList();
        rows.Add([
            $"operator{(_plan.Plan.Operator is { } o ? $" {o.Operator.Name}" : "")}, contracts that end with it",
            MemoFigures.Odds(stopped.Count / (double)draws.Count),
            MemoFigures.Share(1),
            "all of them",
            Then(stopped.Contains),
        ]);
        if (lines.Count > 1)
        {
            rows.Add([
                "two tenants or more (contagion)",
                MemoFigures.Odds(together),
                "",
                "",
                Then(d => failed[d].Count > 1),
            ]);
        }
        return new MemoBlock("Whose failure ends contracts")
        {
            Columns =
            [
                "who",
                "leaves or fails",
                "of contracted rent",
                "another falls too",
                "then the loan defaults",
            ],
            Rows = rows,
            Note =
                "Shares of all draws within the horizon. One credit factor a draw moves all tenants and rents, so that they fall together more often than by chance.",
        };
    }
}
