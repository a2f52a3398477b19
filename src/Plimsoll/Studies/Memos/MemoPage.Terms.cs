using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <content>Tranches and instruments of the debt, and whose failure ends contracts.</content>
internal sealed partial class MemoPage
{
    /// <summary>The tranches, where there is more than one, and what stands beside the plain loan.</summary>
    private MemoDraftBlock? Debt()
    {
        var terms = _median.Model.Terms;
        var plan = _median.Model.Debt;
        var rows = new List<IReadOnlyList<MemoDraftCell>>();
        for (var i = 0; i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            var words = Instruments(t).ToList();
            if (terms.Tranches.Count > 1 || words.Count > 0)
            {
                rows.Add([
                    Words.Named("tranche", t.Name),
                    _figures.Money(plan.Lent[i]),
                    MemoFigures.Count(t.TenorMonths),
                    Repaid(t),
                    MemoFigures.Rate(t.MarginInForce),
                    words.Count > 0 ? Joined(words, "list.semicolon") : Phrase.Of("memo.none"),
                ]);
            }
        }
        var lines = Lines(terms).ToList();
        if (rows.Count == 0)
        {
            return lines.Count == 0
                ? null
                : new MemoDraftBlock(Phrase.Of("memo.beside")) { Sentences = lines };
        }
        return new MemoDraftBlock(Phrase.Of("memo.tranches"))
        {
            Columns =
            [
                Phrase.Of("memo.tranches.name"),
                Phrase.Of("memo.tranches.lent"),
                Phrase.Of("memo.months"),
                Phrase.Of("memo.tranches.repaid"),
                Phrase.Of("memo.tranches.margin"),
                Phrase.Of("memo.tranches.beside"),
            ],
            Rows = rows,
            Note = lines.Count == 0 ? null : Joined(lines, "memo.list"),
        };
    }

    private static Phrase Joined(IEnumerable<Phrase> all, string key) =>
        all.Aggregate((before, next) => Phrase.Of(key, before, next));

    private static IEnumerable<Phrase> Instruments(DebtTranche t)
    {
        if (t.HedgedShare > 0)
        {
            yield return Phrase.Of("memo.swap", t.HedgedShare, t.SwapRate ?? 0);
        }
        if (t.Cap is { } cap)
        {
            yield return cap.Floor > -1
                ? Phrase.Of("memo.collar", cap.Cap, cap.Floor, cap.Share)
                : Phrase.Of("memo.cap", cap.Cap, cap.Share);
        }
        if (t.BaseFloor > -1)
        {
            yield return Phrase.Of("memo.base.floor", t.BaseFloor);
        }
        if (t.PaymentEveryMonths > 1)
        {
            yield return Phrase.Of("memo.every", t.PaymentEveryMonths);
        }
        if (t.PayInKind is { } kind)
        {
            yield return Phrase.Of("memo.kind", kind.Share, kind.Months);
        }
        if (t.Refinancing is { } again)
        {
            yield return Refinanced(again);
        }
        if (t.PrepaymentCharge is { MakeWholeUntil: > 0 } whole)
        {
            yield return Phrase.Of("memo.whole", whole.MakeWholeUntil);
        }
        if (t.PrepaymentCharge is { HedgeBreak: true })
        {
            yield return Phrase.Of("memo.break");
        }
        if (t.SweepShare > 0)
        {
            yield return Phrase.Of("memo.sweep", t.SweepShare);
        }
        if (t.BorrowingBaseAdvance > 0)
        {
            yield return Phrase.Of("memo.base", t.BorrowingBaseAdvance);
        }
    }

    private static Phrase Refinanced(Refinancing again)
    {
        var said = Phrase.Of("memo.again", again.TenorMonths, again.Margin);
        said =
            again.LoanToValue > 0 ? Phrase.Of("memo.again.value", said, again.LoanToValue) : said;
        return again.Cover > 0 ? Phrase.Of("memo.again.cover", said, again.Cover) : said;
    }

    private IEnumerable<Phrase> Lines(FinanceTerms terms)
    {
        if (terms.ReserveLetter is { } letter)
        {
            yield return Phrase.Of("memo.letter", letter.Share, letter.Fee);
        }
        if (terms.Revolver is { } line)
        {
            yield return Phrase.Of("memo.line", _figures.Money(line.Limit).Text, line.Rate);
        }
        if (terms.Tax.InterestLimit is { } limit)
        {
            yield return Phrase.Of(
                limit.BeforeWriteOff ? "memo.limit.writeoff" : "memo.limit",
                limit.Share
            );
        }
        if (terms.Tax.LossesAsTheyArise)
        {
            yield return Phrase.Of("memo.losses");
        }
        var sales = terms.CapitalCosts.Sum(c => c.Amount * c.SalesTaxRate / (1 + c.SalesTaxRate));
        if (sales > 0)
        {
            yield return Phrase.Of("memo.sales.tax", _figures.Money(sales).Text);
        }
        if (_plan.Rates is { Volatility: > 0 } rates && _plan.Tranches.Any(t => t.HedgedShare < 1))
        {
            yield return Phrase.Of(
                _result.Currency.Code is "USD" or "CNY" ? "memo.rates.read" : "memo.rates",
                rates.Volatility
            );
        }
    }

    /// <summary>Tenants and operator, each in a line: how often they fail, what falls with them, and whether the loan does.</summary>
    private MemoDraftBlock? Failures()
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
        MemoDraftCell Then(Func<int, bool> falls) =>
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
        double Breaks(string tenant) =>
            draws.Count(d =>
                _held.Kept[d.Draw]!.Outlook.Physical.Leases.Any(l =>
                    l.Signed
                    && l.Reason == LeaseEnd.Breached
                    && string.Equals(l.Tenant, tenant, StringComparison.Ordinal)
                )
            ) / (double)draws.Count;
        IEnumerable<LeaseRun> Runs(int draw, string tenant) =>
            _held.Kept[draw]!.Outlook.Physical.Signed.Where(r =>
                string.Equals(r.Terms.Tenant.Name, tenant, StringComparison.Ordinal)
            );
        double Leaves(string tenant) =>
            draws.Count(d => Runs(d.Draw, tenant).Any(r => r.Reason == LeaseEnd.RightUsed))
            / (double)draws.Count;
        // Share of the draws in which its rent is cut, and by how much in their middle.
        MemoDraftCell Cut(string tenant)
        {
            double[] cuts =
            [
                .. draws
                    .Select(d => Runs(d.Draw, tenant).Select(r => r.RentCut).DefaultIfEmpty().Max())
                    .Where(c => c > 0)
                    .Order(),
            ];
            return cuts.Length == 0
                ? Phrase.Of("memo.none")
                : Phrase.Of(
                    "memo.failures.cut.by",
                    MemoFigures.Odds(cuts.Length / (double)draws.Count).Text,
                    Plimsoll.Risk.Spread.Quantile(cuts, 0.5)
                );
        }
        var stopped = draws.Where(d => d.Operator).Select(d => d.Draw).ToHashSet();
        var together = draws.Count(d => d.Failed.Count > 1) / (double)draws.Count;
        var rows = lines
            .Select(l =>
                (IReadOnlyList<MemoDraftCell>)
                    [
                        Phrase.Of("memo.failure.tenant", TenantsToBeSigned.Said(l.Counterparty)),
                        MemoFigures.Odds(l.Odds),
                        MemoFigures.Odds(Breaks(l.Counterparty)),
                        MemoFigures.Odds(Leaves(l.Counterparty)),
                        Cut(l.Counterparty),
                        MemoFigures.Share(l.RentShare),
                        MemoFigures.Odds(l.OthersFallToo),
                        Then(d => failed[d].Contains(l.Counterparty)),
                    ]
            )
            .ToList();
        rows.Add([
            _plan.Plan.Operator is { } o
                ? Phrase.Of("memo.failure.operator.named", o.Operator.Name)
                : Phrase.Of("memo.failure.operator"),
            MemoFigures.Odds(stopped.Count / (double)draws.Count),
            Words.Name(""),
            Words.Name(""),
            Words.Name(""),
            MemoFigures.Share(1),
            Phrase.Of("memo.failure.all"),
            Then(stopped.Contains),
        ]);
        if (lines.Count > 1)
        {
            rows.Add([
                Phrase.Of("memo.failure.two"),
                MemoFigures.Odds(together),
                Words.Name(""),
                Words.Name(""),
                Words.Name(""),
                Words.Name(""),
                Words.Name(""),
                Then(d => failed[d].Count > 1),
            ]);
        }
        return new MemoDraftBlock(Phrase.Of("memo.failures"))
        {
            Columns =
            [
                Phrase.Of("memo.failures.who"),
                Phrase.Of("memo.failures.fails"),
                Phrase.Of("memo.failures.breaks"),
                Phrase.Of("memo.failures.right"),
                Phrase.Of("memo.failures.cut"),
                Phrase.Of("memo.failures.rent"),
                Phrase.Of("memo.failures.too"),
                Phrase.Of("memo.failures.loan"),
            ],
            Rows = rows,
            Note = Phrase.Of("memo.failures.note"),
        };
    }
}
